#include "sync-server/http/resources/blob_download.h"

#include "sync-server/http/problem_response.h"
#include "sync-server/http/resources/tus_headers.h"

#include <algorithm>

namespace zhicha {
namespace {

constexpr std::uint64_t kPieceBytes = 256 * 1024;

/** Pulls the range out of the store piece by piece: no more than one lies in memory, however slow the reader. */
StreamedBody streamOf(PhotoStore &photos, const Digest &photo, ByteRange range) {
    StreamedBody body;
    body.size = range.last - range.first;
    body.next = [&photos, photo, at = range.first, last = range.last]() mutable -> Result<Bytes> {
        Bytes piece;
        const auto end = std::min(last, at + kPieceBytes);
        piece.reserve(end - at);
        ZHICHA_TRY(photos.read(photo, at, end, [&piece](ByteView bytes) -> Status {
            append(piece, bytes);
            return {};
        }));
        if (piece.size() != end - at)
            return fail(Code::StoreDamaged, "photo shorter than recorded");
        at = end;
        return piece;
    };
    return body;
}

} // namespace

Response downloadBlob(PhotoStore &photos, const Digest &photo, const Request &request) {
    const auto state = photos.state(photo);
    if (!state && state.error().code != Code::NotFound)
        return problemResponse(state.error());
    if (!state || !state->complete)
        return problemResponse(fail(Code::NotFound, "no such photo"));
    const auto tag = "\"" + toHex(photo) + "\"";
    ByteRange range;
    auto verdict = readRange(request.header("range"), state->size, range);
    const auto condition = request.header("if-range");
    if (!condition.empty() && condition != tag) {
        verdict = RangeVerdict::Whole;
        range.first = 0;
        range.last = state->size;
    }
    auto response = emptyResponse(verdict == RangeVerdict::Part ? 206 : 200);
    if (request.header("if-none-match") == tag) {
        response.status = 304;
    } else if (verdict == RangeVerdict::Unsatisfiable) {
        response = problemResponse(fail(Code::InvalidArgument, "Range: nothing there"), 416);
        response.headers.emplace_back("Content-Range", "bytes */" + std::to_string(state->size));
        return response;
    } else {
        response.mediaType = "application/octet-stream";
        response.stream = streamOf(photos, photo, range);
    }
    if (response.status == 206)
        response.headers.emplace_back("Content-Range", "bytes " + std::to_string(range.first) + "-" +
                                                           std::to_string(range.last - 1) + "/" +
                                                           std::to_string(state->size));
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Accept-Ranges", "bytes");
    response.headers.emplace_back("Cache-Control", "private, max-age=31536000, immutable");
    response.headers.emplace_back("Content-Disposition", "attachment");
    return response;
}

Response showBlob(PhotoStore &photos, const Digest &photo, const Request &request, const std::string &type) {
    Response response = downloadBlob(photos, photo, request);
    if (response.status < 300)
        response.mediaType = type;
    for (auto &[name, value] : response.headers)
        if (name == "Content-Disposition")
            value = "inline";
    return response;
}

} // namespace zhicha
