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
} // namespace

AnswerController::AnswerController(QObject *parent)
    : PageController(parent), m_keeper(
                                  app().store(), [this] { return currentDraft(); }, this) {}

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
    ZHICHA_ASSIGN(loaded.draft, store.drafts().get(loaded.answer.id));
    return loaded;
}

void AnswerController::read() {
    const auto question = static_cast<std::size_t>(std::clamp(m_question, 0, 2));
    readWith([check = idOf(m_check), item = itemOfKey(m_item),
              question](StoreSession &session) { return load(session.store(), check, item, question); },
             [this](Loaded loaded) { take(std::move(loaded)); });
}

void AnswerController::take(Loaded loaded) {
    m_of = std::move(loaded.check);
    m_answer = std::move(loaded.answer);
    m_photos.set(photoRows(m_answer.photos));
    m_history.set(std::move(loaded.history));
    if (!m_typed) { // what is being typed here is newer than what stands in the store
        m_note = text::fromUtf8(m_answer.note);
        if (loaded.draft && !m_loaded) {
            const auto it = loaded.draft->content.find("note");
            if (it != loaded.draft->content.end() && it->second.text() != nullptr) {
                m_note = text::fromUtf8(*it->second.text());
                m_typed = true;
                m_keeper.cameFromDisk(loaded.draft->updatedMs);
            }
        }
        emit noteChanged();
    }
    m_loaded = true;
    emit changed();
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
    draft.id = m_answer.id;
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
    if (note == m_note || !m_loaded)
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
    if (!m_typed || !m_loaded)
        return;
    m_typed = false;
    m_keeper.forget();
    AnswerGiven given = this->given();
    given.note = m_note.trimmed().toStdString();
    // Also when this page is already gone: the draft stays until the operation is durable.
    app().store().run(
        &app(),
        [given, draft = currentDraft()](StoreSession &session) -> Status {
            ZHICHA_TRY(session.store().drafts().put(draft));
            ZHICHA_ASSIGN(const Uuid id, session.recorder().answer(given));
            return session.store().drafts().remove(id); // the same note again makes no operation that would do it
        },
        [](const Status &) { app().noteRecorded(); });
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
