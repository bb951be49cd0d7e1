#pragma once
// What the office asked about checks of this tablet and nobody answered yet, as the screens and `status` say it.
#include "mobile/engine/store/local_store.h"

namespace zhicha {

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

} // namespace zhicha
