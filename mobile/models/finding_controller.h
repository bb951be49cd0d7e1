#pragma once
// The editor of one finding: a draft until it is recorded, read-only afterwards but for corrections with a reason.
#include "mobile/models/check_rows.h"
#include "mobile/models/draft_keeper.h"
#include "mobile/models/page_controller.h"

namespace zhicha {

/** `finding` is the entity's id, minted before the first key; a draft row appears with the first change. What is typed
 * or chosen before the store answered stays and goes behind what stood there; recording waits for that answer. A
 * correction is a draft as well until it is made. */
class FindingController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString check READ check WRITE setCheck NOTIFY idChanged REQUIRED)
    Q_PROPERTY(QString finding READ finding WRITE setFinding NOTIFY idChanged REQUIRED)
    Q_PROPERTY(QString site READ site NOTIFY changed)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(int severity READ severity WRITE setSeverity NOTIFY changed) ///< Ui.Severity
    Q_PROPERTY(QString item READ item WRITE setItem NOTIFY changed)         ///< key of `items`
    Q_PROPERTY(QString itemNumber READ itemNumber NOTIFY changed)
    Q_PROPERTY(QString itemTitle READ itemTitle NOTIFY changed)
    Q_PROPERTY(int obtained READ obtained WRITE setObtained NOTIFY changed) ///< Ui.Obtained, for the next photos
    Q_PROPERTY(QAbstractItemModel *items READ items CONSTANT)
    Q_PROPERTY(QAbstractItemModel *photos READ photos CONSTANT)
    Q_PROPERTY(int photoCount READ photoCount NOTIFY changed)
    Q_PROPERTY(zhicha::DraftKeeper *draft READ draft CONSTANT)
    Q_PROPERTY(bool recorded READ recorded NOTIFY changed)
    Q_PROPERTY(QString recordedAt READ recordedAt NOTIFY changed)
    Q_PROPERTY(bool voided READ voided NOTIFY changed)
    Q_PROPERTY(bool contested READ contested NOTIFY changed)
    Q_PROPERTY(bool amending READ amending WRITE setAmending NOTIFY amendChanged) ///< a correction is being typed
    Q_PROPERTY(QString amendText READ amendText WRITE setAmendText NOTIFY amendChanged)
    Q_PROPERTY(int amendSeverity READ amendSeverity WRITE setAmendSeverity NOTIFY amendChanged) ///< Ui.Severity
    Q_PROPERTY(QString amendReason READ amendReason WRITE setAmendReason NOTIFY amendChanged)
    Q_PROPERTY(bool missingText READ missingText NOTIFY missingChanged)
    Q_PROPERTY(bool missingSeverity READ missingSeverity NOTIFY missingChanged)
    Q_PROPERTY(QString position READ position NOTIFY changed)
    Q_PROPERTY(QString positionNote READ positionNote NOTIFY changed)

public:
    explicit FindingController(QObject *parent = nullptr);
    ~FindingController() override;
    [[nodiscard]] QString check() const { return m_check; }
    void setCheck(const QString &check);
    [[nodiscard]] QString finding() const { return m_finding; }
    void setFinding(const QString &finding);
    [[nodiscard]] QString site() const;
    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    [[nodiscard]] int severity() const { return m_severity; }
    void setSeverity(int severity);
    [[nodiscard]] QString item() const { return m_item; }
    void setItem(const QString &item);
    [[nodiscard]] QString itemNumber() const;
    [[nodiscard]] QString itemTitle() const;
    [[nodiscard]] int obtained() const { return m_obtained; }
    void setObtained(int obtained);
    [[nodiscard]] QAbstractItemModel *items() { return &m_items; }
    [[nodiscard]] QAbstractItemModel *photos() { return &m_photos; }
    [[nodiscard]] int photoCount() const { return m_reading ? static_cast<int>(m_reading->photos.size()) : 0; }
    [[nodiscard]] DraftKeeper *draft() { return &m_keeper; }
    [[nodiscard]] bool recorded() const { return m_recorded; }
    [[nodiscard]] QString recordedAt() const;
    [[nodiscard]] bool voided() const { return m_reading && m_reading->isVoid; }
    [[nodiscard]] bool contested() const { return m_reading && m_reading->contested; }
    [[nodiscard]] bool amending() const { return m_amend.has_value(); }
    void setAmending(bool amending); ///< false: the finding stays as it is, the typed correction is dropped
    [[nodiscard]] QString amendText() const { return m_amend ? m_amend->text : QString(); }
    void setAmendText(const QString &text);
    [[nodiscard]] int amendSeverity() const { return m_amend ? m_amend->severity : 0; }
    void setAmendSeverity(int severity);
    [[nodiscard]] QString amendReason() const { return m_amend ? m_amend->reason : QString(); }
    void setAmendReason(const QString &reason);
    [[nodiscard]] bool missingText() const { return m_text.trimmed().isEmpty(); }
    [[nodiscard]] bool missingSeverity() const { return m_severity == 0; }
    [[nodiscard]] QString position() const;
    [[nodiscard]] QString positionNote() const;

    Q_INVOKABLE void record();                       ///< recordDone() when it is durable
    Q_INVOKABLE void discard(const QString &reason); ///< the draft goes, its photos stay with the check
    Q_INVOKABLE void amend(const QString &reason, const QString &text, int severity);
    Q_INVOKABLE void voidIt(bool isVoid, const QString &reason);
    Q_INVOKABLE QString photoAt(int index) const; ///< its id; empty past the end
    Q_INVOKABLE void importPhoto(const QUrl &file);
    Q_INVOKABLE void removePhoto(const QString &photo, const QString &reason); ///< entity.void; the original stays
    Q_INVOKABLE void leave() override;                                         ///< what was typed goes to disk now

signals:
    void idChanged();
    void changed();
    void textChanged();
    void missingChanged();
    void amendChanged();
    void recordDone();
    void discarded();

protected:
    void read() override;

private:
    struct Loaded {
        std::optional<CheckReading> check;
        std::optional<Error> trouble; ///< why there is no check; the draft is shown all the same
        std::optional<Draft> draft;
    };
    struct Amend {
        QString text;
        int severity = 0;
        QString reason;
    };
    [[nodiscard]] Draft currentDraft() const;
    void take(Loaded loaded);
    void takeRecorded();
    void takeDraft(const Draft &draft);
    void takeAmend(const Draft &draft);
    void touched();
    void recordNow();
    void discardNow(const QString &reason);
    void amendTouched();

    QString m_check;
    QString m_finding;
    QString m_text;
    int m_severity = 0;
    QString m_item;
    int m_obtained = 0;
    bool m_recorded = false;
    bool m_loaded = false;
    bool m_ended = false; ///< recorded or discarded by this page: nothing may write the draft again
    CheckReading m_of;
    std::optional<FindingReading> m_reading;
    std::optional<Amend> m_amend;
    GadgetModel<ItemRow> m_items;
    GadgetModel<PhotoRow> m_photos;
    DraftKeeper m_keeper;
};

} // namespace zhicha
