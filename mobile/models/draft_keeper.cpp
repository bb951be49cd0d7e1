#include "mobile/models/draft_keeper.h"

#include "mobile/models/problem_text.h"
#include "mobile/models/text_format.h"
#include "mobile/models/ui.h"

namespace zhicha {

namespace {
/** Puts the draft with the photos that stand in the store by now. */
Result<std::int64_t> put(StoreSession &session, Draft draft) {
    ZHICHA_ASSIGN(const std::optional<Draft> before, session.store().drafts().get(draft.id));
    if (before && before->content.contains("photos"))
        draft.content["photos"] = before->content.find("photos")->second;
    draft.updatedMs = systemClock().nowMs();
    ZHICHA_TRY(session.store().drafts().put(draft));
    return systemClock().nowMs(); // after the commit
}
} // namespace

DraftKeeper::DraftKeeper(StoreThread &store, std::function<Draft()> content, QObject *parent)
    : QObject(parent), m_store(store), m_content(std::move(content)) {
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

void DraftKeeper::touch() {
    m_dirty = true;
    if (m_timer.isActive())
        return;
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
    m_store.run(
        this, [draft = m_content()](StoreSession &session) { return put(session, draft); },
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
