#pragma once
// One check on the screen: items with their three questions, findings, the tally, what is missing, leaving and
// finishing.
#include "mobile/models/check_rows.h"
#include "mobile/models/page_controller.h"

namespace zhicha {

/** Used by CheckPage, and by ArchivePage for a finished one. Every answer and count is an operation of its own, at
 * once; leaving the page changes nothing. */
class CheckController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString check READ check WRITE setCheck NOTIFY checkChanged REQUIRED)
    Q_PROPERTY(QString site READ site NOTIFY changed)
    Q_PROPERTY(QString unit READ unit NOTIFY changed)
    Q_PROPERTY(QString number READ number NOTIFY changed)
    Q_PROPERTY(QString started READ started NOTIFY changed)
    Q_PROPERTY(QString startedDay READ startedDay NOTIFY changed)
    Q_PROPERTY(QString elapsed READ elapsed NOTIFY ticked)
    Q_PROPERTY(QString people READ people NOTIFY changed) ///< who took part
    Q_PROPERTY(int fence READ fence NOTIFY changed)       ///< Ui.Fence at arrival
    Q_PROPERTY(qreal fenceDistanceM READ fenceDistanceM NOTIFY changed)
    Q_PROPERTY(QString arrivedAt READ arrivedAt NOTIFY changed)
    Q_PROPERTY(qreal accuracyM READ accuracyM NOTIFY changed) ///< of the fix at arrival; 0 if it is not known
    Q_PROPERTY(bool simulated READ simulated NOTIFY changed)
    Q_PROPERTY(QString noFixReason READ noFixReason NOTIFY changed)
    Q_PROPERTY(QString trackTime READ trackTime NOTIFY changed) ///< how long the track is; empty without one
    Q_PROPERTY(bool known READ known NOTIFY changed)
    Q_PROPERTY(bool finished READ finished NOTIFY changed)
    Q_PROPERTY(bool voided READ voided NOTIFY changed)
    Q_PROPERTY(int stamp READ stamp NOTIFY changed) ///< Ui.Stamp
    Q_PROPERTY(QAbstractItemModel *items READ items CONSTANT)
    Q_PROPERTY(QAbstractItemModel *findings READ findings CONSTANT)
    Q_PROPERTY(QAbstractItemModel *missing READ missing CONSTANT)
    Q_PROPERTY(QAbstractItemModel *photos READ photos CONSTANT)
    Q_PROPERTY(int findingCount READ findingCount NOTIFY changed)
    Q_PROPERTY(int photoCount READ photoCount NOTIFY changed)
    Q_PROPERTY(int missingCount READ missingCount NOTIFY changed)
    Q_PROPERTY(QList<QString> missingTexts READ missingTexts NOTIFY changed)
    Q_PROPERTY(QVariantMap firstMissing READ firstMissing NOTIFY changed)
    Q_PROPERTY(int satisfied READ satisfied NOTIFY tallyChanged)
    Q_PROPERTY(int neutral READ neutral NOTIFY tallyChanged)
    Q_PROPERTY(int dissatisfied READ dissatisfied NOTIFY tallyChanged)
    Q_PROPERTY(int peopleCount READ peopleCount NOTIFY tallyChanged)
    Q_PROPERTY(bool canUndoCount READ canUndoCount NOTIFY tallyChanged)
    Q_PROPERTY(int parts READ parts NOTIFY changed)
    Q_PROPERTY(int partsDone READ partsDone NOTIFY changed)
    Q_PROPERTY(QString openItem READ openItem WRITE setOpenItem NOTIFY openItemChanged)

public:
    explicit CheckController(QObject *parent = nullptr);
    [[nodiscard]] QString check() const { return m_check; }
    void setCheck(const QString &check);
    [[nodiscard]] QString site() const;
    [[nodiscard]] QString unit() const;
    [[nodiscard]] QString number() const;
    [[nodiscard]] QString started() const;
    [[nodiscard]] QString startedDay() const;
    [[nodiscard]] QString elapsed() const;
    [[nodiscard]] QString people() const;
    [[nodiscard]] int fence() const;
    [[nodiscard]] qreal fenceDistanceM() const;
    [[nodiscard]] QString arrivedAt() const;
    [[nodiscard]] qreal accuracyM() const;
    [[nodiscard]] bool simulated() const;
    [[nodiscard]] QString noFixReason() const;
    [[nodiscard]] QString trackTime() const;
    [[nodiscard]] bool known() const { return m_reading.known; }
    [[nodiscard]] bool finished() const { return m_reading.finished; }
    [[nodiscard]] bool voided() const { return m_reading.isVoid; }
    [[nodiscard]] int stamp() const;
    [[nodiscard]] QAbstractItemModel *items() { return &m_items; }
    [[nodiscard]] QAbstractItemModel *findings() { return &m_findings; }
    [[nodiscard]] QAbstractItemModel *missing() { return &m_missing; }
    [[nodiscard]] QAbstractItemModel *photos() { return &m_photos; }
    [[nodiscard]] int findingCount() const;
    [[nodiscard]] int photoCount() const { return static_cast<int>(m_reading.photos.size()); }
    [[nodiscard]] int missingCount() const { return static_cast<int>(m_reading.missing.size()); }
    [[nodiscard]] QStringList missingTexts() const;
    [[nodiscard]] QVariantMap firstMissing() const { return missingAt(0); }
    Q_INVOKABLE QVariantMap
    missingAt(int index) const; ///< {kind, item, question, draft, clause, text}; empty past the end
    [[nodiscard]] int satisfied() const { return static_cast<int>(m_reading.satisfied + m_ahead[0]); }
    [[nodiscard]] int neutral() const { return static_cast<int>(m_reading.neutral + m_ahead[1]); }
    [[nodiscard]] int dissatisfied() const { return static_cast<int>(m_reading.dissatisfied + m_ahead[2]); }
    [[nodiscard]] int peopleCount() const { return satisfied() + neutral() + dissatisfied(); }
    [[nodiscard]] bool canUndoCount() const { return peopleCount() > 0; }
    [[nodiscard]] int parts() const { return static_cast<int>(m_reading.parts); }
    [[nodiscard]] int partsDone() const { return static_cast<int>(m_reading.partsDone); }
    [[nodiscard]] QString openItem() const { return m_openItem; }
    void setOpenItem(const QString &item);

    /** `item`: a row's key. `question`: 0 to 2. `answer`: Ui.Answer. The chosen one again does nothing. */
    Q_INVOKABLE void answer(const QString &item, int question, int answer);
    Q_INVOKABLE void count(int feeling); ///< Ui.Feeling; one person more
    Q_INVOKABLE void undoCount();        ///< takes the last tap of this tablet back, as an operation of its own
    Q_INVOKABLE void finish();           ///< finished() is emitted when it is durable
    Q_INVOKABLE QString photoAt(int index) const;
    Q_INVOKABLE void makeCurrent();         ///< several may be open, one is current
    Q_INVOKABLE QString newFinding() const; ///< an id for a draft that typing will make

signals:
    void checkChanged();
    void changed();
    void ticked();
    void tallyChanged();
    void openItemChanged();
    void finishDone();

protected:
    void read() override;

private:
    void take(CheckReading reading);

    QString m_check;
    CheckReading m_reading;
    std::array<std::int64_t, 3> m_ahead{}; ///< taps whose operation is on its way: the number changes on press
    GadgetModel<ItemRow> m_items;
    GadgetModel<FindingRow> m_findings;
    GadgetModel<MissingRow> m_missing;
    GadgetModel<PhotoRow> m_photos;
    QString m_openItem;
    QTimer m_tick;
};

} // namespace zhicha
