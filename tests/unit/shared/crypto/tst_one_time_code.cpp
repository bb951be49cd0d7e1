// Goal: codes are those of every authenticator app, each counts once, and a phone's clock may be half a minute off.
// Method: the vectors of RFC 4226 appendix D and RFC 6238 appendix B, and the edges of the window.
#include "shared/crypto/one_time_code.h"

#include <gtest/gtest.h>

using namespace zhicha;

namespace {
const ByteView kSecret = viewOf("12345678901234567890");

TEST(OneTimeCode, isThatOfRfc4226) {
    constexpr const char *kCodes[]{"755224", "287082", "359152", "969429", "338314",
                                   "254676", "287922", "162583", "399871", "520489"};
    for (std::uint64_t counter = 0; counter < 10; ++counter)
        EXPECT_EQ(hotp(kSecret, counter), kCodes[counter]) << counter;
}

TEST(OneTimeCode, isThatOfRfc6238) {
    const std::pair<std::int64_t, const char *> kVectors[]{{59, "94287082"},         {1111111109, "07081804"},
                                                           {1111111111, "14050471"}, {1234567890, "89005924"},
                                                           {2000000000, "69279037"}, {20000000000, "65353130"}};
    for (const auto &[seconds, code] : kVectors)
        EXPECT_EQ(hotp(kSecret, static_cast<std::uint64_t>(codeStep(seconds * 1000)), 8), code) << seconds;
}

TEST(OneTimeCode, countsOneStepToEitherSideAndOnce) {
    const std::int64_t now = 1'234'567'890'000;
    const std::int64_t step = codeStep(now);
    for (std::int64_t off = -3; off <= 3; ++off) {
        const std::string code = hotp(kSecret, static_cast<std::uint64_t>(step + off));
        EXPECT_EQ(matchCode(kSecret, code, now, -1).has_value(), off >= -1 && off <= 1) << off;
        EXPECT_EQ(matchCode(kSecret, code, now, step).has_value(), off == 1) << off;
    }
    for (const char *wrong : {"", "0", "12345", "1234567", "abcdef", "００００００"})
        EXPECT_FALSE(matchCode(kSecret, wrong, now, -1)) << wrong;
    EXPECT_EQ(matchCode(kSecret, hotp(kSecret, 0), 0, -1), 0);
}

TEST(OneTimeCode, secretsAreTypedInBase32) {
    EXPECT_EQ(toBase32(viewOf("")), "");
    EXPECT_EQ(toBase32(viewOf("f")), "MY");
    EXPECT_EQ(toBase32(viewOf("foob")), "MZXW6YQ");
    EXPECT_EQ(toBase32(viewOf("foobar")), "MZXW6YTBOI");
    EXPECT_EQ(toBase32(kSecret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}
} // namespace
