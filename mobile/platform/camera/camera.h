#pragma once
// Where pictures come from. A camera gives whole encoded files; keeping them is the engine's work.
#include "shared/base/bytes.h"
#include "shared/base/result.h"

#include <QImage>
#include <QObject>

#include <functional>
#include <memory>

namespace zhicha {

enum class CameraState { Starting, Ready, Absent, NoPermission, Failed };

/** Owner:   a page's controller. Threads: the screen's, where every signal comes; reading, encoding and whatever takes
 *           longer than a frame is done on a thread of the camera's own. */
class Camera : public QObject {
    Q_OBJECT
public:
    using Picture = std::shared_ptr<const Bytes>; ///< handed on, never copied: it has megabytes
    using QObject::QObject;
    [[nodiscard]] virtual CameraState state() const = 0;
    /** What the finder shows: a file's URL for a camera of files; empty where a video output shows it. */
    [[nodiscard]] virtual QString still() const { return {}; }
    /** False: its pictures came from elsewhere and never pass for shots of this tablet. */
    [[nodiscard]] virtual bool hasLens() const = 0;
    /** Ends in shot() or failed(). While it is under way another one answers Busy. */
    virtual void shoot() = 0;
    /** What the finder shows now, for reading a code: decoded when it is called, on any thread, null if it cannot be.
     *  Empty where there is nothing yet. */
    [[nodiscard]] virtual std::function<QImage()> frame() const { return {}; }
    /** The item or sink that shows the finder's picture. */
    virtual void showOn(QObject *) {}
    [[nodiscard]] virtual int lenses() const { return hasLens() ? 1 : 0; }
    virtual void nextLens() {}

signals:
    void shot(const zhicha::Camera::Picture &jpeg);
    void failed(const zhicha::Error &error);
    void changed(); ///< state, still or lenses
};

/** The camera of files where a folder is given, else the machine's. Never null. */
[[nodiscard]] std::unique_ptr<Camera> makeCamera(const QString &folder);

} // namespace zhicha
