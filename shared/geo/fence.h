#pragma once
// 围栏: the fence around a site, and where a fix stands to it.
#include "shared/base/result.h"
#include "shared/geo/fix.h"

#include <vector>

namespace zhicha {

enum class FenceRelation { Inside, Edge, Outside };

struct FenceReading {
    FenceRelation relation = FenceRelation::Outside;
    bool centreInside = false;   ///< where the fix itself lies, leaving its accuracy aside
    std::int64_t boundaryMm = 0; ///< from the fix to the nearest point of the fence's line, never negative
};

constexpr std::size_t kMaxFenceCorners = 1000;
constexpr std::int64_t kMaxFenceMm =
    100'000'000; ///< radius, or reach from the first corner: beyond 100 km is a mistake
/** Taken for the radius of a fix whose receiver states none: twice what such receivers reach under open sky. */
constexpr std::int64_t kUnstatedAccuracyMm = 30'000;

/** Shape:   a circle, or one ring of corners (closed by itself; no holes; even-odd where it crosses itself).
 *  Errors:  InvalidArgument: radius not in (0, kMaxFenceMm], fewer than 3 different corners, an angle out of range, a
 *           reach over kMaxFenceMm. TooLarge: more than kMaxFenceCorners.
 *  Holds:   works in all hemispheres, across the antimeridian and around poles. Edges of a polygon are straight in the
 *           plane touching at the fix (5 mm at 10 km).
 *  Threads: pure.
 */
class Fence {
public:
    [[nodiscard]] static Result<Fence> circle(LatLon centre, std::int64_t radiusMm);
    [[nodiscard]] static Result<Fence> polygon(std::vector<LatLon> corners);

    /** Edge = the circle of the fix's accuracy crosses the fence's line. */
    [[nodiscard]] FenceReading read(LatLon at, std::optional<std::int64_t> accuracyMm) const;
    [[nodiscard]] FenceReading read(const Fix &fix) const { return read(fix.at, fix.accuracyMm); }

private:
    Fence() = default;
    std::vector<LatLon> m_corners; ///< empty for a circle
    LatLon m_centre;               ///< of the circle; the first corner of a polygon
    std::int64_t m_reachMm = 0;    ///< radius of the circle; of a polygon the farthest corner from the first
};

} // namespace zhicha
