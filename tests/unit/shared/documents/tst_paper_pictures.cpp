// Goal: what comes out of a printer measures what GB/T 9704-2012 says, within 1 mm, and its text can be copied.
// Method: poppler renders the PDF at 10 dots a millimetre, the ink is measured; poppler reads the text back.
#include "tests/unit/shared/documents/rendered.h"

#include "shared/documents/pdf.h"
#include "shared/documents/typesetter.h"
#include "tests/unit/shared/documents/sample_paper.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace zhicha::documents {
namespace {

constexpr double kWithin = 1; ///< millimetre
constexpr double kRight = gb::kLeft + gb::kWidth;
constexpr double kFoot = gb::kTop + gb::kHeight;

class PaperPictures : public testing::Test {
protected:
    static Bytes pdfOf(const Paper &paper) {
        const auto fonts = FontSet::load();
        EXPECT_TRUE(fonts) << fonts.error().detail;
        const auto pages = typeset(*fonts, paper);
        EXPECT_TRUE(pages) << pages.error().detail;
        const auto pdf = writePdf(*fonts, *pages, {"三政督〔2026〕15号", "三门峡市人民政府督查室", "", ""});
        EXPECT_TRUE(pdf) << pdf.error().detail;
        return pdf ? *pdf : Bytes();
    }
    static std::string withoutBreaks(std::string text) {
        std::erase_if(text, [](char c) { return c == '\n' || c == '\f' || c == ' '; });
        return text;
    }
};

TEST_F(PaperPictures, measureTheTextArea) {
    const std::vector<Picture> pages = renderPdf(pdfOf(filledPaper(1, 26 + 28 * 60)));
    ASSERT_GE(pages.size(), 3U);
    const Picture &page = pages[1];
    EXPECT_NEAR(page.width / kDotsPerMm, 210, 0.2);
    EXPECT_NEAR(page.height / kDotsPerMm, 297, 0.2);
    const Extent text = inkBetween(page, 0, kFoot + 2);
    EXPECT_NEAR(text.top, gb::kTop, kWithin);
    EXPECT_NEAR(text.left, gb::kLeft, kWithin);
    EXPECT_NEAR(text.right, kRight, kWithin);
    EXPECT_NEAR(text.bottom, kFoot, kWithin);
    std::vector<Extent> rows = rowsOfInk(page, gb::kLeft, kRight);
    std::erase_if(rows, [](const Extent &row) { return row.top > kFoot + 2; });
    ASSERT_EQ(rows.size(), 22U);
    for (std::size_t i = 0; i < rows.size(); ++i)
        EXPECT_NEAR(rows[i].top, rows[0].top + static_cast<double>(i) * gb::kLinePitch, 0.2) << i;
}

TEST_F(PaperPictures, count28SignsALine) {
    const std::vector<Picture> pages = renderPdf(pdfOf(filledPaper(1, 26 + 28 * 60)));
    ASSERT_GE(pages.size(), 2U);
    // The left edge of 督 in each cell: the columns without ink part the signs.
    const Picture &page = pages[1];
    int signs = 0;
    bool inside = false;
    for (int x = static_cast<int>(gb::kLeft * kDotsPerMm) - 5; x < static_cast<int>(kRight * kDotsPerMm) + 5; ++x) {
        bool ink = false;
        for (int y = static_cast<int>(gb::kTop * kDotsPerMm);
             y < static_cast<int>((gb::kTop + gb::kBodySize) * kDotsPerMm); ++y)
            ink = ink || page.isDark(x, y);
        signs += ink && !inside ? 1 : 0;
        inside = ink;
    }
    EXPECT_EQ(signs, 28);
}

TEST_F(PaperPictures, measureTheHead) {
    const std::vector<Picture> pages = renderPdf(pdfOf(samplePaper()));
    ASSERT_GE(pages.size(), 1U);
    const Extent issuer = inkBetween(pages[0], 60, 92, true);
    EXPECT_NEAR(issuer.top, gb::kTop + gb::kIssuerTop, kWithin);
    EXPECT_NEAR((issuer.left + issuer.right) / 2, gb::kLeft + gb::kWidth / 2, kWithin);
    const Extent rule = inkBetween(pages[0], 95, 140, true);
    EXPECT_NEAR(rule.left, gb::kLeft, kWithin);
    EXPECT_NEAR(rule.right, kRight, kWithin);
    EXPECT_NEAR(rule.bottom - rule.top, gb::kRedRule, 0.2);
    const Extent number = inkBetween(pages[0], issuer.bottom + 2, rule.top - 1);
    EXPECT_NEAR(rule.top - number.bottom, gb::kRuleBelowNumber, kWithin);
    EXPECT_NEAR((number.left + number.right) / 2, gb::kLeft + gb::kWidth / 2, kWithin);
    EXPECT_NEAR(number.top - issuer.bottom, 2 * gb::kLinePitch, 1.5) << "two lines are left free";
    const Extent level = inkBetween(pages[0], gb::kTop, 60);
    EXPECT_NEAR(level.left, gb::kLeft, kWithin);
    EXPECT_NEAR(level.top, gb::kTop + gb::kLinePitch, kWithin);
}

TEST_F(PaperPictures, measureTheImprintAndThePageNumbers) {
    Paper paper = samplePaper();
    for (int i = 0; i < 20; ++i)
        paper.body.push_back({BlockKind::Text, "", "各责任单位要认真落实、及时反馈。", {}});
    const std::vector<Picture> pages = renderPdf(pdfOf(paper));
    ASSERT_GE(pages.size(), 2U);
    const Extent imprint = inkBetween(pages.back(), kFoot - 1, kFoot + 1);
    EXPECT_NEAR(imprint.bottom, kFoot, kWithin);
    EXPECT_NEAR(imprint.left, gb::kLeft, kWithin);
    EXPECT_NEAR(imprint.right, kRight, kWithin);
    const Extent odd = inkBetween(pages[0], kFoot + 2, 297);
    const Extent even = inkBetween(pages[1], kFoot + 2, 297);
    EXPECT_NEAR(odd.right, kRight - gb::kSmallSize, kWithin);
    EXPECT_NEAR(even.left, gb::kLeft + gb::kSmallSize, kWithin);
    // The dash is the leftmost ink: its own height is where it stands.
    const int x = static_cast<int>((odd.left + 2) * kDotsPerMm);
    double dash = 0;
    for (int y = static_cast<int>((kFoot + 2) * kDotsPerMm); y < pages[0].height && dash == 0; ++y)
        dash = pages[0].isDark(x, y) ? y / kDotsPerMm : 0;
    EXPECT_NEAR(dash, kFoot + gb::kPageNumberBelow, kWithin);
}

TEST_F(PaperPictures, areTheSameOnAScreen) {
    const auto fonts = FontSet::load();
    ASSERT_TRUE(fonts);
    const auto pages = typeset(*fonts, samplePaper());
    ASSERT_TRUE(pages);
    const auto png = writePng(*fonts, pages->front(), 4);
    ASSERT_TRUE(png) << png.error().detail;
    ASSERT_GT(png->size(), 10'000U);
    EXPECT_EQ(Bytes(png->begin() + 1, png->begin() + 4), (Bytes{'P', 'N', 'G'}));
    // IHDR: width and height.
    const auto number = [&](std::size_t at) {
        return ((*png)[at] << 24) + ((*png)[at + 1] << 16) + ((*png)[at + 2] << 8) + (*png)[at + 3];
    };
    EXPECT_EQ(number(16), 840);
    EXPECT_EQ(number(20), 1188);
    const auto blank = writePng(*fonts, Page(), 4);
    ASSERT_TRUE(blank);
    EXPECT_LT(blank->size(), png->size() / 2);
}

TEST_F(PaperPictures, giveTheirTextBack) {
    const Paper paper = samplePaper();
    const std::string text = withoutBreaks(textOfPdf(pdfOf(paper)));
    for (const std::string &part : {paper.level, paper.issuer, paper.number, paper.title, paper.signature})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    for (const Block &block : paper.body)
        EXPECT_NE(text.find(block.lead + block.text), std::string::npos) << block.text << "\n" << text;
    EXPECT_NE(text.find("市住房和城乡建设局，湖滨区人民政府："), std::string::npos) << text;
    EXPECT_NE(text.find("2026年11月30日"), std::string::npos);
    EXPECT_NE(text.find("抄送：市委办公室，"), std::string::npos);
    EXPECT_NE(text.find("—1—"), std::string::npos) << text;
    EXPECT_EQ(text.find("\xE2\xBC"), std::string::npos) << "Kangxi radicals instead of signs";
}

} // namespace
} // namespace zhicha::documents
