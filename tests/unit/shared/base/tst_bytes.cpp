// Goal: hex, base64 and UTF-8 accept exactly what their standards say, since headers and notes are built on them.
// Method: the vectors of RFC 4648 and RFC 3629, hostile near misses, and round trips over random bytes.
#include "shared/base/bytes.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace zhicha {
namespace {

std::string decoded64(std::string_view text) {
    const auto bytes = fromBase64(text);
    return bytes ? std::string(textOf(*bytes)) : "refused";
}

TEST(Hex, writesLowerCaseWithoutSeparators) {
    EXPECT_EQ(toHex(Bytes{0x00, 0x0f, 0xa5, 0xff}), "000fa5ff");
    EXPECT_EQ(toHex({}), "");
}

TEST(Hex, readsEitherCase) {
    EXPECT_EQ(fromHex("00Ff"), (Bytes{0x00, 0xff}));
    EXPECT_EQ(fromHex(""), Bytes{});
}

TEST(Hex, refusesOddLengthAndForeignCharacters) {
    for (const std::string_view text : {"0", "abc", "0g", "g0", " 0", "0 ", "0x", "+1", "-1", "\xff\xff", "０"})
        EXPECT_FALSE(fromHex(text)) << text;
    EXPECT_FALSE(fromHex(std::string_view("a\0", 2)));
}

TEST(Hex, everyByteStringComesBack) {
    EXPECT_TRUE(
        rc::check("fromHex(toHex(x)) == x", [](const Bytes &bytes) { RC_ASSERT(fromHex(toHex(bytes)) == bytes); }));
}

TEST(Base64, agreesWithTheVectorsOfRfc4648) {
    const std::pair<std::string_view, std::string_view> vectors[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    for (const auto &[plain, coded] : vectors) {
        EXPECT_EQ(toBase64(viewOf(plain)), coded);
        EXPECT_EQ(decoded64(coded), plain);
    }
    EXPECT_EQ(toBase64(Bytes{0xfb, 0xff, 0xfe}), "+//+");
}

TEST(Base64, refusesWhatIsNotStrict) {
    for (const std::string_view text : {"Zg", "Zg=", "Zg= =", "Z===", "====", "Zg==Zg==", "Zm8=Zg==", "Zm9v\n", " Zm9v",
                                        "Zm9-", "Zm9_", "Z=9v", "=m9v", "Zm=v", "Zm9v=", "\xff\xff\xff\xff"})
        EXPECT_EQ(decoded64(text), "refused") << text;
}

TEST(Base64, refusesUnusedBitsThatAreNotZero) {
    EXPECT_EQ(decoded64("Zh=="), "refused");
    EXPECT_EQ(decoded64("Zm9="), "refused");
}

TEST(Base64, everyByteStringComesBack) {
    EXPECT_TRUE(rc::check("fromBase64(toBase64(x)) == x",
                          [](const Bytes &bytes) { RC_ASSERT(fromBase64(toBase64(bytes)) == bytes); }));
}

TEST(Base64, eachTextHasOneMeaning) {
    EXPECT_TRUE(rc::check("what is read is written the same", [] {
        const auto text = *rc::gen::container<std::string>(4, rc::gen::elementOf(std::string("AQgwZz019+/=")));
        const auto bytes = fromBase64(text);
        RC_PRE(bytes.has_value());
        RC_ASSERT(toBase64(*bytes) == text);
    }));
}

TEST(Utf8, acceptsEveryLengthAtItsBorders) {
    for (const std::string_view text : {"", "a", "直查", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
                                        "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
        EXPECT_TRUE(isUtf8(text)) << toHex(viewOf(text));
    EXPECT_TRUE(isUtf8(std::string_view("a\0b", 3)));
}

TEST(Utf8, refusesOverlongSurrogateAndBeyondTheLastPlane) {
    for (const std::string_view text : {"\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xf0\x80\x80\x80",
                                        "\xf0\x8f\xbf\xbf", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf4\x90\x80\x80",
                                        "\xf5\x80\x80\x80", "\xf8\x88\x80\x80\x80", "\xfe", "\xff"})
        EXPECT_FALSE(isUtf8(text)) << toHex(viewOf(text));
}

TEST(Utf8, refusesACutOrBrokenSequence) {
    for (const std::string_view text :
         {"\x80", "\xbf", "\xc2", "a\xe7\x9b", "\xf0\x9f\x98", "\xe7\x9b\x41", "\xc2\xc2\x80"})
        EXPECT_FALSE(isUtf8(text)) << toHex(viewOf(text));
}

TEST(Bytes, fixedBytesTakesOnlyItsOwnLength) {
    EXPECT_TRUE(fixedBytes<2>(Bytes{1, 2}));
    EXPECT_FALSE(fixedBytes<2>(Bytes{1}));
    EXPECT_FALSE(fixedBytes<2>(Bytes{1, 2, 3}));
    EXPECT_FALSE(fixedBytes<2>(ByteView{}));
}

TEST(Bytes, digestFromHexTakesExactly64Digits) {
    const std::string digits(64, 'a');
    ASSERT_TRUE(digestFromHex(digits));
    EXPECT_EQ(toHex(*digestFromHex(digits)), digits);
    EXPECT_FALSE(digestFromHex(digits.substr(2)));
    EXPECT_FALSE(digestFromHex(digits + "aa"));
    EXPECT_FALSE(digestFromHex(digits.substr(1)));
}

TEST(Bytes, sameBytesComparesLengthToo) {
    EXPECT_TRUE(sameBytes(Bytes{1, 2}, Bytes{1, 2}));
    EXPECT_FALSE(sameBytes(Bytes{1, 2}, Bytes{1}));
    EXPECT_FALSE(sameBytes(Bytes{1}, Bytes{1, 2}));
    EXPECT_FALSE(sameBytes(Bytes{1, 2}, Bytes{1, 3}));
    EXPECT_TRUE(sameBytes({}, {}));
}

} // namespace
} // namespace zhicha
