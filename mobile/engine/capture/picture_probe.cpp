#include "mobile/engine/capture/picture_probe.h"

#include "shared/base/plant.h"

#include <algorithm>

namespace zhicha {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kPngMagic = "\x89PNG\r\n\x1a\n"sv;

bool beginsWith(ByteView bytes, std::string_view magic, std::size_t at = 0) {
    return bytes.size() >= at + magic.size() && textOf(bytes.subspan(at, magic.size())) == magic;
}

std::uint32_t bigEndian(ByteView bytes, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = value << 8 | bytes[at + i];
    return value;
}

bool isFrameHeader(std::uint8_t marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

// Calls visit(marker, payload) for each segment before the pixels; visit returns false to stop. False if it ran off.
template <typename Visit>
bool walkJpeg(ByteView jpeg, Visit visit) {
    std::size_t at = 2;
    while (at + 1 < jpeg.size()) {
        if (jpeg[at] != 0xff)
            return false;
        const std::uint8_t marker = jpeg[at + 1];
        if (marker == 0xff) { // fill byte
            ++at;
            continue;
        }
        at += 2;
        if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8))
            continue; // without length
        if (marker == 0xda || marker == 0xd9)
            return true; // pixels begin, or the end
        if (at + 2 > jpeg.size())
            return false;
        const std::size_t length = bigEndian(jpeg, at, 2);
        if (length < 2 || at + length > jpeg.size())
            return false;
        if (!visit(marker, jpeg.subspan(at + 2, length - 2)))
            return true;
        at += length;
    }
    return false;
}

// Some cameras and chats append to a JPEG, so the end marker is looked for, not asked of the last two bytes.
bool hasJpegEnd(ByteView jpeg) {
    constexpr std::array<std::uint8_t, 2> end{0xff, 0xd9};
    return std::find_end(jpeg.begin() + 2, jpeg.end(), end.begin(), end.end()) != jpeg.end();
}

void probeJpeg(ByteView bytes, PictureProbe &out) {
    walkJpeg(bytes, [&](std::uint8_t marker, ByteView payload) {
        if (!isFrameHeader(marker))
            return true;
        if (payload.size() >= 6) {
            out.height = bigEndian(payload, 1, 2);
            out.width = bigEndian(payload, 3, 2);
        }
        return false;
    });
    out.truncated = bytes.size() < 4 || !hasJpegEnd(bytes);
}

void probePng(ByteView bytes, PictureProbe &out) {
    constexpr std::size_t header = 8 + 8 + 13 + 4;
    if (bytes.size() >= header && bigEndian(bytes, 8, 4) == 13 && beginsWith(bytes, "IHDR", 12)) {
        out.width = bigEndian(bytes, 16, 4);
        out.height = bigEndian(bytes, 20, 4);
        if (out.width > 0x7fffffff || out.height > 0x7fffffff)
            out.width = out.height = 0;
    }
    constexpr std::string_view end = "IEND"sv;
    const std::string_view text = textOf(bytes);
    out.truncated = text.rfind(end) == std::string_view::npos;
}

// What else people hand over; named, so that the message helps.
std::string_view otherKind(ByteView bytes) {
    if (beginsWith(bytes, "ftyp", 4)) {
        for (const std::string_view brand : {"heic"sv, "heix"sv, "hevc"sv, "heim"sv, "heis"sv, "mif1"sv, "msf1"sv})
            if (beginsWith(bytes, brand, 8))
                return "HEIC";
        return beginsWith(bytes, "avif", 8) ? "AVIF"sv : "a video"sv;
    }
    if (beginsWith(bytes, "GIF8"))
        return "GIF";
    if (beginsWith(bytes, "RIFF"))
        return beginsWith(bytes, "WEBP", 8) ? "WebP"sv : "a sound or video"sv;
    if (beginsWith(bytes, "II*\0"sv) || beginsWith(bytes, "MM\0*"sv))
        return "TIFF or a raw camera file";
    if (beginsWith(bytes, "BM"))
        return "BMP";
    if (beginsWith(bytes, "%PDF"))
        return "PDF";
    return {};
}

void judge(ByteView bytes, PictureProbe &out) {
    const std::string name = out.type == PictureType::Jpeg ? "JPEG" : "PNG";
    const bool isOverLimit = out.pixels() > kMaxPreviewPixels && !plant("picture_limit_ignored");
    out.keepable = bytes.size() <= kMaxPictureBytes;
    out.decodable = out.keepable && out.pixels() > 0 && !isOverLimit;
    if (!out.keepable)
        out.trouble = "the file is larger than 256 MiB";
    else if (isOverLimit)
        out.trouble = "its header claims " + std::to_string(out.pixels() / 1'000'000) +
                      " megapixels; the file is kept, no preview is made over 100";
    else if (!out.decodable)
        out.trouble = "it begins like a " + name + " but has no readable size; the file is kept, it cannot be shown";
    else if (out.truncated)
        out.trouble = "the end of the " + name + " is missing; the file is kept, what is there is shown";
}

} // namespace

PictureProbe probePicture(ByteView bytes) {
    PictureProbe out;
    if (bytes.empty()) {
        out.trouble = "the file is empty";
    } else if (beginsWith(bytes, "\xff\xd8\xff"sv)) {
        out.type = PictureType::Jpeg;
        probeJpeg(bytes, out);
        judge(bytes, out);
    } else if (beginsWith(bytes, kPngMagic)) {
        out.type = PictureType::Png;
        probePng(bytes, out);
        judge(bytes, out);
    } else if (const std::string_view kind = otherKind(bytes); !kind.empty()) {
        out.trouble = "this is " + std::string(kind) + "; only JPEG and PNG are kept as photos";
    } else {
        out.trouble = "this is no picture; only JPEG and PNG are kept as photos";
    }
    return out;
}

Status checkKeepable(const PictureProbe &probe) {
    if (probe.keepable)
        return {};
    return fail(probe.type == PictureType::Unknown ? Code::BadPicture : Code::TooLarge, "photo: " + probe.trouble,
                Retry::AfterUser);
}

std::string_view pictureMediaType(PictureType type) {
    switch (type) {
    case PictureType::Jpeg:
        return "image/jpeg";
    case PictureType::Png:
        return "image/png";
    case PictureType::Unknown:
        break;
    }
    return {};
}

ByteView exifSegment(ByteView jpeg) {
    ByteView found;
    if (!beginsWith(jpeg, "\xff\xd8"sv))
        return found;
    walkJpeg(jpeg, [&](std::uint8_t marker, ByteView payload) {
        if (marker != 0xe1 || !beginsWith(payload, "Exif\0\0"sv))
            return true;
        found = payload;
        return false;
    });
    return found;
}

} // namespace zhicha
