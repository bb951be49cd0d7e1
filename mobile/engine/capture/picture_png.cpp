#include "mobile/engine/capture/picture_codecs.h"

#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <memory>

#include <png.h>

namespace zhicha {
namespace {

struct PngDecoder {
    png_structp png = nullptr;
    png_infop info = nullptr;
    std::jmp_buf back;
    ByteView rest;
    char text[128] = {};
    PngDecoder() = default;
    PngDecoder(const PngDecoder &) = delete;
    PngDecoder &operator=(const PngDecoder &) = delete;
    ~PngDecoder() { png_destroy_read_struct(&png, &info, nullptr); }
};

[[noreturn]] void onError(png_structp png, png_const_charp text) {
    auto *decoder = static_cast<PngDecoder *>(png_get_error_ptr(png));
    std::snprintf(decoder->text, sizeof decoder->text, "%s", text);
    std::longjmp(decoder->back, 1);
}

void onWarning(png_structp, png_const_charp) {}

void onRead(png_structp png, png_bytep to, std::size_t size) {
    auto *decoder = static_cast<PngDecoder *>(png_get_io_ptr(png));
    if (size > decoder->rest.size())
        png_error(png, "the file ends too early");
    std::memcpy(to, decoder->rest.data(), size);
    decoder->rest = decoder->rest.subspan(size);
}

// The functions between setjmp and longjmp own nothing: all state is in PngDecoder.
bool openDecoder(PngDecoder &d) {
    if (setjmp(d.back) != 0)
        return false;
    d.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &d, onError, onWarning);
    if (d.png == nullptr)
        return false;
    d.info = png_create_info_struct(d.png);
    if (d.info == nullptr)
        return false;
    png_set_read_fn(d.png, &d, onRead);
    png_set_user_limits(d.png, 1'000'000, 1'000'000);
    png_set_chunk_cache_max(d.png, 16); // texts and profiles are not for us
    png_set_chunk_malloc_max(d.png, 4'000'000);
    png_set_crc_action(d.png, PNG_CRC_DEFAULT, PNG_CRC_WARN_DISCARD);
    png_read_info(d.png, d.info);
    png_set_expand(d.png);
    png_set_strip_16(d.png);
    png_set_gray_to_rgb(d.png);
    png_color_16 white{};
    white.red = white.green = white.blue = white.gray = 255;
    png_set_background(d.png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
    png_set_interlace_handling(d.png);
    png_read_update_info(d.png, d.info);
    return true;
}

bool readRows(PngDecoder &d, RowShrinker &shrinker, std::uint8_t *row, std::uint32_t height) {
    if (setjmp(d.back) != 0)
        return false;
    for (std::uint32_t y = 0; y < height; ++y) {
        png_read_row(d.png, row, nullptr);
        shrinker.addRow(row);
    }
    return true;
}

// An interlaced picture comes in seven passes over all rows, so that it is whole only in the last one.
bool readInterlaced(PngDecoder &d, std::uint8_t *all, std::uint32_t height, std::size_t rowBytes) {
    if (setjmp(d.back) != 0)
        return false;
    for (int pass = 0; pass < 7; ++pass)
        for (std::uint32_t y = 0; y < height; ++y)
            png_read_row(d.png, all + rowBytes * y, nullptr);
    return true;
}

} // namespace

Result<Decoded> decodePng(ByteView bytes, std::uint32_t maxSide) {
    const auto decoder = std::make_unique<PngDecoder>();
    decoder->rest = bytes;
    const auto unreadable = [&] {
        return fail(Code::BadPicture, std::string("photo: the PNG cannot be read: ") + decoder->text);
    };
    if (!openDecoder(*decoder))
        return unreadable();
    const std::uint32_t width = png_get_image_width(decoder->png, decoder->info);
    const std::uint32_t height = png_get_image_height(decoder->png, decoder->info);
    const std::size_t rowBytes = png_get_rowbytes(decoder->png, decoder->info);
    if (rowBytes != std::size_t{3} * width)
        return unreadable(); // the transformations above leave RGB alone
    const bool isInterlaced = png_get_interlace_type(decoder->png, decoder->info) != PNG_INTERLACE_NONE;
    if (isInterlaced && rowBytes * height > kMaxDecodeBytes)
        return fail(Code::TooLarge, "photo: an interlaced PNG of this size is not shown here");
    RowShrinker shrinker(width, height, maxSide);
    Bytes rows(isInterlaced ? rowBytes * height : rowBytes, 0xff);
    bool whole = false;
    if (isInterlaced) {
        whole = readInterlaced(*decoder, rows.data(), height, rowBytes);
        for (std::uint32_t y = 0; y < height; ++y)
            shrinker.addRow(rows.data() + rowBytes * y);
    } else {
        whole = readRows(*decoder, shrinker, rows.data(), height);
        if (!whole && shrinker.rowsAdded() == 0)
            return unreadable();
    }
    return Decoded{shrinker.take(), !whole};
}

} // namespace zhicha
