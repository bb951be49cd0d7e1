#include "mobile/models/tile_provider.h"

#include <QStringList>

namespace zhicha {

namespace {
class TileResponse : public QQuickImageResponse {
public:
    void finish(QImage image) {
        m_image = std::move(image);
        emit finished();
    }
    /** A hole in the map is transparent: the page says what it has no tiles for, an Image must not complain of each. */
    [[nodiscard]] QQuickTextureFactory *textureFactory() const override {
        QImage hole(1, 1, QImage::Format_ARGB32_Premultiplied);
        hole.fill(Qt::transparent);
        return QQuickTextureFactory::textureFactoryForImage(m_image.isNull() ? hole : m_image);
    }

private:
    QImage m_image;
};
} // namespace

QQuickImageResponse *TileProvider::requestImageResponse(const QString &id, const QSize &) {
    auto *response = new TileResponse; // Qt deletes it after its finished()
    const QStringList parts = id.split(u'/');
    m_tiles.read(parts.value(1).toInt(), parts.value(2).toLongLong(), parts.value(3).toLongLong(),
                 [response](QImage tile) { response->finish(std::move(tile)); });
    return response;
}

} // namespace zhicha
