#pragma once
// Fence and track, painted; repainted on data, zoom or movement alone. A grid stands in for a base map.
#include "mobile/models/map_controller.h"

#include <QColor>
#include <QQuickPaintedItem>

namespace zhicha {

/** Shape: the plane touching at the middle of what there is; `metresPerPixel` is the zoom, `shift` the pan in pixels.
 */
class MapOverlay : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(zhicha::MapController *map READ map WRITE setMap NOTIFY mapChanged)
    Q_PROPERTY(qreal metresPerPixel MEMBER m_scale NOTIFY viewChanged)
    Q_PROPERTY(QPointF shift MEMBER m_shift NOTIFY viewChanged)
    Q_PROPERTY(QColor ground MEMBER m_ground NOTIFY viewChanged)
    Q_PROPERTY(QColor grid MEMBER m_grid NOTIFY viewChanged)
    Q_PROPERTY(QColor fenceColor MEMBER m_fenceColor NOTIFY viewChanged)
    Q_PROPERTY(QColor fenceFill MEMBER m_fenceFill NOTIFY viewChanged)
    Q_PROPERTY(QColor trackColor MEMBER m_trackColor NOTIFY viewChanged)
    Q_PROPERTY(QColor casing MEMBER m_casing NOTIFY viewChanged)
    Q_PROPERTY(QColor gapColor MEMBER m_gapColor NOTIFY viewChanged)

public:
    explicit MapOverlay(QQuickItem *parent = nullptr);
    [[nodiscard]] MapController *map() const { return m_map; }
    void setMap(MapController *map);
    void paint(QPainter *painter) override;
    Q_INVOKABLE void fit();                                             ///< zoom and pan so that all is seen
    Q_INVOKABLE void zoom(qreal factor, const QPointF &at);             ///< keeps the place under `at` where it is
    Q_INVOKABLE [[nodiscard]] qreal scaleBarMetres(qreal pixels) const; ///< a round length that is not longer

signals:
    void mapChanged();
    void viewChanged();

private:
    [[nodiscard]] QPointF at(LatLon place) const;
    void drawTrack(QPainter &painter) const;
    void drawGrid(QPainter &painter) const;

    MapController *m_map = nullptr;
    LatLon m_middle;
    qreal m_scale = 1;
    QPointF m_shift;
    QColor m_ground, m_grid, m_fenceColor, m_fenceFill, m_trackColor, m_casing, m_gapColor;
};

} // namespace zhicha
