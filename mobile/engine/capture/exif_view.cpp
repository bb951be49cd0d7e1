#include "mobile/engine/capture/exif_view.h"

#include "mobile/engine/capture/picture_probe.h"

#include <algorithm>
#include <memory>

#include <libexif/exif-data.h>

namespace zhicha {
namespace {

struct ExifUnref {
    void operator()(ExifData *data) const { exif_data_unref(data); }
};
using ExifOwner = std::unique_ptr<ExifData, ExifUnref>;

const ExifEntry *entryOf(ExifData &data, ExifIfd ifd, int tag) {
    return exif_content_get_entry(data.ifd[ifd], static_cast<ExifTag>(tag));
}

std::string_view asciiOf(ExifData &data, ExifIfd ifd, int tag) {
    const ExifEntry *entry = entryOf(data, ifd, tag);
    if (entry == nullptr || entry->data == nullptr || entry->format != EXIF_FORMAT_ASCII)
        return {};
    const std::string_view text(reinterpret_cast<const char *>(entry->data), entry->size);
    return text.substr(0, text.find('\0'));
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

// pattern: 0 stands for a digit, anything else for itself.
bool hasShape(std::string_view text, std::string_view pattern) {
    return text.size() == pattern.size() && std::equal(text.begin(), text.end(), pattern.begin(),
                                                       [](char c, char p) { return p == '0' ? isDigit(c) : c == p; });
}

// Three rationals: degrees, minutes, seconds. nullopt for a zero divisor or anything out of range.
std::optional<std::int64_t> angleOf(ExifData &data, int tag, int maxDegrees) {
    const ExifEntry *entry = entryOf(data, EXIF_IFD_GPS, tag);
    if (entry == nullptr || entry->data == nullptr || entry->format != EXIF_FORMAT_RATIONAL || entry->components != 3 ||
        entry->size < 24)
        return std::nullopt;
    const ExifByteOrder order = exif_data_get_byte_order(&data);
    double degrees = 0;
    double part = 1;
    for (unsigned i = 0; i < 3; ++i, part /= 60) {
        const ExifRational number = exif_get_rational(entry->data + std::size_t{8} * i, order);
        if (number.denominator == 0)
            return std::nullopt;
        const double value = static_cast<double>(number.numerator) / number.denominator;
        if (i > 0 && value >= 60.0001) // some cameras round 59.9999 to 60
            return std::nullopt;
        degrees += value * part;
    }
    if (degrees > maxDegrees)
        return std::nullopt;
    return static_cast<std::int64_t>(degrees * kDegree + 0.5);
}

std::optional<LatLon> positionOf(ExifData &data) {
    const auto lat = angleOf(data, 0x0002, 90);
    const auto lon = angleOf(data, 0x0004, 180);
    const std::string_view ns = asciiOf(data, EXIF_IFD_GPS, 0x0001);
    const std::string_view ew = asciiOf(data, EXIF_IFD_GPS, 0x0003);
    if (!lat || !lon || (ns != "N" && ns != "S") || (ew != "E" && ew != "W"))
        return std::nullopt;
    return LatLon{static_cast<std::int32_t>(ns == "S" ? -*lat : *lat),
                  static_cast<std::int32_t>(ew == "W" ? -*lon : *lon)};
}

std::string takenAtOf(ExifData &data) {
    std::string_view text = asciiOf(data, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL);
    if (text.empty())
        text = asciiOf(data, EXIF_IFD_0, EXIF_TAG_DATE_TIME);
    if (!hasShape(text, "0000:00:00 00:00:00") || text.substr(0, 4) == "0000")
        return {};
    std::string out(text);
    out[4] = out[7] = '-';
    return out;
}

int orientationOf(ExifData &data) {
    const ExifEntry *entry = entryOf(data, EXIF_IFD_0, EXIF_TAG_ORIENTATION);
    if (entry == nullptr || entry->data == nullptr || entry->format != EXIF_FORMAT_SHORT || entry->size < 2)
        return 1;
    const int value = exif_get_short(entry->data, exif_data_get_byte_order(&data));
    return value >= 1 && value <= 8 ? value : 1;
}

// The length of the well-formed UTF-8 character at the start, 0 if there is none.
std::size_t characterLength(std::string_view text) {
    for (std::size_t length = 1; length <= std::min<std::size_t>(4, text.size()); ++length)
        if (isUtf8(text.substr(0, length)))
            return length;
    return 0;
}

bool isHidden(std::string_view c) {
    if (c.size() == 1)
        return static_cast<unsigned char>(c[0]) < 0x20 || c[0] == 0x7f;
    if (c.size() == 2)
        return c[0] == '\xc2' && static_cast<unsigned char>(c[1]) < 0xa0; // U+0080 to U+009F
    if (c.size() != 3 || c[0] != '\xe2')
        return false;
    const unsigned low = (static_cast<unsigned char>(c[1]) & 0x3fU) << 6 | (static_cast<unsigned char>(c[2]) & 0x3fU);
    const unsigned point = 0x2000 + low; // all that begin with E2 are U+2000 to U+2FFF
    return point == 0x200e || point == 0x200f || point == 0x2028 || point == 0x2029 ||
           (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
}

} // namespace

std::string displayText(std::string_view text, std::size_t maxBytes) {
    std::string out;
    while (!text.empty()) {
        const std::size_t length = characterLength(text);
        const std::string_view c = length == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(0, length);
        if (!isHidden(c)) {
            if (out.size() + c.size() > maxBytes)
                break;
            if (!(out.empty() && c == " "))
                out += c;
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

ExifView readExif(ByteView picture) {
    ExifView out;
    const ByteView segment = exifSegment(picture);
    if (segment.empty())
        return out;
    const ExifOwner data(exif_data_new());
    if (!data)
        return out;
    exif_data_unset_option(data.get(), EXIF_DATA_OPTION_FOLLOW_SPECIFICATION); // shows what is there, adds nothing
    exif_data_load_data(data.get(), segment.data(), static_cast<unsigned>(segment.size()));
    out.orientation = orientationOf(*data);
    out.takenAt = takenAtOf(*data);
    constexpr int offsetTimeOriginal = 0x9011;
    const std::string_view offset = asciiOf(*data, EXIF_IFD_EXIF, offsetTimeOriginal);
    if (hasShape(offset, "+00:00") || hasShape(offset, "-00:00"))
        out.takenOffset = offset;
    out.position = positionOf(*data);
    out.maker = displayText(asciiOf(*data, EXIF_IFD_0, EXIF_TAG_MAKE), kMaxExifTextBytes);
    out.model = displayText(asciiOf(*data, EXIF_IFD_0, EXIF_TAG_MODEL), kMaxExifTextBytes);
    return out;
}

} // namespace zhicha
