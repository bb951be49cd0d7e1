#pragma once
// 同事: the codes that a colleague's tablet reads to join a check or to sign it, and their signature with their own PIN
// on this one.
#include "mobile/models/check_reading.h"
#include "mobile/models/check_rows.h"
#include "mobile/models/page_controller.h"

namespace zhicha {

struct ColleagueRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key) ///< folder of their store
    Q_PROPERTY(QString name MEMBER name)
public:
    QString key;
    QString name;
    bool operator==(const ColleagueRow &) const = default;
};

class ColleagueController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString check MEMBER m_check NOTIFY idChanged REQUIRED)
    Q_PROPERTY(QString site READ site NOTIFY changed)
    Q_PROPERTY(QString joinCode READ joinCode NOTIFY changed) ///< source of its picture; empty: another tablet invites
    Q_PROPERTY(QString signCode READ signCode NOTIFY changed) ///< empty until something can be signed
    Q_PROPERTY(QString validUntil READ validUntil NOTIFY changed)
    Q_PROPERTY(QString head READ head NOTIFY changed) ///< what a signature covers, for comparing the two screens
    Q_PROPERTY(QAbstractItemModel *colleagues READ colleagues CONSTANT) ///< with a store of their own on this tablet
    Q_PROPERTY(int colleagueCount READ colleagueCount NOTIFY changed)
    Q_PROPERTY(bool signing READ signing NOTIFY changed)

public:
    /** The colleague's signature in their own store, and what this one remembers of it. */
    struct SignedHere {
        SignatureReading sign;
        std::int64_t waitingRecords = 0;
    };

    explicit ColleagueController(QObject *parent = nullptr);
    [[nodiscard]] QString site() const { return m_of.site; }
    [[nodiscard]] QString joinCode() const { return m_of.joinCode; }
    [[nodiscard]] QString signCode() const { return m_of.signCode; }
    [[nodiscard]] QString validUntil() const;
    [[nodiscard]] QString head() const { return m_of.head; }
    [[nodiscard]] QAbstractItemModel *colleagues() { return &m_colleagues; }
    [[nodiscard]] int colleagueCount() const { return m_colleagues.rowCount(); }
    [[nodiscard]] bool signing() const { return m_signing; }
    /** `reason` empty: signs; else it is why they refuse. pinWrong() or signedHere() follows. */
    Q_INVOKABLE void signHere(const QString &folder, const QString &pin, const QString &reason);

signals:
    void idChanged();
    void changed();
    void pinWrong(int triesLeft);
    void blocked(int seconds); ///< too many wrong ones in a row
    void signedHere(const QString &name);

protected:
    void read() override;

private:
    struct Asked {
        QString site, joinCode, signCode, head;
        std::int64_t untilMs = 0;
    };
    void listColleagues();
    void answered(const Result<SignedHere> &done, const TabletPerson &person);

    QString m_check;
    Asked m_of;
    GadgetModel<ColleagueRow> m_colleagues;
    QTimer m_renew;
    bool m_opened = false;
    bool m_signing = false;
};

} // namespace zhicha
