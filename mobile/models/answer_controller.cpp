#include "mobile/models/answer_controller.h"

#include "mobile/models/photo_work.h"
#include "mobile/models/text_format.h"

#include <QUrl>

#include <algorithm>

namespace zhicha {

namespace {
constexpr const char *kAnswerDraft = "answer";

/** Every write of this answer, the newest first. */
Result<std::vector<AnswerRow>> historyOf(LocalStore &store, const Uuid &answer) {
    std::vector<std::pair<std::int64_t, AnswerRow>> found;
    ZHICHA_TRY(store.operations().ofEntity(answer, [&](const StoredOperation &operation) -> Status {
        if (!operation.bytes.body)
            return {};
        ZHICHA_ASSIGN(const Envelope envelope, decodeEnvelope(operation.bytes.envelope));
        ZHICHA_ASSIGN(const Body body, decodeBody(*operation.bytes.body));
        if (envelope.kind != "answer.give")
            return {};
        const auto text = [&](const char *name) {
            const auto it = body.fields.find(name);
            return it != body.fields.end() && it->second.text() != nullptr ? *it->second.text() : std::string();
        };
        AnswerRow row;
        row.key = QString::fromStdString(toHex(operation.d));
        row.at = text::clock(envelope.time.estimateMs);
        row.value = answerEnum(text("value"));
        row.note = text::fromUtf8(text("note"));
        found.emplace_back(envelope.time.estimateMs, std::move(row));
        return {};
    }));
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    std::vector<AnswerRow> rows;
    for (auto &[at, row] : found)
        rows.push_back(std::move(row));
    return rows;
}

Uuid noteDraftId(const Uuid &ledger, const Uuid &answer) {
    return derivedId(ledger, "note_draft", toText(answer));
}

struct NoteTyped {
    AnswerGiven given; ///< its note is what was typed
    bool read = false; ///< false: what stands in the store was not seen, and the typed text goes behind it
};

/** The note becomes an operation; its draft stays until that is durable. */
Status giveNote(StoreSession &session, NoteTyped typed) {
    LocalStore &store = session.store();
    ZHICHA_ASSIGN(const Identity identity, store.enrolledIdentity());
    const Uuid answer = answerId(identity.ledger, typed.given.check, typed.given.item, typed.given.question);
    const Uuid id = noteDraftId(identity.ledger, answer);
    ZHICHA_ASSIGN(const std::optional<Draft> before, store.drafts().get(id));
    std::string note = typed.given.note.value_or(std::string());
    if (!typed.read) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, store.entities().row(answer));
        note = (before ? draftText(*before, "note") : row ? row->text("note") : std::string()) + note;
    }
    ZHICHA_TRY(store.drafts().put({id, kAnswerDraft, typed.given.check, {{"note", note}}, systemClock().nowMs()}));
    typed.given.note = text::fromUtf8(note).trimmed().toStdString();
    if (const auto given = session.recorder().answer(typed.given); !given)
        return given.error();
    return store.drafts().remove(id);
}
} // namespace

AnswerController::AnswerController(QObject *parent)
    : PageController(parent), m_keeper(
                                  app().store(), "note", [this] { return currentDraft(); }, this) {}

AnswerController::~AnswerController() {
    AnswerController::leave();
}

Result<AnswerController::Loaded> AnswerController::load(LocalStore &store, const Uuid &check,
                                                        const std::optional<Uuid> &item, std::size_t question) {
    Loaded loaded;
    ZHICHA_ASSIGN(loaded.check, readCheck(store, check));
    for (const ItemReading &known : loaded.check.items)
        if (known.id == item)
            loaded.answer = known.answers[question];
    if (loaded.answer.question.empty())
        return fail(Code::NotFound, "no such item in this check");
    ZHICHA_ASSIGN(loaded.history, historyOf(store, loaded.answer.id));
    ZHICHA_ASSIGN(const Identity identity, store.enrolledIdentity());
    loaded.noteDraft = noteDraftId(identity.ledger, loaded.answer.id);
    ZHICHA_ASSIGN(loaded.draft, store.drafts().get(loaded.noteDraft));
    return loaded;
}

void AnswerController::read() {
    const auto question = static_cast<std::size_t>(std::clamp(m_question, 0, 2));
    readWith([check = idOf(m_check), item = itemOfKey(m_item),
              question](StoreSession &session) { return load(session.store(), check, item, question); },
             [this](Loaded loaded) { take(std::move(loaded)); });
}

