#pragma once
// Pages as what is drawn on them, in millimetres from the upper left corner: what a writer of PDF needs, and what a
// test can measure.
#include "shared/base/bytes.h"
#include "shared/documents/fonts.h"

namespace zhicha::documents {

inline constexpr double kPageWidth = 210;
inline constexpr double kPageHeight = 297;
inline constexpr double kPoint = 25.4 / 72;

enum class Ink : std::uint8_t { Black, Red, Grey };

struct DrawnGlyph {
    std::uint32_t glyph = 0;
    char32_t sign = 0; ///< what it says, so that the text can be found and copied
    double x = 0;
};

/** Letters of one font on one base line. */
struct GlyphRun {
    std::uint8_t font = 0; ///< in the FontSet
    Ink ink = Ink::Black;
    double size = 0;
    double y = 0; ///< of the base line
    std::vector<DrawnGlyph> glyphs;
};

/** A rule: a filled rectangle. */
struct Bar {
    double x = 0, y = 0, width = 0, height = 0;
    Ink ink = Ink::Black;
};

/** A photo as the JPEG that it is. */
struct DrawnPicture {
    double x = 0, y = 0, width = 0, height = 0;
    int dotsWide = 0, dotsHigh = 0;
    std::shared_ptr<const Bytes> jpeg;
};

struct Page {
    std::vector<GlyphRun> runs;
    std::vector<Bar> bars;
    std::vector<DrawnPicture> pictures; ///< in a PDF alone
};

} // namespace zhicha::documents
