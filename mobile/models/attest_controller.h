#pragma once
// The four nots and two straights of a check, each beside what the tablet measured; and who signed.
#include "mobile/models/attest_measure.h"
#include "mobile/models/page_controller.h"

namespace zhicha {

struct DutyRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(int duty MEMBER duty)         ///< Ui.Duty
    Q_PROPERTY(int measured MEMBER measured) ///< Ui.Measured
    Q_PROPERTY(QString fact MEMBER fact)     ///< what was measured; empty where nothing can be
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(int kept MEMBER kept) ///< Ui.Kept
    Q_PROPERTY(QString note MEMBER note)
    Q_PROPERTY(bool contested MEMBER contested)
public:
    QString key;
    int duty = 0;
    int measured = 0;
    QString fact;
    QString detail;
    int kept = 0;
    QString note;
    bool contested = false;
    bool operator==(const DutyRow &) const = default;
};

struct SignatureRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString person MEMBER person)
    Q_PROPERTY(bool own MEMBER own)
    Q_PROPERTY(int signing MEMBER signing) ///< Ui.Signing
    Q_PROPERTY(QString at MEMBER at)
    Q_PROPERTY(qint64 covers MEMBER covers) ///< records
    Q_PROPERTY(QString head MEMBER head)    ///< twelve digits, in groups of four
    Q_PROPERTY(QString refusal MEMBER refusal)
    Q_PROPERTY(bool onItsWay MEMBER onItsWay) ///< given on this tablet, goes out with its owner's own records
public:
    QString key;
    QString person;
    bool own = false;
    int signing = 0;
    QString at;
    qint64 covers = 0;
    QString head;
    QString refusal;
    bool onItsWay = false;
    bool operator==(const SignatureRow &) const = default;
};

class AttestController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString check MEMBER m_check NOTIFY idChanged REQUIRED)
    Q_PROPERTY(QString site READ site NOTIFY changed)
    Q_PROPERTY(QAbstractItemModel *duties READ duties CONSTANT)
    Q_PROPERTY(QAbstractItemModel *signatures READ signatures CONSTANT)
    Q_PROPERTY(int said READ said NOTIFY changed) ///< of six
    Q_PROPERTY(bool signedHere READ signedHere NOTIFY changed)
    Q_PROPERTY(bool finished READ finished NOTIFY changed)
    Q_PROPERTY(
        int missingElsewhere READ missingElsewhere NOTIFY changed) ///< parts of the check that are open, but these
    Q_PROPERTY(QString person READ person CONSTANT)

public:
    explicit AttestController(QObject *parent = nullptr);
    [[nodiscard]] QString site() const;
    [[nodiscard]] QAbstractItemModel *duties() { return &m_duties; }
    [[nodiscard]] QAbstractItemModel *signatures() { return &m_signatures; }
    [[nodiscard]] int said() const;
    [[nodiscard]] bool signedHere() const { return m_signedHere; }
    [[nodiscard]] bool finished() const { return m_of.finished; }
    [[nodiscard]] int missingElsewhere() const;
    [[nodiscard]] QString person() const { return app().personName(); }
    /** `duty`: Ui.Duty, `kept`: Ui.Kept. An explanation may be empty at first and is typed afterwards. */
    Q_INVOKABLE void say(int duty, int kept, const QString &note);
    Q_INVOKABLE void sign(const QString &pin); ///< with the store's own PIN; pinWrong() if it is another
    Q_INVOKABLE void refuse(const QString &reason);
    Q_INVOKABLE void finish();

signals:
    void idChanged();
    void changed();
    void signedNow();
    void pinWrong();
    void finishDone();

protected:
    void read() override;

private:
    void take(CheckReading check, const Uuid &device);
    void signNow(const std::optional<std::string> &refusal);

    QString m_check;
    CheckReading m_of;
    bool m_signedHere = false;
    GadgetModel<DutyRow> m_duties;
    GadgetModel<SignatureRow> m_signatures;
};

} // namespace zhicha
