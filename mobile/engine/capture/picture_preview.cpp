#include "mobile/engine/capture/picture_preview.h"

#include "mobile/engine/capture/exif_view.h"
#include "mobile/engine/capture/picture_codecs.h"

#include <utility>

namespace zhicha {

Result<PicturePreview> makePreview(ByteView picture) {
    const PictureProbe probe = probePicture(picture);
    if (!probe.decodable)
        return fail(probe.pixels() > kMaxPreviewPixels ? Code::TooLarge : Code::BadPicture, "photo: " + probe.trouble);
    const bool isJpeg = probe.type == PictureType::Jpeg;
    ZHICHA_ASSIGN(Decoded decoded, isJpeg ? decodeJpeg(picture, kPreviewSide) : decodePng(picture, kPreviewSide));
    decoded.pixels = turnUpright(std::move(decoded.pixels), readExif(picture).orientation);

    // From the best that may fit to what always does: noise at 320 pixels and quality 40 is half of the limit.
    constexpr std::array<std::pair<std::uint32_t, int>, 6> tries{
        {{1024, 80}, {1024, 65}, {1024, 50}, {768, 50}, {512, 45}, {320, 40}}};
    for (const auto &[side, quality] : tries) {
        if (side < decoded.pixels.width || side < decoded.pixels.height)
            decoded.pixels = shrink(decoded.pixels, side);
        ZHICHA_ASSIGN(Bytes jpeg, encodeJpeg(decoded.pixels, quality));
        if (jpeg.size() <= kMaxPreviewBytes)
            return PicturePreview{std::move(jpeg), decoded.pixels.width, decoded.pixels.height,
                                  decoded.damaged || probe.truncated};
    }
    return fail(Code::TooLarge, "photo: no preview fits into 64 KiB");
}

} // namespace zhicha
