#pragma once
// What the office has, check by check, and what needs a hand. The lanes stand in App.status.
#include "mobile/models/page_controller.h"

namespace zhicha {

/** A check's way to the office, or a trouble of one record or photo. */
struct SyncRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(int stamp MEMBER stamp) ///< Ui.Stamp: Refused and Disputed first, then Sending, Queued, Delivered
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString site MEMBER site)
    Q_PROPERTY(QString check MEMBER check)
    Q_PROPERTY(qint64 records MEMBER records)
    Q_PROPERTY(qint64 recordsDone MEMBER recordsDone)
    Q_PROPERTY(int photos MEMBER photos)
    Q_PROPERTY(int photosDone MEMBER photosDone)
    Q_PROPERTY(int percent MEMBER percent) ///< of the originals' bytes
    Q_PROPERTY(QString at MEMBER at)       ///< when the office received it last, or when it was recorded
    Q_PROPERTY(QString log MEMBER log)     ///< log number of the last receipt; empty without one
    Q_PROPERTY(bool trouble MEMBER trouble)
    Q_PROPERTY(bool yours MEMBER yours) ///< the inspector can do something about it
    Q_PROPERTY(QString code MEMBER code)
    Q_PROPERTY(QString why MEMBER why)
    Q_PROPERTY(QString now MEMBER now)
    Q_PROPERTY(QString next MEMBER next)
    Q_PROPERTY(QString photo MEMBER photo)   ///< source of a preview; empty if it is no photo
    Q_PROPERTY(QString values MEMBER values) ///< of a conflict: what stands against what
    Q_PROPERTY(QString finding MEMBER finding)
public:
    QString key;
    int stamp = 0;
    QString title;
    QString site;
    QString check;
    qint64 records = 0;
    qint64 recordsDone = 0;
    int photos = 0;
    int photosDone = 0;
    int percent = 0;
    QString at;
    QString log;
    bool trouble = false;
    bool yours = false;
    QString code;
    QString why;
    QString now;
    QString next;
    QString photo;
    QString values;
    QString finding;
    bool operator==(const SyncRow &) const = default;
};

class SyncController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QAbstractItemModel *rows READ rows CONSTANT)
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(int troubles READ troubles NOTIFY changed)
    Q_PROPERTY(QString chosen READ chosen WRITE setChosen NOTIFY changed)
    Q_PROPERTY(QVariantMap detail READ detail NOTIFY changed)     ///< the chosen row's roles; empty without one
    Q_PROPERTY(QString stoppedWhy READ stoppedWhy NOTIFY changed) ///< why the whole sync stands; empty = it does not
    Q_PROPERTY(
        QString auditDay READ auditDay NOTIFY changed) ///< 11-29; empty: no head of the office's audit trail came
    Q_PROPERTY(QString auditEntries READ auditEntries NOTIFY changed)
    Q_PROPERTY(QString stoppedNext READ stoppedNext NOTIFY changed)

public:
    explicit SyncController(QObject *parent = nullptr);
    [[nodiscard]] QAbstractItemModel *rows() { return &m_rows; }
    [[nodiscard]] int count() const { return m_rows.rowCount(); }
    [[nodiscard]] int troubles() const;
    [[nodiscard]] QString chosen() const { return m_chosen; }
    void setChosen(const QString &key);
    [[nodiscard]] QVariantMap detail() const;
    [[nodiscard]] QString stoppedWhy() const;
    [[nodiscard]] QString stoppedNext() const;
    [[nodiscard]] QString auditDay() const { return m_auditDay; }
    [[nodiscard]] QString auditEntries() const { return m_auditEntries; }
    Q_INVOKABLE void syncNow();

signals:
    void changed();

protected:
    void read() override;

private:
    GadgetModel<SyncRow> m_rows;
    QString m_chosen;
    QString m_auditDay;
    QString m_auditEntries;
};

} // namespace zhicha
