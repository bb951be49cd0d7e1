// Goal: what is called a stop was one, and what was walked is counted once. Method: ways with known stays, inside and
// outside a fence, shorter and longer than the limit, empty ones too.
#include "shared/geo/way.h"

#include <gtest/gtest.h>

using namespace zhicha;

namespace {
constexpr LatLon kHere{347'730'000, 1'112'000'000};

/** `steps` places, `stepMs` apart, each `metres` north of the one before. */
void go(std::vector<TimedPlace> &way, int steps, std::int64_t stepMs, int metres) {
    for (int i = 0; i < steps; ++i) {
        const TimedPlace last = way.empty() ? TimedPlace{0, kHere} : way.back();
        way.push_back({last.t + stepMs, {last.at.lat + metres * 90, last.at.lon}});
    }
}

TEST(Way, ofNothingIsNothing) {
    EXPECT_EQ(wayOf({}, std::nullopt).lengthMm, 0);
    EXPECT_TRUE(wayOf(std::vector<TimedPlace>{{5, kHere}}, std::nullopt).stops.empty());
}

TEST(Way, countsAStayOfFiveMinutesAsAStop) {
    std::vector<TimedPlace> way;
    go(way, 20, 10'000, 100);
    go(way, 31, 10'000, 0); // the place reached is the first of the stay
    go(way, 20, 10'000, 100);
    const Way read = wayOf(way, std::nullopt);
    ASSERT_EQ(read.stops.size(), 1u);
    EXPECT_EQ(read.stops[0].untilMs - read.stops[0].fromMs, 310'000);
    EXPECT_EQ(read.stoppedMs(), 310'000);
    EXPECT_NEAR(static_cast<double>(read.lengthMm), 39 * 100'000.0, 20'000.0);
}

TEST(Way, countsNoShorterStayAndNoneInsideTheFence) {
    std::vector<TimedPlace> way;
    go(way, 20, 10'000, 100);
    go(way, 20, 10'000, 0);
    go(way, 20, 10'000, 100);
    EXPECT_TRUE(wayOf(way, std::nullopt).stops.empty());
    go(way, 60, 10'000, 0);
    EXPECT_EQ(wayOf(way, std::nullopt).stops.size(), 1u);
    auto fence = Fence::circle(way.back().at, 100'000);
    ASSERT_TRUE(fence);
    EXPECT_TRUE(wayOf(way, std::move(*fence)).stops.empty());
}
} // namespace
