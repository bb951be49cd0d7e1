#include "mobile/models/receiver_controller.h"

#include <QSerialPortInfo>

#include <algorithm>
#include <array>

namespace zhicha {

namespace {
constexpr std::size_t kMostShown = 24;
constexpr qsizetype kMostPorts = 4;
constexpr int kGpsdPort = 2947;
constexpr std::array kRates{4800, 9600, 38400, 115200};

QString systemName(const std::string &talker) {
    if (talker == "GB")
        return QCoreApplication::translate("ReceiverController", "北斗");
    if (talker == "GL")
        return QStringLiteral("GLONASS");
    if (talker == "GA")
        return QStringLiteral("Galileo");
    if (talker == "GQ")
        return QStringLiteral("QZSS");
    return talker == "GP" ? QStringLiteral("GPS") : QStringLiteral("GNSS");
}
} // namespace

ReceiverController::ReceiverController(QObject *parent)
    : QObject(parent), m_choice(positionChoice(app().settings()->positionSource()).value_or(PositionChoice{})) {
    app().position()->source().want(this, true);
    connect(&app().position()->source(), &PositionReceiver::changed, this, &ReceiverController::look);
    listPorts();
    look();
}

ReceiverController::~ReceiverController() {
    app().position()->source().want(this, false);
}

void ReceiverController::listPorts() {
    QStringList ports;
    for (const QSerialPortInfo &info : QSerialPortInfo::availablePorts())
        if (ports.size() < kMostPorts)
            ports.append(info.systemLocation());
    if (ports == m_ports)
        return;
    m_ports = ports;
    emit portsChanged();
}

QStringList ReceiverController::rates() const {
    QStringList rates;
    for (const int rate : kRates)
        rates.append(QString::number(rate));
    return rates;
}

int ReceiverController::rate() const {
    const auto it = std::find(kRates.begin(), kRates.end(), m_choice.number);
    return it == kRates.end() ? -1 : static_cast<int>(it - kRates.begin());
}

void ReceiverController::setRate(int index) {
    if (index >= 0 && index < static_cast<int>(kRates.size()))
        setNumber(kRates[static_cast<std::size_t>(index)]);
}

void ReceiverController::setKind(int kind) {
    if (kind == this->kind() || kind < 0 || kind > static_cast<int>(PositionChoice::Kind::Log))
        return;
    m_choice = {};
    m_choice.kind = static_cast<PositionChoice::Kind>(kind);
    if (m_choice.kind == PositionChoice::Kind::Serial) {
        m_choice.where = m_ports.value(0);
        m_choice.number = kUsualBaud;
    } else if (m_choice.kind == PositionChoice::Kind::Tcp) {
        m_choice.number = kGpsdPort;
    }
    apply();
}

void ReceiverController::setWhere(const QString &where) {
    if (where.trimmed() == m_choice.where)
        return;
    m_choice.where = where.trimmed();
    apply();
}

void ReceiverController::setNumber(int number) {
    if (number == m_choice.number)
        return;
    m_choice.number = number;
    apply();
}

void ReceiverController::setFast(bool fast) {
    if (fast == m_choice.fast)
        return;
    m_choice.fast = fast;
    apply();
}

// What is only half chosen is kept here and is not used: the receiver in use stays.
void ReceiverController::apply() {
    if (complete())
        app().settings()->setPositionSource(textOf(m_choice));
    emit choiceChanged();
}

void ReceiverController::look() {
    std::vector<SatelliteRow> rows;
    for (const Satellite &satellite : app().position()->source().view().satellites.inView)
        rows.push_back({QString::fromStdString(satellite.system) + QString::number(satellite.id),
                        systemName(satellite.system), satellite.id, satellite.snrDb.value_or(0),
                        satellite.elevationDeg.value_or(0)});
    std::stable_sort(rows.begin(), rows.end(),
                     [](const SatelliteRow &a, const SatelliteRow &b) { return a.strength > b.strength; });
    if (rows.size() > kMostShown)
        rows.resize(kMostShown);
    m_sky.set(std::move(rows));
    emit skyChanged();
}

int ReceiverController::tracked() const {
    return static_cast<int>(std::count_if(m_sky.rows().begin(), m_sky.rows().end(),
                                          [](const SatelliteRow &row) { return row.strength > 0; }));
}

} // namespace zhicha
