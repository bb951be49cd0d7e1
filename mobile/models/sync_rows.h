#pragma once
// The sync page's list, read from the store in one go.
#include "mobile/models/sync_controller.h"

namespace zhicha {

/** What needs a hand first, then what is on its way, then what is delivered: the newest 60 checks. Store's thread. */
[[nodiscard]] Result<std::vector<SyncRow>> readSyncRows(LocalStore &store);

} // namespace zhicha
