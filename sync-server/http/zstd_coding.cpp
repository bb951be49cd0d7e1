#include "sync-server/http/zstd_coding.h"

#include "shared/base/plant.h"

#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <memory>

namespace zhicha {
namespace {

constexpr int kWindowLog = 23;                    // 8 MiB: the largest body that a route unpacks
constexpr int kLevel = 3;                         // the library's own choice between time and size
constexpr std::uint64_t kFirstBytes = 256 * 1024; // the result grows with what really comes out, not with a promise

struct FreeUnpacker {
    void operator()(ZSTD_DCtx *context) const { ZSTD_freeDCtx(context); }
};
struct FreePacker {
    void operator()(ZSTD_CCtx *context) const { ZSTD_freeCCtx(context); }
};

ZSTD_DCtx *unpacker() {
    // Handlers run on few threads: contexts are as many as requests can run, not as connections are open.
    static thread_local const std::unique_ptr<ZSTD_DCtx, FreeUnpacker> context(ZSTD_createDCtx());
    if (context) {
        ZSTD_DCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
        ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kWindowLog);
    }
    return context.get();
}

Error zstdError(std::size_t code) {
    if (ZSTD_getErrorCode(code) == ZSTD_error_frameParameter_windowTooLarge)
        return fail(Code::TooLarge, "zstd: the frame needs too much memory");
    return fail(Code::BadEncoding, std::string("zstd: ") + ZSTD_getErrorName(code));
}

} // namespace

Result<Bytes> unpackZstd(ByteView packed, std::uint64_t maxBytes) {
    ZSTD_DCtx *context = unpacker();
    if (!context)
        return fail(Code::Internal, "zstd: no context");
    if (plant("http_bomb_unchecked"))
        maxBytes = 1ull << 30;
    Bytes out(std::min(maxBytes + 1, kFirstBytes)); // one byte more than allowed shows that there is more
    ZSTD_inBuffer input{packed.data(), packed.size(), 0};
    ZSTD_outBuffer output{out.data(), out.size(), 0};
    std::size_t left = 1; // 0 at the end of a frame
    while (input.pos < input.size || (left != 0 && output.pos == output.size)) {
        if (output.pos > maxBytes)
            return fail(Code::TooLarge, "zstd: unpacks to more than " + std::to_string(maxBytes) + " bytes");
        if (output.pos == output.size) {
            out.resize(std::min<std::uint64_t>(maxBytes + 1, out.size() * 4));
            output.dst = out.data();
            output.size = out.size();
        }
        left = ZSTD_decompressStream(context, &output, &input);
        if (ZSTD_isError(left))
            return zstdError(left);
    }
    if (output.pos > maxBytes)
        return fail(Code::TooLarge, "zstd: unpacks to more than " + std::to_string(maxBytes) + " bytes");
    if (left != 0)
        return fail(Code::BadEncoding, "zstd: the frame is cut");
    out.resize(output.pos);
    return out;
}

std::optional<Bytes> packZstd(ByteView plain) {
    static thread_local const std::unique_ptr<ZSTD_CCtx, FreePacker> context(ZSTD_createCCtx());
    if (!context)
        return std::nullopt;
    Bytes out(ZSTD_compressBound(plain.size()));
    const auto size = ZSTD_compressCCtx(context.get(), out.data(), out.size(), plain.data(), plain.size(), kLevel);
    if (ZSTD_isError(size) || size >= plain.size())
        return std::nullopt;
    out.resize(size);
    return out;
}

} // namespace zhicha
