#pragma once
// The machine's own camera, through Qt Multimedia.
#include "mobile/platform/camera/camera.h"

#include <QCamera>
#include <QImageCapture>
#include <QMediaCaptureSession>
#include <QMediaDevices>
#include <QThreadPool>
#include <QTimer>
#include <QVideoSink>

namespace zhicha {

/** The frame that was taken is encoded here and never lies on the disk in the clear: the store alone writes it, sealed.
 *  A camera that is plugged in later is found. */
class LensCamera : public Camera {
    Q_OBJECT
public:
    explicit LensCamera(QObject *parent = nullptr);
    ~LensCamera() override;
    [[nodiscard]] CameraState state() const override { return m_state; }
    [[nodiscard]] bool hasLens() const override { return true; }
    [[nodiscard]] std::function<QImage()> frame() const override;
    void showOn(QObject *output) override;
    [[nodiscard]] int lenses() const override { return static_cast<int>(QMediaDevices::videoInputs().size()); }
    void nextLens() override;
    void shoot() override;

private:
    void open();
    void setState(CameraState state);
    void encode(const QVideoFrame &frame);
    void finish(Result<Picture> picture);

    QMediaDevices m_devices;
    QMediaCaptureSession m_session;
    QImageCapture m_capture;
    std::unique_ptr<QCamera> m_camera;
    CameraState m_state = CameraState::Absent;
    int m_lens = 0;
    bool m_busy = false;
    QTimer m_patience; ///< a driver that never answers
    QThreadPool m_pool;
};

/** A camera's device node that this program may not open: the system knows a camera and keeps it to itself. */
[[nodiscard]] bool cameraIsForbidden();
/** JPEG at the quality of a shot; BadPicture for a null image. Any thread. */
[[nodiscard]] Result<Camera::Picture> encodeShot(const QImage &image);

} // namespace zhicha
