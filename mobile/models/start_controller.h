#pragma once
// 新建检查: where to, which items; or joining a colleague's check by list; or proposing a site that is not in the
// ledger.
#include "mobile/models/page_controller.h"
#include "mobile/models/site_rows.h"

namespace zhicha {

struct ChoiceRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString number MEMBER number)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString due MEMBER due)
    Q_PROPERTY(bool chosen MEMBER chosen)
public:
    QString key;
    QString number;
    QString title;
    QString due;
    bool chosen = false;
    bool operator==(const ChoiceRow &) const = default;
};

/** A check of another tablet that can be joined. */
struct JoinRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString site MEMBER site)
    Q_PROPERTY(QString person MEMBER person)
    Q_PROPERTY(QString at MEMBER at)
public:
    QString key;
    QString site;
    QString person;
    QString at;
    bool operator==(const JoinRow &) const = default;
};

class StartController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(QAbstractItemModel *sites READ sites CONSTANT)
    Q_PROPERTY(int siteCount READ siteCount NOTIFY changed) ///< that fit the query
    Q_PROPERTY(int allSites READ allSites NOTIFY changed)
    Q_PROPERTY(QString site READ site WRITE setSite NOTIFY changed)
    Q_PROPERTY(QString siteName READ siteName NOTIFY changed)
    Q_PROPERTY(QString siteUnit READ siteUnit NOTIFY changed)
    Q_PROPERTY(QAbstractItemModel *items READ items CONSTANT) ///< of the chosen site's unit
    Q_PROPERTY(int itemCount READ itemCount NOTIFY changed)
    Q_PROPERTY(int chosenCount READ chosenCount NOTIFY changed)
    Q_PROPERTY(QAbstractItemModel *joinable READ joinable CONSTANT)
    Q_PROPERTY(int joinableCount READ joinableCount NOTIFY changed)
    Q_PROPERTY(QString reason READ reason WRITE setReason NOTIFY changed) ///< why there is no fix
    Q_PROPERTY(QString log READ log WRITE setLog NOTIFY changed) ///< a receiver's log with the way there; empty = none
    Q_PROPERTY(bool onTheWay READ onTheWay NOTIFY wayChanged)    ///< set out: the track runs
    Q_PROPERTY(int way READ way NOTIFY wayChanged)               ///< Ui.StartWay: how it can be started here and now

public:
    explicit StartController(QObject *parent = nullptr);
    [[nodiscard]] QString query() const { return m_query; }
    void setQuery(const QString &query);
    [[nodiscard]] QAbstractItemModel *sites() { return &m_sites; }
    [[nodiscard]] int siteCount() const { return m_sites.rowCount(); }
    [[nodiscard]] int allSites() const { return static_cast<int>(m_all.size()); }
    [[nodiscard]] QString site() const { return m_site; }
    void setSite(const QString &site);
    [[nodiscard]] QString siteName() const;
    [[nodiscard]] QString siteUnit() const;
    [[nodiscard]] QAbstractItemModel *items() { return &m_items; }
    [[nodiscard]] int itemCount() const { return m_items.rowCount(); }
    [[nodiscard]] int chosenCount() const;
    [[nodiscard]] QAbstractItemModel *joinable() { return &m_joinable; }
    [[nodiscard]] int joinableCount() const { return m_joinable.rowCount(); }
    [[nodiscard]] QString reason() const { return m_reason; }
    void setReason(const QString &reason);
    [[nodiscard]] QString log() const { return m_log; }
    void setLog(const QString &log);
    [[nodiscard]] bool onTheWay() const;
    [[nodiscard]] int way() const;
    Q_INVOKABLE void toggleItem(const QString &item);
    Q_INVOKABLE void setOff(); ///< 出发: mints the check, and its track begins
    Q_INVOKABLE void giveUp(); ///< not going there after all
    /** With what is known here and now: the arrival inside the fence, the fix outside of it, or the reason why there is
     *  none. */
    Q_INVOKABLE void start();
    Q_INVOKABLE void join(const QString &check);
    Q_INVOKABLE void joinBy(const QString &check, const QString &invite); ///< of a scanned code, in hex
    Q_INVOKABLE void propose(const QString &name, const QString &note);

signals:
    void queryChanged();
    void changed();
    void wayChanged();
    void started(const QString &check); ///< durable: the check is there

protected:
    void read() override;

private:
    struct Loaded {
        std::vector<SiteRow> sites;
        std::map<QString, std::vector<ChoiceRow>> itemsOfSite;
        std::vector<JoinRow> joinable;
    };
    [[nodiscard]] static Result<Loaded> load(LocalStore &store);
    void filter();
    void takeJourney();
    [[nodiscard]] std::vector<Uuid> chosenItems() const;

    QString m_query;
    QString m_site;
    QString m_reason;
    QString m_log;
    std::vector<SiteRow> m_all;
    std::map<QString, std::vector<ChoiceRow>> m_itemsOfSite;
    GadgetModel<SiteRow> m_sites;
    GadgetModel<ChoiceRow> m_items;
    GadgetModel<JoinRow> m_joinable;
};

} // namespace zhicha
