// Goal: a paper never says something else than it shows: signs that hide, turn or sit on others are refused by name.
// Method: each kind of hostile text, its refusal and where it points; whole papers with such texts in every place.
#include "shared/documents/characters.h"

#include "tests/unit/shared/documents/sample_paper.h"

#include <gtest/gtest.h>

#include <functional>

namespace zhicha::documents {
namespace {

TEST(Characters, comeBackAsTheyWere) {
    const std::string text = "督查〔2026〕15号 abc ，。𠮷喆镕€𪚥";
    const auto signs = signsOf(text, "x");
    ASSERT_TRUE(signs);
    EXPECT_EQ(toUtf8(*signs), text);
}

TEST(Characters, refusesWhatHidesOrTurns) {
    const std::pair<const char *, const char *> cases[] = {
        {"一\x07二", "U+0007"},
        {"一\n二", "U+000A"},
        {"一\xC2\x85二", "U+0085"},
        {"一\xE2\x80\xAE二", "U+202E"},
        {"一\xE2\x81\xA6二", "U+2066"},
        {"一\xE2\x80\x8B二", "U+200B"},
        {"一\xEF\xBB\xBF二", "U+FEFF"},
        {"一\xCC\x81二", "U+0301"},
        {"一\xEE\x80\x80二", "U+E000"},
        {"一\xD7\x90二", "U+05D0"},
        {"一\xEF\xB8\x8F二", "U+FE0F"},
        {"一\xF3\xA0\x84\x80二", "U+E0100"},
        {"一\xF4\x80\x80\x80二", "U+100000"},
    };
    for (const auto &[text, name] : cases) {
        const auto signs = signsOf(text, "标题");
        ASSERT_FALSE(signs) << name;
        EXPECT_EQ(signs.error().code, Code::InvalidArgument);
        EXPECT_NE(signs.error().detail.find(name), std::string::npos) << signs.error().detail;
        EXPECT_NE(signs.error().detail.find("标题: 第 2 个字"), std::string::npos) << signs.error().detail;
        EXPECT_EQ(signs.error().detail.find(text), std::string::npos) << "the sign itself must not be in the message";
    }
    const auto broken = signsOf("\xC0\xAF", "x");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, Code::BadEncoding);
}

TEST(Paper, isRefusedForABadTextInAnyPlace) {
    ASSERT_TRUE(checkPaper(samplePaper()));
    const std::string bad = "甲\xE2\x80\xAE乙";
    const std::function<void(Paper &)> places[] = {
        [&](Paper &p) { p.level = bad; },
        [&](Paper &p) { p.issuer = bad; },
        [&](Paper &p) { p.number = bad; },
        [&](Paper &p) { p.signer = bad; },
        [&](Paper &p) { p.title = bad; },
        [&](Paper &p) { p.to.push_back(bad); },
        [&](Paper &p) { p.body[1].text = bad; },
        [&](Paper &p) { p.body[2].lead = bad; },
        [&](Paper &p) { p.copies = {bad}; },
        [&](Paper &p) { p.signature = bad; },
        [&](Paper &p) { p.printedBy = bad; },
        [&](Paper &p) { p.note = bad; },
        [&](Paper &p) {
            p.attachments = {{bad, p.body}};
        },
        [&](Paper &p) {
            p.attachments = {{"表", {{BlockKind::Table, "", "", {{{bad}}, {{"一"}}}}}}};
        },
        [&](Paper &p) {
            p.attachments = {{"表", {{BlockKind::Table, "", "", {{{"甲"}}, {{bad}}}}}}};
        },
    };
    for (const auto &spoil : places) {
        Paper paper = samplePaper();
        spoil(paper);
        const Status checked = checkPaper(paper);
        ASSERT_FALSE(checked);
        EXPECT_NE(checked.error().detail.find("U+202E"), std::string::npos) << checked.error().detail;
    }
}

TEST(Paper, isRefusedWithoutWhatMakesOne) {
    const std::pair<std::function<void(Paper &)>, const char *> cases[] = {
        {[](Paper &p) { p.issuer.clear(); }, "issuer"},
        {[](Paper &p) { p.title.clear(); }, "title"},
        {[](Paper &p) { p.body.clear(); }, "body"},
        {[](Paper &p) { p.body[0].text.clear(); }, "body"},
        {[](Paper &p) { p.signature.clear(); }, "signature"},
        {[](Paper &p) { p.day = "2026-02-30"; }, "day"},
        {[](Paper &p) { p.issuer = repeated("督", kMaxIssuerCharacters + 1); }, "issuer"},
        {[](Paper &p) { p.body[0].text = repeated("督", kMaxPaperCharacters + 1); }, "body"},
        {[](Paper &p) {
             p.body.push_back({BlockKind::Table, "", "", {}});
         },
         "table"},
        {[](Paper &p) {
             p.body.push_back({BlockKind::Table, "", "", {{{"甲"}, {"乙"}}, {{"一"}}}});
         },
         "row"},
    };
    for (const auto &[spoil, place] : cases) {
        Paper paper = samplePaper();
        spoil(paper);
        const Status checked = checkPaper(paper);
        ASSERT_FALSE(checked) << place;
        EXPECT_NE(checked.error().detail.find(place), std::string::npos) << checked.error().detail;
    }
}

TEST(Paper, saysItsDayInWords) {
    EXPECT_EQ(dayInWords("2026-01-05"), "2026年1月5日");
    EXPECT_EQ(dayInWords("2026-11-30"), "2026年11月30日");
    EXPECT_EQ(dayInWords("no day"), "no day");
}

} // namespace
} // namespace zhicha::documents
