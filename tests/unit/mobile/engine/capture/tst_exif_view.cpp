// Goal: what a photo says of itself is shown in safe text, and a lie or damage in it breaks nothing (lesson R11).
// Method: EXIF made byte by byte for all hemispheres, with hostile texts and numbers; every byte flipped; real photos.
#include "mobile/engine/capture/exif_view.h"
#include "tests/unit/mobile/engine/capture/pictures.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

using namespace zhicha;

namespace {

const Bytes &plainJpeg() {
    static const Bytes bytes = test::jpegOf(test::quarters(16, 16));
    return bytes;
}

test::ExifMaker fullExif(const std::string &ns, const std::string &ew) {
    test::ExifMaker exif;
    exif.text(0, 0x010f, "相机厂");
    exif.text(0, 0x0110, "Model 1");
    exif.number(0x0112, 6);
    exif.text(1, 0x9003, "2026:11:24 09:10:11");
    exif.text(1, 0x9011, "+08:00");
    exif.text(2, 1, ns);
    exif.rationals(2, {30, 1, 49, 1, 79464, 10000});
    exif.text(2, 3, ew);
    exif.rationals(4, {111, 1, 0, 1, 115056, 10000});
    return exif;
}

} // namespace

TEST(ExifView, readsDatePositionOrientationAndCamera) {
    const ExifView view = readExif(fullExif("N", "E").into(plainJpeg()));
    EXPECT_EQ(view.takenAt, "2026-11-24 09:10:11");
    EXPECT_EQ(view.takenOffset, "+08:00");
    EXPECT_EQ(view.orientation, 6);
    EXPECT_EQ(view.maker, "相机厂");
    EXPECT_EQ(view.model, "Model 1");
    EXPECT_EQ(view.position, (LatLon{308'188'740, 1'110'031'960}));
}

TEST(ExifView, keepsTheHemisphere) {
    EXPECT_EQ(readExif(fullExif("S", "E").into(plainJpeg())).position, (LatLon{-308'188'740, 1'110'031'960}));
    EXPECT_EQ(readExif(fullExif("N", "W").into(plainJpeg())).position, (LatLon{308'188'740, -1'110'031'960}));
    EXPECT_EQ(readExif(fullExif("S", "W").into(plainJpeg())).position, (LatLon{-308'188'740, -1'110'031'960}));
    EXPECT_FALSE(readExif(fullExif("Q", "E").into(plainJpeg())).position);
    EXPECT_FALSE(readExif(fullExif("", "E").into(plainJpeg())).position);
}

TEST(ExifView, nonsenseIsLeftOut) {
    test::ExifMaker exif;
    exif.number(0x0112, 77);
    exif.text(1, 0x9003, "2026-11-24T09:10");
    exif.text(1, 0x9011, "noon");
    exif.text(2, 1, "N");
    exif.rationals(2, {30, 0, 49, 1, 1, 1});
    exif.text(2, 3, "E");
    exif.rationals(4, {181, 1, 0, 1, 0, 1});
    EXPECT_EQ(readExif(exif.into(plainJpeg())), ExifView{});
    EXPECT_EQ(readExif(plainJpeg()), ExifView{});
    EXPECT_EQ(readExif({}), ExifView{});
    EXPECT_EQ(readExif(viewOf("Exif")), ExifView{});
}

TEST(ExifView, hostileTextBecomesHarmless) {
    test::ExifMaker exif;
    exif.text(0, 0x010f,
              "a\x1b[2Jb\r\n\xe2\x80\xae"
              "c\xff");
    exif.text(0, 0x0110, std::string(5000, 'x'));
    const ExifView view = readExif(exif.into(plainJpeg()));
    EXPECT_EQ(view.maker, "a[2Jbc\xef\xbf\xbd");
    EXPECT_EQ(view.model, std::string(kMaxExifTextBytes, 'x'));
}

TEST(ExifView, displayTextIsTrimmedUtf8CutAtACharacter) {
    EXPECT_EQ(displayText("  ab  ", 64), "ab");
    EXPECT_EQ(displayText("三峡大坝", 7), "三峡");
    EXPECT_EQ(displayText("\xe4\xb8", 64), "\xef\xbf\xbd\xef\xbf\xbd");
    EXPECT_EQ(displayText("a\xc2\x85"
                          "b\x7f",
                          64),
              "ab");
    EXPECT_EQ(displayText("", 64), "");
    EXPECT_TRUE(isUtf8(displayText("\xf0\x9f\x98\x80\xed\xa0\x80\xc0\xaf", 64)));
}

TEST(ExifView, damageAnywhereIsHarmless) {
    const Bytes whole = fullExif("N", "E").into(plainJpeg());
    Bytes flipped = whole;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const std::uint8_t value : {0x00, 0xff, 0x7f, 0x80}) {
            flipped[at] = value;
            const ExifView view = readExif(flipped);
            EXPECT_TRUE(isUtf8(view.maker) && view.maker.size() <= kMaxExifTextBytes);
            EXPECT_TRUE(view.orientation >= 1 && view.orientation <= 8);
            EXPECT_TRUE(!view.position || isPlace(view.position->lat, view.position->lon));
        }
        flipped[at] = whole[at];
        (void)readExif(ByteView(whole).first(at));
    }
}

TEST(ExifView, realPhotosSayWhatIsKnownOfThem) {
    const char *samples = std::getenv("ZHICHA_SAMPLES");
    if (samples == nullptr)
        GTEST_SKIP() << "ZHICHA_SAMPLES is not set";
    for (const auto &entry : std::filesystem::directory_iterator(std::string(samples) + "/photos")) {
        std::ifstream in(entry.path(), std::ios::binary);
        const Bytes bytes{std::istreambuf_iterator<char>(in), {}};
        const ExifView view = readExif(bytes);
        const std::string name = entry.path().filename().string();
        if (name.starts_with("DSCN00")) {
            EXPECT_TRUE(view.position) << name;
        }
        if (name == "landscape_6.jpg") {
            EXPECT_EQ(view.orientation, 6);
        }
        if (name == "portrait_8.jpg") {
            EXPECT_EQ(view.orientation, 8);
        }
        if (name == "jolla.jpg") {
            EXPECT_EQ(view.maker, "Jolla");
        }
    }
}
