#pragma once
// The audit trail's daily head in the ledger: from then on nobody can change what the day held without its showing.
#include "sync-server/intake/intake.h"

namespace zhicha {

/** Appends an `audit.head` for every Shanghai day that is over, has entries and has none yet: {day, entries up to its
 *  end, digest of the last}. */
[[nodiscard]] Status putAuditHeads(Intake &intake);

struct AuditDamage {
    std::int64_t number = 0;
    std::string what;
};
/** Recomputes the chain and compares it with the heads in the ledger. Empty = whole. */
[[nodiscard]] Result<std::vector<AuditDamage>> checkAudit(LedgerReader &ledger);

} // namespace zhicha
