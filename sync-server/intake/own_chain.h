#pragma once
// What the office holds of a tablet's own chain, for a tablet whose store is behind (docs/PROTOCOL.md "A store that is
// behind").
#include "sync-server/intake/intake.h"

namespace zhicha {

struct OwnChainPage {
    std::vector<Bytes> runs; ///< whole, in the order of the chain; the first one may begin at or before `after`
    bool more = false;
};

/** From the first operation after `after` on. Threads: a reader's own. UnknownDevice. */
[[nodiscard]] Result<OwnChainPage> readOwnChain(LedgerReader &ledger, const Uuid &ledgerId, const Uuid &device,
                                                std::int64_t after);

} // namespace zhicha
