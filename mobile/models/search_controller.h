#pragma once
// 查档: this tablet's checks by what was written in them.
#include "mobile/models/page_controller.h"
#include "mobile/models/search_reader.h"

namespace zhicha {

struct FoundRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key) ///< the check
    Q_PROPERTY(int stamp MEMBER stamp) ///< Ui.Stamp
    Q_PROPERTY(QString site MEMBER site)
    Q_PROPERTY(QString day MEMBER day)
    Q_PROPERTY(QString before MEMBER before) ///< of the line that fits …
    Q_PROPERTY(QString match MEMBER match)   ///< … the part that was asked for
    Q_PROPERTY(QString after MEMBER after)
public:
    QString key;
    int stamp = 0;
    QString site;
    QString day;
    QString before;
    QString match;
    QString after;
    bool operator==(const FoundRow &) const = default;
};

class SearchController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(int filter READ filter WRITE setFilter NOTIFY
                   queryChanged) ///< 0 all, 1 open, 2 returned, 3 grave, 4 the last 30 days
    Q_PROPERTY(QAbstractItemModel *rows READ rows CONSTANT)
    Q_PROPERTY(int found READ found NOTIFY changed)
    Q_PROPERTY(int all READ all NOTIFY changed)
    Q_PROPERTY(bool complete READ complete NOTIFY changed) ///< false: older checks are still being read
    Q_PROPERTY(QString chosen READ chosen WRITE setChosen NOTIFY changed)

public:
    static constexpr int kMostRows = 200; ///< what one scrolls through; beyond, one types another character
    explicit SearchController(QObject *parent = nullptr);
    [[nodiscard]] QString query() const { return m_query; }
    void setQuery(const QString &query);
    [[nodiscard]] int filter() const { return m_filter; }
    void setFilter(int filter);
    [[nodiscard]] QAbstractItemModel *rows() { return &m_rows; }
    [[nodiscard]] int found() const { return m_found; }
    [[nodiscard]] int all() const { return m_index ? static_cast<int>(m_index->entries.size()) : 0; }
    [[nodiscard]] bool complete() const { return m_index && m_index->complete; }
    [[nodiscard]] QString chosen() const { return m_chosen; }
    void setChosen(const QString &check);
    Q_INVOKABLE void clearFilters();

signals:
    void queryChanged();
    void changed();

protected:
    void read() override;

private:
    void search();
    void show(std::vector<FoundRow> rows, int found);

    const std::shared_ptr<SearchReader> m_reader; ///< touched on the store's thread alone
    std::shared_ptr<const SearchIndex> m_index;
    QString m_query;
    int m_filter = 0;
    int m_found = 0;
    QString m_chosen;
    GadgetModel<FoundRow> m_rows;
};

} // namespace zhicha
