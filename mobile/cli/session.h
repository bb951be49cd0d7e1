#pragma once
// One call of zhicha-field: the store that it opens and what works on it.
#include "mobile/engine/record/photo_intake.h"
#include "shared/files/posix_disk.h"

namespace zhicha::cli {

/** Owner: main. Threads: its only one. */
class Session {
public:
    /** `folder`: made if `mayCreate`. The PIN is the first line of the file that ZHICHA_PIN_FILE names.
     *  Errors: NotFound (no store there), WrongPin, InvalidArgument (no PIN file), the store's own. */
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(const std::string &folder, bool mayCreate);

    [[nodiscard]] LocalStore &store() { return *m_store; }
    [[nodiscard]] Recorder &recorder() { return m_recorder; }
    [[nodiscard]] PhotoIntake &photos() { return m_photos; }
    bool json = false; ///< people's text then stays away from standard output

private:
    Session(std::unique_ptr<PosixDisk> disk, std::unique_ptr<LocalStore> store)
        : m_disk(std::move(disk)), m_store(std::move(store)), m_recorder(*m_store, systemClock(), systemRandom()),
          m_photos(m_recorder) {}
    std::unique_ptr<PosixDisk> m_disk;
    std::unique_ptr<LocalStore> m_store;
    Recorder m_recorder;
    PhotoIntake m_photos;
};

/** A whole file from outside the store. NotFound, DiskError; TooLarge beyond what a picture may have. */
[[nodiscard]] Result<Bytes> readOutside(const std::string &path);

} // namespace zhicha::cli
