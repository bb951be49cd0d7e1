// Goal: positions go to GCJ-02 and back with their label, and only inside China's rectangle.
// Method: a published pair, the size of the shift, there and back as a property, places outside.
#include "shared/geo/gcj02.h"

#include "shared/geo/distance.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace zhicha;

TEST(Gcj02, tiananmenMovesAsPublished) {
    const LabelledPlace wgs{{399'087'200, 1'163'974'800}, Datum::Wgs84}; // Beijing
    const LabelledPlace gcj = convertTo(Datum::Gcj02, wgs);
    EXPECT_EQ(gcj.datum, Datum::Gcj02);
    EXPECT_NEAR(gcj.at.lat, 399'101'250, 300);
    EXPECT_NEAR(gcj.at.lon, 1'164'037'250, 300);
    const std::int64_t shift = distanceMm(wgs.at, gcj.at);
    EXPECT_GT(shift, 400'000);
    EXPECT_LT(shift, 700'000);
}

TEST(Gcj02, thereAndBackIsTheSamePlaceAndEachSaysWhatItIs) {
    EXPECT_TRUE(rc::check([] {
        const LabelledPlace wgs{
            {*rc::gen::inRange(20'000'000, 550'000'000), *rc::gen::inRange(730'000'000, 1'370'000'000)}, Datum::Wgs84};
        const LabelledPlace gcj = convertTo(Datum::Gcj02, wgs);
        const LabelledPlace back = convertTo(Datum::Wgs84, gcj);
        RC_ASSERT(back.datum == Datum::Wgs84);
        RC_ASSERT(std::abs(back.at.lat - wgs.at.lat) <= 2);
        RC_ASSERT(std::abs(back.at.lon - wgs.at.lon) <= 2);
        RC_ASSERT(convertTo(Datum::Gcj02, gcj) == gcj); // never shifted twice
    }));
}

TEST(Gcj02, placesElsewhereAreNotShifted) {
    for (const LatLon place : {LatLon{-367'459'894, 1'747'345'477}, LatLon{440'688'262, -1'213'142'757}, LatLon{0, 0},
                               LatLon{900'000'000, 1'100'000'000}, LatLon{-900'000'000, 1'800'000'000}}) {
        EXPECT_EQ(convertTo(Datum::Gcj02, {place, Datum::Wgs84}).at, place);
        EXPECT_EQ(convertTo(Datum::Wgs84, {place, Datum::Gcj02}).at, place);
    }
}

TEST(Gcj02, cgcs2000IsPassedOnUnchangedWithItsName) {
    const LatLon place{308'188'740, 1'110'031'960};
    EXPECT_EQ(convertTo(Datum::Cgcs2000, {place, Datum::Wgs84}), (LabelledPlace{place, Datum::Cgcs2000}));
    EXPECT_EQ(convertTo(Datum::Gcj02, {place, Datum::Cgcs2000}).at, convertTo(Datum::Gcj02, {place, Datum::Wgs84}).at);
    EXPECT_EQ(datumName(Datum::Gcj02), "GCJ-02");
    EXPECT_EQ(datumName(Datum::Cgcs2000), "CGCS2000");
    EXPECT_EQ(datumName(Datum::Wgs84), "WGS-84");
}
