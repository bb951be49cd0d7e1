#include "shared/geo/distance.h"

#include "shared/base/plant.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace zhicha {
namespace {

constexpr double kMajor = 6378137.0; // WGS-84, metres
constexpr double kFlattening = 1.0 / 298.257223563;
constexpr double kMinor = kMajor * (1.0 - kFlattening);
constexpr double kEccentricity2 = kFlattening * (2.0 - kFlattening);
constexpr double kMeanRadius = 6371008.8;

double radians(std::int64_t angle) {
    return static_cast<double>(angle) / kDegree * std::numbers::pi / 180.0;
}

// The difference of two longitudes the short way round, in [-180°, 180°].
std::int64_t lonDifference(std::int32_t from, std::int32_t to) {
    constexpr std::int64_t turn = 360LL * kDegree;
    std::int64_t difference = static_cast<std::int64_t>(to) - from;
    if (plant("antimeridian"))
        return difference;
    if (difference > turn / 2)
        difference -= turn;
    if (difference < -turn / 2)
        difference += turn;
    return difference;
}

double greatCircleMetres(LatLon a, LatLon b) {
    const double latA = radians(a.lat);
    const double latB = radians(b.lat);
    const double sinLat = std::sin((latB - latA) / 2);
    const double sinLon = std::sin(radians(lonDifference(a.lon, b.lon)) / 2);
    const double h = sinLat * sinLat + std::cos(latA) * std::cos(latB) * sinLon * sinLon;
    return 2 * kMeanRadius * std::asin(std::sqrt(std::clamp(h, 0.0, 1.0)));
}

struct Space {
    double x, y, z;
};
Space spaceOf(LatLon place) {
    const double lat = radians(place.lat);
    const double lon = radians(place.lon);
    const double n = kMajor / std::sqrt(1 - kEccentricity2 * std::sin(lat) * std::sin(lat));
    return {n * std::cos(lat) * std::cos(lon), n * std::cos(lat) * std::sin(lon),
            n * (1 - kEccentricity2) * std::sin(lat)};
}

// The names of Vincenty's paper: U reduced latitude, sigma the arc, alpha the azimuth at the equator.
double vincentyMetres(LatLon a, LatLon b) {
    const double l = radians(lonDifference(a.lon, b.lon));
    const double u1 = std::atan((1 - kFlattening) * std::tan(radians(a.lat)));
    const double u2 = std::atan((1 - kFlattening) * std::tan(radians(b.lat)));
    const double sinU1 = std::sin(u1), cosU1 = std::cos(u1), sinU2 = std::sin(u2), cosU2 = std::cos(u2);
    double lambda = l;
    for (int round = 0; round < 100; ++round) {
        const double sinLambda = std::sin(lambda), cosLambda = std::cos(lambda);
        const double sinSigma = std::hypot(cosU2 * sinLambda, cosU1 * sinU2 - sinU1 * cosU2 * cosLambda);
        if (sinSigma == 0)
            return 0; // same place, or a pole under another longitude
        const double cosSigma = sinU1 * sinU2 + cosU1 * cosU2 * cosLambda;
        const double sigma = std::atan2(sinSigma, cosSigma);
        const double sinAlpha = cosU1 * cosU2 * sinLambda / sinSigma;
        const double cosAlpha2 = 1 - sinAlpha * sinAlpha;
        const double cos2M = cosAlpha2 > 1e-15 ? cosSigma - 2 * sinU1 * sinU2 / cosAlpha2 : 0; // 0 along the equator
        const double c = kFlattening / 16 * cosAlpha2 * (4 + kFlattening * (4 - 3 * cosAlpha2));
        const double next = l + (1 - c) * kFlattening * sinAlpha *
                                    (sigma + c * sinSigma * (cos2M + c * cosSigma * (-1 + 2 * cos2M * cos2M)));
        if (std::abs(next) > std::numbers::pi)
            break;
        if (std::abs(next - lambda) < 1e-12) {
            const double u = cosAlpha2 * (kMajor * kMajor - kMinor * kMinor) / (kMinor * kMinor);
            const double bigA = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)));
            const double bigB = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)));
            const double delta =
                bigB * sinSigma *
                (cos2M + bigB / 4 *
                             (cosSigma * (-1 + 2 * cos2M * cos2M) -
                              bigB / 6 * cos2M * (-3 + 4 * sinSigma * sinSigma) * (-3 + 4 * cos2M * cos2M)));
            return kMinor * bigA * (sigma - delta);
        }
        lambda = next;
    }
    return greatCircleMetres(a, b);
}

} // namespace

std::int64_t distanceMm(LatLon a, LatLon b) {
    return std::llround(vincentyMetres(a, b) * 1000.0);
}

PlanePoint planeFrom(LatLon origin, LatLon place) {
    const Space from = spaceOf(origin);
    const Space to = spaceOf(place);
    const Space d{to.x - from.x, to.y - from.y, to.z - from.z};
    const double lat = radians(origin.lat);
    const double lon = radians(origin.lon);
    return {-std::sin(lon) * d.x + std::cos(lon) * d.y,
            -std::sin(lat) * std::cos(lon) * d.x - std::sin(lat) * std::sin(lon) * d.y + std::cos(lat) * d.z};
}

} // namespace zhicha
