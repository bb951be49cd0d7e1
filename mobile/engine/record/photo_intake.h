#pragma once
// From a picture's bytes to a photo that is kept: key row, sealed file, fsync, digest, rename, fsync of the folder,
// then the operation, then success (the shutter sound).
#include "mobile/engine/record/recorder.h"

namespace zhicha {

struct PhotoToAdd {
    std::optional<Uuid> id;
    Uuid check;
    Uuid to; ///< finding, answer, reply or check
    std::string howTaken = "unstated";
    std::optional<std::string> howDocument;
    std::string origin = "camera"; ///< camera, import
    std::optional<std::string> importNote;
    std::optional<std::int64_t> shotAtMs;
    std::optional<cbor::Map> fix;
};

struct PhotoAdded {
    Uuid photo;
    Digest sha256{};
    std::int64_t size = 0;
    std::string type;
    bool preview = false;
    std::string trouble; ///< what is wrong with the picture, for a person; empty = nothing
};

/** Owner: the engine. Threads: the store's (a preview takes tens of milliseconds).
 *  Errors: BadPicture, TooLarge (nothing is kept); DiskFull; NotFound (check or `to` unknown). */
class PhotoIntake {
public:
    explicit PhotoIntake(Recorder &recorder) : m_recorder(recorder), m_store(recorder.store()) {}

    /** The bytes are kept as they are. The same picture at the same place again: the same answer. */
    Result<PhotoAdded> add(const PhotoToAdd &photo, ByteView picture);
    /** Moves a photo to another finding, answer, reply or the check. */
    Status place(const Uuid &photo, const Uuid &to, const std::optional<std::string> &rank);

    /** After a crash: captures that never became whole are cleaned away (nobody was told that they are saved); answers
     *  those whose file is whole but which no operation names yet. Adding the same picture adopts them. */
    Result<std::vector<PhotoRecord>> recover();
    /** Streams a photo's bytes, authenticated. StoreDamaged. */
    [[nodiscard]] static Status read(LocalStore &store, const PhotoRecord &photo, std::uint64_t first,
                                     std::uint64_t last, const std::function<Status(ByteView)> &sink);

private:
    Result<PhotoRecord> keep(ByteView bytes, bool preview, const Uuid &check, std::string_view type);
    Status writeFile(const PhotoRecord &photo, ByteView bytes);
    Result<bool> fileIsWhole(const PhotoRecord &photo);
    Result<std::string> fileFor(const Digest &digest);
    Result<std::string> nextRank(const Uuid &check, const Uuid &to);
    Result<std::optional<Uuid>> sameBefore(const PhotoToAdd &photo, const Digest &digest);
    Status placeExists(const Uuid &check, const Uuid &to);

    Recorder &m_recorder;
    LocalStore &m_store;
};

} // namespace zhicha
