#pragma once
// Which check an operation belongs to and who may see it (docs/PROTOCOL.md "Pulling").
#include "sync-server/store/ledger_store.h"

namespace zhicha {

/** What one decoded operation means for the log, before it is folded. */
struct Placement {
    std::string kind; ///< "" if undecodable
    Uuid entity;
    Audience audience;
};

/** Entities born earlier in the same batch, which the store does not know yet. */
using BatchChecks = std::map<Uuid, std::optional<Uuid>>;

/** Places one operation; notes in `batch` what it bears. Errors: the store's. */
[[nodiscard]] Result<Placement> placeOperation(LedgerReader &ledger, const FoldOperation &operation,
                                               BatchChecks &batch);

} // namespace zhicha
