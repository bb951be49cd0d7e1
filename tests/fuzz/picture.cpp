// Any bytes as a photo: probe, EXIF and preview neither crash nor break what their headers hold.
#include "mobile/engine/capture/exif_view.h"
#include "mobile/engine/capture/picture_preview.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const zhicha::ByteView bytes(data, size);
    const zhicha::PictureProbe probe = zhicha::probePicture(bytes);
    if (probe.decodable && !probe.keepable)
        std::abort();
    const zhicha::ExifView view = zhicha::readExif(bytes);
    if (!zhicha::isUtf8(view.maker) || !zhicha::isUtf8(view.model) || view.orientation < 1 || view.orientation > 8)
        std::abort();
    if (probe.pixels() > 4'000'000) // large pictures only cost the fuzzer its speed
        return 0;
    if (const auto preview = zhicha::makePreview(bytes); preview && preview->jpeg.size() > zhicha::kMaxPreviewBytes)
        std::abort();
    return 0;
}
