#include "shared/documents/strips.h"

#include <algorithm>
#include <cmath>

namespace zhicha::documents {

namespace {
constexpr double kSlack = 0.01;         ///< millimetres that sums may be off
constexpr double kAboveBaseLine = 0.88; ///< of the height of a Chinese sign

void drawAt(Page &page, const Strip &strip, double top) {
    for (GlyphRun run : strip.runs) {
        run.y += top;
        for (DrawnGlyph &glyph : run.glyphs)
            glyph.x += gb::kLeft;
        page.runs.push_back(std::move(run));
    }
    for (Bar bar : strip.bars) {
        bar.x += gb::kLeft;
        bar.y += top;
        page.bars.push_back(bar);
    }
    for (DrawnPicture picture : strip.pictures) {
        picture.x += gb::kLeft;
        picture.y += top;
        page.pictures.push_back(std::move(picture));
    }
}
} // namespace

void addLine(std::vector<GlyphRun> &runs, const Line &line, double x, const RunStyle &style) {
    for (const PlacedSign &placed : line.signs) {
        if (runs.empty() || runs.back().font != placed.glyph.font || runs.back().size != style.size ||
            runs.back().ink != style.ink || runs.back().y != style.top + kAboveBaseLine * style.size)
            runs.push_back({placed.glyph.font, style.ink, style.size, style.top + kAboveBaseLine * style.size, {}});
        runs.back().glyphs.push_back({placed.glyph.glyph, placed.sign, x + placed.x});
    }
}

PageFiller::PageFiller(double used) : m_pages(1), m_used(used) {}

void PageFiller::newPage() {
    m_pages.emplace_back();
    m_used = 0;
}

double PageFiller::topOf(const Strip &strip, double used) const {
    return strip.onGrid ? std::ceil((used - kSlack) / gb::kLinePitch) * gb::kLinePitch : used;
}

/** How many strips from `from` on go on the page that is being filled: as many as it holds, less those at the end that
 *  must not end it. 0: none of them. */
std::size_t PageFiller::fitting(const std::vector<Strip> &strips, std::size_t from) const {
    double used = m_used;
    std::size_t until = from;
    while (until < strips.size() && (until == from || !strips[until].beginsPage)) {
        const double top = topOf(strips[until], used);
        if (top + strips[until].height > gb::kHeight + kSlack)
            break;
        used = top + strips[until].height;
        ++until;
    }
    if (until == strips.size() || strips[until].beginsPage)
        return until - from;
    std::size_t at = until;
    while (at > from && (strips[at - 1].keepWithNext || strips[at - 1].isHeader))
        --at;
    if (at > from)
        return at - from;
    return m_used == 0 ? until - from : 0; // what is kept together and longer than a page is cut all the same
}

void PageFiller::put(const Strip &strip) {
    const double top = topOf(strip, m_used);
    drawAt(m_pages.back(), strip, gb::kTop + top);
    m_used = top + strip.height;
}

Status PageFiller::fill(const std::vector<Strip> &strips) {
    for (std::size_t at = 0; at < strips.size();) {
        const bool fresh = m_used == 0;
        if (strips[at].beginsPage && !fresh)
            newPage();
        else if (fresh && strips[at].header)
            put(strips[*strips[at].header]);
        const std::size_t count = fitting(strips, at);
        if (count == 0 && fresh)
            return fail(Code::TooLarge, "一行表格比一页还高 · a row of a table is higher than a page");
        for (std::size_t i = 0; i < count; ++i)
            put(strips[at + i]);
        at += count;
        if (at < strips.size() && m_used > 0)
            newPage();
        if (m_pages.size() > kMaxPages)
            return fail(Code::TooLarge, "公文超过 " + std::to_string(kMaxPages) + " 页 · a paper of more than " +
                                            std::to_string(kMaxPages) + " pages");
    }
    return {};
}

} // namespace zhicha::documents
