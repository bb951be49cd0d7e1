// Goal: every clause number of the rule file is where its wording stands in the notice. Method: the notice's text is
// read into clauses (一（二）3, 附件2 三 5) and each wording looked for in the clause that is named; where the text is
// not beside the vectors, what the rule file can be held against by itself.
#include "shared/rules/rules_data.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {
constexpr std::string_view kNumerals[] = {"一", "二", "三", "四"};

/** Clause -> its text without spaces; the text of a clause belongs to the clauses above it too. */
class Notice {
public:
    explicit Notice(std::istream &file) {
        for (std::string line; std::getline(file, line);) {
            std::erase_if(line, [](char c) { return c == ' ' || c == '\r' || c == '\t'; });
            if (line == "附件1" || line == "附件2") {
                m_part = line + " ";
                m_first = m_second = m_third = "";
                continue;
            }
            enter(line);
            for (const std::string &clause :
                 {m_part.substr(0, m_part.size() - (m_part.empty() ? 0 : 1)), m_part + m_first,
                  m_part + m_first + m_second, m_part + m_first + m_second + m_third})
                if (m_seen[clause].empty() || !m_seen[clause].ends_with("\n" + line))
                    m_seen[clause] += "\n" + line;
        }
        for (auto &[clause, text] : m_seen)
            std::erase(text, '\n');
    }
    [[nodiscard]] std::string textOf(const std::string &clause) const {
        const auto at = m_seen.find(clause);
        return at != m_seen.end() ? at->second : "";
    }

private:
    void enter(const std::string &line) {
        for (const std::string_view numeral : kNumerals) {
            if (line.starts_with(std::string(numeral) + "、")) {
                m_first = numeral;
                m_second = m_third = "";
            }
            if (line.starts_with("（" + std::string(numeral) + "）")) {
                m_second = "（" + std::string(numeral) + "）";
                m_third = "";
            }
        }
        const std::size_t digits = line.find_first_not_of("0123456789");
        if (digits != std::string::npos && digits > 0 && line[digits] == '.') // 附件2 三 5, but 一（二）3
            m_third = (m_second.empty() && !m_first.empty() ? " " : "") + line.substr(0, digits);
    }

    std::string m_part, m_first, m_second, m_third;
    std::map<std::string, std::string> m_seen;
};

/** "附件2 二（二）1、2、4" names three. */
std::vector<std::string> clausesOf(const std::string &written) {
    constexpr std::string_view kComma = "、";
    std::vector<std::string> out;
    std::string head = written.substr(0, written.find(kComma));
    out.push_back(head);
    while (!head.empty() && head.back() >= '0' && head.back() <= '9')
        head.pop_back();
    for (std::size_t at = written.find(kComma); at != std::string::npos; at = written.find(kComma, at + 1))
        out.push_back(head + written.substr(at + kComma.size(), written.find(kComma, at + 1) - at - kComma.size()));
    return out;
}

/** Calls `check(clause, wording)` for every pair of them, however deep. */
void forWordings(const Json &value, const std::function<void(const std::string &, const std::string &)> &check) {
    if (value.is_object())
        for (const auto &[name, member] : value.items())
            if (name.ends_with("wording"))
                check(value[name.substr(0, name.size() - 7) + "clause"], member);
    if (value.is_structured())
        for (const Json &inner : value)
            forWordings(inner, check);
}

TEST(Notice, everyClauseStandsWhereTheRuleFileSays) {
    const char *vectors = std::getenv("ZHICHA_VECTORS");
    if (vectors == nullptr)
        GTEST_SKIP() << "ZHICHA_VECTORS names no folder";
    std::ifstream file(fs::path(vectors).parent_path() / "source" / "三政办〔2019〕21号.txt");
    if (!file)
        GTEST_SKIP() << "the notice's text is not beside the vectors";
    const Notice notice(file);
    int checked = 0;
    forWordings(Json::parse(zhicha::rules::sanmenxiaRulesText()), [&](const std::string &clause, std::string wording) {
        std::erase(wording, ' ');
        for (const std::string &one : clausesOf(clause)) {
            const std::string text = notice.textOf(one);
            EXPECT_FALSE(text.empty()) << "no clause " << one;
            // A class names the heading that its clauses stand under.
            const bool there = text.find(wording) != std::string::npos ||
                               notice.textOf(one.substr(0, one.rfind("）") + 3)).find(wording) != std::string::npos;
            EXPECT_TRUE(there) << one << ": " << wording << "\nbut: " << text;
        }
        ++checked;
    });
    EXPECT_GT(checked, 60);
}

TEST(Notice, theRuleFileNamesAClauseForEveryRule) {
    std::map<std::string, int> clauses;
    const Json rules = Json::parse(zhicha::rules::sanmenxiaRulesText());
    for (const Json &rule : rules["rules"])
        ++clauses[rule["clause"]];
    for (const char *part : {"附件2 一（一）", "附件2 二（一）"})
        for (int i = 1; i <= 8; ++i)
            EXPECT_EQ(clauses[part + std::to_string(i)], 1) << part << i;
    for (const char *clause :
         {"附件2 一（一）10", "附件2 一（二）1", "附件2 一（二）2", "附件2 一（二）3", "附件2 一（三）1",
          "附件2 一（三）2", "附件2 一（三）3", "附件2 二（二）1", "附件2 二（二）2", "附件2 二（二）3",
          "附件2 二（二）4", "附件2 二（二）5", "附件2 三 4"})
        EXPECT_EQ(clauses[clause], 1) << clause;
    EXPECT_EQ(clauses["附件2 三 1"], 3);
    EXPECT_EQ(clauses["附件2 三 3"], 2);
    EXPECT_EQ(clauses["附件2 三 8"], 5);
}
} // namespace
