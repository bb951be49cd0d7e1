#pragma once
// The state of a check as far as this tablet knows it (shared/ledger/check_state.h over the tablet's store).
#include "mobile/engine/store/local_store.h"
#include "shared/ledger/check_state.h"

namespace zhicha {

/** `rows`: everything of the closure but the check. Threads: the store's. */
[[nodiscard]] Result<CheckState> closureState(LocalStore &store, const Uuid &check, const std::optional<EntityRow> &row,
                                              const std::vector<KnownEntity> &rows);

/** A question of the office that nobody answered yet. */
struct OpenQuestion {
    Uuid check;
    Uuid review;
    Uuid question;
    std::string text;
    std::string askedBy;
    std::int64_t askedAtMs = 0;
    std::optional<std::int64_t> dueMs;
    std::optional<Uuid> about;
    std::string siteName;
};
/** Of every check on this tablet whose last verdict is a return; by due time, without one last. */
[[nodiscard]] Result<std::vector<OpenQuestion>> openQuestions(LocalStore &store);

/** Checks that this tablet started or joined: the newest first. */
struct OwnCheck {
    Uuid id;
    EntityRow row; ///< empty if joined and not delivered yet
    bool known = false;
    bool finished = false;
};
[[nodiscard]] Result<std::vector<OwnCheck>> ownChecks(LocalStore &store);

} // namespace zhicha
