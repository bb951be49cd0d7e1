#pragma once
// Photos in and out: tus 1.0 core and creation under /api/v1/blobs, id = lower-case hex of the SHA-256, known
// beforehand. HEAD first, then POST (once), then PATCH until Upload-Offset equals Upload-Length.
// Source: tus.io resumable upload protocol 1.0.0; design 3 "Sync".
#include "sync-server/http/caller.h"
#include "sync-server/http/router.h"
#include "sync-server/store/photo_store.h"

namespace zhicha {

/** Who may bring or see which photo, and who is told when one is whole. Threads: every call from any worker. */
class BlobGate {
public:
    virtual ~BlobGate() = default;
    /** The bearer token of the request. SessionExpired, UnknownDevice … are answered as they are. */
    virtual Result<Caller> admit(const Request &request) = 0;
    /** Ok if one of the caller's own operations announces this photo. Asked before the photo store is: what is not the
     *  caller's costs and answers the same whether it is there or not, and disturbs nobody's upload. */
    virtual Status mayAsk(const Caller &caller, const Digest &photo) = 0;
    /** Ok if one of the caller's own operations announces this photo with this size. */
    virtual Status mayUpload(const Caller &caller, const Digest &photo, std::uint64_t size) = 0;
    virtual Status mayRead(const Caller &caller, const Digest &photo) = 0;
    /** The photo is whole and durable: append photos.received. Idempotent: called again on each later HEAD or PATCH of
     *  a whole photo, so that a failure here (which is answered instead of the offset) heals by asking again. */
    virtual Status completed(const Caller &caller, const Digest &photo) = 0;
    /** The bytes had another digest and are gone. The gate counts, and appends photo.mismatch the third time. */
    virtual Status mismatched(const Caller &caller, const Digest &photo) = 0;
};

struct BlobLimits {
    std::uint64_t maxPhotoBytes = 256ull << 20;
    std::chrono::milliseconds patchDeadline{3600000}; ///< a slow link may take its time: each block has its own
};

/** Adds OPTIONS, POST, HEAD, PATCH and GET. `photos` and `gate` outlive the router and all its requests. */
void addBlobRoutes(Router &router, PhotoStore &photos, BlobGate &gate, BlobLimits limits = {});

} // namespace zhicha
