#pragma once
// Folds again from the log: what is derived must come out the same.
#include "sync-server/intake/server_keys.h"
#include "sync-server/store/ledger_store.h"

#include <nlohmann/json_fwd.hpp>

namespace zhicha {

/** Forgets everything derived and makes it again from the log, inside the caller's transaction. */
[[nodiscard]] Status refold(LedgerWriter &ledger);
/** {"operations","state_hash","state_hash_before","same"}; StoreDamaged if the new state differs (it is kept: the log
 * is the truth). */
[[nodiscard]] Result<nlohmann::json> rebuildLedger(LedgerWriter &ledger);
/** Places operations again where the log says: check, who may see them, what was answered. Then, if asked, takes the
 *  tables that no operation describes as they are. {"placed"}: how many operations lay elsewhere. */
[[nodiscard]] Result<nlohmann::json> placeAgain(LedgerWriter &ledger, const ServerKeys &keys, bool acceptTables);

} // namespace zhicha
