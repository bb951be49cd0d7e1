#pragma once
// A paper on pages as GB/T 9704-2012 wants it: A4, a text area of 156 × 225 mm whose upper left corner is 37 mm from
// the top and 28 mm from the left, 22 lines of 28 signs at 16 pt.
#include "shared/documents/page.h"
#include "shared/documents/paper.h"

namespace zhicha::documents {

/** Where things stand on the page, in millimetres: one table for the typesetter, the DOCX and the tests. */
namespace gb {
inline constexpr double kTop = 37;
inline constexpr double kLeft = 28;
inline constexpr double kWidth = 156;
inline constexpr double kHeight = 225;
inline constexpr int kLines = 22;
inline constexpr int kColumns = 28;
inline constexpr double kBodySize = 16 * kPoint;    ///< 3号
inline constexpr double kTitleSize = 22 * kPoint;   ///< 2号
inline constexpr double kSmallSize = 14 * kPoint;   ///< 4号: 版记 and page numbers
inline constexpr double kTableSize = 10.5 * kPoint; ///< 5号
inline constexpr double kCell = kWidth / kColumns;
/** The first line touches the upper edge of the text area and the last one the lower edge. */
inline constexpr double kLinePitch = (kHeight - kBodySize) / (kLines - 1);
inline constexpr double kIssuerTop = 35;        ///< 发文机关标志 below the upper edge of the text area
inline constexpr double kIssuerMostHeight = 15; ///< of its signs
inline constexpr double kRuleBelowNumber = 4;   ///< the red rule
inline constexpr double kRedRule = 0.5;
inline constexpr double kThickRule = 0.35; ///< of 版记, first and last
inline constexpr double kThinRule = 0.25;
inline constexpr double kPageNumberBelow = 7; ///< the dashes beside a page number, below the text area
} // namespace gb

inline constexpr std::size_t kMaxPages = 1'000;

/** The signs that no font has are named in the error (InvalidArgument). TooLarge: more pages than kMaxPages, or a row
 *  of a table that no page holds. And what checkPaper refuses. */
[[nodiscard]] Result<std::vector<Page>> typeset(const FontSet &fonts, const Paper &paper);

} // namespace zhicha::documents
