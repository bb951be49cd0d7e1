#pragma once
// 航迹: how far somebody went and where they stayed, from recorded places. One reading for the tablet and the office.
#include "shared/geo/fence.h"

#include <span>

namespace zhicha {

struct TimedPlace {
    std::int64_t t = 0; ///< ms UTC
    LatLon at;
};

/** A stop on the way: places of at least kStopMs within kStopMm of the first of them, outside the fence. */
inline constexpr std::int64_t kStopMs = 5 * 60 * 1000;
inline constexpr std::int64_t kStopMm = 60'000;

struct WayStop {
    LatLon at;
    std::int64_t fromMs = 0;
    std::int64_t untilMs = 0;
};

struct Way {
    std::int64_t lengthMm = 0;
    std::vector<WayStop> stops;
    [[nodiscard]] std::int64_t stoppedMs() const;
};

/** `places` in the order of their times. Without a fence every stay is a stop. Threads: pure. */
[[nodiscard]] Way wayOf(std::span<const TimedPlace> places, const std::optional<Fence> &fence);

} // namespace zhicha
