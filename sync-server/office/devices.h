#pragma once
// Tablets and whether they are trusted.
#include "sync-server/office/office.h"

namespace zhicha {

/** {"devices":[{"id","name","person","holder","head","standing","trusted_upto"?,"disputed_from"?,"forks":[…]}],
 *  "alarms":[{"number","at","what","detail"}]}. standing: trusted, revoked (cut), disputed. */
[[nodiscard]] Result<nlohmann::json> listDevices(LedgerReader &ledger);

/** Operations past `cut` have no effect from now on: {"device","cut","without_effect"}. Role: security.
 *  NotFound, InvalidArgument. */
[[nodiscard]] Result<nlohmann::json> revokeDevice(Intake &intake, const Actor &actor, std::string_view device,
                                                  std::int64_t cut, const std::string &reason);
/** They have, up to `upto`: {"device","upto"}. Role: security. WrongUsage if the device is not revoked, or the cut is
 *  later already. */
[[nodiscard]] Result<nlohmann::json> readmitDevice(Intake &intake, const Actor &actor, std::string_view device,
                                                   std::int64_t upto, const std::string &reason);

} // namespace zhicha
