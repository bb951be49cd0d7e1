// Goal: the demo's inputs are what the product takes in: photos that decode, and a drive that ends inside the site's
// fence. Method: runs tools/make_demo_inputs.py twice (same bytes), then reads everything with the product's own code.
#include "mobile/engine/capture/exif_view.h"
#include "mobile/engine/capture/nmea_replay.h"
#include "mobile/engine/capture/picture_preview.h"
#include "shared/base/instant.h"
#include "shared/geo/dwell.h"
#include "tests/support/temp_folder.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>

using namespace zhicha;

namespace {

Bytes fileBytes(const std::string &path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

int make(const std::string &folder, const std::string &place, int photos) {
    const std::string command = "python3 tools/make_demo_inputs.py --photos " + std::to_string(photos) +
                                " --track-to=" + place + " --start 2026-11-24T23:57:00+08:00 --out " + folder + " > " +
                                folder + "/said";
    return std::system(command.c_str());
}

} // namespace

TEST(DemoInputs, photosDecodeAndTheFirstIsTurnedAndPlaced) {
    const test::TempFolder folder, again;
    ASSERT_EQ(make(folder.path(), "30.818874,111.003196", 5), 0);
    ASSERT_EQ(make(again.path(), "30.818874,111.003196", 5), 0);
    for (const char *name : {"photo-1.jpg", "photo-2.png", "photo-3.jpg", "photo-4.png", "photo-5.jpg"}) {
        const Bytes bytes = fileBytes(folder / name);
        EXPECT_EQ(bytes, fileBytes(again / name)) << name;
        const PictureProbe probe = probePicture(bytes);
        EXPECT_TRUE(probe.keepable && probe.decodable && !probe.truncated) << name;
        EXPECT_EQ(probe.pixels(), 640U * 480U) << name;
        const auto preview = makePreview(bytes);
        ASSERT_TRUE(preview) << name;
        EXPECT_FALSE(preview->damaged) << name;
        EXPECT_EQ(preview->width, std::string_view(name) == "photo-1.jpg" ? 480U : 640U) << name;
    }
    const ExifView view = readExif(fileBytes(folder / "photo-1.jpg"));
    EXPECT_EQ(view.orientation, 6);
    EXPECT_EQ(view.takenAt, "2026-11-25 00:01:00");
    EXPECT_EQ(view.takenOffset, "+08:00");
    EXPECT_EQ(view.position, (LatLon{308'188'740, 1'110'031'960}));
    EXPECT_EQ(view.model, "Demo camera 演示");
}

TEST(DemoInputs, driveEndsInsideTheFenceInEveryHemisphere) {
    for (const auto &[text, place] : {std::pair{"30.818874,111.003196", LatLon{308'188'740, 1'110'031'960}},
                                      {"-36.745989,179.999999", LatLon{-367'459'890, 1'799'999'990}},
                                      {"44.068826,-121.314275", LatLon{440'688'260, -1'213'142'750}}}) {
        const test::TempFolder folder;
        ASSERT_EQ(make(folder.path(), text, 0), 0);
        const auto fixes = NmeaFileReplay().run(folder / "track.nmea");
        ASSERT_TRUE(fixes);
        ASSERT_EQ(fixes->size(), 421U);
        EXPECT_EQ(fixes->front().fix.t, fromRfc3339("2026-11-24T15:57:00Z"));
        EXPECT_EQ(fixes->back().fix.t, fromRfc3339("2026-11-24T16:04:00Z"));
        DwellMeter dwell(*Fence::circle(place, 100'000));
        FenceReading last;
        EXPECT_EQ(dwell.feed(fixes->front().fix).relation, FenceRelation::Outside);
        for (const HeardFix &heard : *fixes) {
            EXPECT_EQ(heard.fix.flags, 0U);
            EXPECT_EQ(heard.fix.accuracyMm, 3'000); // by GST
            last = dwell.feed(heard.fix);
        }
        EXPECT_EQ(last.relation, FenceRelation::Inside);
        EXPECT_GE(dwell.dwellMs(), 240'000);
    }
}
