#pragma once
// image://tile/<generation>/<zoom>/<x>/<y>: a tile of the base map, read off the screen's thread.
#include "mobile/platform/tile_thread.h"

#include <QQuickAsyncImageProvider>

namespace zhicha {

/** Owner: the QML engine. Threads: any asks; the tiles' thread reads and decodes. */
class TileProvider : public QQuickAsyncImageProvider {
public:
    explicit TileProvider(TileThread &tiles) : m_tiles(tiles) {}
    QQuickImageResponse *requestImageResponse(const QString &id, const QSize &requestedSize) override;

private:
    TileThread &m_tiles;
};

} // namespace zhicha
