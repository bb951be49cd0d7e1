// Goal: dwell counts only what neighbouring fixes show; gaps, edges and leaving are treated as the header says.
// Method: hand-made sequences of fixes around a circle of 100 m.
#include "shared/geo/dwell.h"

#include <gtest/gtest.h>

using namespace zhicha;

namespace {

constexpr LatLon kSite{308'188'740, 1'110'031'960};

Fix fixAt(std::int64_t seconds, double metresNorth) {
    Fix fix;
    fix.t = seconds * 1000;
    fix.at = {static_cast<std::int32_t>(kSite.lat + metresNorth * 90), kSite.lon};
    fix.accuracyMm = 10'000;
    return fix;
}

DwellMeter meter() {
    return DwellMeter(*Fence::circle(kSite, 100'000));
}

} // namespace

TEST(Dwell, countsFromTheFirstFixInside) {
    DwellMeter dwell = meter();
    EXPECT_EQ(dwell.feed(fixAt(0, 500)).relation, FenceRelation::Outside);
    EXPECT_FALSE(dwell.arrival());
    for (int s = 1; s <= 61; ++s)
        dwell.feed(fixAt(s, 10));
    EXPECT_EQ(dwell.dwellMs(), 60'000);
    ASSERT_TRUE(dwell.arrival());
    EXPECT_EQ(dwell.arrival()->t, 1000);
}

TEST(Dwell, gapAddsNothingAndBreaksNothingOff) {
    DwellMeter dwell = meter();
    dwell.feed(fixAt(0, 0));
    dwell.feed(fixAt(10, 0));
    dwell.feed(fixAt(100, 0));
    dwell.feed(fixAt(105, 0));
    EXPECT_EQ(dwell.dwellMs(), 15'000);
}

TEST(Dwell, edgeNeitherAddsNorBreaksAndOutsideStartsAnew) {
    DwellMeter dwell = meter();
    dwell.feed(fixAt(0, 0));
    dwell.feed(fixAt(5, 0));
    dwell.feed(fixAt(10, 95));
    dwell.feed(fixAt(15, 0));
    dwell.feed(fixAt(20, 0));
    EXPECT_EQ(dwell.dwellMs(), 10'000);
    dwell.feed(fixAt(25, 200));
    EXPECT_EQ(dwell.dwellMs(), 0);
    EXPECT_FALSE(dwell.arrival());
    dwell.feed(fixAt(30, 0));
    EXPECT_EQ(dwell.dwellMs(), 0);
    EXPECT_EQ(dwell.arrival()->t, 30'000);
}

TEST(Dwell, fixThatIsNotNewerIsLeftOut) {
    DwellMeter dwell = meter();
    dwell.feed(fixAt(10, 0));
    dwell.feed(fixAt(15, 0));
    dwell.feed(fixAt(15, 500));
    dwell.feed(fixAt(2, 500));
    EXPECT_EQ(dwell.dwellMs(), 5'000);
}
