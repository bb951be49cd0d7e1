#pragma once
// Which folded rows were written, so that who keeps something made of them reads again only what changed.
#include "shared/base/ids.h"
#include "shared/ledger/row.h"

#include <atomic>
#include <optional>
#include <vector>

namespace zhicha {

struct EntityChange {
    Uuid entity;
    EntityType type = EntityType::Unknown;
    std::optional<Uuid> check;
};

/** How far a reader has come; a fresh one has seen nothing. */
struct ChangeMark {
    std::uint64_t epoch = 0;
    std::size_t at = 0;
};

/** In memory, from the opening of a store on. A write that was rolled back stands here too: the reader looks at the row
 *  itself, and finds it as it was. Threads: the store's. Cost: 48 B a write, kMost of them at most. */
class EntityChanges {
public:
    static constexpr std::size_t kMost = 50'000;
    EntityChanges() { forget(); }

    void note(const EntityChange &change) {
        if (m_list.size() == kMost)
            forget();
        m_list.push_back(change);
    }
    /** Everybody reads everything anew: a row is gone, or more was written than is worth keeping. */
    void forget() {
        static std::atomic<std::uint64_t> epochs{0}; // of all stores, so that a mark of another one is none here
        m_epoch = ++epochs;
        m_list.clear();
    }
    /** What was written since the mark, which moves to now; nullopt: read everything. */
    [[nodiscard]] std::optional<std::vector<EntityChange>> since(ChangeMark &mark) const {
        const ChangeMark from = mark;
        mark = {m_epoch, m_list.size()};
        if (from.epoch != m_epoch)
            return std::nullopt;
        return std::vector(m_list.begin() + static_cast<std::ptrdiff_t>(from.at), m_list.end());
    }

private:
    std::uint64_t m_epoch = 0;
    std::vector<EntityChange> m_list;
};

} // namespace zhicha
