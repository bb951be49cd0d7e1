// Goal: a report shows each photo as the JPEG that it is, in its own proportions, captions beneath, nothing off the
// page; a strange sign or a broken photo keeps nothing back. Method: reports of one to many photos made of real JPEG
// bytes; their pages measured; poppler takes the photos out again.
#include "shared/documents/report.h"

#include "shared/documents/pdf.h"
#include "shared/documents/typesetter.h"
#include "tests/unit/shared/documents/rendered.h"
#include "tests/unit/shared/documents/sample_paper.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <jpeglib.h>

namespace zhicha::documents {
namespace {

std::shared_ptr<const Bytes> redJpeg(int width, int height) {
    jpeg_compress_struct out{};
    jpeg_error_mgr errors{};
    out.err = jpeg_std_error(&errors);
    jpeg_create_compress(&out);
    unsigned char *bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&out, &bytes, &size);
    out.image_width = static_cast<JDIMENSION>(width);
    out.image_height = static_cast<JDIMENSION>(height);
    out.input_components = 3;
    out.in_color_space = JCS_RGB;
    jpeg_set_defaults(&out);
    jpeg_start_compress(&out, TRUE);
    std::vector<unsigned char> line;
    for (int x = 0; x < width; ++x)
        line.insert(line.end(), {220, 20, 20});
    while (out.next_scanline < out.image_height) {
        JSAMPROW row = line.data();
        jpeg_write_scanlines(&out, &row, 1);
    }
    jpeg_finish_compress(&out);
    jpeg_destroy_compress(&out);
    auto jpeg = std::make_shared<const Bytes>(bytes, bytes + size);
    std::free(bytes);
    return jpeg;
}

Report reportOf(std::vector<ReportPicture> pictures) {
    Report report;
    report.title = "检查情况报告";
    report.number = "检〔2026〕0382";
    report.note = "照片还没有传到";
    report.sections = {
        {{{BlockKind::Heading, "", "一、问题", {}}, {BlockKind::Text, "", "围挡破损。", {}}}, std::move(pictures)}};
    return report;
}

std::vector<Page> pagesOf(const Report &report) {
    const auto fonts = FontSet::load();
    EXPECT_TRUE(fonts);
    auto pages = typesetReport(*fonts, report);
    EXPECT_TRUE(pages) << pages.error().detail;
    return pages ? *std::move(pages) : std::vector<Page>();
}

Bytes pdfOf(const Report &report) {
    const auto fonts = FontSet::load();
    const auto pdf = writePdf(*fonts, *typesetReport(*fonts, report), {});
    EXPECT_TRUE(pdf) << pdf.error().detail;
    return pdf ? *pdf : Bytes();
}

TEST(JpegSize, readsTheFrameAndNothingElse) {
    const auto size = jpegSize(*redJpeg(640, 480));
    ASSERT_TRUE(size);
    EXPECT_EQ(std::pair(size->width, size->height), std::pair(640, 480));
    const Bytes &jpeg = *redJpeg(64, 48);
    for (std::size_t cut = 0; cut < 20; ++cut)
        EXPECT_FALSE(jpegSize(ByteView(jpeg).first(cut)));
    EXPECT_FALSE(jpegSize(viewOf("no picture at all")));
    Bytes huge{0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0xFF, 0xFF, 0xFF, 0xFF, 3, 0, 0, 0, 0};
    EXPECT_FALSE(jpegSize(huge)) << "what would take all memory";
    Bytes endless{0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0xFF, 0xE0, 0, 0, 0, 0, 0, 0, 0, 0};
    EXPECT_FALSE(jpegSize(endless));
}

TEST(Report, showsPhotosInTheirProportions) {
    const std::vector<Page> pages =
        pagesOf(reportOf({{redJpeg(640, 480), "实拍"}, {redJpeg(300, 900), "导入"}, {redJpeg(1000, 100), "实拍"}}));
    ASSERT_EQ(pages.size(), 1U);
    ASSERT_EQ(pages[0].pictures.size(), 3U);
    for (const DrawnPicture &picture : pages[0].pictures) {
        EXPECT_NEAR(picture.width / picture.height, static_cast<double>(picture.dotsWide) / picture.dotsHigh, 0.001);
        EXPECT_GE(picture.x, gb::kLeft - 0.01);
        EXPECT_LE(picture.x + picture.width, gb::kLeft + gb::kWidth + 0.01);
        EXPECT_LE(picture.height, 56.01);
    }
}

TEST(Report, goesOnOverPagesAndLosesNoPhoto) {
    std::vector<ReportPicture> pictures;
    pictures.reserve(41);
    for (int i = 0; i < 41; ++i)
        pictures.push_back({redJpeg(64, 48), "实拍，公共场所，第" + std::to_string(i) + "张"});
    const std::vector<Page> pages = pagesOf(reportOf(pictures));
    std::size_t count = 0;
    for (const Page &page : pages)
        for (const DrawnPicture &picture : page.pictures) {
            ++count;
            EXPECT_LE(picture.y + picture.height, gb::kTop + gb::kHeight);
        }
    EXPECT_EQ(count, 41U);
    EXPECT_GE(pages.size(), 5U);
    const std::string text = textOfPdf(pdfOf(reportOf(pictures)));
    for (int i = 0; i < 41; ++i)
        EXPECT_NE(text.find("第" + std::to_string(i) + "张"), std::string::npos) << i;
}

TEST(Report, printsThePhotoItself) {
    const std::vector<Picture> pages = renderPdf(pdfOf(reportOf({{redJpeg(640, 480), "实拍"}})));
    ASSERT_EQ(pages.size(), 1U);
    const Extent red = inkBetween(pages[0], 60, 260, true);
    EXPECT_NEAR((red.right - red.left) / (red.bottom - red.top), 640.0 / 480, 0.02);
    EXPECT_NEAR(red.bottom - red.top, 56, 1);
}

TEST(Report, isReadableWhateverWasTyped) {
    Report report = reportOf({{nullptr, "甲\xE2\x80\xAE乙"}, {std::make_shared<const Bytes>(Bytes{1, 2, 3}), "坏图"}});
    report.sections[0].blocks[1].text = "井盖\x07丢失，\xF0\xB1\x8D\x90某说。";
    const std::string text = textOfPdf(pdfOf(report));
    for (const char *part : {"井盖〓丢失，〓某说。", "甲〓乙", "照片还没有传到", "坏图"})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

} // namespace
} // namespace zhicha::documents
