#pragma once
// Paragraphs into lines: Chinese signs in cells of one width, other letters as wide as they are, no mark where 禁则
// forbids it, no number torn apart.
#include "shared/documents/fonts.h"

namespace zhicha::documents {

struct Span {
    Face face = Face::Body;
    std::u32string text;
};

/** Lengths in millimetres. */
struct LineStyle {
    double size = 0;  ///< of the letters
    double cell = 0;  ///< of a Chinese sign; 0: as wide as the letters
    double width = 0; ///< of a whole line
    double firstIndent = 0;
    double indent = 0; ///< of the lines after the first
};

struct PlacedSign {
    FontGlyph glyph;
    char32_t sign = 0;
    double x = 0; ///< from the line's left edge, indents included
};

struct Line {
    std::vector<PlacedSign> signs;
    double width = 0; ///< up to the right edge of the last sign
};

/** Signs that no font has. */
struct MissingSign {
    Face face = Face::Body;
    char32_t sign = 0;
};

/** At least one line. What no font has is noted in `missing` and left out. */
[[nodiscard]] std::vector<Line> breakLines(const FontSet &fonts, const std::vector<Span> &spans, const LineStyle &style,
                                           std::vector<MissingSign> &missing);

} // namespace zhicha::documents
