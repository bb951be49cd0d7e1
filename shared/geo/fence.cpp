#include "shared/geo/fence.h"

#include "shared/base/plant.h"
#include "shared/geo/distance.h"

#include <algorithm>
#include <cmath>

namespace zhicha {
namespace {

double distanceToEdge(PlanePoint a, PlanePoint b) {
    const double dx = b.east - a.east;
    const double dy = b.north - a.north;
    const double length2 = dx * dx + dy * dy;
    const double along = length2 > 0 ? std::clamp(-(a.east * dx + a.north * dy) / length2, 0.0, 1.0) : 0.0;
    return std::hypot(a.east + along * dx, a.north + along * dy);
}

// Does the ray from the origin to the east cross this edge? Half-open in north, so that a corner counts once.
bool crossesRay(PlanePoint a, PlanePoint b) {
    if ((a.north > 0) == (b.north > 0))
        return false;
    return a.east + (b.east - a.east) * (-a.north) / (b.north - a.north) > 0;
}

} // namespace

Result<Fence> Fence::circle(LatLon centre, std::int64_t radiusMm) {
    if (!isPlace(centre.lat, centre.lon))
        return fail(Code::InvalidArgument, "fence: the centre is no place on earth");
    if (radiusMm <= 0 || radiusMm > kMaxFenceMm)
        return fail(Code::InvalidArgument, "fence: the radius is not between 1 mm and 100 km");
    Fence fence;
    fence.m_centre = centre;
    fence.m_reachMm = radiusMm;
    return fence;
}

Result<Fence> Fence::polygon(std::vector<LatLon> corners) {
    if (corners.size() > kMaxFenceCorners)
        return fail(Code::TooLarge, "fence: more than 1000 corners");
    for (const LatLon &corner : corners)
        if (!isPlace(corner.lat, corner.lon))
            return fail(Code::InvalidArgument, "fence: a corner is no place on earth");
    corners.erase(std::unique(corners.begin(), corners.end()), corners.end());
    while (corners.size() > 1 && corners.front() == corners.back())
        corners.pop_back(); // a ring that is closed in writing, as GeoJSON does
    if (corners.size() < 3)
        return fail(Code::InvalidArgument, "fence: fewer than 3 different corners");
    Fence fence;
    fence.m_centre = corners.front();
    for (const LatLon &corner : corners)
        fence.m_reachMm = std::max(fence.m_reachMm, distanceMm(fence.m_centre, corner));
    if (fence.m_reachMm > kMaxFenceMm)
        return fail(Code::InvalidArgument, "fence: corners more than 100 km apart");
    fence.m_corners = std::move(corners);
    return fence;
}

FenceReading Fence::read(LatLon at, std::optional<std::int64_t> accuracyMm) const {
    FenceReading out;
    const std::int64_t toCentre = distanceMm(at, m_centre);
    if (m_corners.empty()) {
        out.centreInside = toCentre <= m_reachMm;
        out.boundaryMm = std::abs(toCentre - m_reachMm);
    } else if (toCentre > 10 * kMaxFenceMm) {
        out.boundaryMm =
            toCentre - m_reachMm; // so far away that the plane would bend; off by the fence's own size at most
    } else {
        double nearest = HUGE_VAL;
        PlanePoint before = planeFrom(at, m_corners.back());
        for (const LatLon &corner : m_corners) {
            const PlanePoint here = planeFrom(at, corner);
            nearest = std::min(nearest, distanceToEdge(before, here));
            if (crossesRay(before, here))
                out.centreInside = !out.centreInside;
            before = here;
        }
        out.boundaryMm = std::llround(nearest * 1000.0);
    }
    const std::int64_t accuracy = plant("fence_without_accuracy") ? 0 : accuracyMm.value_or(kUnstatedAccuracyMm);
    if (out.boundaryMm < accuracy)
        out.relation = FenceRelation::Edge;
    else
        out.relation = out.centreInside ? FenceRelation::Inside : FenceRelation::Outside;
    return out;
}

} // namespace zhicha
