// Goal: whatever is refused or has no effect can be explained to a person in both languages.
// Method: walk through every Code and every reason without effect, and look at every cell of the table.
#include "shared/protocol/problems.h"

#include "shared/ledger/fold.h"
#include "shared/protocol/explanation.h"
#include "shared/protocol/paths.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

using namespace zhicha;

namespace {
/** Any of U+4E00 to U+9FFF: in UTF-8 a first byte of E4 to E9 (E4 from B8 on). */
bool hasHan(std::string_view text) {
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
        const auto first = static_cast<unsigned char>(text[i]);
        const auto second = static_cast<unsigned char>(text[i + 1]);
        if ((first == 0xe4 && second >= 0xb8) || (first > 0xe4 && first <= 0xe9))
            return true;
    }
    return false;
}

TEST(Problems, everyCodeHasARow) {
    for (int i = 0; i <= static_cast<int>(Code::Internal); ++i) {
        const Code code = static_cast<Code>(i);
        ASSERT_NE(findProblem(codeName(code)), nullptr) << codeName(code);
        EXPECT_EQ(problemOf(code).key, codeName(code));
    }
}

TEST(Problems, anErrorIsExplainedInEightLinesChineseFirst) {
    const std::string text = explanationText(fail(Code::WrongPin, "3 tries left"));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 8);
    EXPECT_TRUE(text.starts_with("情况：")) << text;
    EXPECT_LT(text.find("谁能解除："), text.find("What: "));
    EXPECT_NE(text.find("3 tries left"), std::string::npos);
}

TEST(Problems, aProgramReadsTheSameWordsByName) {
    const auto fields = explanationFields(fail(Code::WrongPin, "x"));
    std::set<std::string> names;
    for (const auto &[name, words] : fields) {
        EXPECT_FALSE(words.empty()) << name;
        names.insert(name);
    }
    EXPECT_EQ(names, (std::set<std::string>{"code", "detail", "what", "what_en", "safe", "safe_en", "next", "next_en",
                                            "who", "who_en"}));
}

TEST(Problems, everyReasonWithoutEffectHasARow) {
    for (int i = 1; i <= static_cast<int>(Ineffective::AlreadyBorn); ++i) {
        const std::string_view name = ineffectiveName(static_cast<Ineffective>(i));
        ASSERT_NE(findProblem(name), nullptr) << name;
        EXPECT_EQ(findProblem(std::string(protocol::kIneffectivePrefix) + std::string(name)), findProblem(name));
    }
    // The enumeration ends where this test thinks it does: a later reason must get its row and be named here.
    EXPECT_EQ(ineffectiveName(static_cast<Ineffective>(static_cast<int>(Ineffective::AlreadyBorn) + 1)), "");
}

TEST(Problems, everyOutcomeHasARow) {
    for (const std::string_view key : {protocol::kApplied, protocol::kDuplicate, protocol::kConflict, protocol::kFork})
        EXPECT_NE(findProblem(key), nullptr) << key;
    EXPECT_NE(findProblem("ineffective"), nullptr);
    EXPECT_EQ(findProblem("no such word"), nullptr);
    EXPECT_EQ(findProblem(""), nullptr);
}

TEST(Problems, noCellIsEmptyAndChineseIsChinese) {
    for (const Problem &row : allProblems()) {
        for (const Words &words : {row.what, row.safe, row.next, lifterName(row.lifter)}) {
            EXPECT_TRUE(hasHan(words.zh)) << row.key;
            EXPECT_FALSE(words.en.empty()) << row.key;
            EXPECT_FALSE(hasHan(words.en)) << row.key;
            EXPECT_TRUE(isUtf8(words.zh)) << row.key;
            EXPECT_EQ(words.zh.find('|'), std::string_view::npos) << row.key; // it is printed as a markdown table
        }
        for (const Words &words : {row.what, row.safe, row.next}) {
            EXPECT_TRUE(words.zh.ends_with("。")) << row.key;
            EXPECT_TRUE(words.en.ends_with('.')) << row.key;
        }
    }
}

TEST(Problems, keysAreUniqueAndStatusesAreErrors) {
    std::set<std::string_view> keys;
    for (const Problem &row : allProblems()) {
        EXPECT_TRUE(keys.insert(row.key).second) << row.key;
        EXPECT_TRUE(row.httpStatus == 0 || (row.httpStatus >= 400 && row.httpStatus < 600)) << row.key;
    }
}
} // namespace
