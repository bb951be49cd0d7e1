#pragma once
// Photo bytes at the office: content-addressed by SHA-256, written once, resumable at any byte. One interface; a folder
// now (directory/), S3 later behind the same contract tests. Photo keys of a sealed store live in the ledger store.
#include "shared/base/bytes.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"

#include <functional>
#include <memory>

namespace zhicha {

/** What is there of one photo. offset = bytes that are durable and would survive a crash now. */
struct UploadState {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    bool complete = false; ///< digest verified, file and folder synced
};

/** One PATCH in progress. Owner: the caller. Threads: one at a time. Dropping it keeps what was written. */
class PhotoUpload {
public:
    virtual ~PhotoUpload() = default;
    /** Appends. TooLarge beyond the declared size (nothing of that chunk is kept), DiskFull, DiskError; Conflict when a
     *  newer upload of the same photo has taken over (a new HEAD pre-empts a dead PATCH). */
    virtual Status write(ByteView chunk) = 0;
    /** Makes what was written durable and answers the new state. At the last byte the digest is verified first:
     *  DigestMismatch deletes the file, so that the next HEAD answers offset 0. */
    virtual Result<UploadState> finish() = 0;
};

/** Threads: every call from any thread. */
class PhotoStore {
public:
    virtual ~PhotoStore() = default;
    virtual Result<UploadState> state(const Digest &photo) = 0; ///< NotFound if nothing was ever begun
    /** Begins (or finds begun) an upload of `size` bytes. Conflict if it was begun with another size. */
    virtual Result<UploadState> create(const Digest &photo, std::uint64_t size) = 0;
    /** Opens for appending at exactly `offset`; OffsetMismatch otherwise. Pre-empts an earlier PhotoUpload. */
    virtual Result<std::unique_ptr<PhotoUpload>> resume(const Digest &photo, std::uint64_t offset) = 0;
    /** Streams [first, last) of a complete photo, in pieces of at most 64 KiB. */
    virtual Status read(const Digest &photo, std::uint64_t first, std::uint64_t last,
                        const std::function<Status(ByteView)> &sink) = 0;
    /** Reads every byte and recomputes the digest. DigestMismatch, StoreDamaged, NotFound. */
    virtual Status verify(const Digest &photo) = 0;
    /** Erased: the bytes, begun or complete, are gone and an upload in progress is over. Ok if there were none. */
    virtual Status remove(const Digest &photo) = 0;
    /** Every photo begun or complete, in digest order. */
    virtual Status forEach(const std::function<Status(const Digest &, const UploadState &)> &visit) = 0;
};

} // namespace zhicha
