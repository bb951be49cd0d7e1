#include "mobile/platform/camera/folder_camera.h"

#include "mobile/engine/capture/picture_probe.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QImageReader>
#include <QUrl>

namespace zhicha {

namespace {
constexpr int kFramePixels = 1600; ///< enough for a code that fills a tenth of the picture

/** Of each folder the last picture taken while the program runs. Threads: the screen's. */
QHash<QString, QString> &lastTaken() {
    static QHash<QString, QString> last;
    return last;
}
} // namespace

Result<Camera::Picture> readPictureFile(const QString &path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(Code::NotFound, "the picture cannot be opened", Retry::AfterUser);
    const qint64 size = file.size();
    if (size > static_cast<qint64>(kMaxPictureBytes))
        return fail(Code::TooLarge, "the picture has too many bytes");
    auto bytes = std::make_shared<Bytes>(static_cast<std::size_t>(size));
    if (file.read(reinterpret_cast<char *>(bytes->data()), size) != size)
        return fail(Code::DiskError, "the picture cannot be read to its end", Retry::AfterUser);
    return Camera::Picture(std::move(bytes));
}

FolderCamera::FolderCamera(const QString &folder, QObject *parent) : Camera(parent), m_folder(folder) {
    m_pool.setMaxThreadCount(1);
    const QDir dir(folder);
    if (!folder.isEmpty())
        for (const QString &name : dir.entryList({"*.jpg", "*.jpeg", "*.png"}, QDir::Files, QDir::Name))
            m_files.append(dir.filePath(name));
    if (!m_files.isEmpty()) // a last one that is unknown or gone: -1, so the first
        m_next = (m_files.indexOf(lastTaken().value(m_folder)) + 1) % m_files.size();
}

FolderCamera::~FolderCamera() {
    m_pool.waitForDone(); // a read under way: what it would tell has nobody to hear it
}

QString FolderCamera::still() const {
    return m_files.isEmpty() ? QString() : QUrl::fromLocalFile(m_files[m_next]).toString();
}

std::function<QImage()> FolderCamera::frame() const {
    if (m_files.isEmpty())
        return {};
    return [path = m_files[m_next]] {
        QImageReader reader(path);
        reader.setAutoTransform(true);
        if (const QSize full = reader.size(); full.isValid() && std::max(full.width(), full.height()) > kFramePixels)
            reader.setScaledSize(full.scaled(kFramePixels, kFramePixels, Qt::KeepAspectRatio));
        return reader.read();
    };
}

void FolderCamera::shoot() {
    if (m_files.isEmpty()) {
        emit failed(fail(Code::NotFound, "the camera's folder has no picture", Retry::AfterUser));
        return;
    }
    if (std::exchange(m_busy, true)) {
        emit failed(fail(Code::Busy, "the last picture is still being taken", Retry::Later));
        return;
    }
    m_pool.start([this, path = m_files[m_next]] {
        auto picture = readPictureFile(path);
        QMetaObject::invokeMethod(
            this, [this, picture = std::move(picture)]() mutable { finish(std::move(picture)); }, Qt::QueuedConnection);
    });
}

void FolderCamera::finish(Result<Picture> picture) {
    m_busy = false;
    if (!picture) {
        emit failed(picture.error());
        return;
    }
    lastTaken()[m_folder] = m_files[m_next];
    m_next = (m_next + 1) % m_files.size();
    emit shot(*picture);
    emit changed();
}

} // namespace zhicha
