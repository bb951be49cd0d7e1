#pragma once
// Official days (Asia/Shanghai) as numbers, so that the rules compare and add them without text, clock or time zone.
#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace zhicha::rules {

/** Days since 1970-01-01 of the proleptic Gregorian calendar. */
struct Day {
    std::int32_t number = 0;
    friend constexpr auto operator<=>(Day, Day) = default;
    friend constexpr Day operator+(Day day, std::int32_t days) { return {day.number + days}; }
    friend constexpr Day operator-(Day day, std::int32_t days) { return {day.number - days}; }
    friend constexpr std::int32_t operator-(Day later, Day earlier) { return later.number - earlier.number; }
    Day &operator++() {
        ++number;
        return *this;
    }
};

/** Later than every day that can be written: "not yet". Never computed with. */
inline constexpr Day kNever{std::numeric_limits<std::int32_t>::max()};

struct CivilDay {
    int year = 0;
    int month = 0;
    int day = 0;
};

/** YYYY-MM-DD of the years 0001 to 9999; nullopt for anything else. */
[[nodiscard]] std::optional<Day> dayFromText(std::string_view text);
[[nodiscard]] std::string dayText(Day day);
[[nodiscard]] CivilDay civilOf(Day day);
[[nodiscard]] Day dayOf(int year, int month, int day);
[[nodiscard]] int yearOf(Day day);
[[nodiscard]] Day firstOfYear(int year);
[[nodiscard]] bool isWeekend(Day day);

/** The same day of the month so many months on, else that month's last day (附件2 三 5: 12-31 + 2 = 02-28 or 02-29). */
[[nodiscard]] Day monthsAfter(Day day, int months);

/** A month as written in the ledger file: YYYY-MM. */
struct Month {
    int year = 0;
    int month = 0;
    friend constexpr auto operator<=>(Month, Month) = default;
    [[nodiscard]] Day first() const { return dayOf(year, month, 1); }
    [[nodiscard]] Day last() const;
};
[[nodiscard]] std::optional<Month> monthFromText(std::string_view text);
[[nodiscard]] std::string monthText(Month month);

} // namespace zhicha::rules
