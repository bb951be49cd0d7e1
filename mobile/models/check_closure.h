#pragma once
// The state of a check as far as this tablet knows it (shared/ledger/check_state.h over the tablet's store).
#include "mobile/engine/status/open_questions.h"
#include "shared/ledger/check_state.h"

namespace zhicha {

/** `rows`: everything of the closure but the check. Threads: the store's. */
[[nodiscard]] Result<CheckState> closureState(LocalStore &store, const Uuid &check, const std::optional<EntityRow> &row,
                                              const std::vector<KnownEntity> &rows);

/** Of this tablet: the newest first. NotAllowed before it is enrolled. */
[[nodiscard]] Result<std::vector<OwnCheck>> ownChecks(LocalStore &store);

} // namespace zhicha
