#pragma once
// `export --checks`: every check with what was found, as the ledger holds it now.
#include "sync-server/office/office.h"

namespace zhicha {

/** Whether the original of a photo is durably here. */
using PhotoIsHere = std::function<bool(const Digest &)>;

/** {"checks":[…]} by id, in the shape of design 2; more keys beside it. Void entities, and what hangs on them, are left
 *  out; a contested field is null and listed under "conflicts". Instants are RFC 3339 UTC. */
[[nodiscard]] Result<nlohmann::json> exportChecks(LedgerReader &ledger, const PhotoIsHere &isHere);
/** One entry of it. */
[[nodiscard]] Result<nlohmann::json> exportCheck(LedgerReader &ledger, const Uuid &check, const PhotoIsHere &isHere);

} // namespace zhicha
