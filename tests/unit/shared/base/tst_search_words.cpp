// Goal: Chinese is found by one, two or more characters, numbers by their beginning, and nothing typed is an operator.
// Method: the two halves side by side on the words that offices type.
#include "shared/base/search_words.h"

#include <gtest/gtest.h>

using namespace zhicha;

namespace {
TEST(SearchWords, textIsSingleCharactersAndPairs) {
    EXPECT_EQ(indexWords("青龙公园"), "青 龙 公 园 青龙 龙公 公园");
    EXPECT_EQ(indexWords("检〔2026〕0382"), "检 2026 0382");
    EXPECT_EQ(indexWords("东门 3号，Lamp Off"), "东 门 东门 3 号 lamp off");
    EXPECT_EQ(indexWords(" （）、"), "");
    EXPECT_EQ(indexWords("\xe9\x9d"), "\xe9\x9d"); // cut off in the middle: kept, never read past the end
}

TEST(SearchWords, aQueryIsMadeOfQuotedPhrases) {
    EXPECT_EQ(searchQuery("园"), "\"园\"");
    EXPECT_EQ(searchQuery("龙公园"), "\"龙公 公园\"");
    EXPECT_EQ(searchQuery("公园 0382"), "\"公园\" \"0382\"*");
    EXPECT_EQ(searchQuery("a\" OR b*"), "\"a\"* \"or\"* \"b\"*");
    EXPECT_EQ(searchQuery("”“ - ^"), "");
}
} // namespace
