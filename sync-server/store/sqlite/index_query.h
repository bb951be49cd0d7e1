#pragma once
// The SQL of the console's lists, put together from a closed set of pieces; what people chose is always bound.
#include "shared/sqlite/statement.h"
#include "sync-server/store/console_index.h"

namespace zhicha {

#define ZHICHA_CHECK_LIST_COLUMNS                                                                                      \
    "SELECT c.check_id, c.number, c.state, c.site, c.unit, c.received_ms, c.waiting_ms, c.last_log, c.exception, "     \
    "c.imported, c.span_width_ms, c.conflicts, c.content, c.check_no "

/** Whether a check in this state stands in the office's to-do list. */
[[nodiscard]] bool waitsForOffice(CheckState state);

/** How many checks are left by everything but words and people: what drives the query. */
enum class Narrowed : std::uint8_t { Much, Little };
/** Fewer are walked over whole; of more, words and people each have an index in the order of the list. */
inline constexpr std::int64_t kFewChecks = 5000;
/** The query without words and people; nullopt if it has neither, so that nothing has to be counted. */
[[nodiscard]] std::optional<CheckListQuery> restOf(const CheckListQuery &query);
[[nodiscard]] std::string checkPageSql(const CheckListQuery &query, Narrowed narrowed, bool marked, bool forward);
[[nodiscard]] std::string checkCountSql(const CheckListQuery &query, Narrowed narrowed);
[[nodiscard]] std::string findingPageSql(const FindingListQuery &query, bool marked);
[[nodiscard]] std::string findingCountSql(const FindingListQuery &query);

/** The id in a column that may be null. */
[[nodiscard]] inline std::optional<Uuid> maybeId(const Statement &row, int column) {
    return row.isNull(column) ? std::nullopt : uuidFromBytes(row.blob(column));
}

/** Holds what is bound by reference. Owner: a scope that outlives the statement's use. */
class QueryTexts {
public:
    explicit QueryTexts(const CheckListQuery &query);
    explicit QueryTexts(const FindingListQuery &query);
    void bind(Statement &statement, const CheckListQuery &query, const std::optional<PageMark> &mark) const;
    void bind(Statement &statement, const FindingListQuery &query, const std::optional<PageMark> &mark) const;

private:
    std::string m_match;
};

} // namespace zhicha
