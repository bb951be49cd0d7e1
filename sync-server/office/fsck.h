#pragma once
// Checks a ledger against itself: bytes against digests, chains, signatures, leaves, tree, checkpoint; everything
// derived against a fold from the log; photos against their digests.
#include "sync-server/intake/server_keys.h"
#include "sync-server/store/ledger_store.h"
#include "sync-server/store/photo_store.h"

#include <nlohmann/json_fwd.hpp>

namespace zhicha {

/** {"ok","problems":[{"what","where"}],"operations","leaves","photos","missing_photos","state_hash"}. Never changes
 *  anything: the fold from the log happens in a transaction that is rolled back. `photos` may be null. */
[[nodiscard]] Result<nlohmann::json> checkLedger(LedgerWriter &ledger, const ServerKeys &keys, PhotoStore *photos);
/** {"state_hash","entities"} over what this device may see. */
[[nodiscard]] Result<nlohmann::json> scopeState(LedgerReader &ledger, const Uuid &device);

} // namespace zhicha
