#include "mobile/platform/camera.h"

#include <QDir>
#include <QFile>
#include <QUrl>

namespace zhicha {

FolderCamera::FolderCamera(const QString &folder, QObject *parent) : Camera(parent) {
    const QDir dir(folder);
    if (!folder.isEmpty())
        for (const QString &name : dir.entryList({"*.jpg", "*.jpeg", "*.png"}, QDir::Files, QDir::Name))
            m_files.append(dir.filePath(name));
}

QString FolderCamera::still() const {
    return m_files.isEmpty() ? QString() : QUrl::fromLocalFile(m_files[m_next]).toString();
}

void FolderCamera::shoot() {
    if (m_files.isEmpty()) {
        emit failed(fail(Code::NotFound, "the camera's folder has no picture", Retry::AfterUser));
        return;
    }
    QFile file(m_files[m_next]);
    if (!file.open(QIODevice::ReadOnly)) {
        emit failed(fail(Code::DiskError, "the camera's picture cannot be read", Retry::AfterUser));
        return;
    }
    const QByteArray raw = file.readAll();
    m_next = (m_next + 1) % m_files.size();
    const auto *bytes = reinterpret_cast<const std::uint8_t *>(raw.constData());
    emit shot(Bytes(bytes, bytes + raw.size()));
    emit stillChanged();
}

} // namespace zhicha
