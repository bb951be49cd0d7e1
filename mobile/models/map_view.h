#pragma once
// The map's mathematics: Web Mercator around a middle, in pixels of the screen.
#include "shared/geo/gcj02.h"

#include <QPointF>
#include <QSizeF>

namespace zhicha {

/** Places are WGS-84; `datum` is the base map's, and they are shifted into it before they are drawn (CGCS2000 agrees
 *  within centimetres and shifts nothing). Pure values. */
struct MapView {
    double x = 0.5; ///< of the middle, 0 (180° W) to 1 (180° E)
    double y = 0.5; ///< 0 (85° N) to 1 (85° S)
    double metresPerPixel = 1;
    QSizeF size;
    Datum datum = Datum::Wgs84;

    static constexpr double kNearest = 0.05; ///< metres a pixel: a table on the screen
    static constexpr double kFarthest = 20'000;

    [[nodiscard]] QPointF onMap(LatLon place) const; ///< 0 to 1 each way, in the base map's datum
    /** Pixels of the whole world's width at this scale. */
    [[nodiscard]] double worldPixels() const;
    [[nodiscard]] QPointF at(LatLon place) const;
    [[nodiscard]] LatLon placeAt(const QPointF &point) const; ///< in the base map's datum
    void centre(LatLon place);
    void pan(const QPointF &by); ///< the picture follows the finger
    /** Keeps what is under the point where it is. */
    void zoom(double factor, const QPointF &under);
    /** All of them with a margin; nothing happens for none. */
    void fit(const std::vector<LatLon> &places, double margin);
};

struct TileAt {
    int zoom = 0;
    std::int64_t x = 0;
    std::int64_t y = 0;
    QPointF corner; ///< left upper
    double side = 256;
};
/** Those that cover the view; none outside the zooms that there are (deeper than the deepest: its tiles, enlarged, up
 * to eight times). Never more than kMostTiles. */
[[nodiscard]] std::vector<TileAt> tilesOf(const MapView &view, int minZoom, int maxZoom);
inline constexpr std::size_t kMostTiles = 120;

} // namespace zhicha
