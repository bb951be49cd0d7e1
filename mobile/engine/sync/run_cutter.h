#pragma once
// Cuts the own chain into runs: bounds and signature are stored before the first send, and never cut anew.
#include "mobile/engine/store/local_store.h"

namespace zhicha {

/** A run with its bytes as they travel. */
struct CutRun {
    OwnRun stored;
    Bytes encoded;
};

/** Threads: the store's. */
class RunCutter {
public:
    explicit RunCutter(LocalStore &store) : m_store(store) {}
    /** Cuts what was recorded since the last run, durably: at most 500 operations and 512 KiB a run. */
    Status cutNew();
    /** The run that holds operation `seq`, encoded. nullopt past the last one. */
    Result<std::optional<CutRun>> runWith(std::int64_t seq);

private:
    Result<RunBounds> boundsOf(std::int64_t first, std::int64_t last);
    LocalStore &m_store;
};

} // namespace zhicha
