#pragma once
// For machines without a camera, and for tests and the demo: the pictures of a folder, one after another.
#include "mobile/platform/camera/camera.h"

#include <QStringList>
#include <QThreadPool>

namespace zhicha {

/** Each of its pictures is labelled as an import. Files are read on a thread of its own. */
class FolderCamera : public Camera {
    Q_OBJECT
public:
    explicit FolderCamera(const QString &folder, QObject *parent = nullptr);
    ~FolderCamera() override;
    [[nodiscard]] CameraState state() const override {
        return m_files.isEmpty() ? CameraState::Absent : CameraState::Ready;
    }
    [[nodiscard]] QString still() const override;
    [[nodiscard]] bool hasLens() const override { return false; }
    [[nodiscard]] std::function<QImage()> frame() const override;
    void shoot() override;

private:
    void finish(Result<Picture> picture);
    QStringList m_files;
    QString m_folder;
    qsizetype m_next = 0; ///< one page's camera goes on where the one before it ended
    bool m_busy = false;
    QThreadPool m_pool;
};

/** A whole file from outside the store: NotFound, DiskError, TooLarge. Any thread. */
[[nodiscard]] Result<Camera::Picture> readPictureFile(const QString &path);

} // namespace zhicha
