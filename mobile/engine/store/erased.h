#pragma once
// What the office erased, on the tablet: bodies, photos with their keys, drafts of what is gone.
#include "mobile/engine/store/local_store.h"

namespace zhicha {

/** Does what an erasure orders, if both words of it are here. Inside the caller's transaction. Answers the files that
 *  are to be removed once it is committed; their keys are gone with it, so that a file which a crash leaves is noise.
 */
[[nodiscard]] Result<std::vector<std::string>> obeyErasure(LocalStore &store, const Uuid &erasure);

} // namespace zhicha
