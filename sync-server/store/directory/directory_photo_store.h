#pragma once
// Photos as files: DIR/ab/cdef… (the digest in hex), sealed where the caller has a key, plain where it has none.
#include "sync-server/store/directory/photo_progress.h"

#include <unordered_map>

namespace zhicha {

/** The key of one photo, kept durably by the caller before it answers; nullopt: plain file. Called from any thread. */
using PhotoKeyOf = std::function<Result<std::optional<FileKey>>(const Digest &)>;

/** Owner: the server; disk and random must outlive it and every upload. Threads: any; uploads of different photos never
 *  wait for each other. state() is a HEAD: it pre-empts an upload in progress and makes durable what that brought;
 *  forEach() only looks. Memory: one running digest for each photo begun here and not finished, at most kMaxIdle. */
class DirectoryPhotoStore final : public PhotoStore {
public:
    DirectoryPhotoStore(Disk &disk, RandomSource &random, PhotoKeyOf keyOf);

    Result<UploadState> state(const Digest &photo) override;
    Result<UploadState> create(const Digest &photo, std::uint64_t size) override;
    Result<std::unique_ptr<PhotoUpload>> resume(const Digest &photo, std::uint64_t offset) override;
    Status read(const Digest &photo, std::uint64_t first, std::uint64_t last,
                const std::function<Status(ByteView)> &sink) override;
    Status verify(const Digest &photo) override;
    Status remove(const Digest &photo) override;
    Status forEach(const std::function<Status(const Digest &, const UploadState &)> &visit) override;

private:
    static constexpr std::size_t kMaxIdle = 1024;
    std::shared_ptr<PhotoProgress> progressOf(const Digest &photo);
    Result<SealedReader> open(const Digest &photo);

    Disk &m_disk;
    RandomSource &m_random;
    const PhotoKeyOf m_keyOf;
    std::mutex m_mutex; ///< guards the map only, never held while the disk works
    std::unordered_map<Digest, std::shared_ptr<PhotoProgress>, DigestHash> m_progress;
};

} // namespace zhicha
