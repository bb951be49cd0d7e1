#include "shared/documents/typesetter.h"

#include "shared/documents/blocks.h"
#include "shared/documents/characters.h"

#include <algorithm>
#include <cmath>

namespace zhicha::documents {

namespace {

constexpr double kTitlePitch = 12;   ///< from line to line of a title
constexpr double kImprintLine = 8.5; ///< of 版记

std::string joined(const std::vector<std::string> &names, std::string_view between) {
    std::string out;
    for (const std::string &name : names)
        out += (out.empty() ? "" : std::string(between)) + name;
    return out;
}

class Typesetter {
public:
    Typesetter(const FontSet &fonts, const Paper &paper) : m_paper(paper), m_set(fonts) {}

    Result<std::vector<Page>> run() {
        const double used = head();
        std::vector<Strip> strips;
        addressees(strips);
        m_set.blocks(strips, m_paper.body);
        // What follows the text is never on a page without any of it.
        for (std::size_t i = strips.size(); i-- > 0 && i + 2 >= strips.size();)
            strips[i].keepWithNext = true;
        attachmentList(strips);
        signature(strips);
        attachments(strips);
        const std::vector<Strip> imprint = imprintLines();
        ZHICHA_TRY(m_set.missing());
        PageFiller filler(used);
        ZHICHA_TRY(filler.fill(strips));
        putImprint(filler, imprint);
        std::vector<Page> pages = std::move(filler.pages());
        pages.front().runs.insert(pages.front().runs.begin(), m_head.runs.begin(), m_head.runs.end());
        pages.front().bars.insert(pages.front().bars.end(), m_head.bars.begin(), m_head.bars.end());
        for (std::size_t i = 0; i < pages.size(); ++i)
            m_set.pageNumber(pages[i], i + 1);
        ZHICHA_TRY(m_set.missing());
        return pages;
    }

private:
    /** One line of the head; x and y from the page's corner. */
    void headLine(const Line &line, double x, double top, double size, Ink ink = Ink::Black) {
        addLine(m_head.runs, line, x, {size, top, ink});
    }
    Line oneLine(const std::vector<Span> &spans, double size, double cell) {
        std::vector<Line> lines = m_set.lines(spans, {size, cell, 10 * gb::kWidth, 0, 0});
        return std::move(lines.front());
    }

    /** 版头 and the title. Answers how much of the text area they take. */
    double head() {
        const double right = gb::kLeft + gb::kWidth;
        if (!m_paper.level.empty()) // 密级 on the second line
            headLine(oneLine({BlockSetter::span(Face::Hei, m_paper.level)}, gb::kBodySize, gb::kCell), gb::kLeft,
                     gb::kTop + gb::kLinePitch, gb::kBodySize);
        if (!m_paper.note.empty()) {
            const Line note = oneLine({BlockSetter::span(Face::Hei, m_paper.note)}, gb::kBodySize, gb::kCell);
            headLine(note, right - note.width, gb::kTop, gb::kBodySize);
        }
        double top = issuer(gb::kTop + gb::kIssuerTop) + 2 * gb::kLinePitch;
        number(top);
        top += gb::kBodySize + gb::kRuleBelowNumber;
        m_head.bars.push_back({gb::kLeft, top - gb::kRedRule / 2, gb::kWidth, gb::kRedRule, Ink::Red});
        top += 2 * gb::kLinePitch;
        for (const Line &line : m_set.setTitle(m_paper.title)) {
            headLine(line, gb::kLeft + (gb::kWidth - line.width) / 2, top, gb::kTitleSize);
            top += kTitlePitch;
        }
        return top - kTitlePitch + gb::kTitleSize + gb::kLinePitch - gb::kTop;
    }

    /** As large as one line and the standard allow. Answers its lower edge. */
    double issuer(double top) {
        const Span span = BlockSetter::span(Face::Title, m_paper.issuer);
        const double natural = oneLine({span}, 1, 0).width;
        const double size = std::min(gb::kIssuerMostHeight, gb::kWidth * 0.96 / std::max(natural, 1.0));
        const Line line = oneLine({span}, size, 0);
        headLine(line, gb::kLeft + (gb::kWidth - line.width) / 2, top, size, Ink::Red);
        return top + size;
    }

    void number(double top) {
        const std::string &text = m_paper.number.empty() ? m_paper.pendingNumber : m_paper.number;
        const Line number = oneLine({BlockSetter::span(Face::Body, text)}, gb::kBodySize, gb::kCell);
        if (m_paper.signer.empty())
            return headLine(number, gb::kLeft + (gb::kWidth - number.width) / 2, top, gb::kBodySize);
        headLine(number, gb::kLeft + gb::kCell, top, gb::kBodySize);
        const Line signer =
            oneLine({BlockSetter::span(Face::Body, "签发人："), BlockSetter::span(Face::Kai, m_paper.signer)},
                    gb::kBodySize, gb::kCell);
        headLine(signer, gb::kLeft + gb::kWidth - gb::kCell - signer.width, top, gb::kBodySize);
    }

    void addressees(std::vector<Strip> &out) {
        if (!m_paper.to.empty())
            m_set.paragraph(out, {BlockSetter::span(Face::Body, joined(m_paper.to, "，") + "：")}, 0, 0, true);
    }

