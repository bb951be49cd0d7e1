#pragma once
// What changed lately, for pages that are being looked at. Holds the last thousand changes; who asks for older ones is
// told to load anew. Also wakes nobody: watchers ask a few times a second, which costs one comparison.
#include "shared/base/ids.h"

#include <atomic>
#include <deque>
#include <mutex>

namespace zhicha {

struct ConsoleChange {
    std::int64_t log = 0;
    std::string kind;         ///< check, finding, conflict, device, person, photo, feedback
    std::string id;           ///< never a name
    std::vector<Uuid> people; ///< of a check's change: who is of the check, for scoping
    bool operator==(const ConsoleChange &) const = default;
};

/** Threads: any. */
class EventHub {
public:
    /** Everything up to `log` is in the lists now. */
    void publish(std::int64_t log, std::vector<ConsoleChange> changes);
    [[nodiscard]] std::int64_t log() const { return m_log.load(std::memory_order_acquire); }

    struct Page {
        std::int64_t log = 0;
        std::vector<ConsoleChange> changes;
        bool more = false; ///< some are no longer known
    };
    [[nodiscard]] Page since(std::int64_t log) const;

private:
    mutable std::mutex m_mutex;
    std::deque<ConsoleChange> m_changes;
    std::int64_t m_forgotten = 0; ///< the highest log number whose changes may be missing
    std::atomic<std::int64_t> m_log{0};
};

} // namespace zhicha
