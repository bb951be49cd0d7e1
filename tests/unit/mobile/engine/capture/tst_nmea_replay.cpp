// Goal: a recorded log gives exactly the fixes that were measured.
// Method: a made-up log in a file; with ZHICHA_SAMPLES every real log, against a count that shares no code with the
// parser.
#include "mobile/engine/capture/nmea_replay.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/mobile/engine/capture/nmea_log.h"

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>

using namespace zhicha;

TEST(NmeaReplay, readsAWholeFileAtOnce) {
    const test::TempFolder folder;
    const std::string path = folder / "drive.nmea";
    std::ofstream out(path, std::ios::binary);
    out << "# a note\n\xff\xfe";
    for (int s = 0; s < 3000; ++s) {
        char time[32];
        std::snprintf(time, sizeof time, "01%02d%02d.00", s / 60, s % 60);
        out << test::withChecksum(std::string("GNRMC,") + time + (s % 10 == 0 ? ",V" : ",A") +
                                  ",3049.1324,N,11100.1918,E,0.0,,241126,,,A");
    }
    out << "$GNRMC,015";
    out.close();
    NmeaFileReplay replay;
    const auto fixes = replay.run(path);
    ASSERT_TRUE(fixes);
    EXPECT_EQ(fixes->size(), 2700U);
    EXPECT_EQ(replay.counts().badChecksum, 1U);
}

TEST(NmeaReplay, missingFileIsAnErrorAndALogWithoutFixIsNone) {
    const test::TempFolder folder;
    EXPECT_EQ(NmeaFileReplay().run(folder / "none.nmea").error().code, Code::NotFound);
    EXPECT_FALSE(NmeaFileReplay().run(folder.path()));
    std::ofstream(folder / "empty.nmea").close();
    const auto fixes = NmeaFileReplay().run(folder / "empty.nmea");
    ASSERT_TRUE(fixes);
    EXPECT_TRUE(fixes->empty());
}

TEST(NmeaReplay, realLogsGiveTheFixesThatWereMeasured) {
    const char *samples = std::getenv("ZHICHA_SAMPLES");
    if (samples == nullptr)
        GTEST_SKIP() << "ZHICHA_SAMPLES is not set";
    int logs = 0;
    for (const auto &entry : std::filesystem::directory_iterator(std::string(samples) + "/nmea")) {
        const std::string path = entry.path().string();
        const std::string text = test::fileText(path);
        const auto fixes = NmeaFileReplay().run(path);
        ASSERT_TRUE(fixes) << path;
        EXPECT_EQ(static_cast<int>(fixes->size()), test::countValidEpochs(text)) << path;
        for (const HeardFix &heard : *fixes) {
            EXPECT_TRUE(isPlace(heard.fix.at.lat, heard.fix.at.lon));
            EXPECT_EQ(heard.fix.flags & kFixMock, 0U);
        }
        std::printf("%s: %zu fixes\n", entry.path().filename().c_str(), fixes->size());
        for (std::size_t cut = 1; cut <= 64; ++cut) // cut anywhere: no more fixes, no crash
            EXPECT_LE(test::parse(text.substr(0, text.size() * cut / 65)).size(), fixes->size());
        ++logs;
    }
    EXPECT_GE(logs, 8);
}
