#pragma once
// What a photo says about itself (EXIF). For display beside the words 仅供参考，不作依据; never trusted, never
// evidence.
#include "shared/base/bytes.h"
#include "shared/geo/fix.h"

namespace zhicha {

constexpr std::size_t kMaxExifTextBytes = 64;

struct ExifView {
    int orientation = 1;            ///< 1 to 8; 1 if there is none or nonsense
    std::string takenAt;            ///< YYYY-MM-DD hh:mm:ss by the camera's own clock and zone; empty if none
    std::string takenOffset;        ///< ±hh:mm; empty if the camera does not say
    std::optional<LatLon> position; ///< WGS-84 as claimed
    std::string maker;              ///< text: UTF-8, at most kMaxExifTextBytes, no control or direction characters
    std::string model;
    bool operator==(const ExifView &) const = default;
};

/** Broken, hostile or missing EXIF gives an empty view or what of it makes sense. Reads JPEG only, at most the 64 KiB
 *  of its first EXIF segment.
 *  Source:  EXIF 2.32. Threads: any. */
[[nodiscard]] ExifView readExif(ByteView picture);

/** For any text from outside that a person will see: broken UTF-8 becomes U+FFFD; control characters, line breaks and
 *  direction marks (U+200E, U+200F, U+202A to 202E, U+2066 to 2069) go; trimmed; cut at a character. */
[[nodiscard]] std::string displayText(std::string_view text, std::size_t maxBytes);

} // namespace zhicha
