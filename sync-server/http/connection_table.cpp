#include "sync-server/http/connection_table.h"

#include "shared/base/plant.h"

#include <algorithm>
#include <vector>

namespace zhicha {

Admission ConnectionTable::enter(const std::string &addressKey, const std::shared_ptr<Closable> &connection) {
    std::shared_ptr<Closable> displaced; // closed after the lock is gone
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_counts.find(addressKey);
        const auto count = found == m_counts.end() ? 0 : found->second;
        if (count >= m_maxPerAddress && !plant("http_no_address_limit"))
            return Admission::AddressLimit;
        if (m_entries.size() >= m_maxTotal) {
            displaced = idleOfGreediest(count);
            // The displaced one leaves by itself a moment later: the total may be exceeded by those on their way out.
            if (!displaced || m_entries.size() >= m_maxTotal + m_maxTotal / 8 + 1)
                return Admission::TotalLimit;
        }
        Entry entry;
        entry.addressKey = addressKey;
        entry.connection = connection;
        m_entries.emplace(connection.get(), std::move(entry));
        ++m_counts[addressKey];
    }
    if (displaced)
        displaced->closeIfIdle();
    return Admission::Admitted;
}

std::shared_ptr<Closable> ConnectionTable::idleOfGreediest(std::size_t newcomerCount) const {
    const auto most = std::max_element(m_counts.begin(), m_counts.end(),
                                       [](const auto &a, const auto &b) { return a.second < b.second; });
    if (most == m_counts.end() || most->second < newcomerCount + 2)
        return nullptr;
    for (const auto &[key, entry] : m_entries) {
        if (entry.addressKey != most->first)
            continue;
        auto connection = entry.connection.lock();
        if (connection && connection->isIdle())
            return connection;
    }
    return nullptr;
}

void ConnectionTable::leave(const std::string &addressKey, const Closable *connection) {
    const std::lock_guard lock(m_mutex);
    if (m_entries.erase(connection) == 0)
        return;
    const auto found = m_counts.find(addressKey);
    if (--found->second == 0)
        m_counts.erase(found);
}

void ConnectionTable::forEach(const std::function<void(Closable &)> &visit) const {
    std::vector<std::shared_ptr<Closable>> all;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[key, entry] : m_entries) {
            if (auto connection = entry.connection.lock())
                all.push_back(std::move(connection));
        }
    }
    for (const auto &connection : all)
        visit(*connection);
}

std::size_t ConnectionTable::size() const {
    const std::lock_guard lock(m_mutex);
    return m_entries.size();
}

} // namespace zhicha
