#pragma once
// The receiver in the settings: which one, and what it sees and says while the page is open.
#include "mobile/models/gadget_model.h"
#include "mobile/models/page_controller.h"
#include "mobile/platform/position/position_choice.h"

namespace zhicha {

struct SatelliteRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString system MEMBER system)
    Q_PROPERTY(int number MEMBER number)
    Q_PROPERTY(int strength MEMBER strength)
    Q_PROPERTY(int elevation MEMBER elevation)
public:
    QString key;
    QString system; ///< 北斗, GPS, GLONASS, Galileo, QZSS
    int number = 0;
    int strength = 0; ///< dB-Hz; 0 = seen, not tracked
    int elevation = 0;
    bool operator==(const SatelliteRow &) const = default;
};

/** While it lives the receiver is on, so that one sees what it does; nothing of it is recorded. */
class ReceiverController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(int kind READ kind WRITE setKind NOTIFY choiceChanged) ///< Ui.Positioning
    Q_PROPERTY(QString where READ where WRITE setWhere NOTIFY choiceChanged)
    Q_PROPERTY(int number READ number WRITE setNumber NOTIFY choiceChanged) ///< baud rate or port
    Q_PROPERTY(bool fast READ fast WRITE setFast NOTIFY choiceChanged)
    Q_PROPERTY(bool complete READ complete NOTIFY choiceChanged)    ///< what is chosen can be used
    Q_PROPERTY(QList<QString> ports READ ports NOTIFY portsChanged) ///< the first serial ports of this machine
    Q_PROPERTY(QList<QString> rates READ rates CONSTANT)
    Q_PROPERTY(int rate READ rate WRITE setRate NOTIFY choiceChanged) ///< index among the rates; -1: another one
    Q_PROPERTY(QAbstractItemModel *sky READ sky CONSTANT)             ///< the strongest first
    Q_PROPERTY(int inView READ inView NOTIFY skyChanged)
    Q_PROPERTY(int tracked READ tracked NOTIFY skyChanged)

public:
    explicit ReceiverController(QObject *parent = nullptr);
    ~ReceiverController() override;
    [[nodiscard]] int kind() const { return static_cast<int>(m_choice.kind); }
    void setKind(int kind);
    [[nodiscard]] QString where() const { return m_choice.where; }
    void setWhere(const QString &where);
    [[nodiscard]] int number() const { return m_choice.number; }
    void setNumber(int number);
    [[nodiscard]] bool fast() const { return m_choice.fast; }
    void setFast(bool fast);
    [[nodiscard]] bool complete() const { return positionChoice(textOf(m_choice)).has_value(); }
    [[nodiscard]] QStringList ports() const { return m_ports; }
    [[nodiscard]] QStringList rates() const;
    [[nodiscard]] int rate() const;
    void setRate(int index);
    [[nodiscard]] QAbstractItemModel *sky() { return &m_sky; }
    [[nodiscard]] int inView() const { return m_sky.rowCount(); }
    [[nodiscard]] int tracked() const;
    Q_INVOKABLE void listPorts();

signals:
    void choiceChanged();
    void portsChanged();
    void skyChanged();

private:
    void apply();
    void look();
    static App &app() { return App::instance(); }

    PositionChoice m_choice;
    QStringList m_ports;
    GadgetModel<SatelliteRow> m_sky;
};

} // namespace zhicha
