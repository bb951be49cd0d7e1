#include "shared/documents/blocks.h"

#include "shared/documents/characters.h"
#include "shared/documents/title_lines.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace zhicha::documents {

namespace {
constexpr double kCellPadding = 1.2; ///< millimetres
constexpr double kTableLine = 6.2;   ///< from line to line within a cell
constexpr double kTableRule = 0.2;
constexpr double kGap = 2.4;           ///< above a table or a picture
constexpr std::size_t kMostNamed = 12; ///< missing signs that an error names
} // namespace

Span BlockSetter::span(Face face, std::string_view text) {
    auto signs = signsOf(text, "");
    return {face, signs ? *std::move(signs) : std::u32string()};
}

std::vector<Line> BlockSetter::lines(const std::vector<Span> &spans, const LineStyle &style) {
    return breakLines(m_fonts, spans, style, m_missing);
}

void BlockSetter::paragraph(std::vector<Strip> &out, const std::vector<Span> &spans, double firstIndent, double indent,
                            bool keepWithNext) {
    for (const Line &line : lines(spans, {gb::kBodySize, gb::kCell, gb::kWidth, firstIndent, indent})) {
        Strip strip;
        strip.height = gb::kBodySize;
        strip.keepWithNext = keepWithNext;
        addLine(strip.runs, line, 0, {gb::kBodySize, 0, Ink::Black});
        out.push_back(std::move(strip));
    }
}

void BlockSetter::gap(std::vector<Strip> &out) {
    Strip strip;
    strip.height = kGap;
    strip.onGrid = false;
    strip.keepWithNext = true;
    out.push_back(std::move(strip));
}

void BlockSetter::blank(std::vector<Strip> &out, bool keepWithNext) {
    Strip strip;
    strip.height = gb::kBodySize;
    strip.keepWithNext = keepWithNext;
    out.push_back(std::move(strip));
}

void BlockSetter::blocks(std::vector<Strip> &out, const std::vector<Block> &blocks) {
    for (const Block &block : blocks) {
        switch (block.kind) {
        case BlockKind::Heading:
            paragraph(out, {span(Face::Hei, block.lead + block.text)}, 2 * gb::kCell, 0, true);
            break;
        case BlockKind::Text:
            // A lead alone is a heading too: （一）… on a line of its own.
            paragraph(out, {span(Face::Kai, block.lead), span(Face::Body, block.text)}, 2 * gb::kCell, 0,
                      block.text.empty());
            break;
        case BlockKind::Table:
            table(out, block.table);
            break;
        }
    }
}

std::vector<Line> BlockSetter::setTitle(const std::string &title) {
    std::vector<Line> out;
    for (const std::u32string &text : titleLines(title))
        for (Line &line : lines({{Face::Title, text}}, {gb::kTitleSize, 0, gb::kWidth, 0, 0}))
            out.push_back(std::move(line));
    return out;
}

void BlockSetter::pageNumber(Page &page, std::size_t number) {
    const std::vector<Line> set =
        lines({span(Face::Song, "— " + std::to_string(number) + " —")}, {gb::kSmallSize, 0, gb::kWidth, 0, 0});
    const Line &line = set.front();
    const double x =
        number % 2 == 1 ? gb::kLeft + gb::kWidth - gb::kSmallSize - line.width : gb::kLeft + gb::kSmallSize;
    // A dash stands in the middle of its sign's height.
    addLine(page.runs, line, x,
            {gb::kSmallSize, gb::kTop + gb::kHeight + gb::kPageNumberBelow - gb::kSmallSize / 2, Ink::Black});
}

Strip BlockSetter::tableRow(const std::vector<std::string> &cells, const Table &table, bool isHeader) {
    const double shares = std::accumulate(table.columns.begin(), table.columns.end(), 0.0,
                                          [](double sum, const Column &column) { return sum + column.share; });
    std::vector<std::vector<Line>> set;
    std::size_t most = 1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const double width = gb::kWidth * table.columns[i].share / shares - 2 * kCellPadding;
        set.push_back(lines({span(isHeader ? Face::Hei : Face::Body, cells[i])}, {gb::kTableSize, 0, width, 0, 0}));
        most = std::max(most, set.back().size());
    }
    Strip row;
    row.onGrid = false;
    row.isHeader = isHeader;
    row.height = static_cast<double>(most) * kTableLine + 2 * kCellPadding;
    double x = 0;
    for (std::size_t i = 0; i < set.size(); ++i) {
        const double width = gb::kWidth * table.columns[i].share / shares;
        const Align align = isHeader ? Align::Middle : table.columns[i].align;
        double top =
            (row.height - static_cast<double>(set[i].size()) * kTableLine) / 2 + (kTableLine - gb::kTableSize) / 2;
        for (const Line &line : set[i]) {
            const double free = width - 2 * kCellPadding - line.width;
            const double shift = align == Align::Left ? 0 : align == Align::Middle ? free / 2 : free;
            addLine(row.runs, line, x + kCellPadding + shift, {gb::kTableSize, top, Ink::Black});
            top += kTableLine;
        }
        row.bars.push_back({x, 0, kTableRule, row.height, Ink::Black});
        x += width;
    }
    row.bars.push_back({gb::kWidth - kTableRule, 0, kTableRule, row.height, Ink::Black});
    row.bars.push_back({0, row.height - kTableRule, gb::kWidth, kTableRule, Ink::Black});
    if (isHeader)
        row.bars.push_back({0, 0, gb::kWidth, kTableRule, Ink::Black});
    return row;
}

void BlockSetter::table(std::vector<Strip> &out, const Table &table) {
    std::vector<std::string> headings;
    for (const Column &column : table.columns)
        headings.push_back(column.heading);
    gap(out);
    const std::size_t header = out.size();
    out.push_back(tableRow(headings, table, true));
    for (const std::vector<std::string> &cells : table.rows) {
        out.push_back(tableRow(cells, table, false));
        out.back().header = header;
    }
}

Status BlockSetter::missing() const {
    if (m_missing.empty())
        return {};
    std::set<char32_t> named;
    std::string names;
    for (const MissingSign &sign : m_missing)
        if (named.size() < kMostNamed && named.insert(sign.sign).second)
            names += (names.empty() ? "" : "、") + nameOfSign(sign.sign);
    return fail(Code::InvalidArgument, "这台服务器的字体里没有 " + names +
                                           "，印出来会是空框，所以没有生成公文。请安装含有这个字的字体（例如 "
                                           "fonts-hanazono），或改用别的字 · no font of this server has " +
                                           names + ": the paper was not made, for it would show an empty box");
}

} // namespace zhicha::documents
