#include "mobile/models/search_controller.h"

#include "mobile/models/check_closure.h"
#include "mobile/models/check_reading.h"
#include "mobile/models/text_format.h"
#include "mobile/models/ui.h"

namespace zhicha {

namespace {
constexpr std::int64_t kMonthMs = 30LL * 86'400'000;
constexpr qsizetype kContext = 16; ///< characters before the match

int stampOf(const CheckReading &check) {
    switch (check.state) {
    case CheckState::Void:
        return static_cast<int>(ui::Stamp::Voided);
    case CheckState::ConflictOpen:
        return static_cast<int>(ui::Stamp::Disputed);
    case CheckState::Returned:
        return static_cast<int>(ui::Stamp::Returned);
    default:
        return static_cast<int>(check.finished ? ui::Stamp::Finished : ui::Stamp::Checking);
    }
}

void addLine(SearchIndex::Entry &entry, const std::string &utf8) {
    const QString line = text::fromUtf8(utf8).simplified();
    if (!line.isEmpty())
        entry.lines.append(line);
}

SearchIndex::Entry entryOf(const CheckReading &check) {
    SearchIndex::Entry entry;
    entry.check = textOf(check.id);
    entry.site = text::fromUtf8(check.siteName);
    entry.atMs = check.startedAtMs;
    entry.stamp = stampOf(check);
    entry.finished = check.finished;
    entry.returned = check.state == CheckState::Returned;
    for (const FindingReading &finding : check.findings) {
        if (finding.isVoid)
            continue;
        entry.grave = entry.grave || finding.severity == "critical";
        addLine(entry, finding.text);
    }
    for (const ItemReading &item : check.items) {
        addLine(entry, item.number + ' ' + item.title);
        for (const AnswerReading &answer : item.answers)
            addLine(entry, answer.note);
    }
    addLine(entry, check.siteName);
    addLine(entry, check.number);
    addLine(entry, check.unitName);
    return entry;
}

Result<std::shared_ptr<const SearchIndex>> indexOf(LocalStore &store) {
    ZHICHA_ASSIGN(const std::vector<OwnCheck> checks, ownChecks(store));
    auto index = std::make_shared<SearchIndex>();
    for (const OwnCheck &own : checks) {
        ZHICHA_ASSIGN(const CheckReading check, readCheck(store, own.id));
        index->entries.push_back(entryOf(check));
    }
    return std::shared_ptr<const SearchIndex>(std::move(index));
}

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

SearchController::SearchController(QObject *parent) : PageController(parent) {}

void SearchController::read() {
    readWith([](StoreSession &session) { return indexOf(session.store()); },
             [this](std::shared_ptr<const SearchIndex> index) {
                 m_index = std::move(index);
                 search();
             });
}

void SearchController::search() {
    if (!m_index)
        return;
    const std::int64_t now = systemClock().nowMs();
    std::vector<FoundRow> rows;
    int found = 0;
    for (const SearchIndex::Entry &entry : m_index->entries) {
        FoundRow row;
        if (!passes(entry, m_filter, now) || !fill(row, entry, m_query) || ++found > kMostRows)
            continue;
        row.key = entry.check;
        row.stamp = entry.stamp;
        row.site = entry.site;
        row.day = text::nearDay(entry.atMs, now);
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
