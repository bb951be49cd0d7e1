#include "mobile/models/feedback_controller.h"

#include "mobile/models/office_news.h"
#include "mobile/models/text_format.h"

namespace zhicha {

namespace {
constexpr const char *kFeedbackDraft = "feedback";

Uuid feedbackDraftId(const Identity &identity) {
    return derivedId(identity.ledger, "feedback_draft", toText(identity.device));
}
} // namespace

FeedbackController::FeedbackController(QObject *parent)
    : PageController(parent), m_keeper(
                                  app().store(), "text", [this] { return currentDraft(); }, this) {}

FeedbackController::~FeedbackController() {
    FeedbackController::leave();
}

Draft FeedbackController::currentDraft() const {
    Draft draft;
    draft.id = m_draftId;
    draft.kind = kFeedbackDraft;
    draft.content = {{"text", m_text.toStdString()}, {"contact", m_contact.toStdString()}};
    return draft;
}

Result<FeedbackController::Loaded> FeedbackController::load(LocalStore &store) {
    Loaded loaded;
    ZHICHA_ASSIGN(const Identity identity, store.enrolledIdentity());
    loaded.id = feedbackDraftId(identity);
    ZHICHA_ASSIGN(loaded.draft, store.drafts().get(loaded.id));
    ZHICHA_ASSIGN(const std::vector<OwnFeedback> given, ownFeedback(store));
    const std::int64_t now = systemClock().nowMs();
    for (const OwnFeedback &one : given)
        loaded.rows.push_back({textOf(one.id), text::fromUtf8(one.text), text::when(one.atMs, now),
                               text::fromUtf8(one.answer), text::fromUtf8(one.answeredBy),
                               one.answer.empty() ? QString() : text::when(one.answeredAtMs, now)});
    return loaded;
}

void FeedbackController::read() {
    readWith([](StoreSession &session) { return load(session.store()); },
             [this](Loaded loaded) { take(std::move(loaded)); });
}

void FeedbackController::take(Loaded loaded) {
    m_draftId = loaded.id;
    m_given.set(std::move(loaded.rows));
    if (!m_loaded && loaded.draft) {
        m_text = joinTyped(text::fromUtf8(draftText(*loaded.draft, "text")), m_text);
        if (m_contact.isEmpty())
            m_contact = text::fromUtf8(draftText(*loaded.draft, "contact"));
        m_keeper.cameFromDisk(loaded.draft->updatedMs);
        emit typedChanged();
    }
    m_loaded = true;
    m_keeper.noteRead();
    emit changed();
}

void FeedbackController::setText(const QString &text) {
    if (text == m_text || m_sending)
        return;
    m_text = text;
    m_keeper.touch();
    emit typedChanged();
}

void FeedbackController::setContact(const QString &contact) {
    if (contact == m_contact || m_sending)
        return;
    m_contact = contact;
    m_keeper.touch();
    emit typedChanged();
}

void FeedbackController::give() {
    onceRead([this] { giveNow(); });
}

void FeedbackController::giveNow() {
    if (m_sending || missingText())
        return;
    m_sending = true;
    m_keeper.forget();
    write(
        [id = m_draftId, text = m_text.trimmed().toStdString(),
         contact = m_contact.trimmed().toStdString()](StoreSession &session) -> Result<Uuid> {
            cbor::Map fields{{"text", text}};
            if (!contact.empty())
                fields["contact"] = contact;
            ZHICHA_ASSIGN(const Uuid given, session.recorder().birth("feedback.give", std::nullopt, std::move(fields)));
            ZHICHA_TRY(session.store().drafts().remove(id));
            return given;
        },
        [this](const Result<Uuid> &done) {
            m_sending = false;
            if (done) {
                m_text.clear();
                m_contact.clear();
                emit typedChanged();
            } else { // what was typed is still here and goes back to disk
                m_keeper.touch();
            }
        });
}

void FeedbackController::leave() {
    if (m_loaded && !m_sending)
        m_keeper.flush();
}

} // namespace zhicha
