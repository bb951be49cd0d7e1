#include "mobile/models/returned_controller.h"

#include "mobile/models/photo_work.h"
#include "mobile/models/text_format.h"

#include <QUrl>

namespace zhicha {

namespace {
constexpr const char *kReplyDraft = "reply";
}

// The draft stands under the question's id: one answer to one question. Its operation takes a fresh id.
ReturnedController::ReturnedController(QObject *parent)
    : PageController(parent), m_keeper(
                                  app().store(), "text", [this] { return currentDraft(); }, this) {}

ReturnedController::~ReturnedController() {
    ReturnedController::leave();
}

Draft ReturnedController::currentDraft() const {
    Draft draft;
    draft.id = idOf(m_question);
    draft.kind = kReplyDraft;
    draft.check = idOf(m_check);
    draft.content = {{"text", m_text.toStdString()}};
    return draft;
}

void ReturnedController::read() {
    readWith(
        [check = idOf(m_check), question = idOf(m_question)](StoreSession &session) -> Result<Loaded> {
            Loaded loaded;
            ZHICHA_ASSIGN(loaded.draft, session.store().drafts().get(question));
            ZHICHA_ASSIGN(loaded.questions, openQuestions(session.store()));
            std::erase_if(loaded.questions, [&](const OpenQuestion &open) { return open.question != question; });
            auto read = readCheck(session.store(), check);
            if (read)
                loaded.check = std::move(*read);
            else
                loaded.trouble = read.error();
            return loaded;
        },
        [this](Loaded loaded) { take(std::move(loaded)); });
}

void ReturnedController::take(Loaded loaded) {
    if (loaded.trouble)
        show(*loaded.trouble);
    m_open = !loaded.questions.empty();
    if (m_open) {
        m_row = returnedRows(loaded.questions, systemClock().nowMs()).front();
        m_row.title = text::fromUtf8(loaded.questions.front().text);
        m_askedAtMs = loaded.questions.front().askedAtMs;
        m_about.reset();
        for (const FindingReading &finding : loaded.check.findings)
            if (finding.id == loaded.questions.front().about)
                m_about = finding;
    }
    m_aboutPhotos.set(photoRows(m_about ? m_about->photos : std::vector<PhotoReading>()));
    std::vector<PhotoReading> own;
    if (loaded.draft)
        if (const auto it = loaded.draft->content.find("photos");
            it != loaded.draft->content.end() && it->second.array() != nullptr)
            for (const cbor::Value &id : *it->second.array())
                for (const PhotoReading &photo : loaded.check.photos)
                    if (id.uuid() == photo.id)
                        own.push_back(photo);
    m_photos.set(photoRows(own));
    if (!m_loaded && loaded.draft) {
        m_text = joinTyped(text::fromUtf8(draftText(*loaded.draft, "text")), m_text);
        m_keeper.cameFromDisk(loaded.draft->updatedMs);
        emit textChanged();
    }
    m_loaded = true;
    m_keeper.noteRead();
    emit changed();
}

QString ReturnedController::askedAt() const {
    return text::when(m_askedAtMs, systemClock().nowMs());
}
QString ReturnedController::about() const {
    return m_about ? text::fromUtf8(m_about->text) : QString();
}
int ReturnedController::aboutSeverity() const {
    return m_about ? severityEnum(m_about->severity) : 0;
}

void ReturnedController::setText(const QString &text) {
    if (text == m_text || m_ended)
        return;
    m_text = text;
    if (!idOf(m_question).isNil())
        m_keeper.touch();
    emit textChanged();
}

void ReturnedController::reply() {
    onceRead([this] { replyNow(); });
}

void ReturnedController::replyNow() {
    if (m_ended || m_text.trimmed().isEmpty())
        return;
    m_ended = true;
    m_keeper.forget();
    write(
        [check = idOf(m_check), question = idOf(m_question),
         text = m_text.trimmed().toStdString()](StoreSession &session) -> Result<Uuid> {
            ZHICHA_ASSIGN(const std::optional<Draft> draft, session.store().drafts().get(question));
            ZHICHA_ASSIGN(const Uuid reply, session.recorder().reply(check, question, text));
            if (draft)
                ZHICHA_TRY(placeDraftPhotos(session, *draft, reply));
            ZHICHA_TRY(session.store().drafts().remove(question));
            return reply;
        },
        [this](const Result<Uuid> &done) {
            if (done) {
                emit replied();
            } else {
                m_ended = false;
                m_keeper.touch();
            }
        });
}

void ReturnedController::importPhoto(const QUrl &file) {
    PhotoPlace place;
    place.check = idOf(m_check);
    place.draft = currentDraft();
    PhotoToAdd photo;
    photo.origin = "import";
    photo.importNote = file.fileName().toStdString();
    write([place, photo, path = file.toLocalFile().toStdString()](StoreSession &session) -> Result<PhotoAdded> {
        ZHICHA_ASSIGN(const Bytes picture, readPicture(path));
        return addPhotoAt(session, place, photo, picture);
    });
}

void ReturnedController::leave() {
    if (!m_ended)
        m_keeper.flush();
}

} // namespace zhicha
