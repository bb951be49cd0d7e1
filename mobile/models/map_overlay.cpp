#include "mobile/models/map_overlay.h"

#include "mobile/models/county_borders.h"
#include "mobile/models/text_format.h"
#include "mobile/models/ui.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace zhicha {

namespace {
constexpr qreal kMargin = 60;
constexpr qreal kGridPixels = 80;
constexpr qreal kDot = 9;
constexpr qreal kLeastCounty = 90; ///< pixels across, before its name is written

/** Borders where MapView::onMap() puts them: computed once, however often they are painted. */
struct CountyOnMap {
    QString name;
    QPointF at;
    QRectF box;
    std::vector<QPolygonF> rings;
};

const std::vector<CountyOnMap> &countiesOnMap() {
    static const std::vector<CountyOnMap> counties = [] {
        const MapView plain;
        std::vector<CountyOnMap> out;
        for (const County &county : countyBorders()) {
            CountyOnMap on{county.name, plain.onMap(county.at), {}, {}};
            for (const std::vector<LatLon> &ring : county.rings) {
                QPolygonF line;
                for (const LatLon &place : ring)
                    line << plain.onMap(place);
                on.box |= line.boundingRect();
                on.rings.push_back(std::move(line));
            }
            out.push_back(std::move(on));
        }
        return out;
    }();
    return counties;
}
} // namespace

MapOverlay::MapOverlay(QQuickItem *parent) : QQuickPaintedItem(parent) {
    connect(this, &MapOverlay::viewChanged, this, [this] { update(); });
    connect(this, &MapOverlay::inkChanged, this, [this] { update(); });
}

void MapOverlay::setMap(MapController *map) {
    if (map == m_map)
        return;
    m_map = map;
    m_fitted = false;
    if (map != nullptr) {
        connect(map, &MapController::changed, this, &MapOverlay::dataChanged);
        connect(map, &MapController::fixMoved, this, [this] { update(); });
    }
    emit mapChanged();
    dataChanged();
}

void MapOverlay::geometryChange(const QRectF &now, const QRectF &before) {
    QQuickPaintedItem::geometryChange(now, before);
    if (now.size() == before.size())
        return;
    m_view.size = now.size();
    m_fitted ? place() : fit();
}

void MapOverlay::dataChanged() {
    if (m_map == nullptr)
        return;
    m_view.datum = m_map->tileDatum();
    m_fitted ? place() : fit();
}

void MapOverlay::fit() {
    if (m_map == nullptr || m_view.size.isEmpty())
        return;
    std::vector<LatLon> all = m_map->fence();
    if (all.empty()) // without a fence, the track
        for (const MapController::Piece &piece : m_map->track())
            all.insert(all.end(), piece.points.begin(), piece.points.end());
    if (all.empty() && m_map->here())
        all.push_back(m_map->here()->at);
    if (all.empty())
        all = m_map->tileBounds();
    m_fitted = !all.empty();
    if (all.empty()) // nothing to see yet: the city
        for (const County &county : countyBorders())
            for (const std::vector<LatLon> &ring : county.rings)
                all.insert(all.end(), ring.begin(), ring.end());
    m_view.fit(all, m_margin + kMargin);
    m_shift = {};
    emit shifted();
    place();
}

void MapOverlay::follow() {
    if (m_map == nullptr || !m_map->here())
        return;
    m_shift = {};
    m_view.centre(m_map->here()->at);
    m_fitted = true;
    emit shifted();
    place();
}

void MapOverlay::drag(const QPointF &translation) {
    m_shift = translation - m_consumed;
    if (std::max(std::abs(m_shift.x()), std::abs(m_shift.y())) >= m_margin) { // nothing painted is left beyond
        m_view.pan(m_shift);
        m_consumed = translation;
        m_shift = {};
        place();
    }
    emit shifted();
}

void MapOverlay::settle() {
    m_view.pan(m_shift);
    m_consumed = {};
    m_shift = {};
    emit shifted();
    place();
}

