#include "mobile/models/draft_keeper.h"

#include "mobile/models/problem_text.h"
#include "mobile/models/text_format.h"
#include "mobile/models/ui.h"

namespace zhicha {

namespace {
bool isEmptyText(const cbor::Value &value) {
    return value.text() != nullptr && value.text()->empty();
}

/** What was typed by somebody who had not seen this draft yet goes behind it; what they did not choose stays. */
void joinUnseen(const Draft &before, const char *textField, Draft &draft) {
    const std::string typed = draftText(draft, textField);
    for (const auto &[name, value] : before.content)
        if (const auto it = draft.content.find(name); it == draft.content.end() || isEmptyText(it->second))
            draft.content[name] = value;
    if (!typed.empty())
        draft.content[textField] = draftText(before, textField) + typed;
}

/** Puts the draft with the photos that stand in the store by now. */
Result<std::int64_t> put(StoreSession &session, Draft draft, const char *textField, bool seen) {
    ZHICHA_ASSIGN(const std::optional<Draft> before, session.store().drafts().get(draft.id));
    if (before && !seen)
        joinUnseen(*before, textField, draft);
    if (before && before->content.contains("photos"))
        draft.content["photos"] = before->content.find("photos")->second;
    if (!seen) { // recorded meanwhile: what stands under this id is no draft any more
        ZHICHA_ASSIGN(const std::optional<EntityRow> recorded, session.store().entities().row(draft.id));
        if (recorded)
            return systemClock().nowMs();
    }
    draft.updatedMs = systemClock().nowMs();
    ZHICHA_TRY(session.store().drafts().put(draft));
    return systemClock().nowMs(); // after the commit
}
} // namespace

QString joinTyped(const QString &fromDisk, const QString &typed) {
    return fromDisk + typed;
}

std::string draftText(const Draft &draft, const char *field) {
    const auto it = draft.content.find(field);
    return it != draft.content.end() && it->second.text() != nullptr ? *it->second.text() : std::string();
}

DraftKeeper::DraftKeeper(StoreThread &store, const char *textField, std::function<Draft()> content, QObject *parent)
    : QObject(parent), m_store(store), m_textField(textField), m_content(std::move(content)) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &DraftKeeper::write);
}

DraftKeeper::~DraftKeeper() = default;

QString DraftKeeper::savedAt() const {
    return m_savedMs == 0 ? QString() : text::clockSeconds(m_savedMs);
}

void DraftKeeper::setState(int state) {
    m_state = state;
    emit changed();
}

void DraftKeeper::noteRead() {
    if (std::exchange(m_read, true) || !m_dirty)
        return;
    write(); // it has waited for this
}

void DraftKeeper::touch() {
    m_dirty = true;
    if (m_timer.isActive())
        return;
    if (m_read)
        m_timer.start(kDelayMs);
    if (m_state != static_cast<int>(ui::Save::Failed))
        setState(static_cast<int>(ui::Save::Saving));
}

void DraftKeeper::flush() {
    if (!m_dirty)
        return;
    m_timer.stop();
    write();
}

void DraftKeeper::forget() {
    m_timer.stop();
    m_dirty = false;
    m_savedMs = 0;
    setState(static_cast<int>(ui::Save::Idle));
}

void DraftKeeper::cameFromDisk(std::int64_t savedMs) {
    if (m_dirty)
        return;
    m_savedMs = savedMs;
    setState(static_cast<int>(ui::Save::Saved));
}

void DraftKeeper::write() {
    m_dirty = false;
    Draft draft = m_content();
    if (draft.id.isNil()) // a page of nothing that exists
        return;
    m_store.run(
        this,
        [draft = std::move(draft), field = m_textField, seen = m_read](StoreSession &session) {
            return put(session, draft, field, seen);
        },
        [this](const Result<std::int64_t> &saved) {
            if (saved) {
                m_savedMs = *saved;
                m_why.clear();
                m_retries = 0;
                setState(static_cast<int>(m_dirty ? ui::Save::Saving : ui::Save::Saved));
                return;
            }
            m_dirty = true;
            ++m_retries;
            m_why = problemText(saved.error()).what;
            setState(static_cast<int>(ui::Save::Failed));
            m_timer.start(kRetryMs);
        });
}

} // namespace zhicha
