#include "sync-server/http/resources/blobs_resource.h"

#include "shared/base/plant.h"
#include "sync-server/http/problem_response.h"
#include "sync-server/http/resources/blob_download.h"
#include "sync-server/http/resources/tus_headers.h"

namespace zhicha {
namespace {

constexpr std::string_view kPatchMediaType = "application/offset+octet-stream";

/** What the routes share; lives as long as the router's handlers. */
struct Blobs {
    Blobs(PhotoStore &photoStore, BlobGate &blobGate, BlobLimits blobLimits)
        : photos(photoStore), gate(blobGate), limits(blobLimits) {}
    PhotoStore &photos;
    BlobGate &gate;
    BlobLimits limits;
};

Response tusResponse(int status) {
    auto response = emptyResponse(status);
    response.headers.emplace_back("Tus-Resumable", "1.0.0");
    return response;
}

Response tusProblem(const Error &error) {
    auto response = problemResponse(error);
    response.headers.emplace_back("Tus-Resumable", "1.0.0");
    return response;
}

Response tusProblem(const Error &error, int status) {
    auto response = problemResponse(error, status);
    response.headers.emplace_back("Tus-Resumable", "1.0.0");
    return response;
}

bool speaksTus(const Request &request) {
    return request.header("tus-resumable") == "1.0.0";
}

Response otherTusVersion() {
    auto response = tusProblem(fail(Code::WrongUsage, "Tus-Resumable: 1.0.0 is needed"), 412);
    response.headers.emplace_back("Tus-Version", "1.0.0");
    return response;
}

/** The digest in the path: exactly 64 lower-case digits, so that a photo has one address. */
std::optional<Digest> photoOf(std::string_view hex) {
    const auto digest = digestFromHex(hex);
    return digest && toHex(*digest) == hex ? digest : std::nullopt;
}

Error noSuchPhoto() {
    return fail(Code::NotFound, "no such upload");
}

/** Tells the gate. An answer about the mismatch goes out in any case: one that could not be recorded happens again. */
void tellMismatch(Blobs &blobs, const Caller &caller, const Digest &photo) {
    auto ignored = blobs.gate.mismatched(caller, photo);
    static_cast<void>(ignored);
}

/** What is there. Asking ends a dead PATCH, makes durable what that one brought, and checks the digest if it was all.
 */
Result<UploadState> stateOf(Blobs &blobs, const Caller &caller, const Digest &photo) {
    auto state = blobs.photos.state(photo);
    if (!state && state.error().code == Code::DigestMismatch)
        tellMismatch(blobs, caller, photo);
    return state;
}

Response answerOptions(const Blobs &blobs) {
    auto response = tusResponse(204);
    response.headers.emplace_back("Tus-Version", "1.0.0");
    response.headers.emplace_back("Tus-Extension", "creation");
    response.headers.emplace_back("Tus-Max-Size", std::to_string(blobs.limits.maxPhotoBytes));
    return response;
}

Response create(Blobs &blobs, const Request &request) {
    if (!speaksTus(request))
        return otherTusVersion();
    const auto caller = blobs.gate.admit(request);
    if (!caller)
        return tusProblem(caller.error());
    const auto size = readDecimal(request.header("upload-length"));
    if (!size || *size == 0)
        return tusProblem(fail(Code::InvalidArgument, "Upload-Length: a number of bytes above 0 is needed"));
    if (*size > blobs.limits.maxPhotoBytes)
        return tusProblem(fail(Code::TooLarge, "Upload-Length: over Tus-Max-Size"));
    const auto hex = tusMetadata(request.header("upload-metadata"), "sha256");
    const auto photo = hex ? photoOf(*hex) : std::nullopt;
    if (!photo)
        return tusProblem(fail(Code::InvalidArgument, "Upload-Metadata: sha256 = base64 of the lower-case hex digest"));
    if (auto may = blobs.gate.mayUpload(*caller, *photo, *size); !may)
        return tusProblem(may.error());
    const bool known = stateOf(blobs, *caller, *photo).has_value();
    const auto state = blobs.photos.create(*photo, *size);
    if (!state)
        return tusProblem(state.error());
    if (state->complete) {
        if (auto told = blobs.gate.completed(*caller, *photo); !told)
            return tusProblem(told.error());
    }
    auto response = tusResponse(known ? 200 : 201);
    response.headers.emplace_back("Location", "/api/v1/blobs/" + *hex);
    response.headers.emplace_back("Upload-Offset", std::to_string(state->offset));
    return response;
}

Response answerHead(Blobs &blobs, const Request &request) {
    if (!speaksTus(request))
        return otherTusVersion();
    const auto caller = blobs.gate.admit(request);
    if (!caller)
        return tusProblem(caller.error());
    const auto photo = photoOf(request.param("sha256"));
    // A photo of somebody else looks exactly like one that is not there.
    if (!photo || (!blobs.gate.mayAsk(*caller, *photo) && !plant("head_answers_all")))
        return tusProblem(noSuchPhoto());
    const auto state = stateOf(blobs, *caller, *photo);
    if (state && !blobs.gate.mayUpload(*caller, *photo, state->size))
        return tusProblem(noSuchPhoto());
    if (!state)
        return tusProblem(state.error().code == Code::NotFound ? noSuchPhoto() : state.error());
    if (state->complete && !plant("http_head_forgets_completion")) {
        if (auto told = blobs.gate.completed(*caller, *photo); !told)
            return tusProblem(told.error());
    }
    auto response = tusResponse(200);
    response.headers.emplace_back("Upload-Offset", std::to_string(state->offset));
    response.headers.emplace_back("Upload-Length", std::to_string(state->size));
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

/** The body of one PATCH, straight to the photo store. */
class PatchStream final : public BodyStream {
public:
    PatchStream(Blobs &blobs, Caller caller, const Digest &photo, std::unique_ptr<PhotoUpload> upload)
        : m_blobs(blobs), m_caller(caller), m_photo(photo), m_upload(std::move(upload)) {}

    Status write(ByteView piece) override { return m_upload->write(piece); }
    Response finish() override {
        const auto state = m_upload->finish();
        if (!state) {
            if (state.error().code == Code::DigestMismatch)
                tellMismatch(m_blobs, m_caller, m_photo);
            return tusProblem(state.error());
        }
        if (state->complete) {
            if (auto told = m_blobs.gate.completed(m_caller, m_photo); !told)
                return tusProblem(told.error());
        }
        auto response = tusResponse(204);
        response.headers.emplace_back("Upload-Offset", std::to_string(state->offset));
        return response;
    }
    /** The link broke: what came is made durable, so that the tablet goes on there. */
    void abandon() override {
        // An error is found by the next HEAD, which tells what is really there.
        auto ignored = m_upload->finish();
        static_cast<void>(ignored);
    }

private:
    Blobs &m_blobs;
    const Caller m_caller;
    const Digest m_photo;
    const std::unique_ptr<PhotoUpload> m_upload;
};

/** An empty PATCH at the end of a whole photo: nothing to write, only to repeat the answer. */
class WholePhotoStream final : public BodyStream {
public:
    WholePhotoStream(Blobs &blobs, Caller caller, const Digest &photo, std::uint64_t size)
        : m_blobs(blobs), m_caller(caller), m_photo(photo), m_size(size) {}
    Status write(ByteView piece) override {
        if (piece.empty())
            return {};
        return fail(Code::TooLarge, "the upload is complete");
    }
    Response finish() override {
        if (auto told = m_blobs.gate.completed(m_caller, m_photo); !told)
            return tusProblem(told.error());
        auto response = tusResponse(204);
        response.headers.emplace_back("Upload-Offset", std::to_string(m_size));
        return response;
    }
    void abandon() override {}

private:
    Blobs &m_blobs;
    const Caller m_caller;
    const Digest m_photo;
    const std::uint64_t m_size;
};

Result<std::unique_ptr<BodyStream>> openPatch(Blobs &blobs, const Request &request) {
    ZHICHA_ASSIGN(const Caller caller, blobs.gate.admit(request));
    const auto photo = photoOf(request.param("sha256"));
    if (!photo)
        return noSuchPhoto();
    const auto offset = readDecimal(request.header("upload-offset"));
    if (!offset)
        return fail(Code::InvalidArgument, "Upload-Offset: a number of bytes is needed");
    if (!blobs.gate.mayAsk(caller, *photo))
        return noSuchPhoto();
    ZHICHA_ASSIGN(const UploadState state, stateOf(blobs, caller, *photo));
    if (!blobs.gate.mayUpload(caller, *photo, state.size))
        return noSuchPhoto();
    if (*offset != state.offset && !plant("http_patch_ignores_offset"))
        return fail(Code::OffsetMismatch, "Upload-Offset: the upload stands at " + std::to_string(state.offset),
                    Retry::Later);
    if (request.contentLength && *request.contentLength > state.size - state.offset)
        return fail(Code::TooLarge, "more bytes than Upload-Length leaves");
    if (state.complete)
        return std::unique_ptr<BodyStream>(std::make_unique<WholePhotoStream>(blobs, caller, *photo, state.size));
    ZHICHA_ASSIGN(auto upload, blobs.photos.resume(*photo, state.offset));
    return std::unique_ptr<BodyStream>(std::make_unique<PatchStream>(blobs, caller, *photo, std::move(upload)));
}

UploadStart startPatch(Blobs &blobs, const Request &request) {
    if (!speaksTus(request))
        return otherTusVersion();
    if (request.header("content-type") != kPatchMediaType)
        return tusProblem(fail(Code::WrongUsage, "Content-Type: application/offset+octet-stream is needed"), 415);
    auto stream = openPatch(blobs, request);
    if (!stream)
        return tusProblem(stream.error());
    return std::move(stream).value();
}

/** For clients behind proxies that know no PATCH (tus 1.0, X-HTTP-Method-Override). */
UploadStart startOverridden(Blobs &blobs, const Request &request) {
    if (request.header("x-http-method-override") != "PATCH")
        return tusProblem(fail(Code::WrongUsage, "POST here needs X-HTTP-Method-Override: PATCH"), 405);
    return startPatch(blobs, request);
}

Response download(Blobs &blobs, const Request &request) {
    const auto caller = blobs.gate.admit(request);
    if (!caller)
        return problemResponse(caller.error());
    const auto photo = photoOf(request.param("sha256"));
    if (!photo || !blobs.gate.mayRead(*caller, *photo))
        return problemResponse(noSuchPhoto());
    return downloadBlob(blobs.photos, *photo, request);
}

} // namespace

void addBlobRoutes(Router &router, PhotoStore &photos, BlobGate &gate, BlobLimits limits) {
    auto blobs = std::make_shared<Blobs>(photos, gate, limits);
    const RouteLimits small;
    RouteLimits patch;
    patch.maxBodyBytes = limits.maxPhotoBytes;
    patch.bodyDeadline = limits.patchDeadline;
    const std::string all = "/api/v1/blobs";
    const std::string one = all + "/{sha256}";
    router.add("OPTIONS", all, small, [blobs](const Request &) { return answerOptions(*blobs); });
    router.add("OPTIONS", one, small, [blobs](const Request &) { return answerOptions(*blobs); });
    router.add("POST", all, small, [blobs](const Request &request) { return create(*blobs, request); });
    router.add("HEAD", one, small, [blobs](const Request &request) { return answerHead(*blobs, request); });
    router.add("GET", one, small, [blobs](const Request &request) { return download(*blobs, request); });
    router.addUpload("PATCH", one, patch, [blobs](const Request &request) { return startPatch(*blobs, request); });
    router.addUpload("POST", one, patch, [blobs](const Request &request) { return startOverridden(*blobs, request); });
}

} // namespace zhicha
