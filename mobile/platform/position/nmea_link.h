#pragma once
// The lines over which a receiver's NMEA comes: a serial port, a TCP connection, a recorded log.
#include "mobile/engine/capture/receiver_watch.h"

#include <QFile>
#include <QObject>
#include <QSerialPort>
#include <QTcpSocket>
#include <QTimer>

namespace zhicha {

/** Threads: the one it lives in, with an event loop; its members are its children, so that they move with it. open()
 * and close() may be called again and again; each open() ends in opened() or lost(), and every opened() in lost()
 * unless close() was called. */
class NmeaLink : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void open() = 0;
    virtual void close() = 0;

signals:
    void opened();
    void came(const QByteArray &bytes);
    void lost(zhicha::ReceiverTrouble trouble, const QString &detail);
};

/** 8 data bits, no parity, one stop bit, no flow control: what receivers speak. */
class SerialLink : public NmeaLink {
    Q_OBJECT
public:
    SerialLink(const QString &device, int baud, QObject *parent = nullptr);
    void open() override;
    void close() override { m_port.close(); }

private:
    QSerialPort m_port;
};

/** Raw NMEA from a bridge or a receiver with a network plug. A gpsd, which greets first, is asked for its NMEA. */
class TcpLink : public NmeaLink {
    Q_OBJECT
public:
    TcpLink(const QString &host, int port, QObject *parent = nullptr);
    void open() override;
    void close() override;

private:
    void read();
    void drop(ReceiverTrouble trouble, const QString &detail);
    QTcpSocket m_socket;
    QTimer m_patience; ///< a host that drops packets answers never
    QString m_host;
    int m_port;
    bool m_greeted = false;
    bool m_wanted = false;
};

/** A recorded log, line by line: one time of day after another as far apart as they were recorded, or all at once. */
class LogLink : public NmeaLink {
    Q_OBJECT
public:
    LogLink(const QString &path, bool fast, QObject *parent = nullptr);
    void open() override;
    void close() override;

private:
    void giveEpoch();
    QFile m_file;
    QTimer m_next;
    bool m_fast;
    QByteArray m_held; ///< the line that begins the next time of day
    std::optional<std::int64_t> m_timeOfDay;
};

} // namespace zhicha
