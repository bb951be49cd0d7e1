#include "shared/ledger/field_merge.h"

#include "shared/base/plant.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

namespace zhicha {

namespace {

/** Resolves bases over the writes of one field. Digests cannot form a cycle, since each covers the ones it names.
 *  No write keeps the set of what it saw: an enrolled tablet could send a long base once and have each of ten thousand
 *  later writes hand it on. Whether a set names two values needs two of them, and what is superseded is found by one
 *  walk: memory and steps stay linear in what was sent. */
class Bases {
public:
    Bases(const std::vector<FieldWrite> &writes, bool decisions)
        : m_writes(writes), m_decisions(decisions), m_named(writes.size()), m_values(writes.size()),
          m_state(writes.size(), Visit::New), m_effective(writes.size(), 0), m_needsOffice(writes.size(), 0),
          m_superseded(writes.size(), 0) {
        // Equal values by one pointer: a long text is encoded once, not compared once for each time it is named.
        std::map<Bytes, const cbor::Value *> distinct;
        for (std::size_t i = 0; decisions && i < writes.size(); ++i)
            m_own.push_back(distinct.emplace(cbor::encode(*writes[i].value), writes[i].value).first->second);
        std::unordered_map<Digest, std::size_t, DigestHash> index;
        for (std::size_t i = 0; i < writes.size(); ++i)
            index.emplace(writes[i].d, i);
        for (std::size_t i = 0; i < writes.size(); ++i)
            for (const Digest &d : *writes[i].base)
                if (const auto it = index.find(d); it != index.end())
                    m_named[i].push_back(it->second);
        for (std::size_t i = 0; i < writes.size(); ++i)
            resolve(i);
        supersede();
    }
    [[nodiscard]] bool needsOffice(std::size_t i) const { return m_needsOffice[i] != 0; }
    [[nodiscard]] bool survives(std::size_t i) const { return m_effective[i] != 0 && m_superseded[i] == 0; }
    [[nodiscard]] std::size_t steps() const { return m_steps; }

private:
    enum class Visit : std::uint8_t { New, Open, Done };

    /** Of the distinct values that a base names, through ineffective writes, the first two met. */
    struct SeenValues {
        const cbor::Value *first = nullptr;
        const cbor::Value *second = nullptr;
        void add(const cbor::Value *value) {
            if (value == nullptr || second != nullptr || value == first)
                return;
            if (first == nullptr)
                first = value;
            else
                second = value;
        }
    };

    // Its own stack: a thousand amendments of one finding are a chain that recursion should not follow.
    void resolve(std::size_t start) {
        std::vector<std::size_t> stack{start};
        while (!stack.empty()) {
            const std::size_t i = stack.back();
            if (m_state[i] == Visit::Done) {
                stack.pop_back();
            } else if (m_state[i] == Visit::Open) {
                finish(i);
                stack.pop_back();
            } else {
                m_state[i] = Visit::Open;
                for (const std::size_t j : m_named[i])
                    if (m_state[j] == Visit::New)
                        stack.push_back(j);
            }
        }
    }

    void finish(std::size_t i) {
        SeenValues &seen = m_values[i];
        for (const std::size_t j : m_named[i]) {
            ++m_steps;
            if (!m_decisions)
                continue;
            if (m_effective[j] != 0) {
                seen.add(m_own[j]);
            } else {
                seen.add(m_values[j].first);
                seen.add(m_values[j].second);
            }
        }
        m_needsOffice[i] = !m_writes[i].serverChain && seen.second != nullptr ? 1 : 0;
        m_effective[i] = m_writes[i].effective && m_needsOffice[i] == 0 ? 1 : 0;
        m_state[i] = Visit::Done;
    }

    /** What an effective write names is superseded; an ineffective one hands that on, once. */
    void supersede() {
        std::vector<std::size_t> stack;
        for (std::size_t i = 0; i < m_writes.size(); ++i)
            if (m_effective[i] != 0)
                stack.push_back(i);
        while (!stack.empty()) {
            const std::size_t i = stack.back();
            stack.pop_back();
            for (const std::size_t j : m_named[i]) {
                ++m_steps;
                if (m_superseded[j] == 0 && m_effective[j] == 0)
                    stack.push_back(j);
                m_superseded[j] = 1;
            }
        }
    }

    const std::vector<FieldWrite> &m_writes;
    bool m_decisions;
    std::vector<std::vector<std::size_t>> m_named; ///< the writes that each base names
    std::vector<const cbor::Value *> m_own;        ///< value of each write; equal ones by the same pointer
    std::vector<SeenValues> m_values;
    std::vector<Visit> m_state;
    std::vector<std::uint8_t> m_effective;
    std::vector<std::uint8_t> m_needsOffice;
    std::vector<std::uint8_t> m_superseded;
    std::size_t m_steps = 0;
};

std::vector<std::size_t> survivors(const std::vector<FieldWrite> &writes, const Bases &bases) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < writes.size(); ++i)
        if (bases.survives(i))
            out.push_back(i);
    return out;
}

auto latestKey(const FieldWrite &w) {
    return std::tie(w.estimateMs, w.device, w.seq, w.d);
}

/** Most fields have one write: no base can matter then. */
std::optional<MergedField> trivial(const std::vector<FieldWrite> &writes) {
    if (writes.size() != 1)
        return std::nullopt;
    MergedField merged;
    if (writes[0].effective) {
        merged.values.push_back(*writes[0].value);
        merged.writes.push_back(writes[0].d);
    }
    return merged;
}
} // namespace

MergedField mergeDecided(const std::vector<FieldWrite> &writes) {
    if (auto merged = trivial(writes))
        return *std::move(merged);
    const Bases bases(writes, true);
    MergedField merged;
    merged.steps = bases.steps();
    std::vector<std::pair<Bytes, const cbor::Value *>> values;
    for (const std::size_t i : survivors(writes, bases)) {
        merged.writes.push_back(writes[i].d);
        values.emplace_back(cbor::encode(*writes[i].value), writes[i].value);
    }
    for (std::size_t i = 0; i < writes.size(); ++i)
        if (bases.needsOffice(i))
            merged.needsOffice.push_back(i);
    if (plant("arrival_order_merge") && !values.empty())
        values = {values.back()};
    std::sort(merged.writes.begin(), merged.writes.end());
    std::sort(values.begin(), values.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (std::size_t i = 0; i < values.size(); ++i)
        if (i == 0 || values[i].first != values[i - 1].first)
            merged.values.push_back(*values[i].second);
    return merged;
}

MergedField mergeLatest(const std::vector<FieldWrite> &writes) {
    if (auto merged = trivial(writes))
        return *std::move(merged);
    const Bases bases(writes, false);
    MergedField merged;
    merged.steps = bases.steps();
    const FieldWrite *shown = nullptr;
    for (const std::size_t i : survivors(writes, bases)) {
        merged.writes.push_back(writes[i].d);
        if (shown == nullptr || latestKey(*shown) < latestKey(writes[i]))
            shown = &writes[i];
    }
    std::sort(merged.writes.begin(), merged.writes.end());
    if (shown != nullptr)
        merged.values.push_back(*shown->value);
    return merged;
}

} // namespace zhicha
