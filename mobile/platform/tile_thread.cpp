#include "mobile/platform/tile_thread.h"

#include <QBuffer>
#include <QImageReader>

namespace zhicha {

QImage decodeTile(ByteView bytes) {
    if (bytes.empty())
        return {};
    QByteArray raw =
        QByteArray::fromRawData(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
    QBuffer buffer(&raw);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    const QSize size = reader.size(); // by the header: nothing is decoded that would not be shown
    if (!size.isValid() || size.width() > kMostTilePixels || size.height() > kMostTilePixels)
        return {};
    return reader.read();
}

TileThread::TileThread(QObject *parent) : QObject(parent), m_worker(new QObject) {
    m_thread.setObjectName("tiles");
    m_worker->moveToThread(&m_thread);
    m_thread.start();
}

TileThread::~TileThread() {
    QMetaObject::invokeMethod(
        m_worker,
        [this] {
            m_file.reset(); // on the thread that opened it
            m_worker->deleteLater();
            m_thread.quit();
        },
        Qt::QueuedConnection);
    m_thread.wait();
}

void TileThread::open(const QString &path) {
    if (path == m_path)
        return;
    m_path = path;
    const int generation = ++m_generation;
    QMetaObject::invokeMethod(
        m_worker,
        [this, path, generation] {
            m_file.reset();
            std::optional<MbtilesLayer> layer;
            std::optional<Error> trouble;
            if (!path.isEmpty()) {
                if (auto file = MbtilesFile::open(path.toStdString())) {
                    layer = file->layer();
                    m_file = std::make_unique<MbtilesFile>(*std::move(file));
                } else {
                    trouble = file.error();
                }
            }
            QMetaObject::invokeMethod(
                this,
                [this, generation, layer, trouble] {
                    if (generation != m_generation)
                        return;
                    m_layer = layer;
                    m_trouble = trouble;
                    emit changed();
                },
                Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

void TileThread::read(int zoom, std::int64_t x, std::int64_t y, std::function<void(QImage)> done) {
    QMetaObject::invokeMethod(
        m_worker,
        [this, zoom, x, y, done = std::move(done)] {
            const auto bytes = m_file ? m_file->tile(zoom, x, y) : Result<Bytes>(Bytes());
            done(bytes ? decodeTile(*bytes) : QImage());
        },
        Qt::QueuedConnection);
}

} // namespace zhicha
