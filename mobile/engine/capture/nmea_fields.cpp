#include "mobile/engine/capture/nmea_fields.h"

#include "shared/base/instant.h"
#include "shared/base/plant.h"

#include <algorithm>

namespace zhicha {
namespace {

bool isDigits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int twoDigits(std::string_view text) {
    return (text[0] - '0') * 10 + (text[1] - '0');
}

bool isCalendarDay(int year, int month, int day) {
    if (month < 1 || month > 12 || day < 1)
        return false;
    const std::int64_t first = daysFromCivil(year, month, 1);
    const std::int64_t next = month == 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1);
    return day <= next - first;
}

// Degrees in `wholeDigits - 2` digits, then two of minutes before the point: the standard's fixed width, which also
// tells a latitude from a longitude that lost a digit.
std::optional<std::int64_t> angle(std::string_view text, std::size_t wholeDigits, int maxDegrees) {
    const std::size_t point = std::min(text.find('.'), text.size());
    if (point != wholeDigits || !isDigits(text.substr(0, point)))
        return std::nullopt;
    std::int64_t degrees = 0;
    for (const char c : text.substr(0, wholeDigits - 2))
        degrees = degrees * 10 + (c - '0');
    const auto minutes = nmeaDecimal(text.substr(wholeDigits - 2), 9);
    constexpr std::int64_t oneMinute = 1'000'000'000;
    if (!minutes || *minutes >= 60 * oneMinute || degrees > maxDegrees || (degrees == maxDegrees && *minutes != 0))
        return std::nullopt;
    return degrees * kDegree + (*minutes + 3000) / 6000; // 1e-9 minutes to 1e-7 degrees, rounded
}

} // namespace

std::optional<std::int64_t> nmeaDecimal(std::string_view text, int decimals) {
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = point < text.size() ? text.substr(point + 1) : std::string_view{};
    if (whole.size() > 9 || (whole.empty() && fraction.empty()) || (!whole.empty() && !isDigits(whole)) ||
        (!fraction.empty() && !isDigits(fraction)))
        return std::nullopt;
    std::int64_t value = 0;
    for (const char c : whole)
        value = value * 10 + (c - '0');
    for (int i = 0; i < decimals; ++i) {
        const auto at = static_cast<std::size_t>(i);
        value = value * 10 + (at < fraction.size() ? fraction[at] - '0' : 0);
    }
    return value;
}

std::optional<std::int64_t> nmeaTimeOfDay(std::string_view text) {
    if (text.size() < 6 || !isDigits(text.substr(0, 6)))
        return std::nullopt;
    const int hours = twoDigits(text);
    const int minutes = twoDigits(text.substr(2));
    const int seconds = twoDigits(text.substr(4));
    if (hours > 23 || minutes > 59 || seconds > 60 || (text.size() > 6 && text[6] != '.'))
        return std::nullopt;
    const auto ms = nmeaDecimal("0" + std::string(text.substr(6)), 3);
    if (!ms)
        return std::nullopt;
    return ((hours * 60 + minutes) * 60 + seconds) * 1000LL + *ms;
}

std::optional<std::int64_t> nmeaDate(std::string_view ddmmyy) {
    if (ddmmyy.size() != 6 || !isDigits(ddmmyy))
        return std::nullopt;
    const int yy = twoDigits(ddmmyy.substr(4));
    const int year = yy >= 80 ? 1900 + yy : 2000 + yy;
    const int month = twoDigits(ddmmyy.substr(2));
    const int day = twoDigits(ddmmyy);
    return isCalendarDay(year, month, day) ? std::optional(daysFromCivil(year, month, day)) : std::nullopt;
}

std::optional<std::int64_t> nmeaDate(std::string_view day, std::string_view month, std::string_view year) {
    if (day.size() != 2 || month.size() != 2 || year.size() != 4 || !isDigits(day) || !isDigits(month) ||
        !isDigits(year))
        return std::nullopt;
    const int y = twoDigits(year) * 100 + twoDigits(year.substr(2));
    if (y < 1980 || !isCalendarDay(y, twoDigits(month), twoDigits(day)))
        return std::nullopt;
    return daysFromCivil(y, twoDigits(month), twoDigits(day));
}

std::optional<LatLon> nmeaPlace(std::string_view lat, std::string_view ns, std::string_view lon, std::string_view ew) {
    const auto latitude = angle(lat, 4, 90);
    const auto longitude = angle(lon, 5, 180);
    if (!latitude || !longitude || (ns != "N" && ns != "S") || (ew != "E" && ew != "W"))
        return std::nullopt;
    const bool isWest = ew == "W" && !plant("nmea_west_is_east");
    return LatLon{static_cast<std::int32_t>(ns == "S" ? -*latitude : *latitude),
                  static_cast<std::int32_t>(isWest ? -*longitude : *longitude)};
}

NmeaStatus nmeaQuality(std::string_view gga) {
    if (gga.size() != 1)
        return NmeaStatus::Unknown;
    switch (gga[0]) {
    case '1': // autonomous
    case '2': // differential
    case '3': // precise
    case '4': // carrier phase, fixed
    case '5': // carrier phase, float
    case '9': // with satellite-based augmentation, as some chips number it
        return NmeaStatus::Valid;
    case '0':
    case '6': // estimated
    case '7': // manual
        return NmeaStatus::Invalid;
    case '8':
        return NmeaStatus::Simulated;
    default:
        return NmeaStatus::Unknown;
    }
}

NmeaStatus nmeaModes(std::string_view gns) {
    NmeaStatus out = gns.empty() ? NmeaStatus::Unknown : NmeaStatus::Invalid;
    for (const char mode : gns) {
        switch (mode) {
        case 'A':
        case 'D':
        case 'P':
        case 'R':
        case 'F':
            if (out == NmeaStatus::Invalid)
                out = NmeaStatus::Valid;
            break;
        case 'S':
            out = NmeaStatus::Simulated;
            break;
        case 'N':
        case 'E':
        case 'M':
            break;
        default:
            return NmeaStatus::Unknown;
        }
    }
    return out;
}

NmeaStatus nmeaStatus(std::string_view status, std::string_view mode) {
    if (status == "V")
        return plant("nmea_void_is_valid") ? NmeaStatus::Valid : NmeaStatus::Invalid;
    if (status != "A" || mode.size() > 1)
        return NmeaStatus::Unknown;
    return mode.empty() ? NmeaStatus::Valid : nmeaModes(mode);
}

std::int64_t repairRollover(std::int64_t day, std::int64_t notBeforeDay) {
    constexpr std::int64_t step = kWeeksOfRollover * 7;
    for (int times = 0; times <= 4; ++times)
        if (day + times * step >= notBeforeDay)
            return plant("nmea_rollover_kept") ? day : day + times * step;
    return day;
}

} // namespace zhicha
