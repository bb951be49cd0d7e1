// Goal: days, months and official numbers are those of the calendar, edges included. Method: tables by hand, and every
// day of 400 years there and back.
#include "shared/rules/day.h"
#include "shared/rules/official_number.h"

#include <gtest/gtest.h>

using namespace zhicha::rules;

namespace {
Day civil(const char *text) {
    return dayFromText(text).value();
}

TEST(Day, everyDayOfAnEraComesBack) {
    Day expected = civil("1800-01-01");
    for (int year = 1800; year < 2200; ++year)
        for (int month = 1; month <= 12; ++month)
            for (Day at = Month{year, month}.first(); at <= Month{year, month}.last(); ++at, ++expected) {
                ASSERT_EQ(at, expected);
                ASSERT_EQ(dayFromText(dayText(at)), at);
                ASSERT_EQ(yearOf(at), year);
            }
}

TEST(Day, refusesWhatIsNone) {
    for (const char *text : {"", "2024-02-30", "2023-02-29", "2024-2-9", "2024-13-01", "2024-00-10", "0000-01-01",
                             "2024/01/01", "2024-01-01 ", "2024-01-0a", "20240101", "１２34-01-01"})
        EXPECT_FALSE(dayFromText(text)) << text;
    for (const char *text : {"", "2024", "2024-13", "2024-00", "2024-1", "0000-01", "2024-01-01", "2024-0x"})
        EXPECT_FALSE(monthFromText(text)) << text;
    EXPECT_EQ(dayText(civil("0001-01-01")), "0001-01-01");
    EXPECT_EQ(dayText(civil("9999-12-31")), "9999-12-31");
    EXPECT_EQ(monthText(*monthFromText("2024-02")), "2024-02");
    EXPECT_EQ(dayText(monthFromText("2024-02")->last()), "2024-02-29");
}

// 附件2 三 5 with its reading: the same day of the month, else that month's last day.
TEST(Day, twoMonthsOn) {
    const std::pair<const char *, const char *> pairs[] = {{"2023-12-31", "2024-02-29"}, {"2022-12-31", "2023-02-28"},
                                                           {"2023-02-28", "2023-04-28"}, {"2024-02-29", "2024-04-29"},
                                                           {"2024-06-30", "2024-08-30"}, {"2024-07-31", "2024-09-30"},
                                                           {"2024-11-15", "2025-01-15"}, {"2024-10-31", "2024-12-31"}};
    for (const auto &[from, to] : pairs)
        EXPECT_EQ(dayText(monthsAfter(civil(from), 2)), to);
    EXPECT_EQ(dayText(monthsAfter(civil("2024-01-31"), 0)), "2024-01-31");
    EXPECT_EQ(dayText(monthsAfter(civil("2024-02-29"), 12)), "2025-02-28");
}

TEST(Day, weekendsAreSaturdayAndSunday) {
    EXPECT_TRUE(isWeekend(civil("2024-06-01")));
    EXPECT_TRUE(isWeekend(civil("2024-06-02")));
    EXPECT_FALSE(isWeekend(civil("2024-06-03")));
    EXPECT_TRUE(isWeekend(civil("1969-12-28")));
    EXPECT_FALSE(isWeekend(civil("1969-12-29")));
}

TEST(OfficialNumber, runsPerKindAndYear) {
    const std::vector<std::string> given{"督〔2026〕1号",      "督〔2026〕15号",  "督〔2025〕99号",
                                         "三政督〔2026〕40号", "督〔2026〕016号", "督查2026-17",
                                         "督〔2026〕号",       "〔2026〕77号",    "督〔2026〕18号甲"};
    EXPECT_EQ(officialNumberText(*nextOfficialNumber("督", 2026, given)), "督〔2026〕16号");
    EXPECT_EQ(officialNumberText(*nextOfficialNumber("督", 2025, given)), "督〔2025〕100号");
    EXPECT_EQ(officialNumberText(*nextOfficialNumber("三政督", 2026, given)), "三政督〔2026〕41号");
    EXPECT_EQ(officialNumberText(*nextOfficialNumber("督", 2027, given)), "督〔2027〕1号");
    const std::vector<std::string> last{"督〔2026〕999999号"};
    EXPECT_FALSE(nextOfficialNumber("督", 2026, last));
}

TEST(OfficialNumber, isReadBackExactly) {
    const OfficialNumber number{"督", 2026, 15};
    EXPECT_EQ(officialNumberFromText(officialNumberText(number)), number);
    for (const char *text :
         {"", "督〔2026〕0号", "督〔2026〕-1号", "督〔0026〕1号", "督〔26〕1号", "督〔2026〕1", "督[2026]1号",
          "督〔2026〕1000000号", "督〕2026〔1号", "督〔2026〕1 号", "督〔2026〕99999999999号"})
        EXPECT_FALSE(officialNumberFromText(text)) << text;
}
} // namespace
