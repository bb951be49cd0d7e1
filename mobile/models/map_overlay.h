#pragma once
// Fence, track, gaps and the tablet's own fix, painted over the tiles; repainted on data and zoom, never while panning.
#include "mobile/models/map_controller.h"
#include "mobile/models/map_view.h"

#include <QColor>
#include <QQuickPaintedItem>

namespace zhicha {

struct TileRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString picture MEMBER picture)
    Q_PROPERTY(qreal atX MEMBER atX)
    Q_PROPERTY(qreal atY MEMBER atY)
    Q_PROPERTY(qreal side MEMBER side)
public:
    QString key;
    QString picture;
    qreal atX = 0;
    qreal atY = 0;
    qreal side = 0;
    bool operator==(const TileRow &) const = default;
};

struct PinRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key) ///< of the first photo
    Q_PROPERTY(QString picture MEMBER picture)
    Q_PROPERTY(QString finding MEMBER finding)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString meta MEMBER meta)
    Q_PROPERTY(int photos MEMBER photos)
    Q_PROPERTY(int gravity MEMBER gravity)
    Q_PROPERTY(qreal atX MEMBER atX) ///< of the place, in pixels of this item
    Q_PROPERTY(qreal atY MEMBER atY)
public:
    QString key;
    QString picture;
    QString finding;
    QString title;
    QString meta;
    int photos = 0;
    int gravity = 0;
    qreal atX = 0;
    qreal atY = 0;
    bool operator==(const PinRow &) const = default;
};

/** Larger than its window by `margin` on each side, so that a finger moves what is painted already: the page puts it at
 *  `shift`, and what is moved out of the margin is painted anew. */
class MapOverlay : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(zhicha::MapController *map READ map WRITE setMap NOTIFY mapChanged)
    Q_PROPERTY(qreal margin MEMBER m_margin NOTIFY viewChanged)
    Q_PROPERTY(qreal metresPerPixel READ metresPerPixel NOTIFY viewChanged)
    Q_PROPERTY(QPointF shift READ shift NOTIFY shifted)
    Q_PROPERTY(QAbstractItemModel *tiles READ tiles CONSTANT)
    Q_PROPERTY(QAbstractItemModel *pins READ pins CONSTANT)
    Q_PROPERTY(bool tooFar READ tooFar NOTIFY viewChanged)     ///< there are tiles, but none for this zoom
    Q_PROPERTY(bool sketched READ sketched NOTIFY viewChanged) ///< county borders are in sight, for want of tiles
    Q_PROPERTY(QColor grid MEMBER m_grid NOTIFY inkChanged)
    Q_PROPERTY(QColor border MEMBER m_border NOTIFY inkChanged)
    Q_PROPERTY(QColor borderName MEMBER m_borderName NOTIFY inkChanged)
    Q_PROPERTY(QColor fenceColor MEMBER m_fenceColor NOTIFY inkChanged)
    Q_PROPERTY(QColor fenceFill MEMBER m_fenceFill NOTIFY inkChanged)
    Q_PROPERTY(QColor trackColor MEMBER m_trackColor NOTIFY inkChanged)
    Q_PROPERTY(QColor casing MEMBER m_casing NOTIFY inkChanged)
    Q_PROPERTY(QColor gapColor MEMBER m_gapColor NOTIFY inkChanged)
    Q_PROPERTY(QColor gapGround MEMBER m_gapGround NOTIFY inkChanged)
    Q_PROPERTY(QColor oldColor MEMBER m_oldColor NOTIFY inkChanged)
    Q_PROPERTY(int labelPixels MEMBER m_labelPixels NOTIFY inkChanged)

public:
    explicit MapOverlay(QQuickItem *parent = nullptr);
    [[nodiscard]] MapController *map() const { return m_map; }
    void setMap(MapController *map);
    [[nodiscard]] qreal metresPerPixel() const { return m_view.metresPerPixel; }
    [[nodiscard]] QPointF shift() const { return m_shift; }
    [[nodiscard]] QAbstractItemModel *tiles() { return &m_tiles; }
    [[nodiscard]] QAbstractItemModel *pins() { return &m_pins; }
    [[nodiscard]] bool tooFar() const;
    [[nodiscard]] bool sketched() const;
    [[nodiscard]] const MapView &view() const { return m_view; }
    void paint(QPainter *painter) override;
    Q_INVOKABLE void fit();                                 ///< zoom and pan so that all is seen
    Q_INVOKABLE void follow();                              ///< 回到我
    Q_INVOKABLE void drag(const QPointF &translation);      ///< since the finger came down
    Q_INVOKABLE void settle();                              ///< the finger is gone
    Q_INVOKABLE void zoom(qreal factor, const QPointF &at); ///< keeps the place under `at` (of this item) where it is
    Q_INVOKABLE [[nodiscard]] qreal scaleBarMetres(qreal pixels) const; ///< a round length that is not longer

signals:
    void mapChanged();
    void viewChanged();
    void inkChanged(); ///< the same view in other colours
    void shifted();

protected:
    void geometryChange(const QRectF &now, const QRectF &before) override;

private:
    void dataChanged();
    void place(); ///< tiles and pins where they belong, and a new painting
    void drawTrack(QPainter &painter) const;
    void drawGap(QPainter &painter, const QPointF &from, const QPointF &to, std::int64_t ms) const;
    void drawGrid(QPainter &painter) const;
    void drawBorders(QPainter &painter) const;
    void drawFix(QPainter &painter) const;

    MapController *m_map = nullptr;
    MapView m_view;
    bool m_fitted = false;
    qreal m_margin = 0;
    QPointF m_shift;
    QPointF m_consumed; ///< of the translation of the finger that is down
    GadgetModel<TileRow> m_tiles;
    GadgetModel<PinRow> m_pins;
    QColor m_grid, m_border, m_borderName, m_fenceColor, m_fenceFill, m_trackColor, m_casing, m_gapColor, m_gapGround,
        m_oldColor;
    int m_labelPixels = 14;
};

} // namespace zhicha
