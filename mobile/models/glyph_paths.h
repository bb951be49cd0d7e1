#pragma once
// The table of all icons: a name and strokes on a grid of 24 × 24. Drawn here rather than with QtQuick.Shapes, which
// the software scene graph of Qt 6.4 paints outside its clipping ancestor.
#include <QPainterPath>

#include <optional>
#include <string_view>
#include <vector>

namespace zhicha {

/** One icon.
 *  Strokes: words separated by spaces; coordinates in grid units, angles in degrees, counter-clockwise from three
 * o'clock. `M x y` move, `L x y` line, `C x1 y1 x2 y2 x y` curve, `Z` close, `O x y r` circle, `R x y w h` rectangle,
 *           `A x y r start span` arc.
 */
struct GlyphPath {
    std::string_view name;
    std::string_view strokes;
    bool filled = false;
};

inline constexpr double kGlyphGrid = 24.0;

/** All icons, for tests and for the picture of components. */
[[nodiscard]] const std::vector<GlyphPath> &glyphPaths();

/** The path of an icon in grid units, and whether its inside is filled too; nothing for an unknown name. */
[[nodiscard]] const GlyphPath *findGlyph(std::string_view name);
[[nodiscard]] std::optional<QPainterPath> parseStrokes(std::string_view strokes);

} // namespace zhicha
