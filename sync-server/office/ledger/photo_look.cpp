#include "sync-server/office/ledger/photo_look.h"

#include <algorithm>
#include <array>
#include <bit>
#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <memory>

#include <jpeglib.h>
#include <png.h>

namespace zhicha {

namespace {
constexpr std::uint32_t kLookWide = 9, kLookHigh = 8;
constexpr int kLeastContrast = 16; ///< between the brightest and the darkest cell
constexpr long kMostLookMemory = 64L * 1024 * 1024;
constexpr std::uint32_t kLongestSide = 20'000;
constexpr int kMostLookScans = 100; ///< a small file may hold thousands of passes over a large picture

/** Means of cells, from grey rows as they come. Called from C: never throws, owns nothing. */
class LookCells {
public:
    void begin(std::uint32_t width, std::uint32_t height) noexcept {
        m_width = width;
        m_height = height;
    }
    void addRow(const std::uint8_t *row) noexcept {
        if (m_row >= m_height)
            return;
        const std::size_t y = std::size_t{m_row} * kLookHigh / m_height;
        for (std::uint32_t x = 0; x < m_width; ++x) {
            const std::size_t cell = y * kLookWide + std::size_t{x} * kLookWide / m_width;
            m_sums[cell] += row[x];
            ++m_counts[cell];
        }
        ++m_row;
    }
    [[nodiscard]] std::optional<std::uint64_t> look() const {
        if (m_row < m_height || m_width < kLookWide || m_height < kLookHigh)
            return std::nullopt;
        std::array<int, kLookWide * kLookHigh> means{};
        for (std::size_t i = 0; i < means.size(); ++i)
            means[i] = static_cast<int>(m_sums[i] / std::max<std::uint64_t>(m_counts[i], 1));
        const auto [low, high] = std::minmax_element(means.begin(), means.end());
        if (*high - *low < kLeastContrast)
            return std::nullopt;
        std::uint64_t bits = 0;
        for (std::size_t y = 0; y < kLookHigh; ++y)
            for (std::size_t x = 0; x + 1 < kLookWide; ++x)
                bits = bits << 1 | (means[y * kLookWide + x] < means[y * kLookWide + x + 1] ? 1U : 0U);
        return bits;
    }

private:
    std::uint32_t m_width = 0, m_height = 0, m_row = 0;
    std::array<std::uint64_t, kLookWide * kLookHigh> m_sums{}, m_counts{};
};

struct LookErrors {
    jpeg_error_mgr base; ///< first: libjpeg's pointer to it is ours
    std::jmp_buf back;
};

struct LookJpeg {
    jpeg_decompress_struct info{};
    LookErrors errors{};
    jpeg_progress_mgr progress{};
    LookJpeg() = default;
    LookJpeg(const LookJpeg &) = delete;
    LookJpeg &operator=(const LookJpeg &) = delete;
    ~LookJpeg() { jpeg_destroy_decompress(&info); }
};

void onLookError(j_common_ptr info) {
    std::longjmp(reinterpret_cast<LookErrors *>(info->err)->back, 1);
}

void onLookMessage(j_common_ptr, int) {}

void onLookProgress(j_common_ptr info) {
    if (info->is_decompressor && reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > kMostLookScans)
        std::longjmp(reinterpret_cast<LookErrors *>(info->err)->back, 1);
}

// The functions between setjmp and longjmp own nothing: all state lies with their callers.
bool openLookJpeg(LookJpeg &d, const std::uint8_t *bytes, std::size_t size) {
    d.info.err = jpeg_std_error(&d.errors.base);
    d.errors.base.error_exit = onLookError;
    d.errors.base.emit_message = onLookMessage;
    if (setjmp(d.errors.back) != 0)
        return false;
    jpeg_create_decompress(&d.info);
    d.info.mem->max_memory_to_use = kMostLookMemory;
    d.progress.progress_monitor = onLookProgress;
    d.info.progress = &d.progress;
    jpeg_mem_src(&d.info, bytes, size);
    jpeg_read_header(&d.info, TRUE);
    if (d.info.image_width > kLongestSide || d.info.image_height > kLongestSide)
        return false;
    d.info.out_color_space = JCS_GRAYSCALE;
    // The smallest eighth that still leaves some pixels to each cell: a fraction of the work.
    d.info.scale_denom = 8;
    d.info.scale_num = std::min(d.info.image_width, d.info.image_height) >= 512 ? 1 : 8;
    jpeg_start_decompress(&d.info);
    return true;
}

bool readLookRows(LookJpeg &d, LookCells &cells, std::uint8_t *row) {
    if (setjmp(d.errors.back) != 0)
        return false;
    while (d.info.output_scanline < d.info.output_height) {
        JSAMPROW rows[1] = {row};
        jpeg_read_scanlines(&d.info, rows, 1);
        cells.addRow(row);
    }
    return true;
}

std::optional<std::uint64_t> lookOfJpeg(ByteView bytes) {
    const auto decoder = std::make_unique<LookJpeg>();
    if (!openLookJpeg(*decoder, bytes.data(), bytes.size()) || decoder->info.output_components != 1)
        return std::nullopt;
    LookCells cells;
    cells.begin(decoder->info.output_width, decoder->info.output_height);
    Bytes row(decoder->info.output_width);
    return readLookRows(*decoder, cells, row.data()) ? cells.look() : std::nullopt;
}

std::optional<std::uint64_t> lookOfPng(ByteView bytes) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0)
        return std::nullopt;
    std::optional<std::uint64_t> out;
    image.format = PNG_FORMAT_GRAY;
    const png_color white{255, 255, 255};
    if (image.width <= kLongestSide && image.height <= kLongestSide &&
        std::uint64_t{image.width} * image.height < static_cast<std::uint64_t>(kMostLookMemory) / 4) {
        Bytes pixels(PNG_IMAGE_SIZE(image));
        if (png_image_finish_read(&image, &white, pixels.data(), 0, nullptr) != 0) {
            LookCells cells;
            cells.begin(image.width, image.height);
            for (std::uint32_t y = 0; y < image.height; ++y)
                cells.addRow(pixels.data() + std::size_t{y} * image.width);
            out = cells.look();
        }
    }
    png_image_free(&image);
    return out;
}
} // namespace

std::optional<std::uint64_t> photoLook(ByteView bytes) {
    if (bytes.size() < 16)
        return std::nullopt;
    return bytes[0] == 0xff ? lookOfJpeg(bytes) : lookOfPng(bytes);
}

int lookDistance(std::uint64_t a, std::uint64_t b) {
    return std::popcount(a ^ b);
}

} // namespace zhicha
