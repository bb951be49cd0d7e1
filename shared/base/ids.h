#pragma once
// Ids. Uuid: 16 bytes, version 7 where an entity is born (RFC 9562 §5.7), version 8 where it is derived from a code.
#include "shared/base/bytes.h"
#include "shared/base/sources.h"

#include <compare>

namespace zhicha {

struct Uuid {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const Uuid &) const = default;
    [[nodiscard]] bool isNil() const { return *this == Uuid{}; }
    [[nodiscard]] ByteView view() const { return bytes; }
};

[[nodiscard]] std::string toText(const Uuid &id);                      ///< 8-4-4-4-12, lower case
[[nodiscard]] std::optional<Uuid> uuidFromText(std::string_view text); ///< exactly that form, either case
[[nodiscard]] std::optional<Uuid> uuidFromBytes(ByteView bytes);

/** UUIDv7 of the clock's wall time and 74 random bits. Two of one millisecond are in random order. */
[[nodiscard]] Uuid newUuid(const Clock &clock, RandomSource &random);
/** UUIDv8 of the first 16 bytes of a digest (design: ids of imported and derived entities). */
[[nodiscard]] Uuid uuidFromDigest(const Digest &digest);

struct UuidHash {
    std::size_t operator()(const Uuid &id) const noexcept {
        std::size_t h = 0; // the random tail: the head is the time
        for (std::size_t i = 8; i < 16; ++i)
            h = (h << 8) | id.bytes[i];
        return h;
    }
};

} // namespace zhicha
