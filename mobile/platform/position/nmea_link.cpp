#include "mobile/platform/position/nmea_link.h"

#include "mobile/engine/capture/nmea_fields.h"

#include <QFileInfo>

#include <algorithm>

namespace zhicha {

namespace {
constexpr int kConnectMs = 10'000;
constexpr qint64 kMaxUnread = 1 << 16;          ///< a flood waits in the kernel, not in our memory
constexpr std::int64_t kLongestPauseMs = 5'000; ///< a night in a log is not sat through
constexpr std::int64_t kUnknownPauseMs = 1'000;
constexpr std::int64_t kDayMs = 86'400'000;

ReceiverTrouble serialTrouble(QSerialPort::SerialPortError error) {
    switch (error) {
    case QSerialPort::DeviceNotFoundError:
        return ReceiverTrouble::NoDevice;
    case QSerialPort::PermissionError: // also: another program holds it
        return ReceiverTrouble::NoPermission;
    default:
        return ReceiverTrouble::CutOff;
    }
}

/** The time of day of a line that has one; nullopt for all others. */
std::optional<std::int64_t> timeOfLine(const QByteArray &line) {
    if (line.size() < 7 || line[0] != '$')
        return std::nullopt;
    const QByteArray type = line.mid(3, 3);
    const int field = type == "GLL" ? 5 : 1;
    if (type != "RMC" && type != "GGA" && type != "GNS" && type != "GST" && type != "ZDA" && type != "GLL")
        return std::nullopt;
    const QList<QByteArray> fields = line.split(',');
    if (fields.size() <= field)
        return std::nullopt;
    const QByteArray text = fields[field].split('*').constFirst();
    return nmeaTimeOfDay({text.constData(), static_cast<std::size_t>(text.size())});
}
} // namespace

SerialLink::SerialLink(const QString &device, int baud, QObject *parent) : NmeaLink(parent), m_port(this) {
    m_port.setPortName(device);
    m_port.setBaudRate(baud);
    m_port.setReadBufferSize(kMaxUnread);
    connect(&m_port, &QSerialPort::readyRead, this, [this] { emit came(m_port.readAll()); });
    connect(&m_port, &QSerialPort::errorOccurred, this, [this](QSerialPort::SerialPortError error) {
        if (error == QSerialPort::NoError || !m_port.isOpen()) // open() tells its own failures
            return;
        const QString detail = m_port.errorString();
        m_port.close();
        emit lost(serialTrouble(error), detail);
    });
}

void SerialLink::open() {
    if (m_port.open(QIODevice::ReadOnly)) {
        emit opened();
        return;
    }
    emit lost(serialTrouble(m_port.error()), m_port.errorString());
}

TcpLink::TcpLink(const QString &host, int port, QObject *parent)
    : NmeaLink(parent), m_socket(this), m_patience(this), m_host(host), m_port(port) {
    m_socket.setReadBufferSize(kMaxUnread);
    m_patience.setSingleShot(true);
    m_patience.setInterval(kConnectMs);
    connect(&m_patience, &QTimer::timeout, this,
            [this] { drop(ReceiverTrouble::Unreachable, QStringLiteral("no answer in %1 s").arg(kConnectMs / 1000)); });
    connect(&m_socket, &QTcpSocket::connected, this, [this] {
        m_patience.stop();
        emit opened();
    });
    connect(&m_socket, &QTcpSocket::readyRead, this, &TcpLink::read);
    connect(&m_socket, &QTcpSocket::errorOccurred, this, [this] {
        const bool wasOpen = !m_patience.isActive();
        drop(wasOpen ? ReceiverTrouble::CutOff : ReceiverTrouble::Unreachable, m_socket.errorString());
    });
}

void TcpLink::open() {
    m_greeted = false;
    m_wanted = true;
    m_patience.start();
    m_socket.connectToHost(m_host, static_cast<quint16>(m_port), QIODevice::ReadWrite);
}

void TcpLink::close() {
    m_wanted = false;
    m_patience.stop();
    m_socket.abort();
}

void TcpLink::drop(ReceiverTrouble trouble, const QString &detail) {
    if (!std::exchange(m_wanted, false))
        return;
    m_patience.stop();
    m_socket.abort();
    emit lost(trouble, detail);
}

void TcpLink::read() {
    const QByteArray bytes = m_socket.readAll();
    if (!std::exchange(m_greeted, true) && bytes.startsWith("{\"class\":\"VERSION\""))
        m_socket.write("?WATCH={\"enable\":true,\"nmea\":true}\n");
    emit came(bytes);
}

LogLink::LogLink(const QString &path, bool fast, QObject *parent)
    : NmeaLink(parent), m_file(path, this), m_next(this), m_fast(fast) {
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &LogLink::giveEpoch);
}

void LogLink::open() {
    close();
    if (!m_file.open(QIODevice::ReadOnly)) {
        const bool there = QFileInfo::exists(m_file.fileName());
        emit lost(there ? ReceiverTrouble::NoPermission : ReceiverTrouble::NoDevice, m_file.errorString());
        return;
    }
    m_held.clear();
    m_timeOfDay.reset();
    emit opened();
    m_next.start(0);
}

void LogLink::close() {
    m_next.stop();
    m_file.close();
}

// Gives the lines of one time of day; the first line of the next one is held until its turn comes.
void LogLink::giveEpoch() {
    QByteArray out = std::exchange(m_held, {});
    std::int64_t pause = kUnknownPauseMs;
    while (out.size() < kMaxUnread) {
        const QByteArray line = m_file.readLine(kMaxUnread);
        if (line.isEmpty()) {
            emit came(out);
            close();
            emit lost(ReceiverTrouble::Ended, m_file.fileName());
            return;
        }
        const auto time = timeOfLine(line);
        if (!time || time == m_timeOfDay) {
            out += line;
            continue;
        }
        if (m_timeOfDay) {
            const std::int64_t step = (*time - *m_timeOfDay + kDayMs) % kDayMs;
            pause = step <= kDayMs / 2 ? std::min(step, kLongestPauseMs) : kUnknownPauseMs;
        } else {
            pause = 0; // what stands before the first time is not worth waiting for
        }
        m_timeOfDay = time;
        m_held = line;
        break;
    }
    emit came(out);
    if (m_file.isOpen()) // nobody closed it meanwhile
        m_next.start(m_fast ? 0 : static_cast<int>(pause));
}

} // namespace zhicha
