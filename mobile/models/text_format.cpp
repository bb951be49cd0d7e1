#include "mobile/models/text_format.h"

#include "shared/base/instant.h"
#include "shared/base/sources.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace zhicha::text {

namespace {

QDateTime local(std::int64_t ms) {
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::OffsetFromUTC, systemClock().offsetMinutes() * 60);
}

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TextFormat)
};

/** One digit behind the point below ten, none above. */
QString shortNumber(double value) {
    return QString::number(value, 'f', value < 9.95 ? 1 : 0);
}
} // namespace

QString fromUtf8(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString grouped(std::string_view hex) {
    const QString digits = fromUtf8(hex.substr(0, 12));
    return digits.mid(0, 4) + u' ' + digits.mid(4, 4) + u' ' + digits.mid(8, 4);
}

QString clock(std::int64_t ms) {
    return ms == 0 ? QStringLiteral("—") : local(ms).toString("HH:mm");
}

QString clockSeconds(std::int64_t ms) {
    return ms == 0 ? QStringLiteral("—") : local(ms).toString("HH:mm:ss");
}

QString day(std::int64_t ms) {
    return local(ms).toString(Words::tr("M月d日"));
}

QString dayAndYear(std::int64_t ms) {
    return local(ms).toString(Words::tr("yyyy年M月d日"));
}

QString weekday(std::int64_t ms) {
    switch (local(ms).date().dayOfWeek()) {
    case 1:
        return Words::tr("星期一");
    case 2:
        return Words::tr("星期二");
    case 3:
        return Words::tr("星期三");
    case 4:
        return Words::tr("星期四");
    case 5:
        return Words::tr("星期五");
    case 6:
        return Words::tr("星期六");
    default:
        return Words::tr("星期日");
    }
}

QString nearDay(std::int64_t ms, std::int64_t nowMs) {
    const qint64 apart = local(ms).date().daysTo(local(nowMs).date());
    if (apart == 0)
        return Words::tr("今日");
    if (apart == 1)
        return Words::tr("昨日");
    if (apart == -1)
        return Words::tr("明日");
    return local(ms).date().year() == local(nowMs).date().year() ? day(ms) : dayAndYear(ms);
}

QString when(std::int64_t ms, std::int64_t nowMs) {
    if (ms == 0 || local(ms).date() == local(nowMs).date())
        return clock(ms);
    return nearDay(ms, nowMs) + u' ' + clock(ms);
}

QString duration(std::int64_t ms) {
    const std::int64_t seconds = std::max<std::int64_t>(ms, 0) / 1000;
    const std::int64_t minutes = seconds / 60;
    const std::int64_t hours = minutes / 60;
    if (hours >= 48)
        return Words::tr("%1\u00a0天").arg(hours / 24);
    if (hours >= 1)
        return minutes % 60 == 0 ? Words::tr("%1\u00a0小时").arg(hours)
                                 : Words::tr("%1\u00a0小时\u00a0%2\u00a0分").arg(hours).arg(minutes % 60);
    if (minutes >= 10 || (minutes >= 1 && seconds % 60 == 0))
        return Words::tr("%1\u00a0分").arg(minutes);
    if (minutes >= 1)
        return Words::tr("%1\u00a0分\u00a0%2\u00a0秒").arg(minutes).arg(seconds % 60);
    return Words::tr("%1\u00a0秒").arg(seconds);
}

QString distance(std::int64_t mm) {
    const double metres = static_cast<double>(mm) / 1000;
    if (metres < 999.5)
        return Words::tr("%1\u00a0米").arg(std::llround(metres));
    return Words::tr("%1\u00a0千米").arg(QString::number(metres / 1000, 'f', metres < 99'500 ? 1 : 0));
}

QString size(std::int64_t bytes) {
    const double mega = static_cast<double>(bytes) / 1e6;
    if (bytes < 100'000)
        return Words::tr("%1\u00a0KB").arg((bytes + 999) / 1000);
    if (mega < 999.5)
        return Words::tr("%1\u00a0MB").arg(shortNumber(mega));
    return Words::tr("%1\u00a0GB").arg(shortNumber(mega / 1000));
}

QString officialDay(std::string_view text, std::int64_t nowMs) {
    if (!isDay(text))
        return fromUtf8(text);
    const QDate date = QDate::fromString(fromUtf8(text), Qt::ISODate);
    const bool sameYear = date.year() == local(nowMs).date().year();
    return date.toString(sameYear ? Words::tr("M月d日") : Words::tr("yyyy年M月d日"));
}

QString place(std::int64_t lat, std::int64_t lon) {
    const auto angle = [](std::int64_t value, QChar positive, QChar negative) {
        return QString::number(std::abs(static_cast<double>(value)) / 1e7, 'f', 5) + QStringLiteral("°\u00a0") +
               (value < 0 ? negative : positive);
    };
    return angle(lat, u'N', u'S') + QStringLiteral("  ") + angle(lon, u'E', u'W');
}

} // namespace zhicha::text
