#pragma once
// The newest checkpoint beside the ledger (`ledger.db.checkpoint`), against which the ledger is held when it is opened.
#include "sync-server/intake/intake.h"

namespace zhicha {

/** StoreDamaged if the ledger holds less, or other, than the checkpoint beside it says that it held: a turned bit in
 *  the write-ahead log drops the last commits without a word. A file that is missing or does not verify says nothing
 *  (an older version, a power cut while it was written). */
[[nodiscard]] Status ledgerIsWhole(LedgerReader &ledger, const ServerKeys &keys, const std::string &ledgerPath);

} // namespace zhicha
