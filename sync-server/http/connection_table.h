#pragma once
// Who is connected: limits in total and per address, and the list that a stop goes through. Internal to zhicha_http.
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace zhicha {

/** What the table may do to a connection. Threads: calls come from any thread and only post to the connection's own. */
class Closable {
public:
    virtual ~Closable() = default;
    virtual void closeIfIdle() = 0;
    virtual void closeNow() = 0;
    /** Between two requests just now. */
    [[nodiscard]] virtual bool isIdle() const = 0;
};

enum class Admission { Admitted, TotalLimit, AddressLimit };

/** Threads: any. */
class ConnectionTable {
public:
    ConnectionTable(std::size_t maxTotal, std::size_t maxPerAddress)
        : m_maxTotal(maxTotal), m_maxPerAddress(maxPerAddress) {}

    /** Enters a connection. When the table is full, an idle connection of the address that holds most makes room for
     *  an address that holds at least two fewer: one greedy client cannot shut out the others. */
    [[nodiscard]] Admission enter(const std::string &addressKey, const std::shared_ptr<Closable> &connection);
    void leave(const std::string &addressKey, const Closable *connection);
    void forEach(const std::function<void(Closable &)> &visit) const;
    [[nodiscard]] std::size_t size() const;

private:
    struct Entry {
        std::string addressKey;
        std::weak_ptr<Closable> connection;
    };
    [[nodiscard]] std::shared_ptr<Closable> idleOfGreediest(std::size_t newcomerCount) const;

    mutable std::mutex m_mutex;
    const std::size_t m_maxTotal;
    const std::size_t m_maxPerAddress;
    std::unordered_map<const Closable *, Entry> m_entries;
    std::unordered_map<std::string, std::size_t> m_counts;
};

} // namespace zhicha
