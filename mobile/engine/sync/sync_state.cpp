#include "mobile/engine/sync/sync_state.h"

#include "mobile/engine/sync/answer.h"

namespace zhicha {

std::optional<SyncState> loadSyncState(LocalStore &store) {
    const auto value = store.state().value(statekey::kSync);
    if (!value || !*value || (*value)->map() == nullptr)
        return std::nullopt;
    AnswerReader stored(*(*value)->map());
    SyncState state;
    state.lastSuccessMs = stored.integer("last_success");
    state.failures = stored.integer("failures");
    state.nextTryMs = stored.integer("next_try");
    state.code = stored.text("code");
    state.stopped = stored.boolean("stopped");
    return stored.ok() ? std::optional(state) : std::nullopt;
}

Status saveSyncState(LocalStore &store, const SyncState &state) {
    return store.state().putValue(statekey::kSync, cbor::Map{{"last_success", state.lastSuccessMs},
                                                             {"failures", state.failures},
                                                             {"next_try", state.nextTryMs},
                                                             {"code", state.code},
                                                             {"stopped", state.stopped}});
}

} // namespace zhicha
