#pragma once
// What stands on a page from top to bottom as strips that are not cut, and the pages that they come to.
#include "shared/documents/line_breaker.h"
#include "shared/documents/typesetter.h"

namespace zhicha::documents {

/** Positions are within the strip: x from the left edge of the text area, y from the strip's top. */
struct Strip {
    double height = 0;
    bool onGrid = true;        ///< begins on one of the 22 lines of its page
    bool keepWithNext = false; ///< no page ends after it
    bool beginsPage = false;
    std::optional<std::size_t> header; ///< of a table: drawn again where its row begins a page
    bool isHeader = false;
    std::vector<GlyphRun> runs;
    std::vector<Bar> bars;
    std::vector<DrawnPicture> pictures;
};

struct RunStyle {
    double size = 0;
    double top = 0; ///< of the letters, within the strip
    Ink ink = Ink::Black;
};

/** Adds the letters of a line, `x` to the right. */
void addLine(std::vector<GlyphRun> &runs, const Line &line, double x, const RunStyle &style);

/** Strips to pages. `used`: how much of the first page is taken, from the upper edge of the text area. */
class PageFiller {
public:
    explicit PageFiller(double used);
    /** TooLarge past kMaxPages or for a strip that is higher than the text area. */
    [[nodiscard]] Status fill(const std::vector<Strip> &strips);
    /** How much of the last page is free. */
    [[nodiscard]] double freeHeight() const { return gb::kHeight - m_used; }
    void newPage();
    [[nodiscard]] std::vector<Page> &pages() { return m_pages; }

private:
    [[nodiscard]] double topOf(const Strip &strip, double used) const;
    [[nodiscard]] std::size_t fitting(const std::vector<Strip> &strips, std::size_t from) const;
    void put(const Strip &strip);

    std::vector<Page> m_pages;
    double m_used = 0;
};

} // namespace zhicha::documents
