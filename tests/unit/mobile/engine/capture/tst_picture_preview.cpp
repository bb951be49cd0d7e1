// Goal: a preview is small, upright and true in its colours; no file makes it crash or use unbounded memory.
// Method: pictures with coloured corners in all eight orientations; a corpus of truncations, flipped bits and false
// sizes;
//         with ZHICHA_SAMPLES the real photos.
#include "mobile/engine/capture/exif_view.h"
#include "mobile/engine/capture/picture_preview.h"
#include "tests/unit/mobile/engine/capture/pictures.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

using namespace zhicha;

namespace {

// The corner's colour as a letter: R, G, B or W as test::quarters lays them out.
char corner(const Pixels &p, bool right, bool low) {
    const std::size_t x = right ? p.width - 3 : 2, y = low ? p.height - 3 : 2;
    const std::uint8_t *at = p.rgb.data() + 3 * (y * p.width + x);
    const bool r = at[0] > 128, g = at[1] > 128, b = at[2] > 128;
    return r && g && b ? 'W' : r ? 'R' : g ? 'G' : b ? 'B' : '?';
}

std::string corners(const Bytes &jpeg) {
    const auto decoded = decodeJpeg(jpeg, 4096);
    if (!decoded)
        return "unreadable";
    const Pixels &p = decoded->pixels;
    return {corner(p, false, false), corner(p, true, false), corner(p, false, true), corner(p, true, true)};
}

Bytes fileBytes(const std::filesystem::path &path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Whatever the bytes are: a preview within its limit, or an error that says something.
void expectHarmless(ByteView bytes) {
    const auto preview = makePreview(bytes);
    if (preview) {
        EXPECT_LE(preview->jpeg.size(), kMaxPreviewBytes);
        EXPECT_TRUE(probePicture(preview->jpeg).decodable);
    } else {
        EXPECT_TRUE(preview.error().code == Code::BadPicture || preview.error().code == Code::TooLarge);
        EXPECT_NE(preview.error().detail, "");
    }
}

} // namespace

TEST(PicturePreview, isSmallAndKeepsColoursAndProportions) {
    for (const Bytes &original : {test::jpegOf(test::quarters(2000, 1200)), test::pngOf(test::quarters(2000, 1200))}) {
        const auto preview = makePreview(original);
        ASSERT_TRUE(preview);
        EXPECT_LE(preview->jpeg.size(), kMaxPreviewBytes);
        EXPECT_EQ(preview->width, 1024U);
        EXPECT_NEAR(preview->height, 614, 1);
        EXPECT_FALSE(preview->damaged);
        EXPECT_EQ(corners(preview->jpeg), "RGBW");
    }
}

TEST(PicturePreview, smallPicturesAreNotEnlarged) {
    for (const auto &[width, height] : {std::pair{1U, 1U}, {3U, 200U}, {61U, 58U}}) {
        const auto preview = makePreview(test::pngOf(test::noise(width, height)));
        ASSERT_TRUE(preview);
        EXPECT_EQ(preview->width, width);
        EXPECT_EQ(preview->height, height);
    }
}

TEST(PicturePreview, fitsAlsoWhenThePictureIsPureNoise) {
    const auto preview = makePreview(test::jpegOf(test::noise(1600, 1600), 95));
    ASSERT_TRUE(preview);
    EXPECT_LE(preview->jpeg.size(), kMaxPreviewBytes);
}

// How the corners R G / B W as stored look once they are turned as each orientation asks (EXIF 2.32 §4.6.4).
TEST(PicturePreview, isUprightForAllEightOrientations) {
    const char *expected[] = {"RGBW", "GRWB", "WBGR", "BWRG", "RBGW", "BRWG", "WGBR", "GWRB"};
    const Bytes plain = test::jpegOf(test::quarters(96, 64));
    for (int orientation = 1; orientation <= 8; ++orientation) {
        test::ExifMaker exif;
        exif.number(0x0112, orientation);
        const auto preview = makePreview(exif.into(plain));
        ASSERT_TRUE(preview);
        EXPECT_EQ(corners(preview->jpeg), expected[orientation - 1]) << orientation;
        EXPECT_EQ(preview->width, orientation >= 5 ? 64U : 96U) << orientation;
        EXPECT_TRUE(exifSegment(preview->jpeg).empty());
    }
}

TEST(PicturePreview, truncatedPictureShowsWhatIsThere) {
    const Bytes whole = test::jpegOf(test::noise(400, 400));
    const auto preview = makePreview(ByteView(whole).first(whole.size() / 2));
    ASSERT_TRUE(preview);
    EXPECT_TRUE(preview->damaged);
    const Bytes png = test::pngOf(test::noise(400, 400));
    const auto half = makePreview(ByteView(png).first(png.size() / 2));
    ASSERT_TRUE(half);
    EXPECT_TRUE(half->damaged);
}

TEST(PicturePreview, falseSizesAreRefusedBeforeDecoding) {
    EXPECT_EQ(makePreview(test::jpegHeader(20000, 10000)).error().code, Code::TooLarge);
    EXPECT_EQ(makePreview({}).error().code, Code::BadPicture);
    EXPECT_EQ(makePreview(viewOf("no picture")).error().code, Code::BadPicture);
    expectHarmless(test::jpegHeader(10000, 10000)); // within the limit, but there is nothing behind it
    expectHarmless(test::jpegHeader(65535, 1));
    Bytes png = test::pngOf(test::quarters(8, 8));
    png[18] = 0x27; // 10 000 wide: the checksum of the header no longer fits
    png[19] = 0x10;
    expectHarmless(png);
}

TEST(PicturePreview, memoryAndScansOfProgressiveFilesAreBounded) {
    // 100 megapixels of coefficients would be 300 MB, more than kMaxDecodeBytes.
    const auto large = makePreview(test::jpegHeader(10000, 10000, 0xc2));
    ASSERT_FALSE(large);
    EXPECT_EQ(large.error().code, Code::BadPicture);
    // A whole picture turned progressive, its only scan (first coefficients) repeated 150 times.
    Bytes bomb = test::jpegOf(test::quarters(16, 16));
    std::size_t scanAt = 0;
    for (std::size_t at = 2; scanAt == 0; at += 2 + bomb[at + 2] * 256U + bomb[at + 3]) {
        if (bomb[at + 1] == 0xc0)
            bomb[at + 1] = 0xc2;
        if (bomb[at + 1] == 0xda)
            scanAt = at;
    }
    bomb[scanAt + 12] = 0; // the last coefficient of the scan
    const Bytes scan(bomb.begin() + static_cast<std::ptrdiff_t>(scanAt), bomb.end() - 2);
    bomb.resize(bomb.size() - 2);
    for (int i = 0; i < 150; ++i)
        append(bomb, scan);
    append(bomb, Bytes{0xff, 0xd9});
    const auto preview = makePreview(bomb);
    ASSERT_FALSE(preview);
    EXPECT_NE(preview.error().detail.find("scans"), std::string::npos) << preview.error().detail;
}

TEST(PicturePreview, hostileBytesAreHarmless) {
    test::ExifMaker exif;
    exif.number(0x0112, 6);
    exif.text(0, 0x010f, "Maker");
    for (const Bytes &whole : {exif.into(test::jpegOf(test::noise(48, 40))), test::pngOf(test::noise(24, 20))}) {
        for (std::size_t part = 0; part <= 64; ++part)
            expectHarmless(ByteView(whole).first(whole.size() * part / 64));
        Bytes flipped = whole;
        for (std::size_t at = 0; at < whole.size(); at += at < 700 ? 3 : 61) {
            for (const std::uint8_t bit : {0x01, 0x10, 0x80}) {
                flipped[at] = whole[at] ^ bit;
                expectHarmless(flipped);
            }
            flipped[at] = whole[at];
        }
    }
}

TEST(PicturePreview, realPhotosAreShownUpright) {
    const char *samples = std::getenv("ZHICHA_SAMPLES");
    if (samples == nullptr)
        GTEST_SKIP() << "ZHICHA_SAMPLES is not set";
    int photos = 0;
    for (const auto &entry : std::filesystem::directory_iterator(std::string(samples) + "/photos")) {
        const Bytes bytes = fileBytes(entry.path());
        const std::string name = entry.path().filename().string();
        EXPECT_TRUE(probePicture(bytes).keepable) << name;
        const auto preview = makePreview(bytes);
        EXPECT_TRUE(preview) << name << (preview ? "" : preview.error().detail);
        if (preview && name.starts_with("landscape")) {
            EXPECT_GT(preview->width, preview->height);
        }
        if (preview && name.starts_with("portrait")) {
            EXPECT_LT(preview->width, preview->height);
        }
        const std::size_t step = bytes.size() > 200'000 ? 16 : 4; // the large ones take their time
        for (std::size_t part = 0; part < 64; part += step)
            expectHarmless(ByteView(bytes).first(bytes.size() * part / 64));
        ++photos;
    }
    EXPECT_GE(photos, 10);
}
