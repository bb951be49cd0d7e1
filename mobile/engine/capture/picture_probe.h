#pragma once
// What a file that is called a photo is, from its first bytes and its headers, without decoding a single pixel.
#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace zhicha {

enum class PictureType { Unknown, Jpeg, Png };

/** Above this nothing is decoded here: no camera of a tablet makes it, and a header costs its sender nothing. */
constexpr std::uint64_t kMaxPreviewPixels = 100'000'000;
/** Above this a file is not taken in: three times what a 200 megapixel camera writes. */
constexpr std::uint64_t kMaxPictureBytes = 256ULL * 1024 * 1024;

/** keepable and decodable are two questions: whatever can be kept as evidence is kept, broken or not. */
struct PictureProbe {
    PictureType type = PictureType::Unknown;
    std::uint32_t width = 0; ///< as stored, before orientation; 0 = the headers do not say
    std::uint32_t height = 0;
    bool keepable = false;  ///< the bytes begin as a JPEG or PNG does and are within kMaxPictureBytes
    bool decodable = false; ///< the headers are whole and within kMaxPreviewPixels: a preview can be tried
    bool truncated = false; ///< the end of the picture is not in the file
    std::string trouble;    ///< one sentence for a person; empty if there is none
    [[nodiscard]] std::uint64_t pixels() const { return std::uint64_t{width} * height; }
};

/** Never fails and never reads outside; time linear in the size. Pure, any thread.
 *  Source: ITU-T T.81 annex B (JPEG), W3C PNG third edition §5. */
[[nodiscard]] PictureProbe probePicture(ByteView bytes);
/** BadPicture (with what is wrong and what the file is, if we know) or TooLarge if it is not to be kept. */
[[nodiscard]] Status checkKeepable(const PictureProbe &probe);

[[nodiscard]] std::string_view pictureMediaType(PictureType type); ///< image/jpeg, image/png; empty for Unknown

/** The payload of the first APP1 segment that holds EXIF, "Exif\0\0" included; empty if there is none. */
[[nodiscard]] ByteView exifSegment(ByteView jpeg);

} // namespace zhicha
