#pragma once
// 扫一扫: a QR code from the finder or from a picture, and what it means.
#include "mobile/models/page_controller.h"
#include "mobile/platform/camera/camera.h"
#include "mobile/platform/camera/code_reader.h"

#include <QThreadPool>
#include <QTimer>

namespace zhicha {

/** Looks at the finder a few times a second and stops when it has understood something. Reading is done on a thread of
 *  its own. What a code says is a stranger's word: the pages show it and let a person decide. */
class ScanController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(int camera READ camera NOTIFY cameraChanged) ///< Ui.CameraState
    Q_PROPERTY(bool hasLens READ hasLens NOTIFY cameraChanged)
    Q_PROPERTY(QString still READ still NOTIFY cameraChanged)
    Q_PROPERTY(int scanned READ scanned NOTIFY scannedChanged) ///< Ui.Scanned
    Q_PROPERTY(bool reading READ reading NOTIFY scannedChanged)

public:
    explicit ScanController(QObject *parent = nullptr);
    ~ScanController() override;
    [[nodiscard]] int camera() const { return static_cast<int>(m_camera->state()); }
    [[nodiscard]] bool hasLens() const { return m_camera->hasLens(); }
    [[nodiscard]] QString still() const { return m_camera->still(); }
    [[nodiscard]] int scanned() const { return m_scanned; }
    [[nodiscard]] bool reading() const { return m_reading; }
    [[nodiscard]] const KnownCode &code() const { return m_code; }

    Q_INVOKABLE void showOn(QObject *output) { m_camera->showOn(output); }
    Q_INVOKABLE void readPicture(const QString &url);
    Q_INVOKABLE void again(); ///< looks on after something that was not wanted

signals:
    void cameraChanged();
    void scannedChanged();
    void enrolment(const QString &server, const QString &code, const QString &fingerprint);
    void join(const QString &check, const QString &invite);
    void countersign(const QString &code); ///< its whole text, for CountersignController

private:
    void look();
    void taken(Result<QString> text, bool fromPicture);
    void set(int scanned);

    std::unique_ptr<Camera> m_camera;
    QThreadPool m_pool;
    QTimer m_every;
    KnownCode m_code;
    int m_scanned = 0;
    bool m_reading = false;
};

} // namespace zhicha
