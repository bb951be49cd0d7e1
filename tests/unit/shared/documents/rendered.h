#pragma once
// A PDF as another program sees it: poppler's pictures of its pages and the text that it finds in them.
#include "shared/base/bytes.h"

#include <string>
#include <vector>

namespace zhicha::documents {

/** A page in colour, 10 dots a millimetre. */
struct Picture {
    int width = 0;
    int height = 0;
    Bytes rgb;

    [[nodiscard]] bool isDark(int x, int y) const; ///< printed, in whatever colour
    [[nodiscard]] bool isRed(int x, int y) const;
};
inline constexpr double kDotsPerMm = 10;

/** A rectangle in millimetres; empty where nothing was found. */
struct Extent {
    double left = 0, top = 0, right = 0, bottom = 0;
    [[nodiscard]] bool isEmpty() const { return right <= left; }
};
/** What is printed (or printed in red) between two heights. */
[[nodiscard]] Extent inkBetween(const Picture &picture, double top, double bottom, bool redOnly = false);
/** Stretches of rows with ink, from top to bottom, between two columns. */
[[nodiscard]] std::vector<Extent> rowsOfInk(const Picture &picture, double left, double right);

/** Aborts the test by an empty answer where poppler fails. */
[[nodiscard]] std::vector<Picture> renderPdf(const Bytes &pdf);
[[nodiscard]] std::string textOfPdf(const Bytes &pdf);

} // namespace zhicha::documents
