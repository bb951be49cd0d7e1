#pragma once
// Checks a ledger against itself: pages and indexes; bytes against digests, chains, signatures, leaves, checkpoint;
// every derived value against the log received again; the office's own tables against their seals; photos against their
// digests.
#include "sync-server/intake/server_keys.h"
#include "sync-server/store/ledger_store.h"
#include "sync-server/store/photo_store.h"

#include <nlohmann/json_fwd.hpp>

namespace zhicha {

/** {"ok","problems":[{"what","where","do","table"?,"row"?,"column"?}],"operations","leaves","photos","missing_photos",
 *  "state_hash"}. Only reads, all of one moment; a writer goes on meanwhile. Needs about as much memory as the ledger's
 *  file has bytes. `photos` may be null. */
[[nodiscard]] Result<nlohmann::json> checkLedger(LedgerReader &ledger, const ServerKeys &keys, PhotoStore *photos);
/** {"state_hash","entities"} over what this device may see. */
[[nodiscard]] Result<nlohmann::json> scopeState(LedgerReader &ledger, const Uuid &device);

} // namespace zhicha
