#pragma once
// Pictures for the tests: made in memory, with four colours in the corners so that a turn shows.
#include "mobile/engine/capture/picture_codecs.h"

#include <array>
#include <png.h>

namespace zhicha::test {

/** Corners: red, green / blue, white (as stored, row by row); quarters of even colour. */
inline Pixels quarters(std::uint32_t width, std::uint32_t height) {
    Pixels out{width, height, {}};
    for (std::uint32_t y = 0; y < height; ++y) {
        for (std::uint32_t x = 0; x < width; ++x) {
            const bool right = x >= width / 2, low = y >= height / 2;
            const std::array<std::uint8_t, 3> colour{static_cast<std::uint8_t>(right == low ? 240 : 20),
                                                     static_cast<std::uint8_t>(right ? 240 : 20),
                                                     static_cast<std::uint8_t>(low ? 240 : 20)};
            out.rgb.insert(out.rgb.end(), colour.begin(), colour.end());
        }
    }
    return out;
}

/** Noise that no codec can shrink, from a fixed seed. */
inline Pixels noise(std::uint32_t width, std::uint32_t height) {
    Pixels out{width, height, Bytes(std::size_t{3} * width * height)};
    std::uint32_t state = 12345;
    for (std::uint8_t &byte : out.rgb) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<std::uint8_t>(state >> 24);
    }
    return out;
}

inline Bytes jpegOf(const Pixels &pixels, int quality = 90) {
    return *encodeJpeg(pixels, quality);
}

inline Bytes pngOf(const Pixels &pixels) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = pixels.width;
    image.height = pixels.height;
    image.format = PNG_FORMAT_RGB;
    png_alloc_size_t size = 0;
    png_image_write_to_memory(&image, nullptr, &size, 0, pixels.rgb.data(), 0, nullptr);
    Bytes out(size);
    png_image_write_to_memory(&image, out.data(), &size, 0, pixels.rgb.data(), 0, nullptr);
    out.resize(size);
    return out;
}

/** A header without pixels; frame 0xc0 = baseline, 0xc2 = progressive. */
inline Bytes jpegHeader(std::uint16_t width, std::uint16_t height, std::uint8_t frame = 0xc0) {
    Bytes out{0xff, 0xd8, 0xff, frame, 0, 17, 8};
    for (const std::uint16_t side : {height, width}) {
        out.push_back(static_cast<std::uint8_t>(side >> 8));
        out.push_back(static_cast<std::uint8_t>(side));
    }
    append(out, Bytes{3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1});
    append(out, Bytes{0xff, 0xda, 0, 12, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0, 0, 0xff, 0xd9});
    return out;
}

/** A little-endian EXIF segment, put behind the start of a JPEG. */
class ExifMaker {
public:
    /** type 2 = text, 3 = short, 5 = rational (u32 pairs); ifd: 0 main, 1 photo, 2 position. */
    void text(int ifd, int tag, const std::string &value) {
        const std::string whole = value + std::string(1, '\0');
        m_entries[ifd].push_back({tag, 2, static_cast<std::uint32_t>(whole.size()), toBytes(viewOf(whole))});
    }
    void number(int tag, int value) {
        m_entries[0].push_back({tag, 3, 1, {static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value >> 8)}});
    }
    void rationals(int tag, const std::vector<std::uint32_t> &pairs) {
        Bytes data;
        for (const std::uint32_t value : pairs)
            put(data, value, 4);
        m_entries[2].push_back({tag, 5, static_cast<std::uint32_t>(pairs.size() / 2), data});
    }
    [[nodiscard]] Bytes into(const Bytes &jpeg) const {
        Bytes tiff = toBytes(viewOf(std::string("II*\0\x08\0\0\0", 8)));
        std::array<std::vector<Entry>, 3> all = m_entries;
        const std::size_t photoAt = 8 + sizeOf(all[0], 2);
        const std::size_t positionAt = photoAt + sizeOf(all[1], 0);
        for (const auto &[tag, at] : {std::pair{0x8769, photoAt}, std::pair{0x8825, positionAt}}) {
            Bytes pointer;
            put(pointer, at, 4);
            all[0].push_back({tag, 4, 1, pointer});
        }
        for (const auto &entries : all)
            write(tiff, entries);
        Bytes out{0xff, 0xd8, 0xff, 0xe1};
        const std::size_t length = tiff.size() + 8;
        out.push_back(static_cast<std::uint8_t>(length >> 8));
        out.push_back(static_cast<std::uint8_t>(length));
        append(out, viewOf(std::string("Exif\0\0", 6)));
        append(out, tiff);
        append(out, ByteView(jpeg).subspan(2));
        return out;
    }

private:
    struct Entry {
        int tag, type;
        std::uint32_t count;
        Bytes data;
    };
    static void put(Bytes &to, std::size_t value, int size) {
        for (int i = 0; i < size; ++i)
            to.push_back(static_cast<std::uint8_t>(value >> 8 * i));
    }
    static std::size_t sizeOf(const std::vector<Entry> &entries, std::size_t more) {
        std::size_t size = 6 + 12 * (entries.size() + more);
        for (const Entry &entry : entries)
            size += entry.data.size() > 4 ? entry.data.size() : 0;
        return size;
    }
    static void write(Bytes &to, const std::vector<Entry> &entries) {
        std::size_t extraAt = to.size() + 6 + 12 * entries.size();
        Bytes extra;
        put(to, entries.size(), 2);
        for (const Entry &entry : entries) {
            put(to, static_cast<std::size_t>(entry.tag), 2);
            put(to, static_cast<std::size_t>(entry.type), 2);
            put(to, entry.count, 4);
            if (entry.data.size() > 4) {
                put(to, extraAt + extra.size(), 4);
                append(extra, entry.data);
            } else {
                append(to, entry.data);
                to.resize(to.size() + 4 - entry.data.size());
            }
        }
        put(to, 0, 4);
        append(to, extra);
    }
    std::array<std::vector<Entry>, 3> m_entries;
};

} // namespace zhicha::test
