#pragma once
// After a restore: what came back from the tablets, what is missing, and the officer's word that it is enough.
#include "sync-server/office/office.h"

namespace zhicha {

/** {"open","generation","restored_log","restored_leaves","proven_leaves","logs_seen","recovered":[[first,last]…],
 *  "missing":[[first,last]…],"missing_count","waiting_numbers","doubled_numbers":[…],"devices":[{"id","name","head"}]}.
 *  Log numbers are those of the earlier origin, as tablets told them. */
[[nodiscard]] Result<nlohmann::json> reconciliationReport(LedgerReader &ledger, const ServerKeys &keys);

/** Ends it: log.reconciled with the digest of the report, then a number for every check that has none, `skip` numbers
 *  after the highest one known. Tablets that come later still bring what they hold. chief. AlreadyDone if none is open.
 */
[[nodiscard]] Result<nlohmann::json> endReconciliation(Intake &intake, const Actor &actor, std::int64_t skip);

/** Inside a transaction of the ledger: from here on no number is issued. */
[[nodiscard]] Status beginReconciliation(LedgerWriter &ledger, std::int64_t generation, std::int64_t lastLog,
                                         std::int64_t leaves);

} // namespace zhicha
