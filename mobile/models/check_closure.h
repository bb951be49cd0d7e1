#pragma once
// The state of a check as far as this tablet knows it (shared/ledger/check_state.h over the tablet's store).
#include "mobile/engine/status/open_questions.h"
#include "shared/ledger/check_state.h"

namespace zhicha {

/** `rows`: everything of the closure but the check. Threads: the store's. */
[[nodiscard]] Result<CheckState> closureState(LocalStore &store, const Uuid &check, const std::optional<EntityRow> &row,
                                              const std::vector<KnownEntity> &rows);

/** Checks that this tablet started or joined: the newest first. */
struct OwnCheck {
    Uuid id;
    EntityRow row; ///< empty if joined and not delivered yet
    bool known = false;
    bool finished = false;
};
[[nodiscard]] Result<std::vector<OwnCheck>> ownChecks(LocalStore &store);

} // namespace zhicha
