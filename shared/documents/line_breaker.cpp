#include "shared/documents/line_breaker.h"

#include "shared/documents/characters.h"

#include <algorithm>

namespace zhicha::documents {

namespace {

constexpr double kWide = 0.9;          ///< of its height: what is at least so wide stands in a cell
constexpr double kRounding = 0.001;    ///< millimetres that sums of cells may be off
constexpr double kMostStretch = 0.09;  ///< of the height, between two signs: wider gaps read as spaces in a PDF
constexpr double kMostLost = 3;        ///< signs of a line that a number may take along to the next
constexpr std::size_t kMostGlued = 16; ///< signs of a document's number

struct Sign {
    FontGlyph glyph;
    char32_t sign = 0;
    double width = 0;
    bool mayBreakBefore = true;
    bool rather = true; ///< false: only where the line would lose much otherwise
};

bool isDigit(char32_t sign) {
    return sign >= U'0' && sign <= U'9';
}
bool isLatin(char32_t sign) {
    return sign > U' ' && sign < 0x2000 && sign != U'·';
}
/** What follows a figure and belongs to it. */
bool isCounted(char32_t sign) {
    constexpr std::u32string_view kUnits = U"年月日号个项分名次件起天时条份％%";
    return kUnits.find(sign) != std::u32string_view::npos;
}

class Paragraph {
public:
    Paragraph(const FontSet &fonts, const LineStyle &style) : m_fonts(fonts), m_style(style) {}

    void add(const Span &span, std::vector<MissingSign> &missing) {
        for (const char32_t sign : span.text) {
            const auto glyph = m_fonts.glyph(span.face, sign);
            if (!glyph) {
                missing.push_back({span.face, sign});
                continue;
            }
            const bool wide = glyph->advance >= kWide;
            const double width = wide && m_style.cell > 0 ? m_style.cell : glyph->advance * m_style.size;
            m_signs.push_back({*glyph, sign, width, true});
        }
    }

    std::vector<Line> lines() {
        markBreaks();
        std::vector<Line> lines;
        std::size_t from = 0;
        do {
            const double indent = lines.empty() ? m_style.firstIndent : m_style.indent;
            std::size_t until = fitting(from, m_style.width - indent);
            lines.push_back(place(from, until, indent, until < m_signs.size()));
            from = until;
            while (from < m_signs.size() && m_signs[from].sign == U' ') // a line does not begin with a space
                ++from;
        } while (from < m_signs.size());
        return lines;
    }

private:
    void markBreaks() {
        for (std::size_t i = 1; i < m_signs.size(); ++i)
            m_signs[i].mayBreakBefore = mayBreak(m_signs[i - 1].sign, m_signs[i].sign);
        glueNumbers();
    }

    static bool mayBreak(char32_t before, char32_t after) {
        if (!mayStartLine(after) || !mayEndLine(before))
            return false;
        if (isLatin(before) && isLatin(after))
            return false;
        return !(isDigit(before) && isCounted(after));
    }

    /** 三政督〔2026〕15号 rather stays whole. */
    void glueNumbers() {
        for (std::size_t i = 0; i < m_signs.size(); ++i) {
            if (m_signs[i].sign != U'〔')
                continue;
            const std::size_t limit = std::min(m_signs.size(), i + kMostGlued);
            std::size_t end = i + 1;
            while (end < limit && m_signs[end].sign != U'号')
                ++end;
            for (std::size_t k = i; end < limit && k <= end; ++k)
                m_signs[k].rather = false;
        }
    }

    /** One past the last sign of the line that begins at `from`. */
    [[nodiscard]] std::size_t fitting(std::size_t from, double width) const {
        double used = 0;
        std::size_t until = from;
        while (until < m_signs.size() && used + m_signs[until].width <= width + kRounding)
            used += m_signs[until++].width;
        if (until == m_signs.size())
            return until;
        until = std::max(until, from + 1);
        const std::size_t best = lastBreak(from, until, true);
        double lost = 0;
        for (std::size_t i = std::max(best, from); i < until; ++i)
            lost += m_signs[i].width;
        const std::size_t at = best > from && lost <= kMostLost * m_style.size ? best : lastBreak(from, until, false);
        return at > from ? at : until; // what is longer than a line is broken anywhere
    }

    /** Where the line may end, at `until` or before; `from` if nowhere. */
    [[nodiscard]] std::size_t lastBreak(std::size_t from, std::size_t until, bool rather) const {
        std::size_t at = until;
        while (at > from &&
               !(m_signs[at].sign == U' ' || (m_signs[at].mayBreakBefore && (m_signs[at].rather || !rather))))
            --at;
        return at;
    }

    [[nodiscard]] Line place(std::size_t from, std::size_t until, double indent, bool stretch) const {
        std::size_t end = until;
        while (end > from + 1 && m_signs[end - 1].sign == U' ')
            --end;
        Line line;
        double used = 0;
        std::size_t gaps = 0;
        for (std::size_t i = from; i < end; ++i) {
            used += m_signs[i].width;
            gaps += i > from && isGap(i) ? 1 : 0;
        }
        const double left = m_style.width - indent - used;
        const double each = stretch && gaps > 0 && left > kRounding ? left / static_cast<double>(gaps) : 0;
        const double gap = each <= kMostStretch * m_style.size ? each : 0;
        double x = indent;
        for (std::size_t i = from; i < end; ++i) {
            const Sign &sign = m_signs[i];
            x += i > from && isGap(i) ? gap : 0;
            const double inset = (sign.width - sign.glyph.advance * m_style.size) / 2;
            line.signs.push_back({sign.glyph, sign.sign, x + inset});
            x += sign.width;
        }
        line.width = x;
        return line;
    }

    /** Letters of one word stand together. */
    [[nodiscard]] bool isGap(std::size_t i) const {
        return !(isLatin(m_signs[i - 1].sign) && isLatin(m_signs[i].sign));
    }

    const FontSet &m_fonts;
    const LineStyle &m_style;
    std::vector<Sign> m_signs;
};
} // namespace

std::vector<Line> breakLines(const FontSet &fonts, const std::vector<Span> &spans, const LineStyle &style,
                             std::vector<MissingSign> &missing) {
    Paragraph paragraph(fonts, style);
    for (const Span &span : spans)
        paragraph.add(span, missing);
    return paragraph.lines();
}

} // namespace zhicha::documents
