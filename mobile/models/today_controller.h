#pragma once
// The day: what to go on with, what the office sent back. Assignments come with a later version and are absent here.
#include "mobile/models/check_closure.h"
#include "mobile/models/page_controller.h"

namespace zhicha {

/** An open check or a draft. */
struct ContinueRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(int stamp MEMBER stamp) ///< Ui.Stamp
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString site MEMBER site)
    Q_PROPERTY(QString check MEMBER check)
    Q_PROPERTY(QString finding MEMBER finding) ///< id of a draft; empty for a check
    Q_PROPERTY(int items MEMBER items)
    Q_PROPERTY(int missing MEMBER missing)
    Q_PROPERTY(int photos MEMBER photos)
    Q_PROPERTY(QString at MEMBER at) ///< start of the check; of a draft, when it was saved
    Q_PROPERTY(QString elapsed MEMBER elapsed)
    Q_PROPERTY(bool arrived MEMBER arrived)
public:
    QString key;
    int stamp = 0;
    QString title;
    QString site;
    QString check;
    QString finding;
    int items = 0;
    int missing = 0;
    int photos = 0;
    QString at;
    QString elapsed;
    bool arrived = false;
    bool operator==(const ContinueRow &) const = default;
};

/** A question of the office that waits for an answer. */
struct ReturnedRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key) ///< the question
    Q_PROPERTY(QString check MEMBER check)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString site MEMBER site)
    Q_PROPERTY(QString askedBy MEMBER askedBy)
    Q_PROPERTY(QString due MEMBER due)    ///< 今日 18:00; empty without one
    Q_PROPERTY(QString left MEMBER left)  ///< until then, or since then if `overdue`
    Q_PROPERTY(bool urgent MEMBER urgent) ///< less than four hours
    Q_PROPERTY(bool overdue MEMBER overdue)
public:
    QString key;
    QString check;
    QString title;
    QString site;
    QString askedBy;
    QString due;
    QString left;
    bool urgent = false;
    bool overdue = false;
    bool operator==(const ReturnedRow &) const = default;
};

/** Something that the office did; a line goes when it was seen, a task when it is done. */
struct NewsRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(int news MEMBER news) ///< Ui.News
    Q_PROPERTY(bool task MEMBER task)
    Q_PROPERTY(QString check MEMBER check) ///< where it leads; empty: nowhere
    Q_PROPERTY(QString subject MEMBER subject)
    Q_PROPERTY(QString person MEMBER person)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(QString at MEMBER at)
public:
    QString key;
    int news = 0;
    bool task = false;
    QString check;
    QString subject;
    QString person;
    QString text;
    QString at;
    bool operator==(const NewsRow &) const = default;
};

class TodayController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QAbstractItemModel *continued READ continued CONSTANT)
    Q_PROPERTY(QAbstractItemModel *returned READ returned CONSTANT)
    Q_PROPERTY(int continuedCount READ continuedCount NOTIFY changed)
    Q_PROPERTY(int returnedCount READ returnedCount NOTIFY changed)
    Q_PROPERTY(QAbstractItemModel *news READ news CONSTANT)
    Q_PROPERTY(int newsCount READ newsCount NOTIFY changed)
    Q_PROPERTY(int lastChecks READ lastChecks NOTIFY changed) ///< finished by this tablet, of the last day that had one
    Q_PROPERTY(QString lastChecksDay READ lastChecksDay NOTIFY changed)
    Q_PROPERTY(QString currentSite READ currentSite NOTIFY changed)

public:
    explicit TodayController(QObject *parent = nullptr);
    [[nodiscard]] QAbstractItemModel *continued() { return &m_continued; }
    [[nodiscard]] QAbstractItemModel *returned() { return &m_returned; }
    [[nodiscard]] int continuedCount() const { return m_continued.rowCount(); }
    [[nodiscard]] int returnedCount() const { return m_returned.rowCount(); }
    [[nodiscard]] QAbstractItemModel *news() { return &m_news; }
    [[nodiscard]] int newsCount() const { return m_news.rowCount(); }
    [[nodiscard]] int lastChecks() const { return m_lastChecks; }
    [[nodiscard]] QString lastChecksDay() const { return m_lastChecksDay; }
    [[nodiscard]] QString currentSite() const;
    Q_INVOKABLE void askOffice();               ///< 问督查室: a round now
    Q_INVOKABLE void seen(const QString &news); ///< a line of the office was read; a task stays

signals:
    void changed();

protected:
    void read() override;

private:
    GadgetModel<ContinueRow> m_continued;
    GadgetModel<ReturnedRow> m_returned;
    GadgetModel<NewsRow> m_news;
    QTimer m_tick;
    int m_lastChecks = 0;
    QString m_lastChecksDay;
};

[[nodiscard]] std::vector<ReturnedRow> returnedRows(const std::vector<OpenQuestion> &questions, std::int64_t nowMs);

} // namespace zhicha
