#pragma once
// The list of checks: a page from the index, with names (docs/CONSOLE_API.md §4).
#include "sync-server/office/console/names.h"

namespace zhicha {

/** A page of a list, before it is printed. */
struct ListPage {
    nlohmann::json rows = nlohmann::json::array();
    std::string next; ///< opaque; "" = no more
    std::int64_t count = 0;
    bool capped = false;
};
inline constexpr std::int64_t kCountedUpTo = 1000;

/** {"rows","next"?,"count","count_capped","as_of"}. */
[[nodiscard]] Result<nlohmann::json> listJson(LedgerReader &ledger, ListPage page);
/** {"log","checkpoint_at"}. */
[[nodiscard]] Result<nlohmann::json> asOfJson(LedgerReader &ledger);

/** A cursor holds only for the query that it came from. InvalidArgument for a foreign or broken one. */
[[nodiscard]] std::string writeCursor(const PageMark &mark, std::string_view query);
[[nodiscard]] Result<std::optional<PageMark>> readCursor(std::string_view cursor, std::string_view query);

[[nodiscard]] Result<nlohmann::json> checkRowJson(Names &names, const CheckIndexRow &row);
/** `queryText` names filters and order for the cursor. */
[[nodiscard]] Result<ListPage> listChecks(LedgerReader &ledger, const CheckListQuery &query, std::string_view queryText,
                                          std::string_view cursor, std::int64_t limit);
/** {"previous"?,"next"?,"position"?}: where a check stands in a view. */
[[nodiscard]] Result<nlohmann::json> neighboursOf(LedgerReader &ledger, const CheckListQuery &query,
                                                  const CheckIndexRow &row);

} // namespace zhicha
