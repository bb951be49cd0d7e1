// Goal: 22 lines a page and nothing beyond the text area; no heading ends a page, no signature stands alone; tables
// repeat their head; what cannot be set is refused whole and named.
// Method: the pages as they are drawn, for papers made so that each rule would be broken by a naive setter.
#include "shared/documents/typesetter.h"

#include "shared/documents/characters.h"
#include "shared/documents/pdf.h"
#include "tests/unit/shared/documents/sample_paper.h"

#include <gtest/gtest.h>

#include <chrono>
#include <map>

namespace zhicha::documents {
namespace {

struct SetLine {
    double size = 0;
    double left = 0;
    std::string text;
};

class Typeset : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(m_fonts) << m_fonts.error().detail; }

    std::vector<Page> pages(const Paper &paper) {
        auto set = typeset(*m_fonts, paper);
        EXPECT_TRUE(set) << set.error().detail;
        return set ? *std::move(set) : std::vector<Page>();
    }
    /** Lines of a page by the upper edge of their letters, page numbers left out. */
    static std::map<int, SetLine> linesOf(const Page &page) {
        std::map<int, std::map<double, char32_t>> signs;
        std::map<int, double> sizes;
        for (const GlyphRun &run : page.runs)
            for (const DrawnGlyph &glyph : run.glyphs) {
                const int top = static_cast<int>((run.y - 0.88 * run.size) * 1000 + 0.5);
                signs[top][glyph.x] = glyph.sign;
                sizes[top] = run.size;
            }
        std::map<int, SetLine> lines;
        for (const auto &[top, row] : signs) {
            if (top > (gb::kTop + gb::kHeight) * 1000)
                continue;
            std::u32string text;
            for (const auto &[x, sign] : row)
                text += sign;
            lines[top] = {sizes[top], row.begin()->first, toUtf8(text)};
        }
        return lines;
    }
    static std::string lastLine(const Page &page) { return linesOf(page).rbegin()->second.text; }

    Result<FontSet> m_fonts = FontSet::load();
};

TEST_F(Typeset, fillsAPageWith22LinesOf28Signs) {
    const std::vector<Page> set = pages(filledPaper(1, 26 + 28 * 60));
    ASSERT_GE(set.size(), 3U);
    const std::map<int, SetLine> lines = linesOf(set[1]);
    ASSERT_EQ(lines.size(), 22U);
    int row = 0;
    for (const auto &[top, line] : lines) {
        EXPECT_NEAR(top / 1000.0, gb::kTop + row++ * gb::kLinePitch, 0.01);
        EXPECT_EQ(line.text, repeated("督", 28));
    }
    EXPECT_NEAR(lines.rbegin()->first / 1000.0 + gb::kBodySize, gb::kTop + gb::kHeight, 0.01);
}

TEST_F(Typeset, keepsEverythingInsideTheTextArea) {
    for (std::size_t signs = 10; signs < 1400; signs += 61)
        for (const Page &page : pages(filledPaper(2, signs)))
            for (const auto &[top, line] : linesOf(page)) {
                EXPECT_GE(top / 1000.0, gb::kTop - 0.01);
                EXPECT_LE(top / 1000.0 + line.size, gb::kTop + gb::kHeight + 0.01) << line.text;
            }
}

TEST_F(Typeset, endsNoPageWithAHeading) {
    bool moved = false;
    for (std::size_t paragraphs = 1; paragraphs < 30; ++paragraphs) {
        Paper paper = filledPaper(paragraphs, 20);
        paper.body.push_back({BlockKind::Heading, "", "一、查", {}});
        paper.body.push_back({BlockKind::Text, "（一）查。", "", {}});
        paper.body.push_back({BlockKind::Text, "", repeated("察", 400), {}});
        const std::vector<Page> set = pages(paper);
        for (std::size_t i = 0; i + 1 < set.size(); ++i) {
            EXPECT_NE(lastLine(set[i]), "一、查") << paragraphs;
            EXPECT_NE(lastLine(set[i]), "（一）查。") << paragraphs;
            moved = moved || linesOf(set[i + 1]).begin()->second.text == "一、查";
        }
    }
    EXPECT_TRUE(moved) << "no case had a heading at the foot of a page: the test tests nothing";
}

TEST_F(Typeset, leavesNoSignatureWithoutText) {
    for (std::size_t paragraphs = 1; paragraphs < 40; ++paragraphs) {
        const std::vector<Page> set = pages(filledPaper(paragraphs, 20));
        const auto lines = linesOf(set.back());
        ASSERT_GE(lines.size(), 3U) << paragraphs;
        EXPECT_EQ(lines.rbegin()->second.text, "2026年11月30日");
        EXPECT_EQ(std::next(lines.rbegin())->second.text, "三门峡市人民政府督查室");
        EXPECT_EQ(std::next(lines.rbegin(), 2)->second.text, repeated("督", 20)) << paragraphs;
    }
}

