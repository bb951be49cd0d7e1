#include "sync-server/store/sqlite/index_query.h"

#include "shared/base/search_words.h"

namespace zhicha {

namespace {
std::string stateNumber(CheckState state) {
    return std::to_string(static_cast<int>(state));
}

/** ":among0, :among1 …": bound one by one, so that the statement has a place for each. */
std::string amongNames(std::size_t count) {
    std::string names;
    for (std::size_t i = 0; i < count; ++i)
        names += (i == 0 ? ":among" : ", :among") + std::to_string(i);
    return names;
}

std::string viewSql(CheckListQuery::View view) {
    switch (view) {
    case CheckListQuery::View::Todo:
        return " AND c.todo = 1";
    case CheckListQuery::View::Replied:
        return " AND c.state = " + stateNumber(CheckState::Replied);
    case CheckListQuery::View::Conflict:
        return " AND c.state = " + stateNumber(CheckState::ConflictOpen);
    case CheckListQuery::View::Returned:
        return " AND c.state = " + stateNumber(CheckState::Returned);
    case CheckListQuery::View::Arriving:
        return " AND c.state IN (" + stateNumber(CheckState::PhotosArriving) + ", " +
               stateNumber(CheckState::UnderWay) + ")";
    default:
        return "";
    }
}

/** Everything but words and people. */
std::string checkFilters(const CheckListQuery &query) {
    std::string sql = viewSql(query.view);
    if (query.state)
        sql += " AND c.state = :state";
    if (query.unit)
        sql += " AND c.unit = :unit";
    if (query.site)
        sql += " AND c.site = :site";
    if (query.item)
        sql += " AND c.check_no IN (SELECT i.check_no FROM console_check_items i WHERE i.item = :item)";
    // Numbers as literals: a partial index is used only where the condition can be read off the SQL.
    if (query.severity > 0)
        sql += " AND c.severity >= " + std::to_string(query.severity);
    if (query.exception)
        sql += " AND c.exception = 1";
    if (query.imported)
        sql += " AND c.imported > 0";
    if (query.widerThanMs > 0)
        sql += " AND c.span_width_ms > :wide";
    if (query.fromMs)
        sql += " AND c.received_ms >= :from";
    if (query.untilMs)
        sql += " AND c.received_ms < :until";
    return sql;
}

/** That somebody took part in the check at hand, asked check by check. */
std::string tookPart(const std::string &who) {
    return " AND EXISTS(SELECT 1 FROM console_check_people w WHERE w.person IN (" + who +
           ") AND w.check_no = c.check_no)";
}

std::string checkPeople(const CheckListQuery &query) {
    std::string sql;
    if (query.person)
        sql += tookPart(":person");
    if (query.among)
        sql += query.among->empty() ? " AND 0" : tookPart(amongNames(query.among->size()));
    return sql;
}

/** Column and direction of an order: waiting oldest first, new and number latest first. */
std::pair<std::string, bool> orderOf(CheckListQuery::Order order) {
    switch (order) {
    case CheckListQuery::Order::Wait:
        return {"waiting_ms", true};
    case CheckListQuery::Order::New:
        return {"received_ms", false};
    default:
        return {"number", false};
    }
}

/** The first checks of each person, each read in order from their own index, put together: what a team did is never
 *  sorted as a whole. `column` is "received_ms", "waiting_ms" or "number". */
std::string checksOfPeople(const CheckListQuery &query, const std::string &column, bool marked, bool up) {
    const std::string direction = up ? " ASC" : " DESC";
    CheckListQuery others = query;
    std::vector<std::string> people;
    if (query.person) {
        people.emplace_back(":person");
        others.person.reset();
    } else {
        for (std::size_t i = 0; i < query.among->size(); ++i)
            people.push_back(":among" + std::to_string(i));
        others.among.reset();
    }
    const std::string filters = checkFilters(others) + checkPeople(others);
    std::string sql;
    for (const std::string &person : people)
        sql += std::string(sql.empty() ? "" : " UNION ") + "SELECT * FROM (SELECT p." + column +
               " AS at, p.check_id, p.check_no FROM console_check_people p CROSS JOIN console_checks c ON c.check_no = "
               "p.check_no WHERE p.person = " +
               person + filters +
               (marked ? " AND (p." + column + ", p.check_id) " + (up ? ">" : "<") + " (:at, :id)" : "") +
               " ORDER BY p." + column + direction + ", p.check_id" + direction + " LIMIT :limit)";
    return sql;
}

/** What words find, in the order of their index. A few checks are put together first, and each hit is looked up among
 *  them; of many, each hit is read and tried. */
std::string checksByWords(const CheckListQuery &query, Narrowed narrowed) {
    const std::string rest = checkFilters(query) + checkPeople(query);
    return "FROM console_check_text t CROSS JOIN console_checks c ON c.check_no = t.rowid WHERE t.words MATCH :match" +
           (narrowed == Narrowed::Much
                ? " AND +t.rowid IN (SELECT c.check_no FROM console_checks c WHERE 1" + rest + ")"
                : rest);
}

bool byPeople(const CheckListQuery &query, Narrowed narrowed) {
    return narrowed == Narrowed::Little && (query.person || (query.among && !query.among->empty()));
}

/** Everything but the text and whose they are. */
std::string findingFilters(const FindingListQuery &query) {
    std::string sql;
    if (query.unit)
        sql += " AND f.unit = :unit";
    if (query.site)
        sql += " AND f.site = :site";
    if (query.item)
        sql += " AND f.item = :item";
    if (query.check)
        sql += " AND f.check_id = :check";
    if (query.severity > 0)
        sql += " AND f.severity >= " + std::to_string(query.severity);
    if (query.state == "open")
        sql += " AND f.void = 0";
    if (query.state == "void")
        sql += " AND f.void = 1";
    if (query.state == "contested")
        sql += " AND f.contested = 1";
    if (query.imported)
        sql += " AND f.imported > 0";
    if (query.fromMs)
        sql += " AND f.made_ms >= :from";
    if (query.untilMs)
        sql += " AND f.made_ms < :until";
    return sql;
}

/** The first rows of each person, each read in order from their own index, put together: what several persons found is
 *  never sorted as a whole. */
std::string ofPeople(const FindingListQuery &query, bool marked) {
    std::string sql;
    const std::string text =
        query.text.empty() ? ""
                           : " AND f.finding_no IN (SELECT rowid FROM console_finding_text WHERE words MATCH :match)";
    for (std::size_t i = 0; i < query.among->size(); ++i)
        sql += std::string(i == 0 ? "" : " UNION ") +
               "SELECT * FROM (SELECT p.made_ms, p.finding FROM console_finding_people p CROSS JOIN console_findings f "
               "ON f.finding = p.finding WHERE p.person = :among" +
               std::to_string(i) + findingFilters(query) + text +
               (marked ? " AND (p.made_ms, p.finding) < (:at, :id)" : "") +
               " ORDER BY p.made_ms DESC, p.finding DESC LIMIT :limit)";
    return sql;
}

constexpr const char *kFindingColumns = "f.finding, f.check_id, f.made_ms, f.log, f.severity, f.contested, f.void, "
                                        "f.imported, f.item, f.site, f.unit, f.finding_no";
/** The words' index gives its hits in the order of its rows, newest first, and no more than are asked for. */
constexpr const char *kFoundByText = "FROM console_finding_text t CROSS JOIN console_findings f ON f.finding_no = "
                                     "t.rowid WHERE t.words MATCH :match";

bool isSearch(const FindingListQuery &query) {
    return !query.text.empty() && !query.among;
}

void bindMark(Statement &statement, const std::optional<PageMark> &mark, bool byText) {
    if (!mark)
        return;
    if (byText)
        statement.bind(statement.position(":at"), mark->text);
    else
        statement.bind(statement.position(":at"), mark->at);
    statement.bind(statement.position(":id"), mark->id.bytes);
}

void bindMaybe(Statement &statement, const char *name, const std::optional<Uuid> &id) {
    if (id)
        statement.bind(statement.position(name), id->bytes);
}

void bindAmong(Statement &statement, const std::optional<std::vector<Uuid>> &among) {
    for (std::size_t i = 0; among && i < among->size(); ++i)
        statement.bind(statement.position((":among" + std::to_string(i)).c_str()), (*among)[i].bytes);
}

void bindPeriod(Statement &statement, const std::optional<std::int64_t> &from,
                const std::optional<std::int64_t> &until) {
    if (from)
        statement.bind(statement.position(":from"), *from);
    if (until)
        statement.bind(statement.position(":until"), *until);
}
} // namespace

bool waitsForOffice(CheckState state) {
    return state == CheckState::ToReview || state == CheckState::PhotosArriving || state == CheckState::Replied ||
           state == CheckState::ChangedAfterAcceptance;
}

std::optional<CheckListQuery> restOf(const CheckListQuery &query) {
    if (query.text.empty() && !query.person && !query.among)
        return std::nullopt;
    CheckListQuery rest = query;
    rest.text.clear();
    rest.person.reset();
    rest.among.reset();
    return rest;
}

std::string checkPageSql(const CheckListQuery &query, Narrowed narrowed, bool marked, bool forward) {
    if (!query.text.empty())
        return ZHICHA_CHECK_LIST_COLUMNS + checksByWords(query, narrowed) +
               (!marked   ? ""
                : forward ? " AND t.rowid < :at AND c.check_id <> :id"
                          : " AND t.rowid > :at AND c.check_id <> :id") +
               " ORDER BY t.rowid" + (forward ? " DESC" : " ASC") + " LIMIT :limit";
    const auto [column, ascending] = orderOf(query.order);
    const bool up = ascending == forward;
    const std::string direction = up ? " ASC" : " DESC";
    if (byPeople(query, narrowed))
        return "WITH m(at, check_id, check_no) AS (" + checksOfPeople(query, column, marked, up) + ") " +
               ZHICHA_CHECK_LIST_COLUMNS +
               "FROM m CROSS JOIN console_checks c ON c.check_no = m.check_no ORDER BY m.at" + direction +
               ", m.check_id" + direction + " LIMIT :limit";
    std::string sql =
        ZHICHA_CHECK_LIST_COLUMNS "FROM console_checks c WHERE 1" + checkFilters(query) + checkPeople(query);
    if (marked)
        sql += " AND (c." + column + ", c.check_id) " + (up ? ">" : "<") + " (:at, :id)";
    return sql + " ORDER BY c." + column + direction + ", c.check_id" + direction + " LIMIT :limit";
}

std::string checkCountSql(const CheckListQuery &query, Narrowed narrowed) {
    std::string rows = "SELECT 1 FROM console_checks c WHERE 1" + checkFilters(query) + checkPeople(query);
    if (!query.text.empty())
        rows = "SELECT 1 " + checksByWords(query, narrowed);
    else if (byPeople(query, narrowed))
        rows = "SELECT check_no FROM (" + checksOfPeople(query, "received_ms", false, false) + ")";
    return "SELECT count(*) FROM (" + rows + " LIMIT :limit)";
}

std::string findingPageSql(const FindingListQuery &query, bool marked) {
    const std::string columns = std::string("SELECT ") + kFindingColumns + " ";
    if (query.among && query.among->empty())
        return columns + "FROM console_findings f WHERE 0 LIMIT :limit";
    if (query.among)
        return "WITH m(made_ms, finding) AS (" + ofPeople(query, marked) + ") " + columns +
               "FROM m CROSS JOIN console_findings f ON f.finding = m.finding ORDER BY m.made_ms DESC, m.finding DESC "
               "LIMIT :limit";
    if (isSearch(query))
        return columns + kFoundByText + findingFilters(query) +
               (marked ? " AND t.rowid < :at AND f.finding <> :id" : "") + " ORDER BY t.rowid DESC LIMIT :limit";
    return columns + "FROM console_findings f WHERE 1" + findingFilters(query) +
           (marked ? " AND (f.made_ms, f.finding) < (:at, :id)" : "") +
           " ORDER BY f.made_ms DESC, f.finding DESC LIMIT :limit";
}

std::string findingCountSql(const FindingListQuery &query) {
    std::string rows = "SELECT 1 FROM console_findings f WHERE 1" + findingFilters(query);
    if (query.among && query.among->empty())
        rows = "SELECT 1 WHERE 0";
    else if (query.among)
        rows = "SELECT finding FROM (" + ofPeople(query, false) + ")";
    else if (isSearch(query))
        rows = std::string("SELECT 1 ") + kFoundByText + findingFilters(query);
    return "SELECT count(*) FROM (" + rows + " LIMIT :limit)";
}

PageMark markOf(const FindingIndexRow &row, const FindingListQuery &query) {
    return {isSearch(query) ? row.number : row.madeMs, {}, row.finding};
}

QueryTexts::QueryTexts(const CheckListQuery &query) : m_match(searchQuery(query.text)) {}
QueryTexts::QueryTexts(const FindingListQuery &query) : m_match(searchQuery(query.text)) {}

void QueryTexts::bind(Statement &statement, const CheckListQuery &query, const std::optional<PageMark> &mark) const {
    bindMark(statement, mark, query.text.empty() && query.order == CheckListQuery::Order::Number);
    if (query.state)
        statement.bind(statement.position(":state"), static_cast<int>(*query.state));
    bindMaybe(statement, ":unit", query.unit);
    bindMaybe(statement, ":site", query.site);
    bindMaybe(statement, ":item", query.item);
    bindMaybe(statement, ":person", query.person);
    bindAmong(statement, query.among);
    if (query.widerThanMs > 0)
        statement.bind(statement.position(":wide"), query.widerThanMs);
    bindPeriod(statement, query.fromMs, query.untilMs);
    if (!query.text.empty())
        statement.bind(statement.position(":match"), m_match);
}

void QueryTexts::bind(Statement &statement, const FindingListQuery &query, const std::optional<PageMark> &mark) const {
    bindMark(statement, mark, false);
    bindMaybe(statement, ":unit", query.unit);
    bindMaybe(statement, ":site", query.site);
    bindMaybe(statement, ":item", query.item);
    bindMaybe(statement, ":check", query.check);
    bindAmong(statement, query.among);
    bindPeriod(statement, query.fromMs, query.untilMs);
    if (!query.text.empty())
        statement.bind(statement.position(":match"), m_match);
}

} // namespace zhicha
