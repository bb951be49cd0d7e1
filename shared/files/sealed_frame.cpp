#include "shared/files/sealed_frame.h"

#include <sodium.h>

namespace zhicha::sealed {

namespace {

static_assert(kNonceSize == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kTagSize == crypto_aead_xchacha20poly1305_ietf_ABYTES);
constexpr std::uint64_t kTrailerOffset = ~std::uint64_t{0};

template <typename T>
void putLittle(std::uint8_t *to, T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i)
        to[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

// What a frame is bound to besides its key: where its first plain byte stands, how long it is, whether it is the last.
using Bound = std::array<std::uint8_t, 12>;
Bound bindTo(std::uint64_t offset, std::uint32_t word) {
    Bound bound;
    putLittle(bound.data(), offset);
    putLittle(bound.data() + 8, word);
    return bound;
}

void startSodiumOnce() {
    static const int started = sodium_init();
    ZHICHA_CHECK(started >= 0);
}

void sealAny(const Key &key, std::uint64_t offset, std::uint32_t word, ByteView plain, RandomSource &random,
             Bytes &out) {
    startSodiumOnce();
    const std::size_t at = out.size();
    out.resize(at + kOverhead + plain.size());
    putLittle(out.data() + at, word);
    random.fill(std::span(out).subspan(at + kWordSize, kNonceSize));
    const Bound bound = bindTo(offset, word);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + at + kHeadSize, nullptr, plain.data(), plain.size(),
                                               bound.data(), bound.size(), nullptr, out.data() + at + kWordSize,
                                               key.data());
}

bool openAny(const Key &key, std::uint64_t offset, ByteView frame, std::uint8_t *plain) {
    startSodiumOnce();
    const Bound bound = bindTo(offset, wordOf(frame));
    return crypto_aead_xchacha20poly1305_ietf_decrypt(plain, nullptr, nullptr, frame.data() + kHeadSize,
                                                      frame.size() - kHeadSize, bound.data(), bound.size(),
                                                      frame.data() + kWordSize, key.data()) == 0;
}

} // namespace

std::uint32_t wordOf(ByteView head) {
    return head[0] | std::uint32_t{head[1]} << 8 | std::uint32_t{head[2]} << 16 | std::uint32_t{head[3]} << 24;
}

void sealFrame(const Key &key, std::uint64_t offset, ByteView plain, RandomSource &random, Bytes &out) {
    sealAny(key, offset, static_cast<std::uint32_t>(plain.size()), plain, random, out);
}

void sealTrailer(const Key &key, std::uint64_t totalSize, RandomSource &random, Bytes &out) {
    std::array<std::uint8_t, 8> total;
    putLittle(total.data(), totalSize);
    sealAny(key, kTrailerOffset, kFinal | 8, total, random, out);
}

bool openFrame(const Key &key, std::uint64_t offset, ByteView frame, Bytes &plain) {
    if (frame.size() < kOverhead || (wordOf(frame) & kFinal) != 0)
        return false;
    plain.resize(frame.size() - kOverhead);
    return openAny(key, offset, frame, plain.data());
}

std::optional<std::uint64_t> openTrailer(const Key &key, ByteView frame) {
    std::array<std::uint8_t, 8> plain;
    if (frame.size() != kTrailerSize || wordOf(frame) != (kFinal | 8) ||
        !openAny(key, kTrailerOffset, frame, plain.data()))
        return std::nullopt;
    std::uint64_t total = 0;
    for (std::size_t i = 8; i-- > 0;)
        total = total << 8 | plain[i];
    return total;
}

} // namespace zhicha::sealed
