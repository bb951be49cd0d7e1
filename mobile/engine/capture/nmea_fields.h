#pragma once
// The fields of NMEA sentences, read strictly and in integers: nan, 1e9, -0, 61 minutes are no numbers here.
#include "shared/geo/fix.h"

namespace zhicha {

/** Digits with at most one point and at least one digit, as an integer of 10^-decimals; further decimals are cut off.
 *  nullopt for a sign, an exponent, anything else, or more than 9 digits before the point. decimals ≤ 9. */
[[nodiscard]] std::optional<std::int64_t> nmeaDecimal(std::string_view text, int decimals);
/** hhmmss or hhmmss.sss → ms of the day. A leap second (60) is allowed, so up to 86 400 999. */
[[nodiscard]] std::optional<std::int64_t> nmeaTimeOfDay(std::string_view text);
/** ddmmyy → days since 1970; years 80 to 99 are 19yy, since there was no GPS date before 1980. */
[[nodiscard]] std::optional<std::int64_t> nmeaDate(std::string_view ddmmyy);
[[nodiscard]] std::optional<std::int64_t> nmeaDate(std::string_view day, std::string_view month, std::string_view year);
/** ddmm.mmmm, N or S, dddmm.mmmm, E or W; all four must be whole and in range. Rounded to 1e-7 degrees. */
[[nodiscard]] std::optional<LatLon> nmeaPlace(std::string_view lat, std::string_view ns, std::string_view lon,
                                              std::string_view ew);

/** What a receiver says of its own position. Estimated (dead reckoning) and manual input are Invalid: nothing was
 *  measured. Simulated is what a test receiver says of itself. Unknown = a letter or number that the standard lacks. */
enum class NmeaStatus { Invalid, Valid, Simulated, Unknown };
[[nodiscard]] NmeaStatus nmeaQuality(std::string_view gga); ///< GGA field 6
[[nodiscard]] NmeaStatus nmeaModes(std::string_view gns);   ///< GNS field 6: a letter per constellation
/** RMC and GLL: status A or V, and (from NMEA 2.3) a mode letter; an empty mode says nothing. */
[[nodiscard]] NmeaStatus nmeaStatus(std::string_view status, std::string_view mode);

constexpr std::int64_t kWeeksOfRollover = 1024; ///< a GPS receiver counts weeks in 10 bits
/** The day moved forward by whole rollovers until it is not before notBefore; unchanged if four do not suffice. */
[[nodiscard]] std::int64_t repairRollover(std::int64_t day, std::int64_t notBeforeDay);

} // namespace zhicha