void AnswerController::take(Loaded loaded) {
    takeNote(loaded);
    m_of = std::move(loaded.check);
    m_answer = std::move(loaded.answer);
    m_noteDraft = loaded.noteDraft;
    m_photos.set(photoRowsAt(m_of, m_answer.photos, m_answer.id));
    m_history.set(std::move(loaded.history));
    m_loaded = true;
    m_keeper.noteRead();
    emit changed();
}

void AnswerController::takeNote(const Loaded &loaded) {
    const QString recorded = text::fromUtf8(loaded.answer.note);
    if (!m_loaded) {
        m_note = joinTyped(loaded.draft ? text::fromUtf8(draftText(*loaded.draft, "note")) : recorded, m_note);
        m_typed = m_typed || loaded.draft;
        if (loaded.draft)
            m_keeper.cameFromDisk(loaded.draft->updatedMs);
    } else if (!m_typed && m_onTheWay == 0) { // else what is here is newer
        m_note = recorded;
    }
    emit noteChanged();
}

QString AnswerController::site() const {
    return text::fromUtf8(m_of.siteName);
}
QString AnswerController::itemNumber() const {
    for (const ItemReading &item : m_of.items)
        if (item.id && item.id == itemOfKey(m_item))
            return text::fromUtf8(item.number);
    return {};
}
QString AnswerController::itemTitle() const {
    for (const ItemReading &item : m_of.items)
        if (item.id && item.id == itemOfKey(m_item))
            return text::fromUtf8(item.title);
    return {};
}
int AnswerController::value() const {
    return answerEnum(m_answer.value);
}
bool AnswerController::contested() const {
    return m_answer.contested;
}

Draft AnswerController::currentDraft() const {
    Draft draft;
    draft.id = m_noteDraft;
    draft.kind = kAnswerDraft;
    draft.check = idOf(m_check);
    draft.content = {{"note", m_note.toStdString()}};
    return draft;
}

AnswerGiven AnswerController::given() const {
    AnswerGiven given;
    given.check = idOf(m_check);
    given.item = itemOfKey(m_item);
    given.question = kQuestionNames[static_cast<std::size_t>(std::clamp(m_question, 0, 2))];
    return given;
}

void AnswerController::setNote(const QString &note) {
    if (note == m_note)
        return;
    m_note = note;
    m_typed = true;
    m_keeper.touch();
    emit noteChanged();
}

void AnswerController::choose(int answer) {
    if (answer < 1 || answer > 3)
        return;
    AnswerGiven given = this->given();
    given.value = answerValue(answer);
    write([given](StoreSession &session) { return session.recorder().answer(given); });
}

void AnswerController::clear() {
    AnswerGiven given = this->given();
    given.value = "none";
    write([given](StoreSession &session) { return session.recorder().answer(given); });
}

void AnswerController::leave() {
    if (!m_typed)
        return;
    m_typed = false;
    m_keeper.forget();
    NoteTyped typed{given(), m_loaded};
    typed.given.note = m_note.toStdString();
    ++m_onTheWay;
    // Also when this page is already gone: the draft stays until the operation is durable.
    app().store().run(
        &app(), [typed](StoreSession &session) { return giveNote(session, typed); },
        [page = QPointer(this)](const Status &status) {
            if (page)
                page->noteGiven(status);
            app().noteRecorded();
        });
}

void AnswerController::noteGiven(const Status &status) {
    --m_onTheWay;
    if (status)
        return;
    m_typed = true; // the text is still here and goes back to disk
    m_keeper.touch();
    show(status.error());
}

QString AnswerController::photoAt(int index) const {
    const auto &rows = m_photos.rows();
    return index < 0 || index >= m_photos.rowCount() ? QString() : rows[static_cast<std::size_t>(index)].key;
}

void AnswerController::importPhoto(const QUrl &file) {
    PhotoPlace place;
    place.check = idOf(m_check);
    place.to = m_answer.id;
    PhotoToAdd photo;
    photo.origin = "import";
    photo.importNote = file.fileName().toStdString();
    write([place, photo, path = file.toLocalFile().toStdString()](StoreSession &session) -> Result<PhotoAdded> {
        ZHICHA_ASSIGN(const Bytes picture, readPicture(path));
        return addPhotoAt(session, place, photo, picture);
    });
}

void AnswerController::removePhoto(const QString &photo, const QString &reason) {
    write([id = idOf(photo), why = reason.toStdString()](StoreSession &session) {
        return session.recorder().voidEntity(id, true, why);
    });
}

} // namespace zhicha
