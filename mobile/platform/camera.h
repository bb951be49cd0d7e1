#pragma once
// Where pictures come from. A camera gives whole encoded files; keeping them is the engine's work.
#include "shared/base/bytes.h"
#include "shared/base/result.h"

#include <QObject>
#include <QString>

namespace zhicha {

/** Owner: the camera's controller. Threads: the screen's; `shot` may come later, on the same thread. */
class Camera : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual bool available() const = 0;
    /** What the finder shows: a file's URL for a camera of files; empty where a video output shows it. */
    [[nodiscard]] virtual QString still() const = 0;
    /** False: its pictures came from elsewhere and never pass for shots of this tablet. */
    [[nodiscard]] virtual bool hasLens() const = 0;
    virtual void shoot() = 0; ///< ends in shot() or failed()

signals:
    void shot(const zhicha::Bytes &jpeg);
    void failed(const zhicha::Error &error);
    void stillChanged();
};

/** For machines without a camera, and for tests and the demo: gives the pictures of a folder one after another, as a
 *  camera would; each is labelled as an import. */
class FolderCamera : public Camera {
    Q_OBJECT
public:
    explicit FolderCamera(const QString &folder, QObject *parent = nullptr);
    [[nodiscard]] bool available() const override { return !m_files.isEmpty(); }
    [[nodiscard]] QString still() const override;
    [[nodiscard]] bool hasLens() const override { return false; }
    void shoot() override;

private:
    QStringList m_files;
    qsizetype m_next = 0;
};

} // namespace zhicha
