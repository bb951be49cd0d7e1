#pragma once
// Bytes, views of them, and the text forms (hex, base64) that people and headers use.
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zhicha {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] inline ByteView viewOf(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view textOf(ByteView bytes) {
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}
[[nodiscard]] inline Bytes toBytes(ByteView view) {
    return {view.begin(), view.end()};
}
inline void append(Bytes &to, ByteView more) {
    to.insert(to.end(), more.begin(), more.end());
}
[[nodiscard]] bool sameBytes(ByteView a, ByteView b);

/** Lower-case hex without separators. */
[[nodiscard]] std::string toHex(ByteView bytes);
/** Accepts either case; nullopt for an odd length or anything that is no hex digit. */
[[nodiscard]] std::optional<Bytes> fromHex(std::string_view text);

/** Standard alphabet with padding (RFC 4648 §4). */
[[nodiscard]] std::string toBase64(ByteView bytes);
/** Strict: padding required, no white space, unused bits zero. */
[[nodiscard]] std::optional<Bytes> fromBase64(std::string_view text);

/** True if text is well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF). */
[[nodiscard]] bool isUtf8(std::string_view text);

/** A fixed-size array of the given bytes; nullopt if the length differs. */
template <std::size_t N>
[[nodiscard]] std::optional<std::array<std::uint8_t, N>> fixedBytes(ByteView bytes) {
    if (bytes.size() != N)
        return std::nullopt;
    std::array<std::uint8_t, N> out;
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
}
[[nodiscard]] inline std::optional<Digest> digestFromHex(std::string_view text) {
    auto bytes = fromHex(text);
    return bytes ? fixedBytes<32>(*bytes) : std::nullopt;
}

struct DigestHash {
    std::size_t operator()(const Digest &d) const noexcept {
        std::size_t h = 0;
        for (std::size_t i = 0; i < sizeof h; ++i)
            h = (h << 8) | d[i];
        return h;
    }
};

} // namespace zhicha
