#pragma once
// 预览: a small upright JPEG of a photo, for lists and slow links. Derived, never evidence: the original is kept as it
// is.
#include "mobile/engine/capture/picture_probe.h"

namespace zhicha {

constexpr std::size_t kMaxPreviewBytes = 64 * 1024; ///< docs/PROTOCOL.md "Photos"
constexpr std::uint32_t kPreviewSide = 1024;        ///< readable on a tablet held in the hand

struct PicturePreview {
    Bytes jpeg; ///< at most kMaxPreviewBytes, without metadata
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    bool damaged = false; ///< the original could be read in part only
};

/** Errors:  BadPicture, TooLarge: there is no preview; whether the original is kept is probePicture's question.
 *  Memory:  bounded (picture_codecs.h), whatever the headers claim.
 *  Threads: pure, any; about 50 ms for 12 megapixels, so not the screen's. */
[[nodiscard]] Result<PicturePreview> makePreview(ByteView picture);

} // namespace zhicha
