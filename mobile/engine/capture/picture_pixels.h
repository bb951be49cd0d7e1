#pragma once
// Pixels on their way to a preview: RGB rows shrunk as they come, and turned upright at the end.
#include "shared/base/bytes.h"

namespace zhicha {

/** 8-bit RGB, rows without padding. */
struct Pixels {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    Bytes rgb;
};

/** Shrinks a picture row by row to fit into a square; never enlarges. Each pixel is the mean of those that fall on it.
 *  Memory: the target alone, whatever the source's size. addRow does not throw: it is called from C. */
class RowShrinker {
public:
    RowShrinker(std::uint32_t width, std::uint32_t height, std::uint32_t maxSide);
    /** row = 3 × width bytes. Rows past the height are left out. */
    void addRow(const std::uint8_t *row) noexcept;
    [[nodiscard]] std::uint32_t rowsAdded() const { return m_row; }
    /** Rows that never came are white. */
    [[nodiscard]] Pixels take();

private:
    void writeTargetRow() noexcept;
    std::uint32_t m_width, m_height, m_row = 0, m_rowsInCell = 0, m_targetRow = 0;
    Pixels m_target;
    std::vector<std::uint32_t> m_columnOf; ///< target column of each source column
    std::vector<std::uint64_t> m_sums;     ///< of the target row that is being made, 3 a pixel
    std::vector<std::uint32_t> m_columns;  ///< source columns on each target column
};

/** As EXIF orientation says (1 to 8): the result is upright. Any other number leaves it as it is. */
[[nodiscard]] Pixels turnUpright(Pixels pixels, int orientation);
/** The same picture at most maxSide wide and high. */
[[nodiscard]] Pixels shrink(const Pixels &pixels, std::uint32_t maxSide);

} // namespace zhicha
