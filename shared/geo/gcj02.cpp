#include "shared/geo/gcj02.h"

#include <cmath>
#include <numbers>

namespace zhicha {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kKrasovskyMajor = 6378245.0; // Krasovsky 1940, which the shift is defined on
constexpr double kKrasovskyEccentricity2 = 0.00669342162296594323;

struct Degrees {
    double lat, lon;
};

bool isShifted(Degrees at) {
    return at.lon > 72.004 && at.lon < 137.8347 && at.lat > 0.8293 && at.lat < 55.8271;
}

double ripple(double x, double scale, double first, double second) {
    return scale * (first * std::sin(x * kPi) + second * std::sin(x / 3.0 * kPi)) * 2.0 / 3.0;
}

Degrees shiftAt(Degrees at) {
    const double x = at.lon - 105.0;
    const double y = at.lat - 35.0;
    const double root = std::sqrt(std::abs(x));
    const double common = (20.0 * std::sin(6.0 * x * kPi) + 20.0 * std::sin(2.0 * x * kPi)) * 2.0 / 3.0;
    const double north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common +
                         ripple(y, 1.0, 20.0, 40.0) +
                         (160.0 * std::sin(y / 12.0 * kPi) + 320.0 * std::sin(y * kPi / 30.0)) * 2.0 / 3.0;
    const double east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common +
                        ripple(x, 1.0, 20.0, 40.0) +
                        (150.0 * std::sin(x / 12.0 * kPi) + 300.0 * std::sin(x / 30.0 * kPi)) * 2.0 / 3.0;
    const double lat = at.lat / 180.0 * kPi;
    const double w2 = 1 - kKrasovskyEccentricity2 * std::sin(lat) * std::sin(lat);
    const double w = std::sqrt(w2);
    return {north * 180.0 / (kKrasovskyMajor * (1 - kKrasovskyEccentricity2) / (w2 * w) * kPi),
            east * 180.0 / (kKrasovskyMajor / w * std::cos(lat) * kPi)};
}

Degrees toGcj(Degrees at) {
    if (!isShifted(at))
        return at;
    const Degrees shift = shiftAt(at);
    return {at.lat + shift.lat, at.lon + shift.lon};
}

// The shift changes slowly, so that going back by the shift of the last guess converges fast.
Degrees fromGcj(Degrees at) {
    if (!isShifted(at))
        return at;
    Degrees guess = at;
    for (int round = 0; round < 10; ++round) {
        const Degrees shift = shiftAt(guess);
        guess = {at.lat - shift.lat, at.lon - shift.lon};
    }
    return isShifted(guess) ? guess : at;
}

} // namespace

std::string_view datumName(Datum datum) {
    switch (datum) {
    case Datum::Wgs84:
        return "WGS-84";
    case Datum::Cgcs2000:
        return "CGCS2000";
    case Datum::Gcj02:
        return "GCJ-02";
    }
    return {};
}

LabelledPlace convertTo(Datum datum, LabelledPlace place) {
    const bool isGcj = place.datum == Datum::Gcj02;
    if ((datum == Datum::Gcj02) == isGcj)
        return {place.at, datum};
    const Degrees at{static_cast<double>(place.at.lat) / kDegree, static_cast<double>(place.at.lon) / kDegree};
    const Degrees out = isGcj ? fromGcj(at) : toGcj(at);
    return {{static_cast<std::int32_t>(std::lround(out.lat * kDegree)),
             static_cast<std::int32_t>(std::lround(out.lon * kDegree))},
            datum};
}

} // namespace zhicha
