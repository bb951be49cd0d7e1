// Goal: each icon of the table draws, inside its grid and in the colour asked for; any other request draws nothing.
// Method: pictures from the provider itself, looked at pixel by pixel; hostile ids.
#include "mobile/models/glyph_paths.h"
#include "mobile/models/glyph_provider.h"

#include <gtest/gtest.h>

#include <set>

namespace zhicha {
namespace {

QImage draw(const QString &id, QSize wanted = QSize(48, 48)) {
    GlyphProvider provider;
    QSize size;
    return provider.requestImage(id, &size, wanted);
}

int inkedPixels(const QImage &picture) {
    int count = 0;
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            count += qAlpha(picture.pixel(x, y)) > 128 ? 1 : 0;
    return count;
}

TEST(GlyphProvider, drawsEachIconInsideItsGrid) {
    for (const auto &glyph : glyphPaths()) {
        const auto path = parseStrokes(glyph.strokes);
        ASSERT_TRUE(path.has_value()) << glyph.name;
        // Half a stroke must fit between the outermost point and the edge.
        const QRectF box = path->boundingRect();
        EXPECT_TRUE(box.left() >= 1 && box.top() >= 1 && box.right() <= kGlyphGrid - 1 &&
                    box.bottom() <= kGlyphGrid - 1)
            << glyph.name;
        EXPECT_GT(inkedPixels(draw(QString::fromStdString(std::string(glyph.name)) + "/12506e")), 40) << glyph.name;
    }
}

TEST(GlyphProvider, givesEachIconOneName) {
    std::set<std::string_view> names;
    for (const auto &glyph : glyphPaths())
        EXPECT_TRUE(names.insert(glyph.name).second) << glyph.name;
}

TEST(GlyphProvider, drawsInTheColourAskedFor) {
    const auto picture = draw("diamond-filled/a11c12");
    EXPECT_EQ(picture.pixelColor(24, 24), QColor(0xa1, 0x1c, 0x12));
    EXPECT_EQ(qAlpha(picture.pixel(0, 0)), 0);
}

TEST(GlyphProvider, drawsHeavierOutdoors) {
    EXPECT_GT(inkedPixels(draw("lock/000000/2.4")), inkedPixels(draw("lock/000000")));
}

TEST(GlyphProvider, drawsAtTheSizeAskedForAndStaysWithinReason) {
    EXPECT_EQ(draw("check/000000", QSize(36, 36)).size(), QSize(36, 36));
    EXPECT_EQ(draw("check/000000", QSize()).size(), QSize(24, 24));
    EXPECT_LE(draw("check/000000", QSize(1000000, 1000000)).width(), 2048);
}

TEST(GlyphProvider, drawsNothingForWhatItDoesNotKnow) {
    for (const char *id : {"", "/", "check", "check/", "check/red", "check/12506", "check/12506g", "nobody/12506e",
                           "check/12506e/0", "check/12506e/-1", "check/12506e/nan", "check/12506e/1e9",
                           "check/12506e/x", "check/12506e/2/2", "../../check/12506e"})
        EXPECT_TRUE(draw(id).isNull()) << id;
}

TEST(GlyphProvider, refusesStrokesThatItCannotRead) {
    for (const char *strokes : {"X 1 2", "M 1", "M 1 x", "MM 1 2", "M 1 2x", "1 2"})
        EXPECT_FALSE(parseStrokes(strokes).has_value()) << strokes;
    EXPECT_TRUE(parseStrokes("  M 1 2   L 3 4 ").has_value());
}

} // namespace
} // namespace zhicha
