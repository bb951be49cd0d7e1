#include "mobile/models/photo_provider.h"

#include "mobile/models/photo_work.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImageReader>
#include <QThreadPool>

namespace zhicha {

namespace {
QImage decoded(const Bytes &bytes, const QSize &requested) {
    QByteArray raw =
        QByteArray::fromRawData(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
    QBuffer buffer(&raw);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    const QSize full = reader.size();
    if (requested.isValid() && full.isValid() && full.width() > requested.width() && requested.width() > 0)
        reader.setScaledSize(full.scaled(requested.width(), full.height(), Qt::KeepAspectRatio));
    return reader.read();
}

class PhotoResponse : public QQuickImageResponse {
public:
    void finish(QImage image) {
        m_image = std::move(image);
        emit finished();
    }
    [[nodiscard]] QQuickTextureFactory *textureFactory() const override {
        return m_image.isNull() ? nullptr : QQuickTextureFactory::textureFactoryForImage(m_image);
    }
    [[nodiscard]] QString errorString() const override {
        return m_image.isNull() ? QStringLiteral("no picture") : QString();
    }

private:
    QImage m_image;
};
} // namespace

QQuickImageResponse *PhotoProvider::requestImageResponse(const QString &id, const QSize &requestedSize) {
    // Qt deletes a response only after its finished(): it outlives all of this, and finished() may come from any
    // thread.
    auto *response = new PhotoResponse;
    const auto digest = digestFromHex(id.toStdString());
    m_store.run(
        QCoreApplication::instance(),
        [digest](StoreSession &session) -> Result<Bytes> {
            return digest ? photoBytes(session.store(), *digest) : Result<Bytes>(fail(Code::NotFound, "no digest"));
        },
        [response, requestedSize](Result<Bytes> bytes) {
            if (!bytes) {
                response->finish({});
                return;
            }
            QThreadPool::globalInstance()->start([response, requestedSize, bytes = *std::move(bytes)] {
                response->finish(decoded(bytes, requestedSize));
            });
        });
    return response;
}

} // namespace zhicha
