#pragma once
// From what a person types (a code, a UUID, the beginning of one) to an entity.
#include "mobile/engine/store/local_store.h"

namespace zhicha::cli {

/** A UUID as it stands; else the code of an entity of these types; else the unique beginning (8 or more characters) of
 *  a known id; "current" for the check that was started last. NotFound, Ambiguous. */
[[nodiscard]] Result<Uuid> resolve(LocalStore &store, const std::string &text, const std::vector<EntityType> &types);
/** WrongUsage unless it is a UUID; nullopt if `text` is absent. */
[[nodiscard]] Result<std::optional<Uuid>> uuidArgument(const std::optional<std::string> &text);

} // namespace zhicha::cli