void MapOverlay::zoom(qreal factor, const QPointF &under) {
    m_view.pan(m_shift);
    m_shift = {};
    m_view.zoom(factor, under);
    emit shifted();
    place();
}

bool MapOverlay::tooFar() const {
    return m_map != nullptr && m_map->hasTiles() && m_tiles.rowCount() == 0;
}

void MapOverlay::place() {
    std::vector<TileRow> tiles;
    std::vector<PinRow> pins;
    if (m_map != nullptr && m_map->hasTiles())
        for (const TileAt &tile : tilesOf(m_view, m_map->minZoom(), m_map->maxZoom())) {
            const QString key =
                QStringLiteral("%1/%2/%3/%4").arg(m_map->tileGeneration()).arg(tile.zoom).arg(tile.x).arg(tile.y);
            tiles.push_back({key, "image://tile/" + key, tile.corner.x(), tile.corner.y(), tile.side});
        }
    if (m_map != nullptr)
        for (const MapController::Pin &pin : m_map->pins()) {
            PinRow row{pin.photo, pin.source, pin.finding, pin.title, pin.meta, pin.count, pin.severity, 0, 0};
            const QPointF where = m_view.at(pin.at);
            row.atX = where.x();
            row.atY = where.y();
            pins.push_back(std::move(row));
        }
    m_tiles.set(std::move(tiles));
    m_pins.set(std::move(pins));
    emit viewChanged();
}

qreal MapOverlay::scaleBarMetres(qreal pixels) const {
    const qreal most = std::max(m_view.metresPerPixel * pixels, 0.01);
    const qreal power = std::pow(10, std::floor(std::log10(most)));
    for (const qreal step : {5.0, 2.0, 1.0})
        if (power * step <= most)
            return power * step;
    return power;
}

void MapOverlay::drawGrid(QPainter &painter) const {
    painter.setPen(QPen(m_grid, 1));
    for (qreal x = std::fmod(width() / 2, kGridPixels); x < width(); x += kGridPixels)
        painter.drawLine(QPointF(x, 0), QPointF(x, height()));
    for (qreal y = std::fmod(height() / 2, kGridPixels); y < height(); y += kGridPixels)
        painter.drawLine(QPointF(0, y), QPointF(width(), y));
}

bool MapOverlay::sketched() const {
    if (m_map == nullptr || m_map->hasTiles())
        return false;
    const double world = m_view.worldPixels();
    const QSizeF half = m_view.size / 2 / world;
    const QRectF seen(m_view.x - half.width(), m_view.y - half.height(), 2 * half.width(), 2 * half.height());
    return std::any_of(countiesOnMap().begin(), countiesOnMap().end(),
                       [&](const CountyOnMap &county) { return county.box.intersects(seen); });
}

/** Only the pieces in sight: those far outside have coordinates that no painter counts with. */
void MapOverlay::drawBorders(QPainter &painter) const {
    const double world = m_view.worldPixels();
    const QRectF sight = boundingRect().adjusted(-2, -2, 2, 2);
    const auto project = [&](const QPointF &m) {
        return QPointF(m_view.size.width() / 2 + (m.x() - m_view.x) * world,
                       m_view.size.height() / 2 + (m.y() - m_view.y) * world);
    };
    QList<QLineF> lines;
    for (const CountyOnMap &county : countiesOnMap())
        for (const QPolygonF &ring : county.rings)
            for (qsizetype i = 1; i < ring.size(); ++i) {
                const QLineF piece(project(ring[i - 1]), project(ring[i]));
                if (QRectF(piece.p1(), piece.p2()).normalized().adjusted(-1, -1, 1, 1).intersects(sight))
                    lines << piece;
            }
    painter.setPen(QPen(m_border, 1.5));
    painter.drawLines(lines);
    QFont font = painter.font();
    font.setPixelSize(m_labelPixels);
    painter.setFont(font);
    painter.setPen(m_borderName);
    for (const CountyOnMap &county : countiesOnMap())
        if (const QPointF at = project(county.at); county.box.width() * world >= kLeastCounty && sight.contains(at))
            painter.drawText(QRectF(at.x() - kLeastCounty, at.y() - m_labelPixels, 2 * kLeastCounty, 2 * m_labelPixels),
                             Qt::AlignCenter, county.name);
}