    /** 附件说明: what follows, each with its name. */
    void attachmentList(std::vector<Strip> &out) {
        if (m_paper.attachments.empty())
            return;
        m_set.blank(out, true);
        const bool one = m_paper.attachments.size() == 1;
        for (std::size_t i = 0; i < m_paper.attachments.size(); ++i) {
            std::string title = m_paper.attachments[i].title;
            std::replace(title.begin(), title.end(), '\n', ' ');
            const std::string text =
                (i == 0 ? "附件：" : "") + (one ? std::string() : std::to_string(i + 1) + ".") + title;
            const double first = (i == 0 ? 2 : 5) * gb::kCell;
            m_set.paragraph(out, {BlockSetter::span(Face::Body, text)}, first, (one ? 5 : 6) * gb::kCell, true);
        }
    }

    /** 署名 in the middle above 成文日期, room for the seal above both. */
    void signature(std::vector<Strip> &out) {
        m_set.blank(out, true);
        m_set.blank(out, true);
        const Line sign = oneLine({BlockSetter::span(Face::Body, m_paper.signature)}, gb::kBodySize, gb::kCell);
        const Line day = oneLine({BlockSetter::span(Face::Body, dayInWords(m_paper.day))}, gb::kBodySize, gb::kCell);
        double middle = gb::kWidth - 4 * gb::kCell - day.width / 2;
        middle = std::min(middle, gb::kWidth - 2 * gb::kCell - sign.width / 2);
        for (const Line *line : {&sign, &day}) {
            Strip strip;
            strip.height = gb::kBodySize;
            strip.keepWithNext = line == &sign;
            addLine(strip.runs, *line, middle - line->width / 2, {gb::kBodySize, 0, Ink::Black});
            out.push_back(std::move(strip));
        }
    }

    /** Each on a page of its own: 附件 on the first line, the title on the third. */
    void attachments(std::vector<Strip> &out) {
        for (std::size_t i = 0; i < m_paper.attachments.size(); ++i) {
            const std::string which = m_paper.attachments.size() == 1 ? "附件" : "附件" + std::to_string(i + 1);
            const std::size_t first = out.size();
            m_set.paragraph(out, {BlockSetter::span(Face::Hei, which)}, 0, 0, true);
            out[first].beginsPage = true;
            m_set.blank(out, true);
            for (const Line &line : m_set.setTitle(m_paper.attachments[i].title)) {
                Strip strip;
                strip.height = gb::kTitleSize;
                strip.keepWithNext = true;
                addLine(strip.runs, line, (gb::kWidth - line.width) / 2, {gb::kTitleSize, 0, Ink::Black});
                out.push_back(std::move(strip));
            }
            m_set.blank(out, true);
            m_set.blocks(out, m_paper.attachments[i].blocks);
        }
    }

    /** 版记: whom copies go to, who printed it and when. Strips of one line each. */
    std::vector<Strip> imprintLines() {
        std::vector<Strip> out;
        const double letters = (kImprintLine - gb::kSmallSize) / 2;
        if (!m_paper.copies.empty()) {
            const std::string text = "抄送：" + joined(m_paper.copies, "，") + "。";
            const double cell = gb::kSmallSize;
            for (const Line &line : m_set.lines({BlockSetter::span(Face::Body, text)},
                                                {gb::kSmallSize, cell, gb::kWidth - 2 * cell, 0, 3 * cell})) {
                Strip strip;
                strip.height = kImprintLine;
                addLine(strip.runs, line, cell, {gb::kSmallSize, letters, Ink::Black});
                out.push_back(std::move(strip));
            }
            out.back().bars.push_back({0, kImprintLine, gb::kWidth, gb::kThinRule, Ink::Black});
        }
        if (!m_paper.printedBy.empty()) {
            Strip strip;
            strip.height = kImprintLine;
            const Line by = oneLine({BlockSetter::span(Face::Body, m_paper.printedBy)}, gb::kSmallSize, gb::kSmallSize);
            const Line on = oneLine({BlockSetter::span(Face::Body, dayInWords(m_paper.day) + "印发")}, gb::kSmallSize,
                                    gb::kSmallSize);
            addLine(strip.runs, by, gb::kSmallSize, {gb::kSmallSize, letters, Ink::Black});
            addLine(strip.runs, on, gb::kWidth - gb::kSmallSize - on.width, {gb::kSmallSize, letters, Ink::Black});
            out.push_back(std::move(strip));
        }
        return out;
    }

    /** At the foot of the last page, so that its last rule is the lower edge of the text area. */
    static void putImprint(PageFiller &filler, const std::vector<Strip> &imprint) {
        if (imprint.empty())
            return;
        const double height = static_cast<double>(imprint.size()) * kImprintLine;
        if (filler.freeHeight() < height + gb::kLinePitch / 2)
            filler.newPage();
        Page &page = filler.pages().back();
        double top = gb::kTop + gb::kHeight - height;
        page.bars.push_back({gb::kLeft, top - gb::kThickRule / 2, gb::kWidth, gb::kThickRule, Ink::Black});
        for (const Strip &strip : imprint) {
            for (GlyphRun run : strip.runs) {
                run.y += top;
                for (DrawnGlyph &glyph : run.glyphs)
                    glyph.x += gb::kLeft;
                page.runs.push_back(std::move(run));
            }
            for (const Bar &bar : strip.bars)
                page.bars.push_back({gb::kLeft, top + bar.y - bar.height / 2, bar.width, bar.height, bar.ink});
            top += kImprintLine;
        }
        page.bars.push_back({gb::kLeft, top - gb::kThickRule / 2, gb::kWidth, gb::kThickRule, Ink::Black});
    }

    const Paper &m_paper;
    BlockSetter m_set;
    Page m_head;
};
} // namespace

Result<std::vector<Page>> typeset(const FontSet &fonts, const Paper &paper) {
    ZHICHA_TRY(checkPaper(paper));
    return Typesetter(fonts, paper).run();
}

} // namespace zhicha::documents
