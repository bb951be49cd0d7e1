#pragma once
// `export`: the ledger file of design 4 out of the ledger.
#include "sync-server/office/office.h"

namespace zhicha {

/** JSON text: numbers come back digit for digit as they were imported, unknown fields in the place where they stood,
 *  rows in the order in which the ledger first had them. Entities that were made void are left out. */
[[nodiscard]] Result<std::string> exportLedgerFile(LedgerReader &ledger);

} // namespace zhicha
