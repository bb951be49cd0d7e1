// Goal: one fix for each epoch that was measured, with time, accuracy and age; never an invented one, whatever comes
// in. Method: made-up logs with right checksums: normal, lost, cut, corrupted, over midnight, years wrong by 1024
// weeks; splits
//         and garbage as properties.
#include "tests/unit/mobile/engine/capture/nmea_log.h"

#include "shared/base/instant.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace zhicha;
using test::parse;
using test::withChecksum;

namespace {

std::string rmc(const std::string &time, const std::string &status = "A", const std::string &date = "241126",
                const std::string &talker = "GN") {
    return withChecksum(talker + "RMC," + time + "," + status + ",3049.1324,N,11100.1918,E,19.438,45.0," + date +
                        ",,,A");
}
std::string gga(const std::string &time, const std::string &quality = "1", const std::string &hdop = "0.9") {
    return withChecksum("GNGGA," + time + ",3049.13245,N,11100.19181,E," + quality + ",11," + hdop +
                        ",70.0,M,-20.0,M,,");
}
std::string gst(const std::string &time, const std::string &lat, const std::string &lon) {
    return withChecksum("GNGST," + time + ",5.0,,,," + lat + "," + lon + ",4.0");
}

} // namespace

TEST(NmeaParser, mergesTheSentencesOfOneEpochIntoOneFix) {
    const auto fixes = parse(gga("010203.00") + rmc("010203.00") + gst("010203.00", "3.0", "4.0") +
                             withChecksum("GNVTG,45.0,T,,M,19.438,N,36.0,K,A") + gga("010204.00") + rmc("010204.00"));
    ASSERT_EQ(fixes.size(), 2U);
    EXPECT_EQ(fixes[0].fix.t, fromRfc3339("2026-11-24T01:02:03Z"));
    EXPECT_EQ(fixes[0].fix.at, (LatLon{308'188'742, 1'110'031'968}));
    EXPECT_EQ(fixes[0].fix.accuracyMm, 5'000);
    EXPECT_EQ(fixes[0].fix.source, FixSource::Nmea);
    EXPECT_EQ(fixes[0].satellitesUsed, 11);
    EXPECT_EQ(fixes[0].speedMmPerSecond, 9'999);
    EXPECT_EQ(fixes[0].fix.flags, 0U);
    EXPECT_EQ(fixes[1].fix.accuracyMm, 4'500); // HDOP 0.9 × 5 m
}

TEST(NmeaParser, readsEveryTalkerOfTheMachinesInUse) {
    for (const char *talker : {"GP", "GN", "BD", "GB", "GL", "GA", "GQ"})
        EXPECT_EQ(parse(rmc("010203.00", "A", "241126", talker)).size(), 1U) << talker;
    EXPECT_TRUE(parse(rmc("010203.00", "A", "241126", "XX")).empty());
    EXPECT_TRUE(parse(rmc("010203.00", "A", "241126", "PA")).empty());
}

TEST(NmeaParser, gnsAndGllAloneGiveAFixOnceADateIsKnown) {
    const std::string gns = withChecksum("GNGNS,010203.00,3049.1324,S,11100.1918,W,ANNA,07,1.1,190.7,8.3,,0000");
    const std::string gll = withChecksum("GNGLL,3049.1324,S,11100.1918,W,010204.00,A,A");
    const std::string zda = withChecksum("GNZDA,010203.00,24,11,2026,00,00");
    EXPECT_TRUE(parse(gns + gll).empty());
    const auto fixes = parse(gns + zda + gll);
    ASSERT_EQ(fixes.size(), 2U);
    EXPECT_EQ(fixes[0].fix.at, (LatLon{-308'188'733, -1'110'031'967}));
    EXPECT_EQ(fixes[0].fix.accuracyMm, 5'500);
    EXPECT_EQ(fixes[1].fix.t, fromRfc3339("2026-11-24T01:02:04Z"));
    EXPECT_FALSE(fixes[1].fix.accuracyMm);
}

TEST(NmeaParser, unknownHdopAndZeroDeviationsAreNoAccuracy) {
    EXPECT_FALSE(parse(rmc("010203.00") + gga("010203.00", "1", "99.99")).at(0).fix.accuracyMm);
    EXPECT_FALSE(parse(rmc("010203.00") + gga("010203.00", "1", "0.0")).at(0).fix.accuracyMm);
    EXPECT_FALSE(parse(rmc("010203.00") + gga("010203.00", "1", "nan")).at(0).fix.accuracyMm);
    EXPECT_EQ(parse(rmc("010203.00") + gga("010203.00") + gst("010203.00", "0.0", "0.0")).at(0).fix.accuracyMm, 4'500);
    EXPECT_EQ(parse(rmc("010203.00") + gga("010203.00") + gst("010203.00", "-3.0", "4.0")).at(0).fix.accuracyMm, 4'500);
}

TEST(NmeaParser, voidStatusIsNoFixAlsoBesideAValidOne) {
    EXPECT_TRUE(parse(rmc("010203.00", "V")).empty());
    EXPECT_TRUE(parse(gga("010203.00", "0") + rmc("010203.00", "A")).empty());
    EXPECT_TRUE(parse(gga("010203.00", "1") + rmc("010203.00", "V")).empty());
    EXPECT_TRUE(parse(gga("010203.00", "6") + rmc("010203.00", "A")).empty());
    EXPECT_TRUE(parse(gga("010203.00", "") + rmc("010203.00", "A")).empty());
    EXPECT_TRUE(parse(rmc("010203.00", "")).empty());
    const auto fixes = parse(rmc("010203.00") + withChecksum("GPGGA,,,,,,0,,,,,,,,") +
                             withChecksum("GPRMC,,V,,,,,,,,,,N") + rmc("010209.00"));
    EXPECT_EQ(fixes.size(), 2U);
}

TEST(NmeaParser, simulatedFixesSaySo) {
    const auto fixes = parse(gga("010203.00", "8") + rmc("010203.00"));
    ASSERT_EQ(fixes.size(), 1U);
    EXPECT_EQ(fixes[0].fix.source, FixSource::Simulated);
    EXPECT_EQ(fixes[0].fix.flags & kFixMock, std::uint32_t{kFixMock});
}

TEST(NmeaParser, checksumIsObligatory) {
    const std::string good = rmc("010203.00");
    EXPECT_EQ(parse(good).size(), 1U);
    EXPECT_TRUE(parse(good.substr(0, good.find('*')) + "\r\n").empty());
    std::string wrong = good;
    wrong[20] = wrong[20] == '1' ? '2' : '1';
    EXPECT_TRUE(parse(wrong).empty());
    for (std::size_t i = 1; i + 4 < good.size(); ++i) { // each single character, one bit flipped
        std::string flipped = good;
        flipped[i] = static_cast<char>(flipped[i] ^ 1);
        const auto fixes = parse(flipped);
        EXPECT_TRUE(fixes.empty()) << flipped;
    }
}

TEST(NmeaParser, sentenceCutAtAnyPlaceIsNone) {
    const std::string good = rmc("010203.00");
    for (std::size_t size = 0; size < good.size() - 2; ++size) // the last two are the line end
        EXPECT_TRUE(parse(good.substr(0, size)).empty()) << size;
    EXPECT_EQ(parse(good.substr(0, good.size() - 2)).size(), 1U);
    EXPECT_EQ(parse(good.substr(0, 30) + rmc("010204.00")).size(), 1U);
}

TEST(NmeaParser, ageIsTheMonotonicTimeSinceItWasHeard) {
    NmeaParser parser;
    parser.feed(viewOf(gga("010203.00")), 1'000);
    parser.feed(viewOf(rmc("010203.00")), 1'100);
    EXPECT_TRUE(parser.take().empty());
    parser.closeIfQuiet(1'200);
    EXPECT_TRUE(parser.take().empty());
    parser.closeIfQuiet(1'400);
    ASSERT_TRUE(parser.latest());
    EXPECT_EQ(parser.latest()->at(1'400).ageMs, 400);
    EXPECT_EQ(freshness(parser.latest()->at(6'500).ageMs), Freshness::Old);
    EXPECT_EQ(freshness(parser.latest()->at(60'000).ageMs), Freshness::Unusable);
    EXPECT_EQ(freshness(parser.latest()->at(500).ageMs), Freshness::Unusable); // the clock went back
}

TEST(NmeaParser, receiverThatRepeatsItselfGrowsOld) {
    NmeaParser parser;
    for (std::int64_t now = 0; now < 30'000; now += 1'000) {
        parser.feed(viewOf(gga("010203.00") + rmc("010203.00")), now);
        parser.closeIfQuiet(now + 500);
    }
    EXPECT_EQ(parser.take().size(), 1U);
    EXPECT_EQ(freshness(parser.latest()->at(30'000).ageMs), Freshness::Unusable);
    EXPECT_GT(parser.counts().late, 0U);
}

TEST(NmeaParser, midnightMovesTheDateOn) {
    const auto fixes = parse(gga("235959.00") + rmc("235959.00") + gga("000000.00") + gga("000001.00") +
                             rmc("000002.00", "A", "251126"));
    ASSERT_EQ(fixes.size(), 4U);
    EXPECT_EQ(fixes[0].fix.t, fromRfc3339("2026-11-24T23:59:59Z"));
    for (std::size_t i = 1; i < 4; ++i)
        EXPECT_EQ(fixes[i].fix.t, fixes[0].fix.t + static_cast<std::int64_t>(i) * 1000) << i;
}

TEST(NmeaParser, dateIsNotCarriedOverALongSilence) {
    NmeaParser parser;
    parser.feed(viewOf(rmc("010203.00") + gga("010204.00")), 0);
    parser.feed(viewOf(gga("020204.00") + gga("020205.00")), 2LL * 86'400'000);
    parser.finish();
    EXPECT_EQ(parser.take().size(), 2U);
    EXPECT_EQ(parser.counts().undated, 2U);
}

TEST(NmeaParser, rolloverIsRepairedAndSaid) {
    NmeaOptions options;
    options.notBeforeMs = fromRfc3339("2026-11-01T00:00:00Z");
    const auto fixes = parse(rmc("010203.00", "A", "100407"), options); // 2026-11-24 less 1024 weeks
    ASSERT_EQ(fixes.size(), 1U);
    EXPECT_EQ(fixes[0].fix.t, fromRfc3339("2026-11-24T01:02:03Z"));
    EXPECT_TRUE(fixes[0].rolloverRepaired);
    EXPECT_FALSE(parse(rmc("010203.00"), options).at(0).rolloverRepaired);
    EXPECT_EQ(parse(rmc("010203.00", "A", "100407")).at(0).fix.t, fromRfc3339("2007-04-10T01:02:03Z"));
}

TEST(NmeaParser, overlongLinesAndGarbageAreDropped) {
    EXPECT_TRUE(
        parse(withChecksum("GNRMC,010203.00,A,3049.1324,N,11100.1918,E,19.4,45.0,241126,,,A," + std::string(200, '0')))
            .empty());
    EXPECT_TRUE(parse("$" + std::string(1'000'000, 'A')).empty());
    EXPECT_TRUE(parse(withChecksum("GNRMC" + std::string(60, ','))).empty());
    const std::string garbage("\x00\xff$GN\x80RMC,\xb5\x62\x01\x07\x5c$$$$,*\r\n$*00\r\n$GNRMC,*", 34);
    EXPECT_EQ(parse(garbage + rmc("010203.00") + garbage + rmc("010204.00") + garbage).size(), 2U);
}

TEST(NmeaParser, anySplitGivesTheSameFixes) {
    std::string log;
    for (int s = 10; s < 40; ++s) {
        const std::string time = "0102" + std::to_string(s) + ".00";
        log += gga(time, s % 7 == 0 ? "0" : "1") + rmc(time) + gst(time, "1.5", "2.0");
    }
    const auto expected = parse(log);
    ASSERT_EQ(expected.size(), 26U);
    EXPECT_TRUE(rc::check([&] {
        NmeaParser parser;
        for (std::size_t at = 0; at < log.size();) {
            const auto size = std::min<std::size_t>(*rc::gen::inRange(1, 200), log.size() - at);
            parser.feed(viewOf(std::string_view(log).substr(at, size)), 0);
            at += size;
        }
        parser.finish();
        const auto fixes = parser.take();
        RC_ASSERT(fixes.size() == expected.size());
        for (std::size_t i = 0; i < fixes.size(); ++i)
            RC_ASSERT(fixes[i].fix == expected[i].fix);
    }));
}

TEST(NmeaParser, noBytesMakeItCrashOrInvent) {
    EXPECT_TRUE(rc::check([](const std::vector<std::uint8_t> &bytes) {
        NmeaParser parser;
        parser.feed(bytes, 0);
        parser.finish();
        RC_ASSERT(parser.take().empty());
    }));
}

TEST(NmeaParser, showsSatellitesOfAllSystems) {
    NmeaParser parser;
    parser.feed(viewOf(withChecksum("GPGSV,2,1,05,01,30,046,22,05,00,000,27,07,,,,08,10,100,30,1") +
                       withChecksum("GPGSV,2,2,05,09,27,171,25,1") + withChecksum("GPGSV,1,1,01,01,30,046,40,6") +
                       withChecksum("BDGSV,1,1,01,13,19,043,17") + withChecksum("GLGSV,2,1,05,65,1,2,3") +
                       withChecksum("GPGSV,9,8,99,1,2") + rmc("010203.00") +
                       withChecksum("GNGSA,A,3,01,05,,,,,,,,,,,1.4,1.1,0.8,1") +
                       withChecksum("GNGSA,A,3,13,,,,,,,,,,,,1.4,1.1,0.8,4")),
                0);
    const SatelliteView view = parser.satellites();
    ASSERT_EQ(view.inView.size(), 6U); // an unfinished round does not show
    EXPECT_EQ(view.inView[0].system, "GB");
    EXPECT_EQ(view.inView[1].id, 1);
    EXPECT_EQ(view.inView[1].snrDb, 40);
    EXPECT_EQ(view.usedCount, 3);
    parser.finish();
    const auto fixes = parser.take();
    ASSERT_EQ(fixes.size(), 1U);
    EXPECT_EQ(fixes[0].satellitesUsed, 3);
    EXPECT_EQ(fixes[0].fix.flags, std::uint32_t{kFixFewSatellites});
    EXPECT_EQ(fixes[0].fix.accuracyMm, 5'500); // HDOP of GSA
}
