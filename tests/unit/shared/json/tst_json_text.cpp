// Goal: JSON numbers stay the text that they were, hostile JSON stays small. Method: round trips and broken texts.
#include "shared/json/json_text.h"

#include <gtest/gtest.h>
#include <limits>

using namespace zhicha;

namespace {
TEST(JsonText, numbersComeBackDigitForDigit) {
    for (const char *text :
         {R"({"a":1.50,"b":[0.1,12.500,-3,1e5,18446744073709551615,123456789012345678901234567890]})",
          R"("\u0001\n\"\\汉字")", "null", "true", "[[],{},[{}]]", R"({"":""})"}) {
        const auto parsed = parseJsonText(text);
        ASSERT_TRUE(parsed) << text;
        EXPECT_EQ(writeJsonText(*parsed), text);
    }
}

TEST(JsonText, refusesWhatIsNoJson) {
    for (const std::string &text :
         {std::string(), std::string("{"), std::string("[1,]"), std::string("{\"a\":1}x"), std::string("nul"),
          std::string("\"\xff\""), std::string("[01]"), std::string("{\"a\":1,\"a\":2}"), std::string("+1"),
          std::string("[NaN]"), std::string("'a'"), std::string("[1] [2]"), std::string(1, '\0')}) {
        const auto parsed = parseJsonText(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().code, Code::BadEncoding);
    }
}

TEST(JsonText, boundsDepthSizeAndCount) {
    EXPECT_TRUE(parseJsonText(std::string(kMaxJsonDepth, '[') + std::string(kMaxJsonDepth, ']')));
    const auto deep = parseJsonText(std::string(10'000'000, '['));
    ASSERT_FALSE(deep);
    EXPECT_EQ(deep.error().code, Code::BadEncoding);
    const auto large = parseJsonText(std::string(100'000'000, ' '));
    ASSERT_FALSE(large);
    EXPECT_EQ(large.error().code, Code::TooLarge);
    std::string many = "[";
    for (std::size_t i = 0; i < kMaxJsonValues; ++i)
        many += "0,";
    const auto counted = parseJsonText(many + "0]");
    ASSERT_FALSE(counted);
    EXPECT_EQ(counted.error().code, Code::TooLarge);
}

TEST(JsonText, scalesDecimalsExactly) {
    const auto value = [](const char *text, int digits) {
        const auto scaled = scaleDecimal(text, digits);
        return scaled ? scaled->value : std::numeric_limits<std::int64_t>::min();
    };
    EXPECT_EQ(value("34.7773125", 7), 347'773'125);
    EXPECT_EQ(value("-0.1", 7), -1'000'000);
    EXPECT_EQ(value("180", 7), 1'800'000'000);
    EXPECT_EQ(value("0.29", 2), 29); // 0.29 * 100 is 28.999… in binary
    EXPECT_EQ(value("1.00000005", 7), 10'000'001);
    EXPECT_FALSE(scaleDecimal("1.00000005", 7)->exact);
    EXPECT_TRUE(scaleDecimal("12.500", 2)->exact);
    for (const char *none : {"", "-", ".5", "5.", "1e3", "0x1", "01", "1 ", "99999999999999999999", "1..2", "+1"})
        EXPECT_FALSE(scaleDecimal(none, 7)) << none;
}

TEST(JsonText, writesTheShortestDecimal) {
    EXPECT_EQ(decimalText(347'773'125, 7), "34.7773125");
    EXPECT_EQ(decimalText(-1'000'000, 7), "-0.1");
    EXPECT_EQ(decimalText(0, 7), "0");
    EXPECT_EQ(decimalText(150'000, 3), "150");
    EXPECT_EQ(decimalText(std::numeric_limits<std::int64_t>::min(), 3), "-9223372036854775.808");
}
} // namespace
