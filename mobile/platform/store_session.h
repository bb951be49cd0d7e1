#pragma once
// One person's open store with everything that works on it, as the app's store thread holds it.
#include "mobile/engine/record/photo_intake.h"
#include "shared/files/posix_disk.h"

namespace zhicha {

/** Owner: StoreThread. Threads: the one that opened it. */
class StoreSession {
public:
    /** `folder` is made if `mayCreate` (its parent must exist). NotFound, WrongPin, the store's own errors. */
    [[nodiscard]] static Result<std::unique_ptr<StoreSession>> open(const std::string &folder, const std::string &pin,
                                                                    bool mayCreate, const PasswordCost &cost = {});
    [[nodiscard]] LocalStore &store() { return *m_store; }
    [[nodiscard]] Recorder &recorder() { return m_recorder; }
    [[nodiscard]] PhotoIntake &photos() { return m_photos; }

private:
    StoreSession(std::unique_ptr<PosixDisk> disk, std::unique_ptr<LocalStore> store)
        : m_disk(std::move(disk)), m_store(std::move(store)), m_recorder(*m_store, systemClock(), systemRandom()),
          m_photos(m_recorder) {}
    std::unique_ptr<PosixDisk> m_disk;
    std::unique_ptr<LocalStore> m_store;
    Recorder m_recorder;
    PhotoIntake m_photos;
};

} // namespace zhicha
