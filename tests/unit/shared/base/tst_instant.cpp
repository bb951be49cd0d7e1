// Goal: instants and official days are exact over the whole calendar and read strictly. Method: known days, leap rules,
// the day border of Asia/Shanghai, hostile texts, and round trips over random instants.
#include "shared/base/instant.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <limits>

namespace zhicha {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kFirstMs = -62'135'596'800'000;
constexpr std::int64_t kLastMs = 253'402'300'799'999;

TEST(Instant, writesUtcWithMilliseconds) {
    EXPECT_EQ(toRfc3339(0), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(toRfc3339(-1), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(toRfc3339(951'782'400'000), "2000-02-29T00:00:00.000Z");
    EXPECT_EQ(toRfc3339(4'107'542'400'000), "2100-03-01T00:00:00.000Z"); // 2100 is no leap year
}

TEST(Instant, clampsToTheYearsThatTheFormCanHold) {
    EXPECT_EQ(toRfc3339(std::numeric_limits<std::int64_t>::min()), "0001-01-01T00:00:00.000Z");
    EXPECT_EQ(toRfc3339(std::numeric_limits<std::int64_t>::max()), "9999-12-31T23:59:59.999Z");
}

TEST(Instant, readsZuluOffsetsAndFractions) {
    EXPECT_EQ(fromRfc3339("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(fromRfc3339("1970-01-01T08:00:00+08:00"), 0);
    EXPECT_EQ(fromRfc3339("1969-12-31T16:00:00.000-08:00"), 0);
    EXPECT_EQ(fromRfc3339("1970-01-01t00:00:00.5z"), 500);
    EXPECT_EQ(fromRfc3339("1970-01-01T00:00:00.0019Z"), 1); // finer than a millisecond is cut, never rounded up
    EXPECT_EQ(fromRfc3339("1970-01-01T00:00:00." + std::string(1'000, '9') + "Z"), 999);
}

TEST(Instant, aLeapSecondIsTheNextMinute) {
    EXPECT_EQ(fromRfc3339("2016-12-31T23:59:60Z"), fromRfc3339("2017-01-01T00:00:00Z"));
}

TEST(Instant, refusesWhatRfc3339DoesNotAllow) {
    for (const std::string_view text : {"",
                                        "1970-01-01",
                                        "1970-01-01T00:00:00",
                                        "1970-01-01 00:00:00Z",
                                        "1970-01-01T24:00:00Z",
                                        "1970-01-01T00:60:00Z",
                                        "1970-01-01T00:00:61Z",
                                        "1970-13-01T00:00:00Z",
                                        "1970-00-01T00:00:00Z",
                                        "1970-02-29T00:00:00Z",
                                        "1970-01-01T00:00:00.Z",
                                        "1970-01-01T00:00:00+8:00",
                                        "1970-01-01T00:00:00+0800",
                                        "1970-01-01T00:00:00+24:00",
                                        "1970-01-01T00:00:00+08:60",
                                        "1970-01-01T00:00:00Z ",
                                        "1970-01-01T00:00:00ZZ",
                                        "0000-01-01T00:00:00Z",
                                        "-970-01-01T00:00:00Z",
                                        "1970-01-01T-1:00:00Z",
                                        "1970-01-01T00:00:0xZ",
                                        "1970-01-01T00:00:00,5Z"})
        EXPECT_FALSE(fromRfc3339(text)) << text;
    EXPECT_FALSE(fromRfc3339(std::string_view("1970-01-01T00:00:00\0", 20)));
}

TEST(Instant, everyInstantComesBackFromItsText) {
    EXPECT_TRUE(rc::check("fromRfc3339(toRfc3339(t)) == t", [] {
        const auto t = *rc::gen::inRange<std::int64_t>(kFirstMs, kLastMs + 1);
        RC_ASSERT(fromRfc3339(toRfc3339(t)) == t);
    }));
}

TEST(Instant, textsSortAsTheirInstants) {
    EXPECT_TRUE(rc::check("order is kept", [] {
        const auto a = *rc::gen::inRange<std::int64_t>(kFirstMs, kLastMs + 1);
        const auto b = *rc::gen::inRange<std::int64_t>(kFirstMs, kLastMs + 1);
        RC_ASSERT((a < b) == (toRfc3339(a) < toRfc3339(b)));
    }));
}

TEST(Day, countsFromTheEpoch) {
    EXPECT_EQ(daysFromCivil(1970, 1, 1), 0);
    EXPECT_EQ(daysFromCivil(1969, 12, 31), -1);
    EXPECT_EQ(daysFromCivil(2000, 2, 29), 11'016);
    EXPECT_EQ(daysFromCivil(1, 1, 1) * kDayMs, kFirstMs);
    EXPECT_EQ((daysFromCivil(9999, 12, 31) + 1) * kDayMs - 1, kLastMs);
}

TEST(Day, isCheckedAgainstTheCalendar) {
    for (const std::string_view text : {"2024-02-29", "2000-02-29", "2026-11-24", "0001-01-01", "9999-12-31"})
        EXPECT_TRUE(isDay(text)) << text;
    for (const std::string_view text :
         {"2023-02-29", "1900-02-29", "2026-04-31", "2026-00-10", "2026-10-00", "0000-01-01", "2026-1-01", "2026/01/01",
          "26-01-01", "2026-01-01 ", "２026-01", ""})
        EXPECT_FALSE(isDay(text)) << text;
}

TEST(Day, ofShanghaiTurnsAtSixteenHoursUtc) {
    EXPECT_EQ(shanghaiDay(*fromRfc3339("2026-11-24T15:59:59.999Z")), "2026-11-24");
    EXPECT_EQ(shanghaiDay(*fromRfc3339("2026-11-24T16:00:00Z")), "2026-11-25");
    EXPECT_EQ(shanghaiDay(*fromRfc3339("2026-12-31T16:00:00Z")), "2027-01-01");
    // In the summers of 1986 to 1991 China had daylight saving; official days here have none.
    EXPECT_EQ(shanghaiDay(*fromRfc3339("1988-07-01T15:30:00Z")), "1988-07-01");
}

} // namespace
} // namespace zhicha
