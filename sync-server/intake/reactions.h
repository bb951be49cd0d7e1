#pragma once
// What the server adds by itself when operations arrive, in the transaction that receives them: official numbers, scope
// for those who join, claims where an entity was born twice, photos that are awaited.
#include "sync-server/intake/transaction.h"

namespace zhicha {

[[nodiscard]] Status reactToRun(IntakeTransaction &transaction, const std::vector<FoldOperation> &operations,
                                std::vector<ApplyOutcome> &outcomes);

/** The bookkeeping of one operation that can be redone from the log alone (scopes, photos that are awaited): shared by
 *  intake and rebuild. */
[[nodiscard]] Status noteDerived(LedgerWriter &ledger, const FoldOperation &operation, std::int64_t log);

/** 检〔2026〕0382: running per year of the Shanghai calendar, given once. Inside a transaction. */
[[nodiscard]] Status numberCheck(IntakeTransaction &transaction, const Uuid &check);

/** An invite: CBOR[device, expires_at, signature] (docs/PROTOCOL.md "Join"). True if the starter's key signed it for
 *  this check and it had not run out at `nowMs`. */
[[nodiscard]] Result<bool> inviteFits(LedgerReader &ledger, const Uuid &ledgerId, const Uuid &check, ByteView invite,
                                      std::int64_t nowMs);

} // namespace zhicha
