#pragma once
// The log of a ledger received once more, run by run, by the very code that received it: whatever the server derived on
// the way (rows, scopes, awaited photos, who may see an operation, what was answered) must come out the same.
#include "sync-server/intake/transaction.h"

namespace zhicha {

/** Owner: a scope. Holds an empty ledger in memory that was filled from `ledger`: it needs about as much memory as the
 *  ledger's file has bytes. Threads: the one that made it. */
class ReceivedAgain {
public:
    /** StoreDamaged if what is stored cannot have been received. Reads only. */
    [[nodiscard]] static Result<std::unique_ptr<ReceivedAgain>> from(LedgerReader &ledger, const ServerKeys &keys);
    [[nodiscard]] LedgerWriter &ledger() { return *m_ledger; }

private:
    ReceivedAgain(std::unique_ptr<LedgerWriter> ledger, const ServerKeys &keys);
    Status putChains(LedgerReader &from, const ServerKeys &keys);
    Status receive(LedgerReader &from, LeafRecord leaf, std::int64_t nextLog);

    std::unique_ptr<LedgerWriter> m_ledger;
    IntakeTransaction m_transaction; ///< open until the end, so that nothing is ever written out
};

} // namespace zhicha