TEST_F(Typeset, repeatsTheHeadOfATable) {
    Paper paper = samplePaper();
    Table table{{{"名次", 1, Align::Middle}, {"单位", 4, Align::Left}, {"得分", 2, Align::Right}}, {}};
    for (int i = 1; i <= 100; ++i)
        table.rows.push_back({std::to_string(i), "第" + std::to_string(i) + "单位", std::to_string(i) + ".50"});
    paper.attachments = {{"月排名表", {{BlockKind::Table, "", "", table}}}, {"说明", samplePaper().body}};
    const std::vector<Page> set = pages(paper);
    int heads = 0;
    std::size_t rows = 0;
    for (const Page &page : set)
        for (const auto &[top, line] : linesOf(page)) {
            heads += line.text == "名次单位得分" ? 1 : 0;
            rows += line.text.find(".50") != std::string::npos ? 1 : 0;
        }
    EXPECT_EQ(rows, 100U);
    EXPECT_GE(heads, 4);
    const auto first = linesOf(set[set.size() - 1]);
    EXPECT_EQ(first.begin()->second.text, "附件2");
    std::string all;
    for (const Page &page : set)
        for (const auto &[top, line] : linesOf(page))
            all += line.text + "|";
    EXPECT_NE(all.find("𠮷田。|附件：1.月排名表|2.说明|三门峡市人民政府督查室|"), std::string::npos) << all;
}

TEST_F(Typeset, putsTheImprintAtTheFootOfTheLastPage) {
    Paper paper = samplePaper();
    for (std::size_t more = 0; more < 20; ++more) {
        paper.body.push_back({BlockKind::Text, "", "再查。", {}});
        const std::vector<Page> set = pages(paper);
        double lowest = 0;
        for (const Bar &bar : set.back().bars)
            lowest = std::max(lowest, bar.y + bar.height / 2);
        EXPECT_NEAR(lowest, gb::kTop + gb::kHeight, 0.01);
        const auto lines = linesOf(set.back());
        EXPECT_EQ(lines.rbegin()->second.text, "三门峡市人民政府督查室2026年11月30日印发");
        // Nothing of the text runs into it.
        double above = 0;
        for (const auto &[top, line] : lines)
            if (line.size > gb::kSmallSize + 0.01)
                above = std::max(above, top / 1000.0 + line.size);
        EXPECT_LT(above, gb::kTop + gb::kHeight - 2 * 8.5);
    }
}

TEST_F(Typeset, breaksATitleInTheMiddle) {
    Paper paper = samplePaper();
    paper.title = "三门峡市人民政府督查室关于对城区雨污分流改造工程等三项重点工作进展情况的通报";
    std::vector<std::string> title;
    for (const auto &[top, line] : linesOf(pages(paper)[0]))
        if (std::abs(line.size - gb::kTitleSize) < 0.01)
            title.push_back(line.text);
    ASSERT_EQ(title.size(), 2U);
    EXPECT_EQ(title[0] + title[1], paper.title);
    EXPECT_LT(std::max(title[0].size(), title[1].size()), 21U * 3);
    paper.title = "第一行\n第二行";
    title.clear();
    for (const auto &[top, line] : linesOf(pages(paper)[0]))
        if (std::abs(line.size - gb::kTitleSize) < 0.01)
            title.push_back(line.text);
    EXPECT_EQ(title, (std::vector<std::string>{"第一行", "第二行"}));
}

TEST_F(Typeset, namesTheSignThatNoFontHas) {
    Paper paper = samplePaper();
    paper.to.push_back("\xF0\xB1\x8D\x90村");
    const auto set = typeset(*m_fonts, paper);
    ASSERT_FALSE(set);
    EXPECT_EQ(set.error().code, Code::InvalidArgument);
    EXPECT_NE(set.error().detail.find("「\xF0\xB1\x8D\x90」(U+31350)"), std::string::npos) << set.error().detail;
    EXPECT_NE(set.error().detail.find("no font"), std::string::npos);
}

TEST_F(Typeset, takes100000SignsAndRefusesWhatNoPageHolds) {
    const auto before = std::chrono::steady_clock::now();
    const std::vector<Page> set = pages(filledPaper(10, 10'000));
    const auto pdf = writePdf(*m_fonts, set, {});
    ASSERT_TRUE(pdf);
    EXPECT_GE(set.size(), 100'000U / (22 * 28));
    EXPECT_LE(set.size(), 100'000U / (22 * 28) + 2);
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(20));
    Paper paper = samplePaper();
    Table table;
    for (std::size_t i = 0; i < kMaxTableColumns; ++i)
        table.columns.push_back({"列", i == 0 ? 1 : 100, Align::Left});
    table.rows.push_back(std::vector<std::string>(kMaxTableColumns, repeated("查", kMaxCellCharacters)));
    paper.body.push_back({BlockKind::Table, "", "", table});
    const auto tooHigh = typeset(*m_fonts, paper);
    ASSERT_FALSE(tooHigh);
    EXPECT_EQ(tooHigh.error().code, Code::TooLarge);
}

TEST_F(Typeset, givesTheSameBytesForTheSamePaper) {
    const auto first = writePdf(*m_fonts, pages(samplePaper()), {"标题", "作者", "", "2026-11-30T00:00:00Z"});
    const auto fonts = FontSet::load();
    ASSERT_TRUE(fonts);
    const auto set = typeset(*fonts, samplePaper());
    ASSERT_TRUE(set);
    const auto second = writePdf(*fonts, *set, {"标题", "作者", "", "2026-11-30T00:00:00Z"});
    ASSERT_TRUE(first && second);
    EXPECT_EQ(*first, *second);
}

} // namespace
} // namespace zhicha::documents
