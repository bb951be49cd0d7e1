// Goal: numbers, metadata and ranges are read strictly. Method: tables.
#include "sync-server/http/resources/tus_headers.h"

#include <gtest/gtest.h>

namespace zhicha {
namespace {

TEST(TusHeaders, readsDecimalsOnly) {
    EXPECT_EQ(readDecimal("0"), 0u);
    EXPECT_EQ(readDecimal("007"), 7u);
    EXPECT_EQ(readDecimal("999999999999999999"), 999999999999999999u);
    for (const auto *text : {"", " 1", "1 ", "-1", "+1", "0x1", "1.0", "1e3", "1000000000000000000", "１"})
        EXPECT_FALSE(readDecimal(text)) << text;
}

TEST(TusHeaders, findsOneMetadataValue) {
    EXPECT_EQ(tusMetadata("sha256 YWI=", "sha256"), "ab");
    EXPECT_EQ(tusMetadata("name eA==, sha256 YWI=,empty", "sha256"), "ab");
    EXPECT_FALSE(tusMetadata("", "sha256"));
    EXPECT_FALSE(tusMetadata("sha256", "sha256"));
    EXPECT_FALSE(tusMetadata("sha256 YWI", "sha256"));
    EXPECT_FALSE(tusMetadata("sha256 YWI=,sha256 YWI=", "sha256"));
    EXPECT_FALSE(tusMetadata("xsha256 YWI=", "sha256"));
    EXPECT_FALSE(tusMetadata(",,, ,", "sha256"));
}

void expectRange(std::string_view field, RangeVerdict verdict, std::uint64_t first, std::uint64_t last) {
    ByteRange range;
    EXPECT_EQ(readRange(field, 1000, range), verdict) << field;
    if (verdict == RangeVerdict::Unsatisfiable)
        return;
    EXPECT_EQ(range.first, first) << field;
    EXPECT_EQ(range.last, last) << field;
}

TEST(TusHeaders, readsOneRange) {
    expectRange("", RangeVerdict::Whole, 0, 1000);
    expectRange("bytes=0-0", RangeVerdict::Part, 0, 1);
    expectRange("bytes=100-", RangeVerdict::Part, 100, 1000);
    expectRange("bytes=100-5000", RangeVerdict::Part, 100, 1000);
    expectRange("bytes=-1", RangeVerdict::Part, 999, 1000);
    expectRange("bytes=-5000", RangeVerdict::Part, 0, 1000);
    expectRange("bytes=1000-", RangeVerdict::Unsatisfiable, 0, 0);
    expectRange("bytes=-0", RangeVerdict::Unsatisfiable, 0, 0);
    for (const auto *broken : {"bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "bytes=1-2,4-5", "lines=1-2", "bytes=1"})
        expectRange(broken, RangeVerdict::Whole, 0, 1000);
}

} // namespace
} // namespace zhicha
