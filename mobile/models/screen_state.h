#pragma once
// What the screen keeps in a person's store: where it is, and whether it ended in order.
#include "mobile/engine/record/photo_intake.h"

#include <QVariantMap>

namespace zhicha {

struct ScreenStart {
    bool enrolled = false;
    std::string personName;
    std::string ledgerName;
    QVariantMap place;
    bool endedWell = true;
    std::size_t drafts = 0;       ///< that are there after a start that did not follow an orderly end
    std::size_t photos = 0;       ///< whole files that no record named yet; recorded now, as imports
    std::int64_t stoppedAtMs = 0; ///< the last thing that was saved
};

/** Threads: the store's. */
class ScreenState {
public:
    explicit ScreenState(LocalStore &store) : m_store(store) {}
    /** Once after opening: marks the store as in use and takes in what a crash left. */
    Result<ScreenStart> start(PhotoIntake &photos);
    Status noteEnd();
    Status putPlace(const QVariantMap &place);

private:
    Result<std::size_t> adopt(PhotoIntake &photos);
    LocalStore &m_store;
};

} // namespace zhicha
