#include "mobile/models/search_controller.h"

#include "mobile/models/text_format.h"
#include "mobile/models/ui.h"

namespace zhicha {

namespace {
constexpr std::int64_t kMonthMs = 30LL * 86'400'000;
constexpr qsizetype kContext = 16; ///< characters before the match

bool passes(const SearchIndex::Entry &entry, int filter, std::int64_t now) {
    switch (filter) {
    case 1:
        return !entry.finished;
    case 2:
        return entry.returned;
    case 3:
        return entry.grave;
    case 4:
        return now - entry.atMs < kMonthMs;
    default:
        return true;
    }
}

/** The first line that holds the words; true if there is one. */
bool fill(FoundRow &row, const SearchIndex::Entry &entry, const QString &query) {
    for (const QString &line : entry.lines) {
        const qsizetype at = query.isEmpty() ? 0 : line.indexOf(query, 0, Qt::CaseInsensitive);
        if (at < 0)
            continue;
        const qsizetype from = std::max<qsizetype>(at - kContext, 0);
        row.before = (from > 0 ? QStringLiteral("…") : QString()) + line.mid(from, at - from);
        row.match = line.mid(at, query.size());
        row.after = line.mid(at + query.size());
        return true;
    }
    return query.isEmpty();
}
} // namespace

SearchController::SearchController(QObject *parent)
    : PageController(parent), m_reader(std::make_shared<SearchReader>()) {}

/** A piece at a time: between them the store is there for who records. */
void SearchController::read() {
    readWith([reader = m_reader](StoreSession &session) { return reader->piece(session.store()); },
             [this](SearchReader::Piece piece) {
                 if (piece.index) {
                     m_index = std::move(piece.index);
                     search();
                 }
                 if (piece.more)
                     reload();
             });
}

void SearchController::search() {
    if (!m_index)
        return;
    const std::int64_t now = systemClock().nowMs();
    std::vector<FoundRow> rows;
    int found = 0;
    for (const auto &entry : m_index->entries) {
        FoundRow row;
        if (!passes(*entry, m_filter, now) || !fill(row, *entry, m_query) || ++found > kMostRows)
            continue;
        row.key = entry->check;
        row.stamp = entry->stamp;
        row.site = entry->site;
        row.day = text::nearDay(entry->atMs, now);
        rows.push_back(std::move(row));
    }
    show(std::move(rows), found);
}

void SearchController::show(std::vector<FoundRow> rows, int found) {
    m_rows.set(std::move(rows));
    m_found = found;
    if (m_rows.find(m_chosen) == nullptr)
        m_chosen = m_rows.rows().empty() ? QString() : m_rows.rows().front().key;
    emit changed();
}

void SearchController::setQuery(const QString &query) {
    if (query.simplified() == m_query)
        return;
    m_query = query.simplified();
    emit queryChanged();
    search();
}

void SearchController::setFilter(int filter) {
    if (filter == m_filter || filter < 0 || filter > 4)
        return;
    m_filter = filter;
    emit queryChanged();
    search();
}

void SearchController::setChosen(const QString &check) {
    m_chosen = check;
    emit changed();
}

void SearchController::clearFilters() {
    m_query.clear();
    m_filter = 0;
    emit queryChanged();
    search();
}

} // namespace zhicha
