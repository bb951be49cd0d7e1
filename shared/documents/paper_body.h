#pragma once
// The body of a paper or a report as it is put together: numbered headings, paragraphs, and texts of the ledger made
// fit for one.
#include "shared/documents/paper.h"

#include <utility>

namespace zhicha {

/** Text of the ledger within a sentence: lines joined, no end mark. Signs that no paper can carry stay, and are refused
 *  by name when it is set. */
[[nodiscard]] std::string withinSentence(std::string_view text);
[[nodiscard]] std::string withoutBreaks(std::string title); ///< a title on one line
/** 是否落实, 整改是否到位, 群众是否满意: the three questions by their names in the ledger. */
[[nodiscard]] std::string questionWords(std::string_view question);
/** What an inspector chose, by its name in the ledger: 部分, 较重, 做到, 公共场所. Another text is words already. */
[[nodiscard]] std::string choiceWords(std::string_view chosen);
[[nodiscard]] std::string numeral(int number); ///< 一, 二, … 九十九

class PaperBody {
public:
    void heading(std::string_view text); ///< 一、text
    void paragraph(std::string_view text);
    /** Each line of a text of the ledger is a paragraph. */
    void lines(std::string_view text);
    void led(std::string_view lead, std::string_view text); ///< （一）lead。text, counted anew after each heading
    void table(documents::Table table);
    /** What was put together since the last time; headings go on counting. */
    [[nodiscard]] std::vector<documents::Block> take() { return std::exchange(m_blocks, {}); }

private:
    std::vector<documents::Block> m_blocks;
    int m_headings = 0;
    int m_leads = 0;
};

} // namespace zhicha
