#pragma once
// ECDSA over P-256 with SHA-256 (FIPS 186-5; "ES256" of RFC 8152): verification only, for security keys.
#include "shared/base/bytes.h"

namespace zhicha {

/** An uncompressed point's coordinates, big-endian. */
struct P256Point {
    std::array<std::uint8_t, 32> x{};
    std::array<std::uint8_t, 32> y{};
};
/** False for coordinates that are no point of the curve. */
[[nodiscard]] bool isOnP256(const P256Point &point);
/** `signature` = DER SEQUENCE{r, s}. False for anything that does not verify, however broken. */
[[nodiscard]] bool verifyEs256(const P256Point &key, ByteView message, ByteView signature);

} // namespace zhicha
