#pragma once
// Tablets, persons, the audit trail, the desk and the frame as the console shows them (docs/CONSOLE_API.md §3, §8).
#include "sync-server/office/console/check_list.h"
#include "sync-server/office/signin/policy.h"

namespace zhicha {

inline constexpr std::int64_t kSilentMs = 3 * 24 * 60 * 60 * 1000LL;     ///< design 10 §8 [reading]
inline constexpr std::int64_t kSilentHalfMs = 1 * 24 * 60 * 60 * 1000LL; ///< while photos are half arrived

/** Rows of tablets; `among` narrows them to these holders. */
[[nodiscard]] Result<nlohmann::json> deviceRows(LedgerReader &ledger, std::int64_t nowMs,
                                                const std::optional<std::vector<Uuid>> &among);
/** {"will":[{zh,en}],"kept":[…]} of a revocation. NotFound. */
[[nodiscard]] Result<nlohmann::json> revocationConsequences(LedgerReader &ledger, const Uuid &device, std::int64_t cut);
[[nodiscard]] Result<nlohmann::json> peopleRows(LedgerReader &ledger);
[[nodiscard]] Result<ListPage> auditRows(LedgerReader &ledger, const AuditFilter &filter, std::string_view queryText,
                                         std::string_view cursor, std::int64_t limit);
/** {"items":[…]}. */
[[nodiscard]] Result<nlohmann::json> healthJson(LedgerReader &ledger, std::int64_t nowMs);
/** GET head; badges and counts of what the roles may see. */
[[nodiscard]] Result<nlohmann::json> headJson(LedgerReader &ledger, const std::set<std::string> &roles,
                                              std::int64_t nowMs);
[[nodiscard]] Result<nlohmann::json> deskJson(LedgerReader &ledger, const std::set<std::string> &roles,
                                              const Uuid &viewer, std::int64_t nowMs);

} // namespace zhicha
