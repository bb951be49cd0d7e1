#pragma once
// Contested fields as the conflict desk shows them (docs/CONSOLE_API.md §6), and the list of findings (§7).
#include "sync-server/office/console/check_list.h"

namespace zhicha {

[[nodiscard]] Result<ListPage> listConflictRows(LedgerReader &ledger, const std::string &field,
                                                const std::optional<Uuid> &check, const std::optional<Uuid> &viewer,
                                                std::string_view queryText, std::string_view cursor,
                                                std::int64_t limit);
/** One with what stands beside it. NotFound if it is not contested. */
[[nodiscard]] Result<nlohmann::json> conflictJson(LedgerReader &ledger, const Uuid &entity, const std::string &field,
                                                  const std::optional<Uuid> &viewer, bool whole);

/** A finding as its list shows it, from its own operations alone: a page costs the same however large its checks are.
 */
[[nodiscard]] Result<nlohmann::json> findingRowJson(LedgerReader &ledger, Names &names, const FindingIndexRow &row);
[[nodiscard]] Result<ListPage> listFindings(LedgerReader &ledger, const FindingListQuery &query,
                                            std::string_view queryText, std::string_view cursor, std::int64_t limit);
/** A finding with its history and comments; `people` are those of its check. */
[[nodiscard]] Result<nlohmann::json> findingDetailJson(LedgerReader &ledger, const Uuid &finding,
                                                       std::vector<Uuid> &people);

} // namespace zhicha
