#include "mobile/engine/sync/sync_machine.h"

#include "mobile/engine/sync/answer.h"
#include "mobile/engine/sync/backoff.h"
#include "mobile/engine/sync/sync_state.h"
#include "mobile/engine/sync/sync_tuning.h"

namespace zhicha {

namespace {
/** Trying again by itself cannot help: somebody has to do something first. */
bool stopsSync(Code code) {
    switch (code) {
    case Code::WrongServer:
    case Code::BadCode:
    case Code::AlreadyDone:
    case Code::UnknownDevice:
    case Code::InvalidArgument:
    case Code::StoreDamaged:
    case Code::DiskError:
    case Code::DiskFull:
    case Code::Internal:
        return true;
    default:
        return false;
    }
}
} // namespace

SyncMachine::SyncMachine(LocalStore &store, const Clock &clock, RandomSource &random, SyncGoal goal)
    : m_store(store), m_clock(clock), m_context{store, clock, random, {}}, m_goal(goal), m_keys(m_context),
      m_enrol(m_context), m_session(m_context), m_send(m_context), m_own(m_context), m_pull(m_context),
      m_present(m_context), m_enrolmentShown(m_context), m_photos(m_context) {
    if (const auto saved = loadSyncState(store)) {
        m_failures = saved->failures;
        m_lastSuccessMs = saved->lastSuccessMs;
    }
    start();
}

void SyncMachine::start() {
    if (m_out)
        return;
    m_stage = Stage::Keys;
    m_state = State::Working;
    m_error.reset();
    m_context.troubles.clear();
    m_keysAsked = false;
    m_renewals = 0;
    m_again = false;
    m_send.restart();
    m_own.restart();
    m_pull.restart();
    m_present.restart();
    m_enrolmentShown.restart();
    m_photos.restart();
    if (!m_store.identity())
        stop(fail(Code::UnknownDevice, "this tablet is not enrolled yet", Retry::AfterUser));
}

SyncStep *SyncMachine::step() {
    switch (m_stage) {
    case Stage::Keys:
        return &m_keys;
    case Stage::Enrol:
        return &m_enrol;
    case Stage::ShowEnrolment:
        return &m_enrolmentShown;
    case Stage::Session:
        return &m_session;
    case Stage::Send:
        return &m_send;
    case Stage::Own:
        return &m_own;
    case Stage::Pull:
    case Stage::PullAgain:
        return &m_pull;
    case Stage::Present:
        return &m_present;
    case Stage::Photos:
        return &m_photos;
    case Stage::Finish:
        break;
    }
    return nullptr;
}

void SyncMachine::advance() {
    if (m_stage == Stage::Own && m_own.caughtUp()) {
        m_own.restart(); // once: the chain is whole now, and is compared anew
        m_send.restart();
        m_stage = Stage::Send;
        return;
    }
    if (m_stage == Stage::Send && m_send.isBehind())
        m_own.ask();
    m_stage = static_cast<Stage>(static_cast<int>(m_stage) + 1);
    if (m_goal == SyncGoal::Enrol && m_stage == Stage::Session)
        m_stage = Stage::Finish;
    if (m_stage == Stage::PullAgain) {
        if (m_photos.completedAny() || m_present.taughtAny())
            m_pull.restart(); // the office's word about them, and what follows from what it was shown
        else
            m_stage = Stage::Finish;
    }
}

std::optional<HttpRequest> SyncMachine::next() {
    if (m_out)
        return std::nullopt;
    if (m_state == State::Waiting) {
        const std::int64_t left = m_waitUntilMs - m_clock.nowMs();
        if (left > 0 && left <= protocol::kRetryLongestMs) // more than the longest: the clock was set back
            return std::nullopt;
        resume();
    }
    while (m_state == State::Working) {
        if (m_stage == Stage::Finish) {
            finish();
            break;
        }
        if (m_stage == Stage::Keys && m_store.keyNote() && !m_keysAsked) {
            advance();
            continue;
        }
        auto request = step()->next();
        if (!request) {
            handle(request.error(), 0);
            continue;
        }
        if (!*request) {
            advance();
            continue;
        }
        m_out = true;
        m_beforeTrust = (*request)->beforeTrust;
        m_context.sentMonotonicUs = m_clock.monotonicUs();
        if (!m_beforeTrust)
            (*request)->trustedTlsKeys = m_store.keyNote()->tlsKeys;
        return *std::move(request);
    }
    return std::nullopt;
}

void SyncMachine::onResponse(const HttpResponse &response) {
    if (!m_out)
        return;
    m_out = false;
    if (!m_beforeTrust && !peerIsTrusted(*m_store.keyNote(), response)) {
        onFailure(TransportFailure::UnknownPeer);
        return;
    }
    const Status taken = step()->onAnswer(response);
    if (!taken) {
        step()->interrupted();
        handle(taken.error(), retryAfterMs(response));
    } else if (m_stage == Stage::Send || m_stage == Stage::Own || m_stage == Stage::Pull || m_stage == Stage::Present ||
               m_stage == Stage::Photos) {
        m_failures = 0; // something moved
    }
}

void SyncMachine::onFailure(TransportFailure failure) {
    m_out = false;
    if (SyncStep *current = step())
        current->interrupted();
    switch (failure) {
    case TransportFailure::NetworkDown:
        wait(fail(Code::NetworkDown, "the office cannot be reached", Retry::Later), 0);
        break;
    case TransportFailure::Timeout:
        wait(fail(Code::Timeout, "the office does not answer in time", Retry::Later), 0);
        break;
    case TransportFailure::UnknownPeer:
        askForKeys(fail(Code::WrongServer, "the peer's key is not listed in the office's key note", Retry::AfterUser));
        break;
    case TransportFailure::BadTls:
        stop(fail(Code::WrongServer, "the peer's certificate has a fault that is not forgiven", Retry::AfterUser));
        break;
    }
}

void SyncMachine::handle(const Error &error, std::int64_t retryAfterMs) {
    if (error.code == Code::SessionExpired && m_stage > Stage::Session && m_renewals++ < tuning::kMaxRenewals) {
        if (const Status forgotten = m_session.forget(); !forgotten)
            return stop(forgotten.error());
        m_stage = Stage::Session; // what was done stays done: each later part goes on where it stands
        return;
    }
    if (error.code == Code::WrongServer && error.detail == kNeedsNewerNote)
        return askForKeys(error);
    if (error.code == Code::UnknownDevice && m_stage == Stage::Session && !m_enrolmentShown.shown()) {
        m_enrolmentShown.ask(); // a restored office may have lost the enrolment that this tablet holds
        m_stage = Stage::ShowEnrolment;
        return;
    }
    if (error.code == Code::RevokedDevice && m_stage == Stage::Pull) {
        m_context.uploadOnly = true; // it may still deliver
        m_context.troubles.push_back(error);
        return advance();
    }
    if (stopsSync(error.code))
        return stop(error);
    wait(error, retryAfterMs);
}

void SyncMachine::askForKeys(const Error &error) {
    if (m_keysAsked)
        return stop(fail(Code::WrongServer, error.detail, Retry::AfterUser));
    m_keysAsked = true;
    m_keys.ask();
    m_stage = Stage::Keys;
}

void SyncMachine::resume() {
    if (!m_resume)
        return start();
    m_state = State::Working;
    m_error.reset();
    m_renewals = 0;
    m_keysAsked = m_stage == Stage::Keys;
    if (m_keysAsked)
        m_keys.ask();
}

void SyncMachine::wait(const Error &error, std::int64_t retryAfterMs, bool resume) {
    m_resume = resume;
    m_error = error;
    m_state = State::Waiting;
    ++m_failures;
    m_waitUntilMs = m_clock.nowMs() + backoffMs(m_failures, retryAfterMs, m_context.random);
    save();
}

void SyncMachine::stop(const Error &error) {
    m_error = error;
    m_state = State::Stopped;
    save();
}

Result<bool> SyncMachine::workLeft() {
    ZHICHA_ASSIGN(const ChainHead head, m_store.chainHead());
    ZHICHA_ASSIGN(const std::int64_t acknowledged, m_store.acknowledged());
    if (acknowledged < head.seq)
        return true;
    ZHICHA_ASSIGN(const std::vector<PhotoRecord> waiting, m_store.photos().inState(PhotoState::Waiting));
    return !waiting.empty();
}

void SyncMachine::finish() {
    if (m_goal == SyncGoal::Everything) {
        const auto left = workLeft();
        if (!left)
            return stop(left.error());
        if (*left && m_context.troubles.empty()) {
            if (m_again)
                return wait(fail(Code::Busy, "the office takes no more for now", Retry::Later), 0, false);
            start(); // recorded while this round was under way
            m_again = true;
            return;
        }
        if (*left)
            return wait(m_context.troubles.front(), 0, false);
        if (!m_context.troubles.empty())
            m_error = m_context.troubles.front();
    }
    m_state = State::Done;
    m_failures = 0;
    m_lastSuccessMs = m_clock.nowMs();
    m_waitUntilMs = 0;
    save();
}

void SyncMachine::save() {
    SyncState state;
    state.lastSuccessMs = m_lastSuccessMs;
    state.failures = m_failures;
    state.nextTryMs = m_state == State::Waiting ? m_waitUntilMs : 0;
    state.code = m_error ? std::string(codeName(m_error->code)) : std::string();
    state.stopped = m_state == State::Stopped;
    // Only what the status line shows: a store that cannot take it says so at the next record.
    if (const Status saved = saveSyncState(m_store, state); !saved && m_state != State::Stopped) {
        m_error = saved.error();
        m_state = State::Stopped;
    }
}

} // namespace zhicha
