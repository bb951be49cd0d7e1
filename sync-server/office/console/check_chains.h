#pragma once
// The tablets' chains behind a check: what stands of them, whether it is signed and under a checkpoint. Computed from
// the log each time.
#include "sync-server/office/console/check_file.h"

namespace zhicha {

/** Fills `chains`, `chain` (the starter's) and `receipt` (docs/CONSOLE_API.md §4). */
[[nodiscard]] Status addChainsJson(LedgerReader &ledger, Names &names, const CheckFile &file, nlohmann::json &out);

/** Recomputes the run that brought this operation: its bytes have their digest, the digests lead from the run's start
 *  to its end, and the chain's key signed that. */
[[nodiscard]] Result<bool> isSigned(LedgerReader &ledger, const FileOperation &operation);

/** The size of the newest checkpoint, if its signature is by a log key of the ledger and its root is the tree's. */
[[nodiscard]] Result<std::int64_t> provenSize(LedgerReader &ledger);

} // namespace zhicha
