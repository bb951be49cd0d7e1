#pragma once
// One call of zhicha-field: the store that it opens, and files from outside it.
#include "mobile/platform/store_session.h"

namespace zhicha::cli {

/** Owner: main. Threads: its only one. */
class Session {
public:
    /** `folder`: made if `mayCreate`. The PIN is the first line of the file that ZHICHA_PIN_FILE names.
     *  Errors: InvalidArgument (no PIN file), those of StoreSession::open. */
    [[nodiscard]] static Result<Session> open(const std::string &folder, bool mayCreate);

    [[nodiscard]] LocalStore &store() { return m_opened->store(); }
    [[nodiscard]] Recorder &recorder() { return m_opened->recorder(); }
    [[nodiscard]] PhotoIntake &photos() { return m_opened->photos(); }
    bool json = false; ///< people's text then stays away from standard output

private:
    explicit Session(std::unique_ptr<StoreSession> opened) : m_opened(std::move(opened)) {}
    std::unique_ptr<StoreSession> m_opened;
};

/** A whole file from outside the store. NotFound, DiskError; TooLarge beyond what a picture may have. */
[[nodiscard]] Result<Bytes> readOutside(const std::string &path);
/** The folder that a file outside the store lies in, as a disk, and its name there. WrongUsage for a folder. */
struct OutsidePlace {
    std::unique_ptr<PosixDisk> disk;
    std::string name;
};
[[nodiscard]] Result<OutsidePlace> outsidePlace(const std::string &path);
/** A new file outside the store, whole and on the disk before it has its name. AlreadyDone if there is one. */
[[nodiscard]] Status writeOutside(const std::string &path, ByteView content);

} // namespace zhicha::cli
