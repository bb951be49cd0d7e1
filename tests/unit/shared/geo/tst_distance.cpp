// Goal: distances are right to a millimetre in every hemisphere, across the antimeridian and at the poles.
// Method: published lengths (a degree on WGS-84; Geoscience Australia's test line), properties, the flat view beside
// them.
#include "shared/geo/distance.h"

#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace zhicha;

namespace {

LatLon at(double lat, double lon) {
    return {static_cast<std::int32_t>(std::lround(lat * kDegree)),
            static_cast<std::int32_t>(std::lround(lon * kDegree))};
}

} // namespace

TEST(Distance, aDegreeHasItsPublishedLength) {
    EXPECT_NEAR(static_cast<double>(distanceMm(at(0, 0), at(1, 0))), 110'574'389, 1);
    EXPECT_NEAR(static_cast<double>(distanceMm(at(0, 0), at(0, 1))), 111'319'491, 1);
    EXPECT_NEAR(static_cast<double>(distanceMm(at(0, 179.5), at(0, -179.5))), 111'319'491, 1);
    EXPECT_NEAR(static_cast<double>(distanceMm(at(89, 10), at(90, 77))), 111'693'865, 1);
    EXPECT_NEAR(static_cast<double>(distanceMm(at(0, 0), at(90, 0))), 10'001'965'729.0, 2);
}

TEST(Distance, flindersPeakToBuninyonIsAsSurveyed) {
    const LatLon flinders = at(-(37 + 57 / 60.0 + 3.72030 / 3600), 144 + 25 / 60.0 + 29.52440 / 3600);
    const LatLon buninyon = at(-(37 + 39 / 60.0 + 10.15610 / 3600), 143 + 55 / 60.0 + 35.38390 / 3600);
    EXPECT_NEAR(static_cast<double>(distanceMm(flinders, buninyon)), 54'972'271, 15); // angles are cut to 1e-7 degrees
}

TEST(Distance, samePlaceIsZeroAlsoAtAPoleAndAcrossTheSeam) {
    EXPECT_EQ(distanceMm(at(30, 110), at(30, 110)), 0);
    EXPECT_EQ(distanceMm(at(90, 10), at(90, -170)), 0);
    EXPECT_EQ(distanceMm(at(-12, 180), at(-12, -180)), 0);
}

TEST(Distance, nearlyOppositePlacesAreHalfAroundTheGlobe) {
    EXPECT_NEAR(static_cast<double>(distanceMm(at(0, 0), at(0.1, 179.9))), 20.0e9, 0.12e9);
    EXPECT_NEAR(static_cast<double>(distanceMm(at(0, 0), at(0, 180))), 20.0e9, 0.12e9);
}

TEST(Distance, isSymmetricAndNeverBeyondHalfTheGlobe) {
    EXPECT_TRUE(rc::check([] {
        const auto place = [] {
            return LatLon{*rc::gen::inRange<std::int32_t>(-90 * kDegree, 90 * kDegree + 1),
                          *rc::gen::inRange<std::int32_t>(-180 * kDegree, 180 * kDegree + 1)};
        };
        const LatLon a = place();
        const LatLon b = place();
        const std::int64_t there = distanceMm(a, b);
        RC_ASSERT(there >= 0);
        RC_ASSERT(there < 20'020'000'000);
        RC_ASSERT(std::abs(there - distanceMm(b, a)) <= 1);
    }));
}

TEST(Distance, flatViewAgreesNearby) {
    EXPECT_TRUE(rc::check([] {
        const LatLon a{*rc::gen::inRange<std::int32_t>(-90 * kDegree + 100'000, 90 * kDegree - 100'000),
                       *rc::gen::inRange<std::int32_t>(-180 * kDegree, 180 * kDegree)};
        const LatLon b{a.lat + *rc::gen::inRange(-20'000, 20'000), a.lon + *rc::gen::inRange(-20'000, 20'000)};
        const PlanePoint p = planeFrom(a, b);
        RC_ASSERT(std::abs(std::hypot(p.east, p.north) * 1000 - static_cast<double>(distanceMm(a, b))) < 5);
    }));
}
