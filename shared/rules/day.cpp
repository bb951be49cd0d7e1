#include "shared/rules/day.h"

#include "shared/base/instant.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace zhicha::rules {

namespace {
int numberIn(std::string_view digits) {
    int value = 0;
    for (const char c : digits)
        value = value * 10 + (c - '0');
    return value;
}

int lastDayOf(int year, int month) {
    constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}
} // namespace

std::optional<Day> dayFromText(std::string_view text) {
    if (!isDay(text))
        return std::nullopt;
    return dayOf(numberIn(text.substr(0, 4)), numberIn(text.substr(5, 2)), numberIn(text.substr(8, 2)));
}

std::string dayText(Day day) {
    const CivilDay civil = civilOf(day);
    std::array<char, 48> out{};
    std::snprintf(out.data(), out.size(), "%04d-%02d-%02d", civil.year, civil.month, civil.day);
    return out.data();
}

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (public description of civil_from_days).
CivilDay civilOf(Day day) {
    const std::int64_t shifted = std::int64_t{day.number} + 719468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const auto dayOfEra = static_cast<int>(shifted - era * 146097);
    const int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const int shiftedMonth = (5 * dayOfYear + 2) / 153;
    const int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
    return {static_cast<int>(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * shiftedMonth + 2) / 5 + 1};
}

Day dayOf(int year, int month, int day) {
    return {static_cast<std::int32_t>(daysFromCivil(year, month, day))};
}

int yearOf(Day day) {
    return civilOf(day).year;
}

Day firstOfYear(int year) {
    return dayOf(year, 1, 1);
}

bool isWeekend(Day day) {
    const int weekday = ((day.number % 7) + 7 + 4) % 7; // 1970-01-01 was a Thursday; 0 is Sunday
    return weekday == 0 || weekday == 6;
}

Day monthsAfter(Day day, int months) {
    const CivilDay civil = civilOf(day);
    const int month = civil.month - 1 + months;
    const int year = civil.year + month / 12;
    return dayOf(year, month % 12 + 1, std::min(civil.day, lastDayOf(year, month % 12 + 1)));
}

Day Month::last() const {
    return dayOf(year, month, lastDayOf(year, month));
}

std::optional<Month> monthFromText(std::string_view text) {
    if (text.size() != 7 || !isDay(std::string(text) + "-01"))
        return std::nullopt;
    return Month{numberIn(text.substr(0, 4)), numberIn(text.substr(5, 2))};
}

std::string monthText(Month month) {
    return dayText(month.first()).substr(0, 7);
}

} // namespace zhicha::rules
