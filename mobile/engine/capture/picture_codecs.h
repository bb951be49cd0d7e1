#pragma once
// The two files that call libjpeg and libpng. Both report errors by longjmp: their code keeps everything that needs a
// destructor in a frame that no jump crosses.
#include "mobile/engine/capture/picture_pixels.h"
#include "shared/base/result.h"

namespace zhicha {

struct Decoded {
    Pixels pixels;
    bool damaged = false; ///< some of it could not be read and is grey or white
};

/** Memory: at most kMaxDecodeBytes beside the input and the result. Errors: BadPicture, TooLarge. */
constexpr std::size_t kMaxDecodeBytes = 192U * 1024 * 1024;
[[nodiscard]] Result<Decoded> decodeJpeg(ByteView bytes, std::uint32_t maxSide);
[[nodiscard]] Result<Decoded> decodePng(ByteView bytes, std::uint32_t maxSide);
/** Baseline, 4:2:0, without any metadata. quality 1 to 100. */
[[nodiscard]] Result<Bytes> encodeJpeg(const Pixels &pixels, int quality);

} // namespace zhicha
