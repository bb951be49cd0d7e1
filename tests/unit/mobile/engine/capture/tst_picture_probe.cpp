// Goal: what a file is, is told from its headers alone; whatever can be kept is kept, the rest is refused in clear
// words. Method: good pictures, each broken in every way that is known from the field, and other kinds of file.
#include "mobile/engine/capture/picture_probe.h"
#include "tests/unit/mobile/engine/capture/pictures.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace zhicha;

namespace {

Bytes bytesOf(std::string_view text) {
    return toBytes(viewOf(text));
}

} // namespace

TEST(PictureProbe, readsSizeAndTypeWithoutDecoding) {
    const PictureProbe jpeg = probePicture(test::jpegOf(test::quarters(80, 48)));
    EXPECT_EQ(jpeg.type, PictureType::Jpeg);
    EXPECT_EQ(jpeg.width, 80U);
    EXPECT_EQ(jpeg.height, 48U);
    EXPECT_TRUE(jpeg.keepable && jpeg.decodable && !jpeg.truncated);
    EXPECT_EQ(jpeg.trouble, "");
    const PictureProbe png = probePicture(test::pngOf(test::quarters(31, 17)));
    EXPECT_EQ(png.type, PictureType::Png);
    EXPECT_EQ(png.pixels(), 31U * 17U);
    EXPECT_TRUE(png.keepable && png.decodable && !png.truncated);
    EXPECT_EQ(pictureMediaType(jpeg.type), "image/jpeg");
    EXPECT_EQ(pictureMediaType(png.type), "image/png");
}

TEST(PictureProbe, refusesZeroBytesAndWhatIsNoPicture) {
    for (const Bytes &bytes :
         {Bytes{}, bytesOf("hello, this is text"), Bytes{0xff}, Bytes{0xff, 0xd8}, Bytes(1000, 0)}) {
        const PictureProbe probe = probePicture(bytes);
        EXPECT_FALSE(probe.keepable || probe.decodable);
        const Status status = checkKeepable(probe);
        ASSERT_FALSE(status);
        EXPECT_EQ(status.error().code, Code::BadPicture);
        EXPECT_NE(status.error().detail, "photo: ");
    }
    EXPECT_EQ(probePicture({}).trouble, "the file is empty");
}

TEST(PictureProbe, namesTheKindOfFileThatIsNotKeptYet) {
    const std::pair<std::string, std::string> kinds[] = {{std::string("\0\0\0\x18", 4) + "ftypheic", "HEIC"},
                                                         {std::string("\0\0\0\x18", 4) + "ftypmif1", "HEIC"},
                                                         {std::string("\0\0\0\x18", 4) + "ftypavif", "AVIF"},
                                                         {std::string("\0\0\0\x18", 4) + "ftypisom", "video"},
                                                         {"GIF89a", "GIF"},
                                                         {"RIFF1234WEBPVP8 ", "WebP"},
                                                         {std::string("II*\0", 4), "TIFF"},
                                                         {"BM1234", "BMP"},
                                                         {"%PDF-1.7", "PDF"}};
    for (const auto &[bytes, name] : kinds) {
        const Status status = checkKeepable(probePicture(bytesOf(bytes)));
        ASSERT_FALSE(status) << name;
        EXPECT_EQ(status.error().code, Code::BadPicture);
        EXPECT_NE(status.error().detail.find(name), std::string::npos) << status.error().detail;
    }
}

TEST(PictureProbe, twoHundredMegapixelsAreKeptButNotDecoded) {
    const PictureProbe jpeg = probePicture(test::jpegHeader(20000, 10000));
    EXPECT_EQ(jpeg.pixels(), 200'000'000U);
    EXPECT_TRUE(jpeg.keepable);
    EXPECT_FALSE(jpeg.decodable);
    EXPECT_NE(jpeg.trouble.find("200 megapixels"), std::string::npos);
    EXPECT_TRUE(checkKeepable(jpeg));
    Bytes png = test::pngOf(test::quarters(8, 8));
    for (const std::size_t at : {16, 20})
        png[at] = 0x7f; // 2 thousand million a side
    EXPECT_TRUE(probePicture(png).keepable);
    EXPECT_FALSE(probePicture(png).decodable);
    png[16] = 0xff; // more than the format allows
    EXPECT_TRUE(probePicture(png).keepable);
    EXPECT_FALSE(probePicture(png).decodable);
}

TEST(PictureProbe, truncatedAnywhereIsKeptOnceItsBeginningStands) {
    for (const Bytes &whole : {test::jpegOf(test::quarters(64, 64)), test::pngOf(test::noise(64, 64))}) {
        for (std::size_t part = 0; part < 64; ++part) {
            const PictureProbe probe = probePicture(ByteView(whole).first(whole.size() * part / 64));
            EXPECT_EQ(probe.keepable, part > 0) << part;
            EXPECT_TRUE(part == 0 || probe.truncated);
            EXPECT_NE(probe.trouble, "");
        }
    }
}

TEST(PictureProbe, sizeZeroAndBrokenSegmentsAreKeptNotDecoded) {
    EXPECT_FALSE(probePicture(test::jpegHeader(0, 100)).decodable);
    EXPECT_FALSE(probePicture(test::jpegHeader(100, 0)).decodable);
    for (const Bytes &bytes :
         {Bytes{0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 1}, Bytes{0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0},
          Bytes{0xff, 0xd8, 0xff, 0xe0, 0, 1, 0, 0}, Bytes{0xff, 0xd8, 0xff},
          Bytes{0xff, 0xd8, 0xff, 0xc0, 0, 2, 0xff, 0xd9}, Bytes{0xff, 0xd8, 0xff, 0xff, 0xff, 0xff}}) {
        EXPECT_TRUE(probePicture(bytes).keepable);
        EXPECT_FALSE(probePicture(bytes).decodable);
        EXPECT_TRUE(exifSegment(bytes).empty());
    }
}

TEST(PictureProbe, anyBytesAfterTheMagicAreHarmless) {
    EXPECT_TRUE(rc::check([](const std::vector<std::uint8_t> &tail) {
        for (const std::string_view magic :
             {std::string_view("\xff\xd8\xff"), std::string_view("\x89PNG\r\n\x1a\n", 8)}) {
            Bytes bytes = bytesOf(magic);
            append(bytes, tail);
            RC_ASSERT(probePicture(bytes).keepable);
            (void)exifSegment(bytes);
        }
        (void)probePicture(tail);
    }));
}
