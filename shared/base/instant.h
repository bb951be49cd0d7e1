#pragma once
// Instants (int64 ms UTC) and official days (Asia/Shanghai, +08:00, without daylight saving).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zhicha {

/** RFC 3339 in UTC with milliseconds: 2026-11-24T01:02:03.004Z. Years outside 0001 to 9999 are clamped. */
[[nodiscard]] std::string toRfc3339(std::int64_t utcMs);
/** Accepts Z or a numeric offset, with or without a fraction; nullopt for anything else. */
[[nodiscard]] std::optional<std::int64_t> fromRfc3339(std::string_view text);

/** Days since 1970-01-01 of the proleptic Gregorian calendar. */
[[nodiscard]] std::int64_t daysFromCivil(int year, int month, int day);
/** YYYY-MM-DD, checked against the calendar. */
[[nodiscard]] bool isDay(std::string_view text);
/** The Asia/Shanghai day of an instant, YYYY-MM-DD. */
[[nodiscard]] std::string shanghaiDay(std::int64_t utcMs);

} // namespace zhicha
