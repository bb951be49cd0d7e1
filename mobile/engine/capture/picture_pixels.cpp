#include "mobile/engine/capture/picture_pixels.h"

#include "shared/base/plant.h"

#include <algorithm>

namespace zhicha {

RowShrinker::RowShrinker(std::uint32_t width, std::uint32_t height, std::uint32_t maxSide)
    : m_width(width), m_height(height) {
    const std::uint64_t side = std::max(width, height);
    const auto scaled = [&](std::uint32_t length) {
        return side <= maxSide
                   ? length
                   : static_cast<std::uint32_t>(std::max<std::uint64_t>(1, length * std::uint64_t{maxSide} / side));
    };
    m_target.width = scaled(width);
    m_target.height = scaled(height);
    m_target.rgb.assign(std::size_t{3} * m_target.width * m_target.height, 0xff);
    m_sums.assign(std::size_t{3} * m_target.width, 0);
    m_columns.assign(m_target.width, 0);
    m_columnOf.resize(width);
    for (std::uint32_t x = 0; x < width; ++x) {
        m_columnOf[x] = static_cast<std::uint32_t>(std::uint64_t{x} * m_target.width / width);
        ++m_columns[m_columnOf[x]];
    }
}

void RowShrinker::addRow(const std::uint8_t *row) noexcept {
    if (m_row >= m_height)
        return;
    const auto targetRow = static_cast<std::uint32_t>(std::uint64_t{m_row} * m_target.height / m_height);
    if (targetRow != m_targetRow)
        writeTargetRow();
    m_targetRow = targetRow;
    for (std::uint32_t x = 0; x < m_width; ++x) {
        const std::size_t to = std::size_t{3} * m_columnOf[x];
        for (std::size_t c = 0; c < 3; ++c)
            m_sums[to + c] += row[std::size_t{3} * x + c];
    }
    ++m_rowsInCell;
    ++m_row;
}

void RowShrinker::writeTargetRow() noexcept {
    if (m_rowsInCell == 0)
        return;
    std::uint8_t *out = m_target.rgb.data() + std::size_t{3} * m_target.width * m_targetRow;
    for (std::size_t i = 0; i < m_sums.size(); ++i) {
        const std::uint64_t count = std::uint64_t{m_columns[i / 3]} * m_rowsInCell;
        out[i] = static_cast<std::uint8_t>((m_sums[i] + count / 2) / count);
    }
    std::fill(m_sums.begin(), m_sums.end(), 0);
    m_rowsInCell = 0;
}

Pixels RowShrinker::take() {
    writeTargetRow();
    return std::move(m_target);
}

Pixels turnUpright(Pixels pixels, int orientation) {
    if (orientation < 2 || orientation > 8 || plant("preview_not_upright"))
        return pixels;
    const bool isTransposed = orientation >= 5;
    const std::uint32_t w = pixels.width;
    const std::uint32_t h = pixels.height;
    Pixels out{isTransposed ? h : w, isTransposed ? w : h, Bytes(pixels.rgb.size())};
    for (std::uint32_t y = 0; y < out.height; ++y) {
        for (std::uint32_t x = 0; x < out.width; ++x) {
            // (sx, sy): where in the stored picture the upright pixel (x, y) stands. EXIF 2.32 §4.6.4 "Orientation".
            std::uint32_t sx = isTransposed ? y : x;
            std::uint32_t sy = isTransposed ? x : y;
            if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
                sx = w - 1 - sx;
            if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
                sy = h - 1 - sy;
            const std::uint8_t *from = pixels.rgb.data() + std::size_t{3} * (std::size_t{sy} * w + sx);
            std::copy(from, from + 3, out.rgb.data() + std::size_t{3} * (std::size_t{y} * out.width + x));
        }
    }
    return out;
}

Pixels shrink(const Pixels &pixels, std::uint32_t maxSide) {
    RowShrinker shrinker(pixels.width, pixels.height, maxSide);
    for (std::uint32_t y = 0; y < pixels.height; ++y)
        shrinker.addRow(pixels.rgb.data() + std::size_t{3} * pixels.width * y);
    return shrinker.take();
}

} // namespace zhicha
