#pragma once
// `import`: takes a ledger file into the server chain. The same file twice is the same ledger.
#include "sync-server/office/office.h"

namespace zhicha {

/** Whole or not at all: everything is checked before the first operation is written.
 *  Answers {"units":{"new","changed","same"},…} for each list with codes (sites, items, events, reports,
 *  published_rankings) and {"extensions":{"new","removed","same"},…} for those without (transfers, withdrawals,
 *  exemptions, ladder); with dryRun also "dry_run":true and "changes":[{"type","code","what","fields":[…]}], and
 * nothing is written. Rows with codes that the file lacks stay. Of an item that the file lists, it says all grants; and
 * all steps, if it has a ladder. Roles: reviewer for sites, events, reports, items that are new or completed; chief for
 * all else that is new or changed; the administrator during the first run. Errors: those of readLedgerFile;
 * InvalidArgument (another number or issue date of an item); NotAllowed. */
[[nodiscard]] Result<nlohmann::json> importLedgerFile(Intake &intake, const Actor &actor, std::string_view text,
                                                      bool dryRun);

} // namespace zhicha
