#pragma once
// The thread of the base map: it alone reads the file, and decodes what it reads.
#include "shared/sqlite/mbtiles.h"

#include <QImage>
#include <QObject>
#include <QThread>

#include <functional>
#include <memory>

namespace zhicha {

/** Owner:   App. Threads: open() from the screen's, whose event loop brings the answer; read() from any, its answer
 *           comes on the thread of the tiles. In the order of the calls. */
class TileThread : public QObject {
    Q_OBJECT
public:
    explicit TileThread(QObject *parent = nullptr);
    ~TileThread() override;
    /** Another file, or none for an empty path. */
    void open(const QString &path);
    /** nullopt without a usable file. */
    [[nodiscard]] const std::optional<MbtilesLayer> &layer() const { return m_layer; }
    [[nodiscard]] const std::optional<Error> &trouble() const { return m_trouble; }
    [[nodiscard]] int generation() const { return m_generation; } ///< of the file: part of every tile's name
    /** A null image where there is no such tile, or one that cannot be decoded. */
    void read(int zoom, std::int64_t x, std::int64_t y, std::function<void(QImage)> done);

signals:
    void changed();

private:
    QThread m_thread;
    QObject *m_worker;
    std::unique_ptr<MbtilesFile> m_file; // touched on the thread alone
    QString m_path;
    std::optional<MbtilesLayer> m_layer;
    std::optional<Error> m_trouble;
    int m_generation = 0;
};

/** A tile as it is shown: at most kMostTilePixels a side; null for anything that is none. Any thread. */
[[nodiscard]] QImage decodeTile(ByteView bytes);
inline constexpr int kMostTilePixels = 1024;

} // namespace zhicha
