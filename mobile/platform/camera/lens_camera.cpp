#include "mobile/platform/camera/lens_camera.h"

#include "mobile/platform/camera/folder_camera.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QImageWriter>
#include <QMediaFormat>
#include <QVideoFrame>

#include <algorithm>

namespace zhicha {

namespace {
constexpr int kJpegQuality = 95;
constexpr int kPatienceMs = 10'000;

qint64 pixelsOf(const QCameraFormat &format) {
    return qint64{format.resolution().width()} * format.resolution().height();
}
} // namespace

std::unique_ptr<Camera> makeCamera(const QString &folder) {
    if (!folder.isEmpty())
        return std::make_unique<FolderCamera>(folder);
    return std::make_unique<LensCamera>();
}

bool cameraIsForbidden() {
    const QDir dev("/dev");
    const QStringList nodes = dev.entryList({"video*"}, QDir::System);
    return !nodes.isEmpty() && std::all_of(nodes.begin(), nodes.end(), [&](const QString &name) {
        const QFileInfo node(dev.filePath(name));
        return !node.isReadable() || !node.isWritable();
    });
}

Result<Camera::Picture> encodeShot(const QImage &image) {
    if (image.isNull())
        return fail(Code::BadPicture, "the camera gave no picture", Retry::Later);
    QByteArray raw;
    QBuffer buffer(&raw);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, "jpeg");
    writer.setQuality(kJpegQuality);
    if (!writer.write(image))
        return fail(Code::BadPicture, "the picture could not be encoded: " + writer.errorString().toStdString());
    const auto *bytes = reinterpret_cast<const std::uint8_t *>(raw.constData());
    return Camera::Picture(std::make_shared<const Bytes>(bytes, bytes + raw.size()));
}

LensCamera::LensCamera(QObject *parent) : Camera(parent) {
    m_pool.setMaxThreadCount(1);
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this,
            [this] { finish(fail(Code::Busy, "the camera did not answer in 10 s", Retry::Later)); });
    m_session.setImageCapture(&m_capture);
    m_capture.setFileFormat(QImageCapture::JPEG);
    m_capture.setQuality(QImageCapture::VeryHighQuality);
    connect(&m_capture, &QImageCapture::imageAvailable, this, [this](int, const QVideoFrame &frame) { encode(frame); });
    connect(&m_capture, &QImageCapture::errorOccurred, this, [this](int, QImageCapture::Error, const QString &detail) {
        if (m_busy)
            finish(fail(Code::Busy, "the camera took no picture: " + detail.toStdString(), Retry::Later));
    });
    connect(&m_devices, &QMediaDevices::videoInputsChanged, this, &LensCamera::open);
    open();
}

LensCamera::~LensCamera() {
    m_pool.waitForDone();
    m_session.setCamera(nullptr);
}

void LensCamera::setState(CameraState state) {
    m_state = state;
    emit changed();
}

void LensCamera::open() {
    m_session.setCamera(nullptr);
    m_camera.reset();
    const QList<QCameraDevice> devices = QMediaDevices::videoInputs();
    if (devices.isEmpty()) {
        setState(cameraIsForbidden() ? CameraState::NoPermission : CameraState::Absent);
        return;
    }
    m_lens %= static_cast<int>(devices.size());
    const QCameraDevice &device = devices[m_lens];
    m_camera = std::make_unique<QCamera>(device);
    const QList<QCameraFormat> formats = device.videoFormats();
    const auto best = std::max_element(formats.begin(), formats.end(),
                                       [](const auto &a, const auto &b) { return pixelsOf(a) < pixelsOf(b); });
    if (best != formats.end())
        m_camera->setCameraFormat(*best);
    connect(m_camera.get(), &QCamera::activeChanged, this,
            [this](bool active) { setState(active ? CameraState::Ready : CameraState::Starting); });
    connect(m_camera.get(), &QCamera::errorOccurred, this, [this](QCamera::Error error, const QString &) {
        if (error != QCamera::NoError)
            setState(cameraIsForbidden() ? CameraState::NoPermission : CameraState::Failed);
    });
    m_session.setCamera(m_camera.get());
    setState(CameraState::Starting);
    m_camera->start();
}

void LensCamera::nextLens() {
    ++m_lens;
    open();
}

void LensCamera::showOn(QObject *output) {
    m_session.setVideoOutput(output);
}

std::function<QImage()> LensCamera::frame() const {
    const QVideoSink *sink = m_session.videoSink();
    if (sink == nullptr || !sink->videoFrame().isValid())
        return {};
    return [frame = sink->videoFrame()] { return frame.toImage(); };
}

void LensCamera::shoot() {
    if (m_state != CameraState::Ready) {
        emit failed(fail(Code::NotFound, "there is no camera that could take a picture", Retry::AfterUser));
        return;
    }
    if (std::exchange(m_busy, true)) {
        emit failed(fail(Code::Busy, "the last picture is still being taken", Retry::Later));
        return;
    }
    m_patience.start();
    if (m_capture.capture() < 0)
        finish(fail(Code::Busy, "the camera is not ready yet", Retry::Later));
}

void LensCamera::encode(const QVideoFrame &frame) {
    if (!m_busy)
        return; // it had been given up
    m_pool.start([this, frame] {
        auto picture = encodeShot(frame.toImage());
        QMetaObject::invokeMethod(
            this, [this, picture = std::move(picture)]() mutable { finish(std::move(picture)); }, Qt::QueuedConnection);
    });
}

void LensCamera::finish(Result<Picture> picture) {
    if (!std::exchange(m_busy, false))
        return;
    m_patience.stop();
    if (picture)
        emit shot(*picture);
    else
        emit failed(picture.error());
}

} // namespace zhicha
