#pragma once
// A fix: one measured position, as it is recorded (docs/FORMATS.md "fix").
// Units: angles int32 1e-7 degrees (north and east positive), lengths int64 millimetres, instants int64 ms UTC.
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace zhicha {

constexpr std::int32_t kDegree = 10'000'000; ///< one degree in our unit

/** A place on WGS-84. lat in [-90°, 90°], lon in [-180°, 180°]; both ends of lon are the same meridian. */
struct LatLon {
    std::int32_t lat = 0;
    std::int32_t lon = 0;
    bool operator==(const LatLon &) const = default;
};
/** True if both angles are in range. */
[[nodiscard]] bool isPlace(std::int64_t lat, std::int64_t lon);

enum class FixSource { System, Nmea, Simulated };
[[nodiscard]] std::string_view fixSourceName(FixSource source); ///< system, nmea, simulated: the words on the wire
[[nodiscard]] std::optional<FixSource> fixSourceFromName(std::string_view name);

/** Reasons to doubt a fix, as bits. They are shown beside it and never block. */
enum FixFlag : std::uint32_t {
    kFixMock = 1,          ///< the system or the receiver itself says that it is simulated
    kFixJump = 2,          ///< could not have been reached from the fix before
    kFixFrozen = 4,        ///< the very same coordinates for longer than noise allows
    kFixFewSatellites = 8, ///< fewer satellites than a position in space needs
};
/** mock, jump, frozen, few_satellites: the words on the wire, in this order. */
[[nodiscard]] std::vector<std::string_view> fixFlagNames(std::uint32_t flags);
/** nullopt for a word that is none of them. */
[[nodiscard]] std::optional<std::uint32_t> fixFlagFromName(std::string_view name);

struct Fix {
    std::int64_t t = 0; ///< when it was measured, ms UTC by the satellites
    LatLon at;
    std::optional<std::int64_t> accuracyMm; ///< radius, about 63 to 68 %; none if the receiver does not say
    std::int64_t ageMs = 0;                 ///< how old it was when it was used, by the monotonic clock
    FixSource source = FixSource::System;
    std::uint32_t flags = 0; ///< FixFlag bits
    bool operator==(const Fix &) const = default;
};

constexpr std::int64_t kOldAfterMs = 5'000;       ///< shown grey from here
constexpr std::int64_t kUnusableAfterMs = 15'000; ///< never recorded as "here and now" from here

enum class Freshness { Good, Old, Unusable };
/** A negative age (a clock that went back) is Unusable: an old position must never pass for the current one. */
[[nodiscard]] Freshness freshness(std::int64_t ageMs);

} // namespace zhicha
