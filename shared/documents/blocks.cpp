#include "shared/documents/blocks.h"

#include "shared/documents/characters.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace zhicha::documents {

namespace {
constexpr double kCellPadding = 1.2; ///< millimetres
constexpr double kTableLine = 6.2;   ///< from line to line within a cell
constexpr double kTableRule = 0.2;
constexpr std::size_t kMostNamed = 12; ///< missing signs that an error names
/** A title does not end in the middle of these. */
constexpr std::u32string_view kTitleEnds[] = {U"的通知", U"的通报", U"的报告", U"的请示", U"的函"};

std::vector<std::string> splitLines(const std::string &text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (end > at)
            lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

/** How bad it is to break a title before sign `at`. */
int breakCost(const std::u32string &title, std::size_t at) {
    if (!mayStartLine(title[at]) || !mayEndLine(title[at - 1]))
        return 1000;
    const auto isAscii = [](char32_t sign) { return sign > U' ' && sign < 0x80; };
    if (isAscii(title[at]) && isAscii(title[at - 1]))
        return 1000;
    const std::size_t open = title.rfind(U'《', at - 1);
    const std::size_t close = title.find(U'》', at);
    if (open != std::u32string::npos && close != std::u32string::npos && title.find(U'》', open) >= at)
        return 40;
    for (const std::u32string_view end : kTitleEnds)
        if (title.size() >= end.size() && title.compare(title.size() - end.size(), end.size(), end) == 0 &&
            at > title.size() - end.size())
            return 60;
    if (title.compare(at, 2, U"关于") == 0 || title[at - 1] == U'，' || title[at - 1] == U'、' || title[at - 1] == U' ')
        return 0;
    return 20;
}

/** Lines of at most `most` signs, about as long as each other, broken where it hurts least. */
std::vector<std::u32string> balanced(const std::u32string &title, std::size_t most) {
    std::vector<std::u32string> lines;
    std::u32string rest = title;
    while (rest.size() > most) {
        const std::size_t count = (rest.size() + most - 1) / most;
        const double ideal = static_cast<double>(rest.size()) / static_cast<double>(count);
        std::size_t best = most;
        double bestCost = 1e9;
        for (std::size_t at = std::max<std::size_t>(2, most / 3); at <= most && at < rest.size(); ++at) {
            if (rest.size() - at > (count - 1) * most)
                continue;
            const double cost = breakCost(rest, at) + std::abs(static_cast<double>(at) - ideal) * 4;
            if (cost < bestCost) {
                bestCost = cost;
                best = at;
            }
        }
        lines.push_back(rest.substr(0, best));
        rest = rest.substr(best);
    }
    lines.push_back(rest);
    return lines;
}
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

std::vector<Line> BlockSetter::titleLines(const std::string &title) {
    constexpr std::size_t kMost = static_cast<std::size_t>(gb::kWidth / gb::kTitleSize);
    std::vector<Line> out;
    for (const std::string &part : splitLines(title)) {
        const auto signs = signsOf(part, "");
        for (const std::u32string &text : balanced(signs ? *signs : std::u32string(), kMost))
            for (Line &line : lines({{Face::Title, text}}, {gb::kTitleSize, 0, gb::kWidth, 0, 0}))
                out.push_back(std::move(line));
    }
    return out;
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
