#pragma once
// Where the sync stands, for the one line that always shows it; kept across programs.
#include "mobile/engine/store/local_store.h"

namespace zhicha {

struct SyncState {
    std::int64_t lastSuccessMs = 0; ///< by the tablet's clock; 0 = never
    std::int64_t failures = 0;      ///< in a row
    std::int64_t nextTryMs = 0;     ///< 0 = none planned
    std::string code;               ///< of what went wrong last; empty = nothing
    bool stopped = false;           ///< until somebody does something
};

[[nodiscard]] std::optional<SyncState> loadSyncState(LocalStore &store);
[[nodiscard]] Status saveSyncState(LocalStore &store, const SyncState &state);

} // namespace zhicha
