#include "mobile/platform/position/position_choice.h"

#include <QStringList>

namespace zhicha {

namespace {
/** What stands behind the last `sign`, as a number within bounds; -1 otherwise. */
int numberBehind(const QString &text, QChar sign, int least, int most) {
    bool fits = false;
    const int value = text.section(sign, -1).toInt(&fits);
    return fits && value >= least && value <= most ? value : -1;
}
} // namespace

std::optional<PositionChoice> positionChoice(const QString &text) {
    using Kind = PositionChoice::Kind;
    const QString line = text.trimmed();
    if (line.isEmpty() || line == QLatin1String("system"))
        return PositionChoice{};
    if (line == QLatin1String("off"))
        return PositionChoice{Kind::Off, {}, 0, false};
    const QString kind = line.section(u':', 0, 0);
    const QString rest = line.section(u':', 1);
    PositionChoice choice;
    if (kind == QLatin1String("serial")) {
        choice.kind = Kind::Serial;
        choice.where = rest.section(u'@', 0, 0).trimmed();
        choice.number = rest.contains(u'@') ? numberBehind(rest, u'@', 1200, 921600) : kUsualBaud;
    } else if (kind == QLatin1String("tcp")) {
        choice.kind = Kind::Tcp;
        choice.where = rest.section(u':', 0, -2).trimmed();
        choice.number = numberBehind(rest, u':', 1, 65535);
    } else if (kind == QLatin1String("log") || kind == QLatin1String("log-fast")) {
        choice.kind = Kind::Log;
        choice.where = rest.trimmed();
        choice.fast = kind == QLatin1String("log-fast");
    } else {
        return std::nullopt;
    }
    return choice.where.isEmpty() || choice.number < 0 ? std::nullopt : std::optional(choice);
}

QString textOf(const PositionChoice &choice) {
    switch (choice.kind) {
    case PositionChoice::Kind::Off:
        return QStringLiteral("off");
    case PositionChoice::Kind::System:
        return QStringLiteral("system");
    case PositionChoice::Kind::Serial:
        return QStringLiteral("serial:%1@%2").arg(choice.where).arg(choice.number);
    case PositionChoice::Kind::Tcp:
        return QStringLiteral("tcp:%1:%2").arg(choice.where).arg(choice.number);
    case PositionChoice::Kind::Log:
        return (choice.fast ? QStringLiteral("log-fast:") : QStringLiteral("log:")) + choice.where;
    }
    return {};
}

} // namespace zhicha
