#include "mobile/engine/capture/receiver_watch.h"

#include <algorithm>

namespace zhicha {

void ReceiverWatch::start(std::int64_t nowMs) {
    if (m_line == Line::Off) {
        *this = ReceiverWatch(m_timing);
        m_openedMs = nowMs;
    }
    m_line = Line::Opening;
    m_retryAtMs = 0;
}

void ReceiverWatch::stop() {
    *this = ReceiverWatch(m_timing);
}

void ReceiverWatch::opened(std::int64_t nowMs) {
    m_line = Line::Open;
    m_openedMs = m_lastByteMs = m_lastSentenceMs = nowMs;
    m_sentences = 0;
}

void ReceiverWatch::came(std::uint64_t sentences, std::int64_t nowMs) {
    m_lastByteMs = nowMs;
    if (sentences == m_sentences)
        return;
    m_sentences = sentences;
    m_lastSentenceMs = nowMs;
    m_failures = 0;
}

void ReceiverWatch::lost(ReceiverTrouble trouble, std::string detail, std::int64_t nowMs) {
    if (m_line == Line::Off)
        return;
    m_line = Line::Lost;
    m_trouble = trouble;
    m_detail = std::move(detail);
    m_satellites = {};
    if (trouble == ReceiverTrouble::Ended) {
        m_retryAtMs = 0;
        return;
    }
    const int doublings = std::min(m_failures++, 16);
    m_retryAtMs = nowMs + std::min(m_timing.firstRetryMs << doublings, m_timing.lastRetryMs);
}

bool ReceiverWatch::retryDue(std::int64_t nowMs) {
    if (m_line != Line::Lost || m_retryAtMs == 0 || nowMs < m_retryAtMs)
        return false;
    m_line = Line::Opening;
    m_retryAtMs = 0;
    return true;
}

bool ReceiverWatch::shouldReopen(std::int64_t nowMs) const {
    return m_line == Line::Open && nowMs - m_lastByteMs >= m_timing.reopenAfterMs;
}

ReceiverTrouble ReceiverWatch::quiet(std::int64_t nowMs) const {
    if (nowMs - m_lastByteMs >= m_timing.silentAfterMs)
        return ReceiverTrouble::Silent;
    return nowMs - m_lastSentenceMs >= m_timing.silentAfterMs ? ReceiverTrouble::Unreadable : ReceiverTrouble::None;
}

ReceiverView ReceiverWatch::view(std::int64_t nowMs) const {
    ReceiverView view;
    view.latest = m_latest;
    view.satellites = m_satellites;
    view.retryAtMs = m_retryAtMs;
    switch (m_line) {
    case Line::Off:
        return view;
    case Line::Opening:
        // A second try is no news: what went wrong stays on the screen until something works.
        view.state = m_failures > 0 ? ReceiverState::Trouble : ReceiverState::Opening;
        break;
    case Line::Lost:
        view.state = ReceiverState::Trouble;
        break;
    case Line::Open:
        view.trouble = quiet(nowMs);
        if (view.trouble != ReceiverTrouble::None)
            view.state = ReceiverState::Trouble;
        else if (!m_latest)
            view.state = ReceiverState::Searching;
        else
            view.state = freshness(m_latest->at(nowMs).ageMs) == Freshness::Unusable ? ReceiverState::Stale
                                                                                     : ReceiverState::Fixed;
        return view;
    }
    if (view.state == ReceiverState::Trouble) {
        view.trouble = m_trouble;
        view.detail = m_detail;
    }
    return view;
}

} // namespace zhicha
