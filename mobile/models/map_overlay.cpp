#include "mobile/models/map_overlay.h"

#include "shared/geo/distance.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace zhicha {

namespace {
constexpr qreal kNearest = 0.05; ///< metres a pixel: a table on the screen
constexpr qreal kFarthest = 2000;
constexpr qreal kMargin = 60;
constexpr qreal kGridPixels = 80;
} // namespace

MapOverlay::MapOverlay(QQuickItem *parent) : QQuickPaintedItem(parent) {
    connect(this, &MapOverlay::viewChanged, this, [this] { update(); });
}

void MapOverlay::setMap(MapController *map) {
    if (map == m_map)
        return;
    m_map = map;
    if (map != nullptr)
        connect(map, &MapController::changed, this, &MapOverlay::fit);
    emit mapChanged();
    fit();
}

QPointF MapOverlay::at(LatLon place) const {
    const PlanePoint point = planeFrom(m_middle, place);
    return {width() / 2 + point.east / m_scale + m_shift.x(), height() / 2 - point.north / m_scale + m_shift.y()};
}

void MapOverlay::fit() {
    if (m_map == nullptr)
        return;
    std::vector<LatLon> all = m_map->fence();
    if (all.empty()) // without a fence, the track
        for (const MapController::Piece &piece : m_map->track())
            all.insert(all.end(), piece.points.begin(), piece.points.end());
    if (!all.empty()) {
        const auto [south, north] =
            std::minmax_element(all.begin(), all.end(), [](LatLon a, LatLon b) { return a.lat < b.lat; });
        const auto [west, east] =
            std::minmax_element(all.begin(), all.end(), [](LatLon a, LatLon b) { return a.lon < b.lon; });
        m_middle = {static_cast<std::int32_t>((std::int64_t{south->lat} + north->lat) / 2),
                    static_cast<std::int32_t>((std::int64_t{west->lon} + east->lon) / 2)};
        qreal reach = 1;
        for (const LatLon &place : all) {
            const PlanePoint point = planeFrom(m_middle, place);
            reach = std::max({reach, std::abs(point.east), std::abs(point.north)});
        }
        const qreal pixels = std::max<qreal>(std::min(width(), height()) / 2 - kMargin, 50);
        m_scale = std::clamp(reach / pixels, kNearest, kFarthest);
    }
    m_shift = {};
    emit viewChanged();
}

void MapOverlay::zoom(qreal factor, const QPointF &under) {
    const qreal scale = std::clamp(m_scale / factor, kNearest, kFarthest);
    const QPointF centre(width() / 2, height() / 2);
    m_shift = under - centre - (under - centre - m_shift) * (m_scale / scale);
    m_scale = scale;
    emit viewChanged();
}

qreal MapOverlay::scaleBarMetres(qreal pixels) const {
    const qreal most = std::max(m_scale * pixels, 0.01);
    const qreal power = std::pow(10, std::floor(std::log10(most)));
    for (const qreal step : {5.0, 2.0, 1.0})
        if (power * step <= most)
            return power * step;
    return power;
}

void MapOverlay::drawGrid(QPainter &painter) const {
    painter.setPen(QPen(m_grid, 1));
    const qreal x0 = std::fmod(width() / 2 + m_shift.x(), kGridPixels);
    const qreal y0 = std::fmod(height() / 2 + m_shift.y(), kGridPixels);
    for (qreal x = x0; x < width(); x += kGridPixels)
        painter.drawLine(QPointF(x, 0), QPointF(x, height()));
    for (qreal y = y0; y < height(); y += kGridPixels)
        painter.drawLine(QPointF(0, y), QPointF(width(), y));
}

void MapOverlay::drawTrack(QPainter &painter) const {
    const LatLon *last = nullptr;
    for (const MapController::Piece &piece : m_map->track()) {
        if (piece.points.empty())
            continue;
        if (last != nullptr && piece.gapBeforeMs > 0) {
            painter.setPen(QPen(m_gapColor, 3, Qt::DashLine, Qt::RoundCap));
            painter.drawLine(at(*last), at(piece.points.front()));
        }
        QPolygonF line;
        if (last != nullptr && piece.gapBeforeMs == 0)
            line << at(*last);
        for (const LatLon &place : piece.points)
            line << at(place);
        painter.setPen(QPen(m_casing, 8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(line);
        painter.setPen(QPen(m_trackColor, 4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(line);
        last = &piece.points.back();
    }
}

void MapOverlay::paint(QPainter *painter) {
    painter->fillRect(QRectF(0, 0, width(), height()), m_ground);
    painter->setRenderHint(QPainter::Antialiasing);
    drawGrid(*painter);
    if (m_map == nullptr)
        return;
    if (!m_map->fence().empty()) {
        QPolygonF ring;
        for (const LatLon &place : m_map->fence())
            ring << at(place);
        painter->setPen(QPen(m_fenceColor, 3, Qt::DashLine));
        painter->setBrush(m_fenceFill);
        painter->drawPolygon(ring);
        painter->setBrush(Qt::NoBrush);
    }
    drawTrack(*painter);
}

} // namespace zhicha
