#pragma once
// `import`: takes a ledger file into the server chain. The same file twice is the same ledger.
#include "sync-server/office/office.h"

namespace zhicha {

/** Whole or not at all: everything is checked before the first operation is written.
 *  Answers {"units":{"new","changed","same"},"sites":…,"items":…}; with dryRun also "dry_run":true and
 *  "changes":[{"type","code","what","fields":[…]}], and nothing is written.
 *  Roles: chief for units that are new or changed, reviewer for sites and items; the administrator during the first
 * run. Errors: those of readLedgerFile; NotYet (an item that the ledger has is other than before); NotAllowed. */
[[nodiscard]] Result<nlohmann::json> importLedgerFile(Intake &intake, const Actor &actor, std::string_view text,
                                                      bool dryRun);

} // namespace zhicha
