// Goal: what is drawn on the map lies where it is, on every base map, and tiles fit together. Method: known places and
// tile numbers, there and back again, and maps in the three systems that Chinese maps come in.
#include "mobile/models/county_borders.h"
#include "mobile/models/map_view.h"
#include "mobile/platform/tile_thread.h"
#include "shared/geo/distance.h"

#include <QBuffer>

#include <cmath>
#include <gtest/gtest.h>

namespace zhicha::test {

namespace {
constexpr LatLon kPark{347'751'200, 1'111'883'400};
constexpr LatLon kEast{347'751'200, 1'111'894'334}; ///< 100 m east of it
constexpr LatLon kSouth{-338'568'000, 1'512'153'000};

MapView viewOf(LatLon middle, double metresPerPixel) {
    MapView view;
    view.size = {1000, 800};
    view.metresPerPixel = metresPerPixel;
    view.centre(middle);
    return view;
}
} // namespace

TEST(MapView, aPixelIsSoManyMetresInBothHemispheres) {
    EXPECT_EQ(viewOf(kPark, 0.5).at(kPark), QPointF(500, 400));
    EXPECT_NEAR(viewOf(kPark, 0.5).at(kEast).x(), 700, 1);
    EXPECT_NEAR(viewOf(kPark, 0.5).at(kEast).y(), 400, 0.01);
    for (const LatLon middle : {kPark, kSouth, LatLon{0, 0}, LatLon{600'000'000, -1'700'000'000}}) {
        const MapView view = viewOf(middle, 3);
        const LatLon away = view.placeAt({720, 130});
        EXPECT_NEAR(static_cast<double>(distanceMm(middle, away)) / 1000, 3 * std::hypot(220, 270), 15);
        const QPointF back = view.at(away);
        EXPECT_NEAR(back.x(), 720, 0.5);
        EXPECT_NEAR(back.y(), 130, 0.5);
    }
}

TEST(MapView, theFingerHoldsThePlaceThatItTouches) {
    MapView view = viewOf(kPark, 2);
    const QPointF finger(812, 90);
    const LatLon under = view.placeAt(finger);
    view.zoom(3, finger);
    EXPECT_NEAR(view.metresPerPixel, 2.0 / 3, 1e-9);
    EXPECT_NEAR(view.at(under).x(), finger.x(), 1);
    EXPECT_NEAR(view.at(under).y(), finger.y(), 1);
    view.pan({40, -25});
    EXPECT_NEAR(view.at(under).x(), finger.x() + 40, 1);
    EXPECT_NEAR(view.at(under).y(), finger.y() - 25, 1);
    for (int i = 0; i < 100; ++i)
        view.zoom(2, finger);
    EXPECT_EQ(view.metresPerPixel, MapView::kNearest);
    for (int i = 0; i < 100; ++i)
        view.zoom(0.5, finger);
    EXPECT_EQ(view.metresPerPixel, MapView::kFarthest);
}

TEST(MapView, fitsAllThatIsThere) {
    MapView view = viewOf({0, 0}, 1);
    view.fit({kPark, kEast, LatLon{347'800'000, 1'111'800'000}}, 60);
    for (const LatLon place : {kPark, kEast, LatLon{347'800'000, 1'111'800'000}}) {
        EXPECT_GE(view.at(place).x(), 59);
        EXPECT_LE(view.at(place).x(), 941);
        EXPECT_GE(view.at(place).y(), 59);
        EXPECT_LE(view.at(place).y(), 741);
    }
    view.fit({kPark}, 60);
    EXPECT_EQ(view.metresPerPixel, 0.2) << "one place is shown with what is around it";
    const MapView before = view;
    view.fit({}, 60);
    EXPECT_EQ(view.x, before.x);
}

TEST(MapView, tilesCoverTheScreenWithoutAHoleAndCarryTheirNumbers) {
    const MapView view = viewOf(kPark, 2);
    const std::vector<TileAt> tiles = tilesOf(view, 0, 17);
    ASSERT_FALSE(tiles.empty());
    EXPECT_EQ(tiles.front().zoom, 16);
    double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9, area = 0;
    for (const TileAt &tile : tiles) {
        left = std::min(left, tile.corner.x());
        right = std::max(right, tile.corner.x() + tile.side);
        top = std::min(top, tile.corner.y());
        bottom = std::max(bottom, tile.corner.y() + tile.side);
        area += tile.side * tile.side;
    }
    EXPECT_LE(left, 0);
    EXPECT_LE(top, 0);
    EXPECT_GE(right, 1000);
    EXPECT_GE(bottom, 800);
    EXPECT_NEAR(area, (right - left) * (bottom - top), 1) << "no hole, no overlap";
    const TileAt &middle = *std::find_if(tiles.begin(), tiles.end(), [](const TileAt &tile) {
        return QRectF(tile.corner, QSizeF(tile.side, tile.side)).contains(QPointF(500, 400));
    });
    EXPECT_EQ(middle.x, 53'009) << "floor((111.18834 + 180) / 360 * 2^16)";
    EXPECT_EQ(middle.y, 26'008);
    EXPECT_TRUE(tilesOf(view, 17, 18).empty()) << "the map begins deeper";
    EXPECT_EQ(tilesOf(view, 0, 14).front().zoom, 14) << "its deepest tiles, enlarged";
    EXPECT_TRUE(tilesOf(view, 0, 10).empty()) << "enlarged sixty-four times nothing is seen";
    EXPECT_LE(tilesOf(viewOf(kPark, 0.05), 0, 24).size(), kMostTiles);
}

TEST(MapView, theThreeSystemsAreToldApart) {
    MapView shifted = viewOf(kPark, 1);
    shifted.datum = Datum::Gcj02;
    const LatLon onTheMap = convertTo(Datum::Gcj02, {kPark, Datum::Wgs84}).at;
    const double metres = static_cast<double>(distanceMm(kPark, onTheMap)) / 1000;
    EXPECT_GT(metres, 100) << "GCJ-02 lies hundreds of metres away";
    const QPointF on = shifted.at(kPark), unshifted = viewOf(kPark, 1).at(kPark);
    EXPECT_NEAR(std::hypot(on.x() - unshifted.x(), on.y() - unshifted.y()), metres, metres / 50);
    shifted.centre(kPark);
    EXPECT_EQ(shifted.at(kPark), QPointF(500, 400));
    MapView national = viewOf(kPark, 1);
    national.datum = Datum::Cgcs2000;
    EXPECT_EQ(national.at(kPark), unshifted);
}

TEST(Tiles, onlyWhatIsATileIsDecoded) {
    const auto png = [](int side) {
        QImage image(side, side, QImage::Format_RGB32);
        image.fill(Qt::blue);
        QByteArray raw;
        QBuffer buffer(&raw);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "png");
        return Bytes(raw.begin(), raw.end());
    };
    EXPECT_EQ(decodeTile(png(256)).size(), QSize(256, 256));
    EXPECT_TRUE(decodeTile(png(kMostTilePixels + 1)).isNull());
    EXPECT_TRUE(decodeTile({}).isNull());
    const Bytes whole = png(64);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        Bytes broken = whole;
        broken[at] ^= 0xff;
        (void)decodeTile(broken);
        (void)decodeTile(ByteView(whole).first(at));
    }
}

TEST(CountyBorders, areTheSixOfTheDemoCityAndClosed) {
    QStringList names;
    std::size_t points = 0;
    for (const County &county : countyBorders()) {
        names.append(county.name);
        EXPECT_FALSE(county.rings.empty()) << county.name.toStdString();
        for (const std::vector<LatLon> &ring : county.rings) {
            points += ring.size();
            ASSERT_GE(ring.size(), 4U);
            EXPECT_EQ(ring.front(), ring.back());
            for (const LatLon &place : ring) {
                EXPECT_GT(place.lat, 330'000'000);
                EXPECT_LT(place.lat, 360'000'000);
                EXPECT_GT(place.lon, 1'100'000'000);
                EXPECT_LT(place.lon, 1'130'000'000);
            }
        }
    }
    names.sort();
    EXPECT_EQ(names.join(' '), "义马市 卢氏县 渑池县 湖滨区 灵宝市 陕州区");
    EXPECT_LT(points, 6'000U) << "each is painted with every zoom";
}

} // namespace zhicha::test
