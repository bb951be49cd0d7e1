// Goal: a track is on disk as it comes, from setting out to the end of the check and never otherwise, and a gap stays a
// gap. Method: a tablet enrolled with the test's office; the store is opened anew in the middle, as after a power cut;
// what the check holds is read back through the fold.
#include "mobile/engine/record/track_keeper.h"
#include "tests/unit/mobile/engine/test_tablet.h"

#include <gtest/gtest.h>

namespace zhicha::test {

namespace {
constexpr std::int64_t kNoon = 1'795'500'000'000;

Fix fixAt(std::int64_t seconds, std::int32_t step = 0) {
    Fix fix;
    fix.t = kNoon + seconds * 1000;
    fix.at = {347'751'200 + step, 1'111'883'400};
    fix.accuracyMm = 4'000;
    fix.ageMs = 200;
    fix.source = FixSource::Nmea;
    return fix;
}
} // namespace

class TrackKeeperTest : public ::testing::Test {
protected:
    TrackKeeperTest() : tablet(clock), office(clock), site(office.addSite("s1")) { tablet.enrol(office); }
    TrackKeeper keeper() { return TrackKeeper(*tablet.recorder); }
    bool keep(const Uuid &check, const Fix &fix) { return keeper().keep(check, fix).value(); }
    /** Points of each piece, and the gap before it. */
    std::vector<std::pair<std::size_t, std::int64_t>> pieces(const Uuid &check) {
        std::vector<std::pair<std::size_t, std::int64_t>> out;
        const std::vector<KnownEntity> tracks = tablet.store->entities().ofCheck(check, EntityType::Track).value();
        for (const KnownEntity &track : tracks)
            out.emplace_back(track.row.value("points")->array()->size(),
                             track.row.integer("gap_before_ms").value_or(0));
        return out;
    }
    using Pieces = std::vector<std::pair<std::size_t, std::int64_t>>;
    TestClock clock;
    TestTablet tablet;
    TestOffice office;
    Uuid site;
};

TEST_F(TrackKeeperTest, whatWasKeptIsThereAfterAPowerCutAndGoesIntoTheCheckAtItsStart) {
    const Journey journey = keeper().setOff(site, {}).value();
    for (int s = 0; s < 20; ++s)
        ASSERT_TRUE(keep(journey.check, fixAt(s, s)));
    tablet.open();
    ASSERT_EQ(keeper().journey().value()->check, journey.check);
    EXPECT_EQ(keeper().journey().value()->site, site);
    const std::vector<TrackPoint> points = tablet.store->track().points(journey.check).value();
    ASSERT_EQ(points.size(), 20U);
    EXPECT_EQ(points[7].fix, fixAt(7, 7));
    ASSERT_TRUE(keeper().cut(journey.check)) << "on the way nothing is cut yet";
    EXPECT_TRUE(pieces(journey.check).empty());

    CheckStart start;
    start.id = journey.check;
    start.site = site;
    start.noFixReason = "室内";
    ASSERT_EQ(tablet.recorder->startCheck(start).value(), journey.check);
    EXPECT_EQ(pieces(journey.check), (Pieces{{20, 0}}));
    EXPECT_FALSE(keeper().journey().value()) << "the journey ended where the check began";
    EXPECT_EQ(tablet.store->track().untold(journey.check).value(), 0);
}

TEST_F(TrackKeeperTest, aGapIsKeptAsAGapAlsoOverAPowerCut) {
    const Uuid check = tablet.startCheck(site);
    for (int s = 0; s < 5; ++s)
        keep(check, fixAt(s));
    ASSERT_TRUE(keeper().cut(check));
    tablet.open(); // the app was killed, and comes back after 200 s
    for (int s = 204; s < 208; ++s)
        keep(check, fixAt(s));
    ASSERT_TRUE(tablet.recorder->finishCheck(check));
    EXPECT_EQ(pieces(check), (Pieces{{5, 0}, {4, 200'000}}));
}

TEST_F(TrackKeeperTest, piecesOfOneMomentAreReadInTheirOrder) {
    const Journey journey = keeper().setOff(site, {}).value();
    Pieces wanted;
    for (int piece = 0, second = 0; piece < 20; ++piece) {
        keep(journey.check, fixAt(second));
        wanted.emplace_back(1, piece == 0 ? 0 : (100 + piece) * 1000);
        second += 101 + piece;
    }
    CheckStart start;
    start.id = journey.check;
    start.site = site;
    start.noFixReason = "室内";
    ASSERT_TRUE(tablet.recorder->startCheck(start)); // twenty pieces within one millisecond
    EXPECT_EQ(pieces(journey.check), wanted);
}

TEST_F(TrackKeeperTest, nothingIsKeptOutsideOfACheck) {
    const Uuid nowhere = newUuid(clock, tablet.random);
    EXPECT_EQ(keeper().keep(nowhere, fixAt(0)).error().code, Code::NotAllowed);
    const Uuid check = tablet.startCheck(site);
    EXPECT_TRUE(keep(check, fixAt(0)));
    EXPECT_TRUE(keep(check, fixAt(1)));
    ASSERT_TRUE(tablet.recorder->finishCheck(check));
    EXPECT_EQ(keeper().keep(check, fixAt(2)).error().code, Code::NotAllowed);
    EXPECT_EQ(pieces(check), (Pieces{{2, 0}})) << "what was kept before the end belongs to it";
    const Uuid other = tablet.startCheck(site);
    ASSERT_TRUE(tablet.recorder->voidEntity(other, true, "走错了"));
    EXPECT_EQ(keeper().keep(other, fixAt(3)).error().code, Code::NotAllowed);
    EXPECT_TRUE(tablet.store->track().points(other).value().empty());
}

TEST_F(TrackKeeperTest, aJourneyThatIsGivenUpLeavesNothing) {
    const Journey journey = keeper().setOff(site, {}).value();
    keep(journey.check, fixAt(0));
    const Uuid other = office.addSite("s2");
    tablet.sync(office);
    EXPECT_EQ(keeper().setOff(other, {}).value().check, journey.check) << "another site is the same journey";
    ASSERT_TRUE(keeper().giveUp(journey.check));
    EXPECT_TRUE(tablet.store->track().points(journey.check).value().empty());
    EXPECT_EQ(keeper().keep(journey.check, fixAt(1)).error().code, Code::NotAllowed);
    EXPECT_FALSE(keeper().setOff(newUuid(clock, tablet.random), {})) << "a site that is not on this tablet";
    const Uuid check = tablet.startCheck(site);
    EXPECT_FALSE(keeper().giveUp(check)) << "a check that has started is no journey any more";
}

TEST_F(TrackKeeperTest, thinsOutAndRefusesWhatIsOld) {
    const Uuid check = tablet.startCheck(site);
    TrackTuning every10;
    every10.everyMs = 10'000;
    int kept = 0;
    for (int s = 0; s < 60; ++s)
        kept += keeper().keep(check, fixAt(s), every10).value() ? 1 : 0;
    EXPECT_EQ(kept, 6);
    Fix old = fixAt(100);
    old.ageMs = kUnusableAfterMs + 1;
    EXPECT_FALSE(keep(check, old));
    EXPECT_FALSE(keep(check, fixAt(50))) << "the very time of the last one";
    EXPECT_TRUE(keep(check, fixAt(10))) << "a clock that went back is evidence, in a piece of its own";
    ASSERT_TRUE(keeper().cut(check));
    EXPECT_EQ(pieces(check), (Pieces{{6, 0}, {1, 0}}));
}

TEST_F(TrackKeeperTest, becomesAnOperationEveryFewMinutes) {
    const Uuid check = tablet.startCheck(site);
    TrackTuning tuning;
    tuning.piecePoints = 30;
    for (int s = 0; s < 100; ++s)
        ASSERT_TRUE(keeper().keep(check, fixAt(s), tuning).value());
    EXPECT_EQ(pieces(check), (Pieces{{30, 0}, {30, 0}, {30, 0}}));
    EXPECT_EQ(tablet.store->track().untold(check).value(), 10);
    ASSERT_TRUE(tablet.recorder->signCheck(check, std::nullopt));
    EXPECT_EQ(pieces(check).size(), 4U) << "a signature covers what was walked so far";
    tablet.sync(office);
    EXPECT_EQ(tablet.store->acknowledged().value(), tablet.store->chainHead().value().seq) << "the office took them";
}

} // namespace zhicha::test
