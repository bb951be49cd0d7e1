#include "shared/base/instant.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace zhicha {

namespace {
struct Civil {
    int year;
    int month;
    int day;
};

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (public description of civil_from_days).
Civil civilFromDays(std::int64_t days) {
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const auto doe = static_cast<unsigned>(days - era * 146097);
    const unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const unsigned mp = (5 * doy + 2) / 153;
    const int month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
    return {static_cast<int>(static_cast<std::int64_t>(yoe) + era * 400) + (month <= 2 ? 1 : 0), month,
            static_cast<int>(doy - (153 * mp + 2) / 5 + 1)};
}

int daysInMonth(int year, int month) {
    constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

std::int64_t floorDiv(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

/** Reads exactly `count` digits at `at`; -1 if they are not there. */
int digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size())
        return -1;
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kFirstMs = -62'135'596'800'000; // 0001-01-01
constexpr std::int64_t kLastMs = 253'402'300'799'999;  // 9999-12-31
} // namespace

std::int64_t daysFromCivil(int year, int month, int day) {
    const int y = year - (month <= 2 ? 1 : 0);
    const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
    const auto yoe = static_cast<unsigned>(y - era * 400);
    const auto doy = static_cast<unsigned>((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1);
    return era * 146097 + static_cast<std::int64_t>(yoe * 365 + yoe / 4 - yoe / 100 + doy) - 719468;
}

std::string toRfc3339(std::int64_t utcMs) {
    utcMs = std::clamp(utcMs, kFirstMs, kLastMs);
    const std::int64_t days = floorDiv(utcMs, kDayMs);
    const auto rest = static_cast<int>(utcMs - days * kDayMs);
    const Civil date = civilFromDays(days);
    std::array<char, 64> out{};
    std::snprintf(out.data(), out.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", date.year, date.month, date.day,
                  rest / 3'600'000, rest / 60'000 % 60, rest / 1000 % 60, rest % 1000);
    return out.data();
}

bool isDay(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return false;
    const int year = digits(text, 0, 4);
    const int month = digits(text, 5, 2);
    const int day = digits(text, 8, 2);
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

std::optional<std::int64_t> fromRfc3339(std::string_view text) {
    if (text.size() < 20 || !isDay(text.substr(0, 10)) || (text[10] != 'T' && text[10] != 't') || text[13] != ':' ||
        text[16] != ':')
        return std::nullopt;
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
        return std::nullopt;
    std::size_t at = 19;
    int ms = 0;
    if (text[at] == '.') {
        int scale = 100;
        const std::size_t first = ++at;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
            ms += (text[at] - '0') * scale;
        if (at == first)
            return std::nullopt;
    }
    int offset = 0;
    const std::string_view zone = text.substr(at);
    if (zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':') {
        const int zh = digits(zone, 1, 2);
        const int zm = digits(zone, 4, 2);
        if (zh < 0 || zh > 23 || zm < 0 || zm > 59)
            return std::nullopt;
        offset = (zh * 60 + zm) * (zone[0] == '-' ? -1 : 1);
    } else if (zone != "Z" && zone != "z") {
        return std::nullopt;
    }
    const std::int64_t days = daysFromCivil(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
    return days * kDayMs + (hour * 60 + minute - offset) * std::int64_t{60'000} + second * 1000 + ms;
}

std::string shanghaiDay(std::int64_t utcMs) {
    return toRfc3339(std::clamp(utcMs, kFirstMs, kLastMs) + 8 * 3'600'000).substr(0, 10);
}

} // namespace zhicha
