#include "shared/documents/paper.h"

#include "shared/base/instant.h"
#include "shared/documents/characters.h"

#include <algorithm>

namespace zhicha::documents {

namespace {

class PaperCheck {
public:
    Status run(const Paper &paper) {
        needed(paper.issuer, "发文机关标志 · issuer", kMaxIssuerCharacters);
        text(paper.level, "密级 · level", 20);
        text(paper.number, "发文字号 · number", 60);
        text(paper.pendingNumber, "发文字号 · number", 60);
        text(paper.signer, "签发人 · signer", 20);
        text(paper.note, "批注 · note", 40);
        title(paper.title, "标题 · title");
        names(paper.to, "主送 · to");
        names(paper.copies, "抄送 · copies");
        if (paper.body.empty())
            refuse("正文 · body", "空 · empty");
        blocks(paper.body, "正文 · body");
        for (std::size_t i = 0; i < paper.attachments.size(); ++i) {
            const std::string place = "附件" + std::to_string(i + 1) + " · attachment";
            title(paper.attachments[i].title, place);
            if (paper.attachments[i].blocks.empty())
                refuse(place, "空 · empty");
            blocks(paper.attachments[i].blocks, place);
        }
        needed(paper.signature, "署名 · signature", 60);
        text(paper.printedBy, "印发机关 · printed by", 40);
        if (!isDay(paper.day))
            refuse("成文日期 · day", "不是日期 · not a day (YYYY-MM-DD)");
        return m_error ? Status(*m_error) : Status();
    }

private:
    void refuse(const std::string &place, const std::string &why, Code code = Code::InvalidArgument) {
        if (!m_error)
            m_error = fail(code, place + ": " + why);
    }

    std::size_t text(const std::string &value, const std::string &place, std::size_t limit) {
        const auto signs = signsOf(value, place);
        if (!signs) {
            if (!m_error)
                m_error = signs.error();
            return 0;
        }
        m_total += signs->size();
        if (signs->size() > limit || m_total > kMaxPaperCharacters)
            refuse(place, "太长（最多 " + std::to_string(limit) + " 字）· too long", Code::TooLarge);
        return signs->size();
    }

    void needed(const std::string &value, const std::string &place, std::size_t limit) {
        if (text(value, place, limit) == 0)
            refuse(place, "空 · empty");
    }

    void title(const std::string &value, const std::string &place) {
        std::string line = value;
        std::replace(line.begin(), line.end(), '\n', ' ');
        needed(line, place, 300);
    }

    void names(const std::vector<std::string> &list, const std::string &place) {
        for (const std::string &name : list)
            needed(name, place, 200);
    }

    void blocks(const std::vector<Block> &list, const std::string &place) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string at = place + " " + std::to_string(i + 1);
            const Block &block = list[i];
            if (block.kind == BlockKind::Table)
                table(block.table, at);
            else if (text(block.lead, at, 300) + text(block.text, at, kMaxPaperCharacters) == 0)
                refuse(at, "空段 · an empty paragraph");
        }
    }

    void table(const Table &in, const std::string &place) {
        if (in.columns.empty() || in.columns.size() > kMaxTableColumns || in.rows.size() > kMaxTableRows)
            return refuse(place, "表的行列数不合规定 · a table of no columns, or too large", Code::TooLarge);
        for (const Column &column : in.columns) {
            text(column.heading, place, kMaxCellCharacters);
            if (column.share < 1 || column.share > 1000)
                refuse(place, "列宽不合规定 · a column's share of the width");
        }
        for (const std::vector<std::string> &row : in.rows) {
            if (row.size() != in.columns.size())
                refuse(place, "行的格数与表头不同 · a row of another width");
            for (const std::string &cell : row)
                text(cell, place, kMaxCellCharacters);
        }
    }

    std::optional<Error> m_error;
    std::size_t m_total = 0;
};

std::string withoutZeros(std::string_view digits) {
    const std::size_t first = digits.find_first_not_of('0');
    return std::string(first == std::string_view::npos ? "0" : digits.substr(first));
}
} // namespace

std::string dayInWords(std::string_view day) {
    if (!isDay(day))
        return std::string(day);
    return withoutZeros(day.substr(0, 4)) + "年" + withoutZeros(day.substr(5, 2)) + "月" +
           withoutZeros(day.substr(8, 2)) + "日";
}

Status checkPaper(const Paper &paper) {
    return PaperCheck().run(paper);
}

} // namespace zhicha::documents