void MapOverlay::drawGap(QPainter &painter, const QPointF &from, const QPointF &to, std::int64_t ms) const {
    painter.setPen(QPen(m_gapColor, 3, Qt::DashLine, Qt::RoundCap));
    painter.drawLine(from, to);
    const QString label = tr("缺口 %1").arg(text::duration(ms));
    QFont font = painter.font();
    font.setPixelSize(m_labelPixels);
    font.setBold(true);
    painter.setFont(font);
    const QRectF words = painter.fontMetrics().boundingRect(label);
    QRectF box(QPointF(), words.size() + QSizeF(20, 12));
    box.moveCenter((from + to) / 2 - QPointF(box.width() / 2 + 12, 0));
    painter.setPen(QPen(m_gapColor, 2));
    painter.setBrush(m_gapGround);
    painter.drawRoundedRect(box, 4, 4);
    painter.drawText(box, Qt::AlignCenter, label);
    painter.setBrush(Qt::NoBrush);
}

void MapOverlay::drawTrack(QPainter &painter) const {
    const LatLon *last = nullptr;
    struct Gap {
        QPointF from, to;
        std::int64_t ms;
    };
    std::vector<Gap> gaps;
    for (const MapController::Piece &piece : m_map->track()) {
        if (piece.points.empty())
            continue;
        if (last != nullptr && piece.gapBeforeMs > 0)
            gaps.push_back({m_view.at(*last), m_view.at(piece.points.front()), piece.gapBeforeMs});
        QPolygonF line;
        if (last != nullptr && piece.gapBeforeMs == 0)
            line << m_view.at(*last);
        for (const LatLon &place : piece.points) {
            const QPointF point = m_view.at(place);
            const QPointF step = line.isEmpty() ? QPointF() : point - line.last();
            if (line.isEmpty() || step.x() * step.x() + step.y() * step.y() >= 1) // under a pixel nothing is seen
                line << point;
        }
        painter.setPen(QPen(m_casing, 8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(line);
        painter.setPen(QPen(m_trackColor, 4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(line);
        last = &piece.points.back();
    }
    for (const Gap &gap : gaps)
        drawGap(painter, gap.from, gap.to, gap.ms);
}

// A dot with the circle of its accuracy; grey when it is old, and none when it cannot be used any more.
void MapOverlay::drawFix(QPainter &painter) const {
    const auto here = m_map->here();
    if (!here)
        return;
    const QColor colour = freshness(here->ageMs) == Freshness::Good ? m_fenceColor : m_oldColor;
    const QPointF at = m_view.at(here->at);
    if (here->accuracyMm) {
        const qreal radius = static_cast<qreal>(*here->accuracyMm) / 1000 / m_view.metresPerPixel;
        QColor soft = colour;
        soft.setAlphaF(0.18F);
        painter.setPen(QPen(colour, 2));
        painter.setBrush(soft);
        painter.drawEllipse(at, radius, radius);
    }
    painter.setPen(QPen(m_casing, 4));
    painter.setBrush(colour);
    painter.drawEllipse(at, kDot, kDot);
    painter.setBrush(Qt::NoBrush);
}

void MapOverlay::paint(QPainter *painter) {
    painter->setRenderHint(QPainter::Antialiasing);
    if (m_map == nullptr || !m_map->hasTiles()) {
        drawGrid(*painter);
        drawBorders(*painter);
    }
    if (m_map == nullptr)
        return;
    if (!m_map->fence().empty()) {
        QPolygonF ring;
        for (const LatLon &place : m_map->fence())
            ring << m_view.at(place);
        painter->setPen(QPen(m_fenceColor, 3, Qt::DashLine));
        painter->setBrush(m_fenceFill);
        painter->drawPolygon(ring);
        painter->setBrush(Qt::NoBrush);
    }
    drawTrack(*painter);
    drawFix(*painter);
}

} // namespace zhicha
