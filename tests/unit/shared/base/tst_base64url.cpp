// Goal: what browsers write is read exactly, and every text has one meaning. Method: RFC 4648 §10 without padding, the
// two letters that differ from base64, and what must be refused.
#include "shared/base/base64url.h"

#include <gtest/gtest.h>

using namespace zhicha;

namespace {
TEST(Base64Url, writesAndReadsWithoutPadding) {
    for (const auto &[plain, text] :
         {std::pair{"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"}, {"foob", "Zm9vYg"}}) {
        EXPECT_EQ(toBase64Url(viewOf(plain)), text);
        EXPECT_EQ(fromBase64Url(text), toBytes(viewOf(plain)));
    }
    EXPECT_EQ(toBase64Url(Bytes{0xfb, 0xff}), "-_8");
    EXPECT_EQ(fromBase64Url("-_8"), (Bytes{0xfb, 0xff}));
}

TEST(Base64Url, refusesOtherAlphabetsPaddingAndUnusedBits) {
    for (const char *text : {"+/8", "Zg==", "Z", "Zh", "Zm9 v", "Zm9v\n", "Zm9vY"})
        EXPECT_FALSE(fromBase64Url(text)) << text;
}
} // namespace
