#pragma once
// What a picture looks like in 64 bits (a difference hash of 9 × 8 grey cells): the same scene saved anew, smaller or
// brighter keeps nearly all of them. It says that two pictures may be one; whether they are is for people to judge.
#include "shared/base/bytes.h"

#include <cstdint>
#include <optional>

namespace zhicha {

/** Of a JPEG or PNG; nullopt where it cannot be read, is too large, or has too little in it to be told apart (a blank
 *  wall). Bytes are hostile until shown otherwise; memory stays below 64 MiB. */
[[nodiscard]] std::optional<std::uint64_t> photoLook(ByteView bytes);

/** Bits that differ. */
[[nodiscard]] int lookDistance(std::uint64_t a, std::uint64_t b);
inline constexpr int kNearLook = 6; ///< at most so many: shown as a suspicion

} // namespace zhicha
