#pragma once
// Private to the folder: the frames of a sealed file.
#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/base/sources.h"

namespace zhicha::sealed {

inline constexpr std::string_view kMagic = "zhicha/sealed/1\n";
inline constexpr std::uint32_t kFinal = 0x80000000u;
inline constexpr std::size_t kWordSize = 4, kNonceSize = 24, kTagSize = 16;
inline constexpr std::size_t kHeadSize = kWordSize + kNonceSize;
inline constexpr std::size_t kOverhead = kHeadSize + kTagSize;
inline constexpr std::size_t kTrailerSize = kOverhead + 8;

using Key = std::array<std::uint8_t, 32>;

/** Appends word ‖ nonce ‖ ciphertext ‖ tag to `out`. `offset`: of the first plain byte. */
void sealFrame(const Key &key, std::uint64_t offset, ByteView plain, RandomSource &random, Bytes &out);
void sealTrailer(const Key &key, std::uint64_t totalSize, RandomSource &random, Bytes &out);

[[nodiscard]] std::uint32_t wordOf(ByteView head);
/** Opens one whole frame (kOverhead + length bytes) into `plain`. False if any bit is not as it was sealed. */
[[nodiscard]] bool openFrame(const Key &key, std::uint64_t offset, ByteView frame, Bytes &plain);
/** The total size that a trailer states; nullopt if it is not the trailer of this key. */
[[nodiscard]] std::optional<std::uint64_t> openTrailer(const Key &key, ByteView frame);

} // namespace zhicha::sealed
