#include "sync-server/office/console/event_hub.h"

namespace zhicha {

namespace {
constexpr std::size_t kKept = 1000;
}

void EventHub::publish(std::int64_t log, std::vector<ConsoleChange> changes) {
    const std::lock_guard lock(m_mutex);
    for (ConsoleChange &change : changes)
        m_changes.push_back(std::move(change));
    while (m_changes.size() > kKept) {
        m_forgotten = m_changes.front().log;
        m_changes.pop_front();
    }
    if (m_log.load(std::memory_order_relaxed) == 0)
        m_forgotten = std::max(m_forgotten, log - 1); // before the server started: unknown
    m_log.store(log, std::memory_order_release);
}

EventHub::Page EventHub::since(std::int64_t log) const {
    const std::lock_guard lock(m_mutex);
    Page page;
    page.log = m_log.load(std::memory_order_relaxed);
    page.more = log < m_forgotten;
    for (const ConsoleChange &change : m_changes)
        if (change.log > log)
            page.changes.push_back(change);
    return page;
}

} // namespace zhicha
