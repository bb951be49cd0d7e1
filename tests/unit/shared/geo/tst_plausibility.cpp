// Goal: reasons to doubt a fix are found (lesson R29), and an honest drive gives none.
// Method: hand-made sequences: driving, teleporting, going back in time, standing still to the last digit.
#include "shared/geo/plausibility.h"

#include <gtest/gtest.h>

using namespace zhicha;

namespace {

Fix fixAt(std::int64_t ms, std::int32_t lat, std::int32_t lon) {
    Fix fix;
    fix.t = ms;
    fix.at = {lat, lon};
    fix.accuracyMm = 5'000;
    return fix;
}

} // namespace

TEST(Plausibility, honestDriveHasNoReasons) {
    FixJudge judge;
    for (int s = 0; s < 600; ++s) // 30 m/s to the north, with a wandering last digit
        EXPECT_EQ(judge.judge(fixAt(s * 1000, 300'000'000 + s * 2700 + s % 3, 1'110'000'000), 9).flags, 0U);
}

TEST(Plausibility, jumpIsFlaggedOnceAndAcrossTheAntimeridianThereIsNone) {
    FixJudge judge;
    EXPECT_EQ(judge.judge(fixAt(0, 0, 1'799'999'900), {}).flags, 0U);
    EXPECT_EQ(judge.judge(fixAt(1000, 0, -1'799'999'900), {}).flags, 0U);
    EXPECT_EQ(judge.judge(fixAt(2000, 100'000, -1'799'999'900), {}).flags, std::uint32_t{kFixJump});
    EXPECT_EQ(judge.judge(fixAt(3000, 100'001, -1'799'999'900), {}).flags, 0U);
}

TEST(Plausibility, timeThatGoesBackIsAJump) {
    FixJudge judge;
    (void)judge.judge(fixAt(10'000, 1, 1), {});
    EXPECT_EQ(judge.judge(fixAt(9'000, 2, 1), {}).flags, std::uint32_t{kFixJump});
}

TEST(Plausibility, sameDigitsForTwoMinutesAreFrozen) {
    FixJudge judge;
    for (int s = 0; s < 120; ++s)
        EXPECT_EQ(judge.judge(fixAt(s * 1000, 5, 5), 8).flags, 0U) << s;
    EXPECT_EQ(judge.judge(fixAt(120'000, 5, 5), 8).flags, std::uint32_t{kFixFrozen});
    EXPECT_EQ(judge.judge(fixAt(121'000, 6, 5), 8).flags, 0U);
}

TEST(Plausibility, aReportEachMinuteIsNotFrozenSoon) {
    FixJudge judge;
    for (int minute = 0; minute < 29; ++minute)
        EXPECT_EQ(judge.judge(fixAt(minute * 60'000, 5, 5), 8).flags, 0U);
}

TEST(Plausibility, fewSatellitesAndSimulationAreNamed) {
    FixJudge judge;
    EXPECT_EQ(judge.judge(fixAt(0, 0, 0), 3).flags, std::uint32_t{kFixFewSatellites});
    EXPECT_EQ(judge.judge(fixAt(1000, 0, 0), std::nullopt).flags, 0U);
    Fix simulated = fixAt(2000, 0, 0);
    simulated.source = FixSource::Simulated;
    EXPECT_EQ(judge.judge(simulated, 9).flags, std::uint32_t{kFixMock});
    Fix mock = fixAt(3000, 0, 0);
    mock.flags = kFixMock;
    EXPECT_EQ(judge.judge(mock, 9).flags, std::uint32_t{kFixMock});
}

TEST(Plausibility, extremeTimesDoNotOverflow) {
    FixJudge judge;
    (void)judge.judge(fixAt(-62'000'000'000'000, 0, 0), {});
    EXPECT_EQ(judge.judge(fixAt(253'000'000'000'000, 800'000'000, 0), {}).flags, 0U);
}
