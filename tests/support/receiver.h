#pragma once
// A receiver with a network plug, made here: says NMEA to whoever connects, at the places and times that a test wants.
#include "tests/unit/mobile/engine/capture/nmea_log.h"

#include <QDateTime>
#include <QTcpServer>
#include <QTcpSocket>

#include <cmath>

namespace zhicha::test {

/** One second of a receiver that stands at this place: RMC, GGA, GSV. */
inline std::string receiverSays(std::int64_t atMs, LatLon place) {
    const QDateTime t = QDateTime::fromMSecsSinceEpoch(atMs, Qt::UTC);
    const std::string time = t.toString("hhmmss.zzz").left(9).toStdString();
    const auto angle = [](std::int32_t value, int digits) {
        const std::int64_t whole = std::abs(std::int64_t{value});
        char text[32];
        std::snprintf(text, sizeof text, "%0*lld%010.7f", digits, static_cast<long long>(whole / kDegree),
                      static_cast<double>(whole % kDegree) * 60 / kDegree);
        return std::string(text);
    };
    const std::string at =
        angle(place.lat, 2) + (place.lat < 0 ? ",S," : ",N,") + angle(place.lon, 3) + (place.lon < 0 ? ",W" : ",E");
    return withChecksum("GNRMC," + time + ",A," + at + ",0.5,," + t.toString("ddMMyy").toStdString() + ",,,A") +
           withChecksum("GNGGA," + time + "," + at + ",1,09,0.8,350.0,M,,M,,") +
           withChecksum("GBGSV,1,1,02,07,44,120,38,19,60,020,42");
}

/** Listens on loopback. Threads: one, with an event loop. */
class NetworkReceiver {
public:
    NetworkReceiver() {
        ZHICHA_CHECK(m_server.listen(QHostAddress::LocalHost));
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            m_listener = m_server.nextPendingConnection();
            QObject::connect(m_listener, &QTcpSocket::disconnected, m_listener, [this] { m_listener = nullptr; });
        });
    }
    [[nodiscard]] QString choice() const { return QStringLiteral("tcp:127.0.0.1:%1").arg(m_server.serverPort()); }
    [[nodiscard]] bool isHeard() const { return m_listener != nullptr; }
    void say(std::int64_t atMs, LatLon place) {
        if (m_listener != nullptr) {
            const std::string text = receiverSays(atMs, place);
            m_listener->write(text.data(), static_cast<qint64>(text.size()));
        }
    }
    void unplug() {
        m_server.close();
        if (m_listener != nullptr)
            m_listener->abort();
    }

private:
    QTcpServer m_server;
    QTcpSocket *m_listener = nullptr;
};

} // namespace zhicha::test
