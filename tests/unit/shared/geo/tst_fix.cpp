// Goal: the words of a fix on the wire are fixed, and its age is judged as lesson R10 asks.
// Method: each word there and back, the borders of the ages.
#include "shared/geo/fix.h"

#include <gtest/gtest.h>

using namespace zhicha;

TEST(Fix, flagsAndSourcesHaveTheWordsOfTheWire) {
    EXPECT_EQ(fixFlagNames(kFixFewSatellites | kFixMock), (std::vector<std::string_view>{"mock", "few_satellites"}));
    for (const std::uint32_t flag : {kFixMock, kFixJump, kFixFrozen, kFixFewSatellites})
        EXPECT_EQ(fixFlagFromName(fixFlagNames(flag).at(0)), flag);
    EXPECT_FALSE(fixFlagFromName("honest"));
    for (const FixSource source : {FixSource::System, FixSource::Nmea, FixSource::Simulated})
        EXPECT_EQ(fixSourceFromName(fixSourceName(source)), source);
    EXPECT_FALSE(fixSourceFromName(""));
}

TEST(Fix, growsOldAfterFiveAndUselessAfterFifteenSeconds) {
    EXPECT_EQ(freshness(0), Freshness::Good);
    EXPECT_EQ(freshness(5'000), Freshness::Good);
    EXPECT_EQ(freshness(5'001), Freshness::Old);
    EXPECT_EQ(freshness(15'000), Freshness::Old);
    EXPECT_EQ(freshness(15'001), Freshness::Unusable);
    EXPECT_EQ(freshness(-1), Freshness::Unusable);
}
