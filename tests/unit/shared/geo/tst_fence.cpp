// Goal: a fix is inside, on the edge of or outside a fence, with the right distance, anywhere on earth.
// Method: circles and squares drawn around places in all hemispheres, on the antimeridian and at the poles; bad fences.
#include "shared/geo/fence.h"

#include "shared/geo/distance.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <rapidcheck.h>

using namespace zhicha;

namespace {

// The place so many metres east and north of another, well enough for a test and across the seam.
LatLon moved(LatLon from, double east, double north) {
    const double cosLat = std::cos(from.lat / 1e7 * std::numbers::pi / 180);
    std::int64_t lon = from.lon + std::llround(east / (111'319.5 * cosLat) * kDegree);
    if (lon > 180LL * kDegree)
        lon -= 360LL * kDegree;
    if (lon < -180LL * kDegree)
        lon += 360LL * kDegree;
    return {static_cast<std::int32_t>(from.lat + std::llround(north / 111'000.0 * kDegree)),
            static_cast<std::int32_t>(lon)};
}

const std::vector<LatLon> kPlaces{{308'188'740, 1'110'031'960},
                                  {-367'459'894, 1'747'345'477},
                                  {440'688'262, -1'213'142'757},
                                  {-331'234'567, -700'000'000},
                                  {0, 0},
                                  {-185'000'000, 1'799'999'990},
                                  {123'456'789, -1'800'000'000}};

} // namespace

TEST(Fence, circleTellsInsideEdgeAndOutsideInAllHemispheres) {
    for (const LatLon centre : kPlaces) {
        const auto fence = Fence::circle(centre, 100'000);
        ASSERT_TRUE(fence);
        EXPECT_EQ(fence->read(centre, 5'000).relation, FenceRelation::Inside);
        EXPECT_EQ(fence->read(centre, 5'000).boundaryMm, 100'000);
        for (const auto &[east, north] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
            EXPECT_EQ(fence->read(moved(centre, 80 * east, 80 * north), 10'000).relation, FenceRelation::Inside);
            EXPECT_EQ(fence->read(moved(centre, 95 * east, 95 * north), 10'000).relation, FenceRelation::Edge);
            EXPECT_TRUE(fence->read(moved(centre, 95 * east, 95 * north), 10'000).centreInside);
            EXPECT_EQ(fence->read(moved(centre, 105 * east, 105 * north), 10'000).relation, FenceRelation::Edge);
            EXPECT_FALSE(fence->read(moved(centre, 105 * east, 105 * north), 10'000).centreInside);
            const FenceReading outside = fence->read(moved(centre, 1300 * east, 1300 * north), 10'000);
            EXPECT_EQ(outside.relation, FenceRelation::Outside);
            EXPECT_NEAR(static_cast<double>(outside.boundaryMm), 1'200'000, 10'000);
        }
    }
}

TEST(Fence, fixWithoutAccuracyIsOnTheEdgeNearTheLine) {
    const auto fence = Fence::circle(kPlaces[0], 100'000);
    ASSERT_TRUE(fence);
    EXPECT_EQ(fence->read(moved(kPlaces[0], 80, 0), std::nullopt).relation, FenceRelation::Edge);
    EXPECT_EQ(fence->read(moved(kPlaces[0], 60, 0), std::nullopt).relation, FenceRelation::Inside);
}

TEST(Fence, squareTellsInsideEdgeAndOutsideInAllHemispheres) {
    for (const LatLon centre : kPlaces) {
        std::vector<LatLon> ring{moved(centre, -200, -100), moved(centre, 200, -100), moved(centre, 200, 100),
                                 moved(centre, -200, 100), moved(centre, -200, -100)};
        for (int turn = 0; turn < 2; ++turn) {
            const auto fence = Fence::polygon(ring);
            ASSERT_TRUE(fence);
            EXPECT_EQ(fence->read(moved(centre, 150, 0), 20'000).relation, FenceRelation::Inside);
            EXPECT_NEAR(static_cast<double>(fence->read(moved(centre, 150, 0), 20'000).boundaryMm), 50'000, 700);
            EXPECT_EQ(fence->read(moved(centre, 195, 0), 20'000).relation, FenceRelation::Edge);
            EXPECT_EQ(fence->read(moved(centre, 195, 195), 20'000).relation, FenceRelation::Outside);
            EXPECT_EQ(fence->read(moved(centre, -2000, 0), 20'000).relation, FenceRelation::Outside);
            EXPECT_EQ(fence->read({-centre.lat, centre.lon / 2}, 20'000).centreInside, (centre == LatLon{0, 0}));
            std::reverse(ring.begin(), ring.end());
        }
    }
}

TEST(Fence, notchOfAPolygonIsOutside) {
    const LatLon c = kPlaces[0];
    const auto fence = Fence::polygon(
        {moved(c, -100, -100), moved(c, 100, -100), moved(c, 100, 100), moved(c, 0, -50), moved(c, -100, 100)});
    ASSERT_TRUE(fence);
    EXPECT_FALSE(fence->read(c, 1'000).centreInside);
    EXPECT_TRUE(fence->read(moved(c, 0, -75), 1'000).centreInside);
    EXPECT_TRUE(fence->read(moved(c, -80, 20), 1'000).centreInside);
}

TEST(Fence, worksAroundThePoles) {
    for (const int sign : {1, -1}) {
        std::vector<LatLon> ring;
        for (int lon = -180; lon < 180; lon += 60)
            ring.push_back({sign * 899'990'000, lon * kDegree}); // 111 m from the pole
        const auto fence = Fence::polygon(ring);
        ASSERT_TRUE(fence);
        EXPECT_EQ(fence->read({sign * 90 * kDegree, 123'456'789}, 10'000).relation, FenceRelation::Inside);
        EXPECT_EQ(fence->read({sign * 899'999'000, -1'230'000'000}, 10'000).relation, FenceRelation::Inside);
        EXPECT_EQ(fence->read({sign * 899'900'000, 1'000'000'000}, 10'000).relation, FenceRelation::Outside);
        const auto circle = Fence::circle({sign * 90 * kDegree, 0}, 50'000);
        ASSERT_TRUE(circle);
        EXPECT_EQ(circle->read({sign * 899'999'000, -1'700'000'000}, 1'000).relation, FenceRelation::Inside);
    }
}

TEST(Fence, refusesWhatIsNoFence) {
    EXPECT_EQ(Fence::circle({0, 0}, 0).error().code, Code::InvalidArgument);
    EXPECT_EQ(Fence::circle({0, 0}, -5).error().code, Code::InvalidArgument);
    EXPECT_EQ(Fence::circle({0, 0}, kMaxFenceMm + 1).error().code, Code::InvalidArgument);
    EXPECT_EQ(Fence::circle({910'000'000, 0}, 1).error().code, Code::InvalidArgument);
    EXPECT_EQ(Fence::polygon({}).error().code, Code::InvalidArgument);
    EXPECT_EQ(Fence::polygon({{0, 0}, {0, 10}, {0, 0}}).error().code, Code::InvalidArgument);
    EXPECT_EQ(Fence::polygon({{0, 0}, {0, 20'000'000}, {10, 10}}).error().code, Code::InvalidArgument);
    EXPECT_EQ(Fence::polygon(std::vector<LatLon>(kMaxFenceCorners + 1)).error().code, Code::TooLarge);
    EXPECT_EQ(Fence::polygon({{0, 0}, {0, 1'900'000'000}, {10, 10}}).error().code, Code::InvalidArgument);
}

TEST(Fence, edgeIsExactlyWhereTheAccuracyCircleCrosses) {
    EXPECT_TRUE(rc::check([] {
        const LatLon centre{*rc::gen::inRange(-800'000'000, 800'000'000),
                            *rc::gen::inRange(-1'800'000'000, 1'800'000'000)};
        const auto fence = Fence::circle(centre, *rc::gen::inRange<std::int64_t>(1'000, 1'000'000));
        const LatLon fix{centre.lat + *rc::gen::inRange(-90'000, 90'000), centre.lon};
        const std::int64_t accuracy = *rc::gen::inRange<std::int64_t>(0, 200'000);
        const FenceReading reading = fence->read(fix, accuracy);
        RC_ASSERT((reading.relation == FenceRelation::Edge) == (reading.boundaryMm < accuracy));
    }));
}
