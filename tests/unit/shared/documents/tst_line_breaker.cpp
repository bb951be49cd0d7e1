// Goal: 28 signs a line; no closing mark begins a line, no opening one ends it, no number is torn; nothing is lost.
// Method: texts made for each rule, and random ones of signs, marks, figures and words, whose lines are joined again.
#include "shared/documents/line_breaker.h"

#include "shared/documents/characters.h"
#include "shared/documents/typesetter.h"
#include "tests/unit/shared/documents/sample_paper.h"

#include <gtest/gtest.h>

#include <random>

namespace zhicha::documents {
namespace {

class LineBreaker : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(m_fonts) << m_fonts.error().detail; }

    std::vector<Line> lines(const std::string &text, double firstIndent = 0) {
        const auto signs = signsOf(text, "x");
        m_missing.clear();
        return breakLines(*m_fonts, {{Face::Body, *signs}}, {gb::kBodySize, gb::kCell, gb::kWidth, firstIndent, 0},
                          m_missing);
    }
    static std::string textOf(const Line &line) {
        std::u32string out;
        for (const PlacedSign &sign : line.signs)
            out += sign.sign;
        return toUtf8(out);
    }

    Result<FontSet> m_fonts = FontSet::load();
    std::vector<MissingSign> m_missing;
};

TEST_F(LineBreaker, sets28SignsALineInEqualCells) {
    const std::vector<Line> set = lines(repeated("督", 28 * 3 + 5), 2 * gb::kCell);
    ASSERT_EQ(set.size(), 4U);
    EXPECT_EQ(set[0].signs.size(), 26U);
    EXPECT_EQ(set[1].signs.size(), 28U);
    EXPECT_EQ(set[3].signs.size(), 7U);
    for (std::size_t i = 1; i < set[1].signs.size(); ++i)
        EXPECT_NEAR(set[1].signs[i].x - set[1].signs[i - 1].x, gb::kCell, 1e-6);
    EXPECT_NEAR(set[1].width, gb::kWidth, 1e-6);
}

TEST_F(LineBreaker, keepsMarksOffTheWrongEnds) {
    const std::vector<Line> closing = lines(repeated("督", 28) + "。" + repeated("查", 3));
    ASSERT_EQ(closing.size(), 2U);
    EXPECT_EQ(textOf(closing[0]), repeated("督", 27));
    EXPECT_EQ(textOf(closing[1]), "督。查查查");
    EXPECT_NEAR(closing[0].width, gb::kWidth, 0.01) << "the line is spread to the edge";
    const std::vector<Line> opening = lines(repeated("督", 27) + "《查查》");
    EXPECT_EQ(textOf(opening[1]), "《查查》");
    const std::vector<Line> dash = lines(repeated("督", 27) + "——查");
    EXPECT_EQ(textOf(dash[1]), "督——查");
}

TEST_F(LineBreaker, tearsNoNumber) {
    for (std::size_t before = 20; before <= 28; ++before) {
        std::string all;
        for (const Line &line : lines(repeated("督", before) + "三政督〔2026〕15号2026年12月31日abc-9.5%")) {
            const std::string text = textOf(line);
            EXPECT_EQ(text.find("〔") == std::string::npos, text.find("〕") == std::string::npos) << text;
            EXPECT_NE(text.substr(0, 3), "号") << text;
            EXPECT_NE(text.substr(0, 3), "年") << text;
            EXPECT_NE(text.substr(0, 3), "日") << text;
            all += text;
        }
        EXPECT_EQ(all, repeated("督", before) + "三政督〔2026〕15号2026年12月31日abc-9.5%");
    }
}

TEST_F(LineBreaker, breaksAWordThatNoLineHolds) {
    const std::string word = repeated("w", 500);
    std::string all;
    const std::vector<Line> set = lines(word);
    for (const Line &line : set) {
        EXPECT_LE(line.width, gb::kWidth + 0.01);
        all += textOf(line);
    }
    EXPECT_GT(set.size(), 5U);
    EXPECT_EQ(all, word);
}

TEST_F(LineBreaker, losesNothingOfRandomTexts) {
    const std::string parts[] = {"督",   "查", "，", "。",       "（", "）", "《", "》", "12",
                                 "word", " ",  "——", "〔2026〕", "号", "%",  "“",  "”",  "𠮷"};
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        std::string text;
        for (std::size_t i = random() % 200; i > 0; --i)
            text += parts[random() % std::size(parts)];
        std::string joined;
        for (const Line &line : lines(text, 2 * gb::kCell)) {
            EXPECT_LE(line.width, gb::kWidth + 0.01) << text;
            joined += textOf(line);
        }
        std::erase(joined, ' '); // those at a line's end go
        std::erase(text, ' ');
        EXPECT_EQ(joined, text);
        EXPECT_TRUE(m_missing.empty());
    }
}

TEST_F(LineBreaker, saysWhatNoFontHas) {
    (void)lines("督\xF0\xB1\x8D\x90查"); // U+31350: an extension that Debian's default fonts do not reach
    ASSERT_EQ(m_missing.size(), 1U);
    EXPECT_EQ(m_missing[0].sign, U'\U00031350');
}

TEST(Fonts, refuseAMachineWithoutAny) {
    FontChoice none;
    for (auto &families : none)
        families = {"No Such Family At All"};
    const auto fonts = FontSet::load(none);
    ASSERT_FALSE(fonts);
    EXPECT_EQ(fonts.error().code, Code::NotFound);
    EXPECT_NE(fonts.error().detail.find("fonts-noto-cjk"), std::string::npos);
}

TEST(Fonts, haveTheSignsOfRareNames) {
    const auto fonts = FontSet::load();
    ASSERT_TRUE(fonts);
    for (const char32_t sign : {U'𠮷', U'喆', U'镕', U'〔', U'—'})
        for (const Face face : {Face::Body, Face::Title, Face::Hei, Face::Kai})
            EXPECT_TRUE(fonts->glyph(face, sign)) << static_cast<unsigned>(sign) << " " << fonts->familyOf(face);
}

} // namespace
} // namespace zhicha::documents
