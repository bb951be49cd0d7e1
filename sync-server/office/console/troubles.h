#pragma once
// What stands wrong now: forks that nobody has decided, photos whose bytes differ, joiners that wait. An alarm says
// that something happened; here is what of it is still so.
#include "sync-server/store/ledger_store.h"

namespace zhicha {

struct ForkedDevice {
    Uuid device;
    std::int64_t fromSeq = 0;
    std::int64_t sinceMs = 0;
};

struct CheckTrouble {
    Uuid check;
    std::int64_t count = 0;
    std::int64_t sinceMs = 0;
};

struct Troubles {
    std::vector<ForkedDevice> forked;
    std::vector<CheckTrouble>
        mismatches;                  ///< by check: originals that came with other bytes and did not come right since
    std::vector<CheckTrouble> joins; ///< by check: joiners without a grant
};

/** Each list oldest first. */
[[nodiscard]] Result<Troubles> standingTroubles(LedgerReader &ledger);

} // namespace zhicha
