#include "mobile/engine/capture/picture_codecs.h"

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <jpeglib.h>

namespace zhicha {
namespace {

// A progressive file may hold thousands of scans of a large picture in a few kilobytes; real ones have about ten.
constexpr int kMaxScans = 100;

// Held by unique_ptr in the caller: libjpeg's error manager first, so that its pointer is ours.
struct ErrorManager {
    jpeg_error_mgr base;
    std::jmp_buf back;
    char text[JMSG_LENGTH_MAX];
};

void onError(j_common_ptr info) {
    auto *errors = reinterpret_cast<ErrorManager *>(info->err);
    info->err->format_message(info, errors->text);
    std::longjmp(errors->back, 1);
}

void onMessage(j_common_ptr info, int level) {
    if (level < 0)
        ++info->err->num_warnings; // counted, never printed
}

void onProgress(j_common_ptr info) {
    if (info->is_decompressor && reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > kMaxScans) {
        auto *errors = reinterpret_cast<ErrorManager *>(info->err);
        std::snprintf(errors->text, sizeof errors->text, "more than %d scans", kMaxScans);
        std::longjmp(errors->back, 1);
    }
}

jpeg_error_mgr *start(ErrorManager &errors) {
    jpeg_error_mgr *base = jpeg_std_error(&errors.base);
    base->error_exit = onError;
    base->emit_message = onMessage;
    errors.text[0] = 0;
    return base;
}

struct JpegDecoder {
    jpeg_decompress_struct info{};
    ErrorManager errors{};
    jpeg_progress_mgr progress{};
    bool isCmyk = false;
    JpegDecoder() { info.err = start(errors); }
    JpegDecoder(const JpegDecoder &) = delete;
    JpegDecoder &operator=(const JpegDecoder &) = delete;
    ~JpegDecoder() { jpeg_destroy_decompress(&info); } // harmless before jpeg_create_decompress: mem is null
};

// The smallest eighth that is still at least maxSide: libjpeg then computes a fraction of the cosines.
unsigned eighths(const jpeg_decompress_struct &info, std::uint32_t maxSide) {
    const unsigned side = std::max(info.image_width, info.image_height);
    for (unsigned n = 1; n < 8; ++n)
        if (std::uint64_t{side} * n / 8 >= maxSide)
            return n;
    return 8;
}

// The functions between setjmp and longjmp own nothing: all state is in JpegDecoder.
bool openDecoder(JpegDecoder &d, const std::uint8_t *bytes, std::size_t size, std::uint32_t maxSide) {
    if (setjmp(d.errors.back) != 0)
        return false;
    jpeg_create_decompress(&d.info);
    d.info.mem->max_memory_to_use = static_cast<long>(kMaxDecodeBytes);
    d.progress.progress_monitor = onProgress;
    d.info.progress = &d.progress;
    jpeg_mem_src(&d.info, bytes, size);
    jpeg_read_header(&d.info, TRUE);
    d.isCmyk = d.info.jpeg_color_space == JCS_CMYK || d.info.jpeg_color_space == JCS_YCCK;
    d.info.out_color_space = d.isCmyk ? JCS_CMYK : JCS_RGB;
    d.info.scale_num = eighths(d.info, maxSide);
    d.info.scale_denom = 8;
    d.info.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&d.info);
    return true;
}

// Photo programs store CMYK inverted (Adobe's habit); 255 = no ink.
void inksToRgb(const std::uint8_t *from, std::uint8_t *to, std::size_t width) noexcept {
    for (std::size_t x = 0; x < width; ++x)
        for (std::size_t c = 0; c < 3; ++c)
            to[3 * x + c] = static_cast<std::uint8_t>(from[4 * x + c] * from[4 * x + 3] / 255);
}

bool readRows(JpegDecoder &d, RowShrinker &shrinker, std::uint8_t *row, std::uint8_t *rgb) {
    if (setjmp(d.errors.back) != 0)
        return false;
    while (d.info.output_scanline < d.info.output_height) {
        JSAMPROW rows[1] = {row};
        jpeg_read_scanlines(&d.info, rows, 1);
        if (d.isCmyk)
            inksToRgb(row, rgb, d.info.output_width);
        shrinker.addRow(d.isCmyk ? rgb : row);
    }
    return true;
}

struct Encoder {
    jpeg_compress_struct info{};
    ErrorManager errors{};
    unsigned char *out = nullptr;
    unsigned long outSize = 0;
    Encoder() { info.err = start(errors); }
    Encoder(const Encoder &) = delete;
    Encoder &operator=(const Encoder &) = delete;
    ~Encoder() {
        jpeg_destroy_compress(&info);
        std::free(out);
    }
};

bool writeRows(Encoder &e, const Pixels &pixels, int quality) {
    if (setjmp(e.errors.back) != 0)
        return false;
    jpeg_create_compress(&e.info);
    jpeg_mem_dest(&e.info, &e.out, &e.outSize);
    e.info.image_width = pixels.width;
    e.info.image_height = pixels.height;
    e.info.input_components = 3;
    e.info.in_color_space = JCS_RGB;
    jpeg_set_defaults(&e.info);
    jpeg_set_quality(&e.info, quality, TRUE);
    e.info.optimize_coding = TRUE;
    jpeg_start_compress(&e.info, TRUE);
    while (e.info.next_scanline < pixels.height) {
        JSAMPROW rows[1] = {
            const_cast<JSAMPROW>(pixels.rgb.data() + std::size_t{3} * pixels.width * e.info.next_scanline)};
        jpeg_write_scanlines(&e.info, rows, 1);
    }
    jpeg_finish_compress(&e.info);
    return true;
}

} // namespace

Result<Decoded> decodeJpeg(ByteView bytes, std::uint32_t maxSide) {
    const auto decoder = std::make_unique<JpegDecoder>();
    if (!openDecoder(*decoder, bytes.data(), bytes.size(), maxSide))
        return fail(Code::BadPicture, std::string("photo: the JPEG cannot be read: ") + decoder->errors.text);
    const std::size_t width = decoder->info.output_width;
    Bytes row(width * static_cast<std::size_t>(decoder->info.output_components));
    Bytes rgb(decoder->isCmyk ? width * 3 : 0);
    RowShrinker shrinker(decoder->info.output_width, decoder->info.output_height, maxSide);
    Decoded out;
    const bool whole = readRows(*decoder, shrinker, row.data(), rgb.data());
    if (!whole && shrinker.rowsAdded() == 0)
        return fail(Code::BadPicture, std::string("photo: the JPEG cannot be read: ") + decoder->errors.text);
    out.damaged = !whole || decoder->info.err->num_warnings > 0;
    out.pixels = shrinker.take();
    return out;
}

Result<Bytes> encodeJpeg(const Pixels &pixels, int quality) {
    const auto encoder = std::make_unique<Encoder>();
    if (!writeRows(*encoder, pixels, quality))
        return fail(Code::Internal, std::string("preview: the JPEG cannot be written: ") + encoder->errors.text);
    return Bytes(encoder->out, encoder->out + encoder->outSize);
}

} // namespace zhicha
