// Goal: working days are those of the yearly tables, and a year without one is never guessed. Method: known holidays
// and shifts, spans across the years, counts that may not look further than they need, and broken tables.
#include "shared/rules/rules_data.h"
#include "shared/rules/working_calendar.h"

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::rules;

namespace {
Day dated(const char *text) {
    return dayFromText(text).value();
}
const WorkingCalendar &table() {
    return WorkingCalendar::compiledIn();
}

TEST(WorkingCalendar, followsHolidaysAndShiftedDays) {
    EXPECT_FALSE(table().isWorkday(dated("2024-02-12"))); // a Monday of 春节
    EXPECT_TRUE(table().isWorkday(dated("2024-02-04")));  // a Sunday that is worked
    EXPECT_TRUE(table().isWorkday(dated("2024-02-19")));
    EXPECT_FALSE(table().isWorkday(dated("2024-02-24")));
    EXPECT_TRUE(table().isWorkday(dated("2024-02-29")));
    EXPECT_FALSE(table().isWorkday(dated("2018-01-01")));
    EXPECT_FALSE(table().isWorkday(dated("2026-10-01")));
}

TEST(WorkingCalendar, countsForwardsAndBackwardsWithoutTheDayItself) {
    EXPECT_EQ(dayText(table().workdaysBefore(dated("2024-02-29"), 5).value), "2024-02-22");
    EXPECT_EQ(dayText(table().workdaysBefore(dated("2024-02-19"), 1).value), "2024-02-18"); // Sunday, worked
    EXPECT_EQ(dayText(table().workdaysBefore(dated("2024-02-18"), 1).value), "2024-02-09");
    EXPECT_EQ(dayText(*table().workdaysAfter(dated("2024-02-09"), 1, dated("2024-12-31")).value), "2024-02-18");
    EXPECT_EQ(table().workdaysBetween(dated("2024-02-09"), dated("2024-02-17")).value, 0);
    EXPECT_EQ(table().workdaysBetween(dated("2024-02-09"), dated("2024-02-18")).value, 1);
    EXPECT_EQ(table().workdaysBetween(dated("2024-02-18"), dated("2024-02-09")).value, 0);
    EXPECT_EQ(table().workdaysBetween(dated("2023-12-31"), dated("2024-12-31")).value, 251);
}

TEST(WorkingCalendar, saysWhichYearItMissesAndLooksNoFurtherThanNeeded) {
    EXPECT_EQ(table().workdaysBefore(dated("2018-01-03"), 1).missingYear, std::nullopt);
    EXPECT_EQ(table().workdaysBefore(dated("2018-01-03"), 2).missingYear, 2017);
    EXPECT_EQ(table().workdaysBefore(dated("2027-01-01"), 1).missingYear, std::nullopt); // 2026-12-31
    EXPECT_EQ(table().workdaysBefore(dated("2027-01-02"), 1).missingYear, 2027);
    EXPECT_EQ(table().workdaysAfter(dated("2026-12-29"), 2, dated("2027-06-01")).missingYear, std::nullopt);
    EXPECT_EQ(table().workdaysAfter(dated("2026-12-29"), 3, dated("2026-12-31")).value, std::nullopt);
    EXPECT_EQ(table().workdaysAfter(dated("2026-12-29"), 3, dated("2027-01-01")).missingYear, 2027);
    EXPECT_EQ(table().workdaysAfter(dated("2026-12-29"), 0, dated("2026-12-29")).value, dated("2026-12-29"));
    EXPECT_EQ(table().workdaysBetween(dated("2016-05-01"), dated("2020-01-01")).missingYear, 2016);
    EXPECT_EQ(table().workdaysBetween(dated("2017-12-31"), dated("2018-01-02")).missingYear, std::nullopt);
    EXPECT_EQ(table().workdaysBetween(dated("2026-01-01"), dated("2028-01-01")).missingYear, 2027);
    EXPECT_FALSE(table().hasYear(2017));
    EXPECT_FALSE(table().hasYear(-5));
    EXPECT_FALSE(table().hasYear(99999));
}

TEST(WorkingCalendar, takesANewerTable) {
    const auto newer = table().with("date,kind,name\r\n2027-01-01,rest,元旦\r\n2026-12-31,rest,\r\n");
    ASSERT_TRUE(newer) << newer.error().detail;
    EXPECT_TRUE(newer->hasYear(2027));
    EXPECT_EQ(newer->workdaysBetween(dated("2026-12-30"), dated("2027-01-04")).value, 1);
    EXPECT_FALSE(newer->isWorkday(dated("2024-02-12"))); // ours stays
    const auto shifted = table().with("date,kind,name\n2024-02-12,work,改\n");
    ASSERT_TRUE(shifted);
    EXPECT_TRUE(shifted->isWorkday(dated("2024-02-12"))); // theirs wins
    // Years between two tables that have none.
    const auto far = table().with("date,kind,name\n2030-01-01,rest,\n");
    ASSERT_TRUE(far);
    EXPECT_EQ(far->workdaysBetween(dated("2026-12-01"), dated("2030-01-02")).missingYear, 2027);
    EXPECT_FALSE(far->hasYear(2028));
}

TEST(WorkingCalendar, refusesABrokenTableAndNamesTheLine) {
    const std::pair<const char *, const char *> broken[] = {
        {"", "names no day"},
        {"date,kind,name\n", "names no day"},
        {"2027-01-01,rest,元旦\n", "line 1: not the heading"},
        {"date,kind,name\n2027-02-29,rest,\n", "line 2: does not begin with a day"},
        {"date,kind,name\n2027-01-01,rest,\n2027-01-02,holiday,\n", "line 3: the kind is neither"},
        {"date,kind,name\n2027-01-01\n", "line 2: the kind is neither"},
        {"date,kind,name\n2027-01-01,rest,\n2027-01-01,work,\n", "2027-01-01 stands twice"},
        {"date,kind,name\n;2027-01-01,rest\n", "line 2: does not begin"}};
    for (const auto &[csv, why] : broken) {
        const auto read = WorkingCalendar::fromCsv(csv);
        ASSERT_FALSE(read) << csv;
        EXPECT_NE(read.error().detail.find(why), std::string::npos) << read.error().detail;
    }
    EXPECT_EQ(WorkingCalendar::fromCsv(std::string(5u << 20, 'x')).error().code, Code::TooLarge);
    EXPECT_TRUE(WorkingCalendar::fromCsv("\xef\xbb\xbf" + std::string(publicHolidaysText())));
}
} // namespace
