#pragma once
// The parts of a paper's text as strips: headings, paragraphs, tables.
#include "shared/documents/strips.h"

namespace zhicha::documents {

/** Sets text; collects the signs that no font has. */
class BlockSetter {
public:
    explicit BlockSetter(const FontSet &fonts) : m_fonts(fonts) {}

    /** Spans of texts that checkPaper let through. */
    [[nodiscard]] static Span span(Face face, std::string_view text);
    [[nodiscard]] std::vector<Line> lines(const std::vector<Span> &spans, const LineStyle &style);
    /** In 3号, on the grid. */
    void paragraph(std::vector<Strip> &out, const std::vector<Span> &spans, double firstIndent, double indent,
                   bool keepWithNext = false);
    /** A little room between a line and what is no text. */
    static void gap(std::vector<Strip> &out);
    void blank(std::vector<Strip> &out, bool keepWithNext = false);
    void blocks(std::vector<Strip> &out, const std::vector<Block> &blocks);
    [[nodiscard]] std::vector<Line> setTitle(const std::string &title);

    /** — 1 —: odd pages at the right, even ones at the left, a sign's width from the edge. */
    void pageNumber(Page &page, std::size_t number);

    [[nodiscard]] Status missing() const; ///< names what no font has

private:
    void table(std::vector<Strip> &out, const Table &table);
    [[nodiscard]] Strip tableRow(const std::vector<std::string> &cells, const Table &table, bool isHeader);

    const FontSet &m_fonts;
    std::vector<MissingSign> m_missing;
};

} // namespace zhicha::documents
