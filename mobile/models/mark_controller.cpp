#include "mobile/models/mark_controller.h"

#include "mobile/models/photo_work.h"
#include "mobile/models/text_format.h"

#include <QCoreApplication>
#include <QThreadPool>

namespace zhicha {

namespace {
std::string marksKey(const Uuid &photo) {
    return "marks:" + toText(photo);
}

/** The copy beside the original: at the same place, labelled, with the original's digest. */
Result<PhotoAdded> addCopy(StoreSession &session, const Uuid &check, const PhotoReading &original, const Bytes &copy) {
    PhotoPlace place{check, original.to, std::nullopt};
    ZHICHA_ASSIGN(place.draft, draftWithPhoto(session.store(), original.id));
    PhotoToAdd photo;
    photo.howTaken = original.howTaken;
    photo.origin = "import";
    photo.importNote = "标注副本，原件 " + toHex(original.sha256).substr(0, 12);
    ZHICHA_ASSIGN(const PhotoAdded added, addPhotoAt(session, place, photo, copy));
    ZHICHA_TRY(session.store().state().remove(marksKey(original.id)));
    return added;
}
} // namespace

void MarkController::setCanvas(MarkCanvas *canvas) {
    m_canvas = canvas;
    if (canvas != nullptr) {
        connect(canvas, &MarkCanvas::marksChanged, this, &MarkController::keepMarks);
        if (m_loaded)
            canvas->setMarks(m_kept);
    }
    emit changed();
}

void MarkController::read() {
    readWith(
        [check = idOf(m_check), photo = idOf(m_photo)](StoreSession &session) -> Result<Loaded> {
            Loaded loaded;
            ZHICHA_ASSIGN(loaded.check, readCheck(session.store(), check));
            for (const PhotoReading &found : loaded.check.photos)
                if (found.id == photo)
                    loaded.photo = found;
            if (loaded.photo.id.isNil() || !loaded.photo.record)
                return fail(Code::NotFound, "the original of this photo is not on this tablet");
            ZHICHA_ASSIGN(const std::optional<cbor::Value> marks, session.store().state().value(marksKey(photo)));
            if (marks)
                loaded.marks = marksFromCbor(*marks);
            return loaded;
        },
        [this](Loaded loaded) {
            m_reading = std::move(loaded.check);
            m_of = std::move(loaded.photo);
            if (!std::exchange(m_loaded, true)) { // afterwards the canvas knows better
                m_kept = std::move(loaded.marks);
                if (m_canvas)
                    m_canvas->setMarks(m_kept);
            }
            emit changed();
        });
}

void MarkController::keepMarks() {
    if (!m_loaded || !m_canvas || m_canvas->marks() == m_kept)
        return;
    m_kept = m_canvas->marks();
    app().store().run(
        this,
        [photo = idOf(m_photo), marks = marksToCbor(m_kept)](StoreSession &session) {
            return session.store().state().putValue(marksKey(photo), marks);
        },
        [this](const Status &kept) {
            if (!kept)
                show(kept.error());
        });
}

QString MarkController::source() const {
    return m_of.record ? "image://photo/" + QString::fromStdString(toHex(m_of.sha256)) : QString();
}

QStringList MarkController::stamp() const {
    if (m_of.id.isNil())
        return {};
    const QString when = m_of.shotAtMs ? text::dayAndYear(*m_of.shotAtMs) + u' ' + text::clockSeconds(*m_of.shotAtMs)
                                       : tr("拍摄时间不知道");
    const auto at = m_of.fix ? placeIn(*m_of.fix) : std::nullopt;
    const QString where = at ? text::place(at->lat, at->lon) + QStringLiteral(" · WGS-84") : tr("无定位");
    return {when, where, text::fromUtf8(m_reading.siteName) + QStringLiteral(" · ") + app().personName(),
            tr("标注副本，原件另存 · 原件 SHA-256 %1…").arg(text::grouped(toHex(m_of.sha256)))};
}

void MarkController::save() {
    if (m_saving || !m_canvas || source().isEmpty())
        return;
    m_saving = true;
    emit changed();
    app().store().run(
        this, [digest = m_of.sha256](StoreSession &session) { return photoBytes(session.store(), digest); },
        [this, marks = m_canvas->marks(), lines = stamp()](const Result<Bytes> &bytes) {
            if (bytes)
                draw(*bytes, marks, lines);
            else
                failed(bytes.error());
        });
}

/** Decoding and encoding take some hundred milliseconds: neither the screen nor what is typed waits for them. A page
 * that is left meanwhile has its marks on disk. */
void MarkController::draw(const Bytes &original, const std::vector<PhotoMark> &marks, const QStringList &lines) {
    QThreadPool::globalInstance()->start([page = QPointer<MarkController>(this), original, marks, lines] {
        auto copy = markedCopy(original, marks, lines);
        QMetaObject::invokeMethod(
            qApp,
            [page, copy = std::move(copy)] {
                if (page)
                    page->keep(copy);
            },
            Qt::QueuedConnection);
    });
}

void MarkController::keep(const Result<Bytes> &copy) {
    if (!copy)
        return failed(copy.error());
    write([check = idOf(m_check), original = m_of,
           bytes = *copy](StoreSession &session) { return addCopy(session, check, original, bytes); },
          [this](const Result<PhotoAdded> &added) {
              m_saving = false;
              emit changed();
              if (added)
                  emit saved();
          });
}

void MarkController::failed(const Error &error) {
    m_saving = false;
    show(error);
    emit changed();
}

} // namespace zhicha
