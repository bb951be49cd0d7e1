#pragma once
// Distances on the WGS-84 ellipsoid, and a flat view around one place for what is near it.
#include "shared/geo/fix.h"

namespace zhicha {

/** The shortest way along the ellipsoid, in millimetres.
 *  Accuracy: better than 1 mm (T. Vincenty, Survey Review XXIII/176, 1975, inverse method). Where that does not
 *            converge (places nearly opposite on the globe) the great circle on the mean sphere: within 0.6 %.
 *  Holds:    symmetric, 0 only for the same place, indifferent to the antimeridian and a pole's longitude.
 *  Threads:  pure.
 */
[[nodiscard]] std::int64_t distanceMm(LatLon a, LatLon b);

/** East and north of a place in the plane that touches the ellipsoid at origin, in metres. Lengths shrink with the cube
 *  of the distance: 4 mm at 10 km, 0.5 m at 50 km. Works at poles and across the antimeridian, since no angle is taken.
 *  Places more than a quarter of the globe away make no sense here (see Fence, which bounds what it asks). */
struct PlanePoint {
    double east = 0;
    double north = 0;
};
[[nodiscard]] PlanePoint planeFrom(LatLon origin, LatLon place);

} // namespace zhicha
