#include "shared/base/ids.h"

namespace zhicha {

std::string toText(const Uuid &id) {
    std::string hex = toHex(id.bytes);
    for (const std::size_t at : {20u, 16u, 12u, 8u})
        hex.insert(at, 1, '-');
    return hex;
}

std::optional<Uuid> uuidFromText(std::string_view text) {
    if (text.size() != 36)
        return std::nullopt;
    std::string hex;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash != (text[i] == '-'))
            return std::nullopt;
        if (!dash)
            hex.push_back(text[i]);
    }
    const auto bytes = fromHex(hex);
    return bytes ? uuidFromBytes(*bytes) : std::nullopt;
}

std::optional<Uuid> uuidFromBytes(ByteView bytes) {
    const auto fixed = fixedBytes<16>(bytes);
    return fixed ? std::optional<Uuid>(Uuid{*fixed}) : std::nullopt;
}

Uuid newUuid(const Clock &clock, RandomSource &random) {
    Uuid id;
    random.fill(id.bytes);
    const auto ms = static_cast<std::uint64_t>(clock.nowMs());
    for (int i = 0; i < 6; ++i)
        id.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    id.bytes[6] = static_cast<std::uint8_t>(0x70 | (id.bytes[6] & 0x0f));
    id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
    return id;
}

Uuid uuidFromDigest(const Digest &digest) {
    Uuid id;
    std::copy(digest.begin(), digest.begin() + 16, id.bytes.begin());
    id.bytes[6] = static_cast<std::uint8_t>(0x80 | (id.bytes[6] & 0x0f));
    id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
    return id;
}

} // namespace zhicha
