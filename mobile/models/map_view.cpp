#include "mobile/models/map_view.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace zhicha {

namespace {
constexpr double kEquatorMetres = 40'075'016.686;
constexpr double kMostLatitude = 85.0511; ///< where the square of Web Mercator ends
constexpr int kMostEnlarged = 3;          ///< zooms, eight times
constexpr double kTilePixels = 256;

QPointF mercator(LatLon place) {
    const double lat = std::clamp(place.lat / 1e7, -kMostLatitude, kMostLatitude) * std::numbers::pi / 180;
    return {(place.lon / 1e7 + 180) / 360, (1 - std::asinh(std::tan(lat)) / std::numbers::pi) / 2};
}

double latitudeOf(double y) {
    return std::atan(std::sinh(std::numbers::pi * (1 - 2 * y)));
}
} // namespace

double MapView::worldPixels() const {
    return kEquatorMetres * std::cos(latitudeOf(y)) / metresPerPixel;
}

QPointF MapView::onMap(LatLon place) const {
    return mercator(datum == Datum::Gcj02 ? convertTo(Datum::Gcj02, {place, Datum::Wgs84}).at : place);
}

QPointF MapView::at(LatLon place) const {
    const QPointF m = onMap(place);
    const double world = worldPixels();
    return {size.width() / 2 + (m.x() - x) * world, size.height() / 2 + (m.y() - y) * world};
}

LatLon MapView::placeAt(const QPointF &point) const {
    const double world = worldPixels();
    const double mx = x + (point.x() - size.width() / 2) / world;
    const double my = std::clamp(y + (point.y() - size.height() / 2) / world, 0.0, 1.0);
    return {static_cast<std::int32_t>(std::lround(latitudeOf(my) * 180 / std::numbers::pi * 1e7)),
            static_cast<std::int32_t>(std::lround(std::clamp(mx * 360 - 180, -180.0, 180.0) * 1e7))};
}

void MapView::centre(LatLon place) {
    const QPointF m = onMap(place);
    x = m.x();
    y = m.y();
}

void MapView::pan(const QPointF &by) {
    const double world = worldPixels();
    x = std::clamp(x - by.x() / world, 0.0, 1.0);
    y = std::clamp(y - by.y() / world, 0.0, 1.0);
}

void MapView::zoom(double factor, const QPointF &under) {
    const double scale = std::clamp(metresPerPixel / factor, kNearest, kFarthest);
    const QPointF away = under - QPointF(size.width() / 2, size.height() / 2);
    pan(-away); // the place under the finger becomes the middle …
    metresPerPixel = scale;
    pan(away); // … and moves back to where it was
}

void MapView::fit(const std::vector<LatLon> &places, double margin) {
    if (places.empty())
        return;
    double west = 1, east = 0, north = 1, south = 0;
    for (const LatLon &place : places) {
        const QPointF m = onMap(place);
        west = std::min(west, m.x());
        east = std::max(east, m.x());
        north = std::min(north, m.y());
        south = std::max(south, m.y());
    }
    x = (west + east) / 2;
    y = (north + south) / 2;
    const double metres = kEquatorMetres * std::cos(latitudeOf(y));
    const double across = std::max(size.width() - 2 * margin, 50.0), down = std::max(size.height() - 2 * margin, 50.0);
    metresPerPixel = std::clamp(std::max((east - west) * metres / across, (south - north) * metres / down), 0.2,
                                kFarthest); // a single place is not looked at through a microscope
}

std::vector<TileAt> tilesOf(const MapView &view, int minZoom, int maxZoom) {
    std::vector<TileAt> tiles;
    const double world = view.worldPixels();
    const int wanted = static_cast<int>(std::lround(std::log2(world / kTilePixels)));
    const int zoom = std::min(wanted, maxZoom);
    if (zoom < minZoom || zoom < 0 || wanted - maxZoom > kMostEnlarged)
        return tiles;
    const std::int64_t count = std::int64_t{1} << zoom;
    const double side = world / static_cast<double>(count);
    const double left = view.x * world - view.size.width() / 2, top = view.y * world - view.size.height() / 2;
    const auto first = [&](double from) {
        return std::max<std::int64_t>(static_cast<std::int64_t>(std::floor(from / side)), 0);
    };
    const auto last = [&](double to) {
        return std::min<std::int64_t>(static_cast<std::int64_t>(std::floor(to / side)), count - 1);
    };
    for (std::int64_t ty = first(top); ty <= last(top + view.size.height()); ++ty)
        for (std::int64_t tx = first(left); tx <= last(left + view.size.width()); ++tx) {
            if (tiles.size() == kMostTiles)
                return tiles;
            tiles.push_back({zoom, tx, ty,
                             QPointF(static_cast<double>(tx) * side - left, static_cast<double>(ty) * side - top),
                             side});
        }
    return tiles;
}

} // namespace zhicha
