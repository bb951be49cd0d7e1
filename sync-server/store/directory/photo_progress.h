#pragma once
// Private to the folder: the state of one photo that is not complete yet, shared by everyone who uploads it.
#include "shared/crypto/digest.h"
#include "shared/files/sealed_file.h"
#include "sync-server/store/photo_store.h"

#include <mutex>

namespace zhicha {

/** Where things of one photo lie: ab/cdef… is the photo, + ".part" what arrived, + ".begun" the note. */
struct PhotoPaths {
    explicit PhotoPaths(const Digest &photo);
    std::string folder, whole, part, note;
};

/** Owner: the store and the uploads, together. Threads: any; each call locks, so one photo's calls queue while other
 *  photos go on. Holds: the running digest always covers exactly the bytes of the writer, and the note never speaks of
 *  bytes that were not synced. A failed write or sync gives up what came after the last sync; the next resume cuts it
 * off and reads the rest again. */
class PhotoProgress {
public:
    PhotoProgress(Disk &disk, RandomSource &random, const Digest &photo,
                  std::function<Result<std::optional<FileKey>>()> key)
        : m_disk(disk), m_random(random), m_photo(photo), m_paths(photo), m_keyOf(std::move(key)) {}

    /** Stops an upload in progress, makes what it brought durable (and completes the photo if that was all). */
    Result<UploadState> settle();
    Result<UploadState> create(std::uint64_t size);
    /** The number that write and finish must show; a later begin makes it worthless. */
    Result<std::uint64_t> begin(std::uint64_t offset);
    Status write(std::uint64_t upload, ByteView chunk);
    Result<UploadState> finish(std::uint64_t upload);
    /** The upload was dropped: as finish, but nobody hears. */
    void abandon(std::uint64_t upload);
    /** Everything of the photo goes, and an upload in progress with it. */
    Status remove();
    /** As it stands on disk, without disturbing an upload. */
    Result<UploadState> look();

private:
    Status load();
    Status openWriter();
    Status makeDurable();
    Result<UploadState> settleLocked();
    Result<UploadState> complete();
    Status startOver();
    void giveUp();
    [[nodiscard]] UploadState stateNow() const { return {m_durable, m_size, m_complete}; }

    Disk &m_disk;
    RandomSource &m_random;
    const Digest m_photo;
    const PhotoPaths m_paths;
    const std::function<Result<std::optional<FileKey>>()> m_keyOf;

    std::mutex m_mutex;
    bool m_loaded = false, m_complete = false;
    std::uint64_t m_size = 0, m_durable = 0;
    std::uint64_t m_upload = 0;           ///< of the newest begin or settle; older numbers are worthless
    std::optional<SealedWriter> m_writer; ///< open while an upload goes on
    std::optional<Sha256> m_digest;       ///< of the writer's bytes, or of the durable ones when there is no writer
    FilePosition m_end;                   ///< of the durable bytes, valid with m_digest
};

} // namespace zhicha
