#include "mobile/models/camera_controller.h"

#include "mobile/engine/record/track_pieces.h"
#include "mobile/models/text_format.h"
#include "mobile/models/ui.h"
#include "mobile/platform/camera/folder_camera.h"

#include <QDateTime>
#include <QFileInfo>
#include <QUrl>

#include <algorithm>

namespace zhicha {

namespace {
static_assert(static_cast<int>(ui::CameraState::Failed) == static_cast<int>(CameraState::Failed));
} // namespace

CameraController::CameraController(QObject *parent)
    : PageController(parent), m_camera(makeCamera(app().settings()->cameraFolder())) {
    connect(m_camera.get(), &Camera::shot, this, [this](const Camera::Picture &picture) {
        PhotoToAdd photo = photoNow();
        if (!m_camera->hasLens()) {
            photo.origin = "import";
            photo.importNote = "文件相机";
        }
        keep(picture, std::move(photo));
    });
    connect(m_camera.get(), &Camera::failed, this, [this](const Error &error) {
        show(error);
        kept(error);
    });
    connect(m_camera.get(), &Camera::changed, this, &CameraController::cameraChanged);
    connect(m_camera.get(), &Camera::changed, this, &CameraController::changed);
    connect(&m_tick, &QTimer::timeout, this, &CameraController::ticked);
    m_tick.start(1000);
}

void CameraController::read() {
    readWith([check = idOf(m_check)](StoreSession &session) { return readCheck(session.store(), check); },
             [this](CheckReading check) { take(std::move(check)); });
}

void CameraController::take(CheckReading check) {
    m_of = std::move(check);
    if (m_obtained == 0 && !m_of.photos.empty()) // the first of a check must choose; then it is kept
        m_obtained = obtainedEnum(m_of.photos.back().howTaken);
    m_place.clear();
    for (const FindingReading &finding : m_of.findings)
        if (finding.id == idOf(m_to))
            m_place = text::fromUtf8(finding.text).simplified();
    for (const ItemReading &item : m_of.items)
        for (std::size_t q = 0; q < item.answers.size(); ++q)
            if (item.answers[q].id == idOf(m_to))
                m_place = text::fromUtf8(item.number + " " + item.title);
    std::vector<PhotoReading> visit;
    for (auto it = m_visit.rbegin(); it != m_visit.rend(); ++it)
        for (const PhotoReading &photo : m_of.photos)
            if (photo.id == *it)
                visit.push_back(photo);
    m_shots.set(photoRows(visit));
    emit changed();
}

void CameraController::setObtained(int obtained) {
    if (obtained < 1 || obtained > 4)
        return;
    m_obtained = obtained;
    emit changed();
}

void CameraController::setDocument(const QString &document) {
    m_document = document;
    emit changed();
}

bool CameraController::mayShoot() const {
    const bool documented = m_obtained != static_cast<int>(ui::Obtained::Approved) || !m_document.trimmed().isEmpty();
    return available() && m_obtained != 0 && documented && app().status()->spaceLevel() < 3;
}

QString CameraController::site() const {
    return text::fromUtf8(m_of.siteName);
}

QString CameraController::stampTime() const {
    const std::int32_t offset = systemClock().offsetMinutes();
    return QDateTime::fromMSecsSinceEpoch(systemClock().nowMs(), Qt::OffsetFromUTC, offset * 60)
               .toString("yyyy-MM-dd  HH:mm:ss") +
           QStringLiteral("  %1%2:%3")
               .arg(QChar(offset < 0 ? u'-' : u'+')) // a bare char16_t would be written as a number
               .arg(std::abs(offset) / 60, 2, 10, QChar(u'0'))
               .arg(std::abs(offset) % 60, 2, 10, QChar(u'0'));
}

PhotoPlace CameraController::placeOf() const {
    PhotoPlace place;
    place.check = idOf(m_check);
    if (m_to.isEmpty())
        return place;
    if (m_draftKind.isEmpty()) {
        place.to = idOf(m_to);
        return place;
    }
    Draft draft; // made only if typing has not made it yet
    draft.id = idOf(m_to);
    draft.kind = m_draftKind.toStdString();
    draft.check = place.check;
    draft.content = {{"text", ""}};
    place.draft = draft;
    return place;
}

void CameraController::shoot() {
    if (!mayShoot() || m_saving)
        return;
    m_saving = true;
    emit changed();
    m_camera->shoot();
}

PhotoToAdd CameraController::photoNow() const {
    PhotoToAdd photo;
    photo.howTaken = obtainedValue(m_obtained);
    photo.shotAtMs = systemClock().nowMs();
    // Where the tablet is says where a shot was made only while its own check is under way.
    if (const auto fix = app().position()->usable(); fix && app().position()->check() == m_check)
        photo.fix = fixValue(*fix);
    if (m_obtained == static_cast<int>(ui::Obtained::Approved))
        photo.howDocument = m_document.trimmed().toStdString();
    return photo;
}

void CameraController::keep(const Camera::Picture &picture, PhotoToAdd photo) {
    write([place = placeOf(), photo = std::move(photo),
           picture](StoreSession &session) { return addPhotoAt(session, place, photo, *picture); },
          [this](const Result<PhotoAdded> &added) { kept(added); });
}

void CameraController::kept(const Result<PhotoAdded> &added) {
    m_saving = false;
    if (added) {
        m_visit.push_back(added->photo);
        if (app().settings()->shutterSound())
            m_sound.play();
        emit saved();
    }
    emit changed();
}

void CameraController::importFrom(const QString &url) {
    const QString path = QUrl(url).toLocalFile();
    if (path.isEmpty() || m_saving || m_obtained == 0 || app().status()->spaceLevel() >= 3)
        return;
    m_saving = true;
    emit changed();
    PhotoToAdd photo = photoNow();
    photo.origin = "import";
    photo.importNote = QFileInfo(path).fileName().toStdString();
    photo.shotAtMs.reset(); // when and where it was made nobody here knows
    photo.fix.reset();
    write(
        [place = placeOf(), photo = std::move(photo), path](StoreSession &session) -> Result<PhotoAdded> {
            ZHICHA_ASSIGN(const Camera::Picture picture, readPictureFile(path));
            return addPhotoAt(session, place, photo, *picture);
        },
        [this](const Result<PhotoAdded> &added) { kept(added); });
}

} // namespace zhicha
