#include "mobile/models/scan_controller.h"

#include "mobile/models/ui.h"
#include "mobile/platform/camera/folder_camera.h"

#include <QUrl>

namespace zhicha {

namespace {
constexpr int kLookMs = 300;
} // namespace

ScanController::ScanController(QObject *parent)
    : QObject(parent), m_camera(makeCamera(App::instance().settings()->cameraFolder())) {
    m_pool.setMaxThreadCount(1);
    connect(m_camera.get(), &Camera::changed, this, &ScanController::cameraChanged);
    m_every.setInterval(kLookMs);
    connect(&m_every, &QTimer::timeout, this, &ScanController::look);
    m_every.start();
}

ScanController::~ScanController() {
    m_pool.waitForDone();
}

void ScanController::set(int scanned) {
    m_scanned = scanned;
    emit scannedChanged();
}

void ScanController::look() {
    if (m_reading || m_camera->state() != CameraState::Ready)
        return;
    const std::function<QImage()> frame = m_camera->frame();
    if (!frame)
        return;
    m_reading = true;
    m_pool.start([this, frame] {
        const auto text = readCode(frame());
        QMetaObject::invokeMethod(
            this,
            [this, text] {
                taken(text ? Result<QString>(*text) : Result<QString>(fail(Code::NotFound, "no code")), false);
            },
            Qt::QueuedConnection);
    });
}

void ScanController::readPicture(const QString &url) {
    const QString path = QUrl(url).toLocalFile();
    if (m_reading || path.isEmpty())
        return;
    m_reading = true;
    emit scannedChanged();
    m_pool.start([this, path] {
        const auto picture = readPictureFile(path);
        auto text = picture ? readCodeInPicture(**picture) : Result<QString>(picture.error());
        QMetaObject::invokeMethod(
            this, [this, text = std::move(text)]() mutable { taken(std::move(text), true); }, Qt::QueuedConnection);
    });
}

void ScanController::taken(Result<QString> text, bool fromPicture) {
    m_reading = false;
    if (!text) {
        if (fromPicture) // the finder looks again by itself; a picture was chosen and gets an answer
            set(static_cast<int>(text.error().code == Code::NotFound ? ui::Scanned::Nothing : ui::Scanned::Unreadable));
        return;
    }
    m_every.stop();
    m_code = understandCode(*text);
    if (const auto *enrol = std::get_if<EnrolmentCode>(&m_code)) {
        set(static_cast<int>(ui::Scanned::Enrolment));
        emit enrolment(enrol->server, enrol->code, QString::fromStdString(toHex(enrol->fingerprint)));
    } else if (const auto *joined = std::get_if<JoinCode>(&m_code)) {
        set(static_cast<int>(ui::Scanned::Join));
        emit join(textOf(joined->check), QString::fromStdString(toHex(joined->invite)));
    } else if (std::holds_alternative<CountersignCode>(m_code)) {
        set(static_cast<int>(ui::Scanned::Countersign));
        emit countersign(*text);
    } else {
        set(static_cast<int>(ui::Scanned::Foreign));
    }
}

void ScanController::again() {
    m_code = {};
    set(static_cast<int>(ui::Scanned::Nothing));
    m_every.start();
}

} // namespace zhicha
