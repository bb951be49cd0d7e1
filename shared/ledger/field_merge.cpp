#include "shared/ledger/field_merge.h"

#include "shared/base/plant.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

namespace zhicha {

namespace {

/** Resolves bases over the writes of one field. Digests cannot form a cycle, since each covers the ones it names. */
class Bases {
public:
    Bases(const std::vector<FieldWrite> &writes, bool decisions) : m_writes(writes), m_decisions(decisions) {
        for (std::size_t i = 0; i < writes.size(); ++i)
            m_index.emplace(writes[i].d, i);
        m_seen.resize(writes.size());
        m_state.assign(writes.size(), Visit::New);
        m_effective.assign(writes.size(), 0);
        m_needsOffice.assign(writes.size(), 0);
        for (std::size_t i = 0; i < writes.size(); ++i)
            resolve(i);
    }
    [[nodiscard]] bool effective(std::size_t i) const { return m_effective[i] != 0; }
    [[nodiscard]] bool needsOffice(std::size_t i) const { return m_needsOffice[i] != 0; }
    /** The effective writes that write i saw, through ineffective ones. */
    [[nodiscard]] const std::set<std::size_t> &seen(std::size_t i) const { return m_seen[i]; }

private:
    enum class Visit : std::uint8_t { New, Open, Done };

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
                for (const Digest &d : *m_writes[i].base)
                    if (const auto it = m_index.find(d); it != m_index.end() && m_state[it->second] == Visit::New)
                        stack.push_back(it->second);
            }
        }
    }

    void finish(std::size_t i) {
        for (const Digest &d : *m_writes[i].base) {
            const auto it = m_index.find(d);
            if (it == m_index.end() || m_state[it->second] != Visit::Done)
                continue;
            if (m_effective[it->second] != 0)
                m_seen[i].insert(it->second);
            else
                m_seen[i].insert(m_seen[it->second].begin(), m_seen[it->second].end());
        }
        m_needsOffice[i] = m_decisions && !m_writes[i].serverChain && isDecision(i) ? 1 : 0;
        m_effective[i] = m_writes[i].effective && m_needsOffice[i] == 0 ? 1 : 0;
        m_state[i] = Visit::Done;
    }

    [[nodiscard]] bool isDecision(std::size_t i) const {
        const cbor::Value *first = nullptr;
        for (const std::size_t j : m_seen[i]) {
            if (first != nullptr && !(*first == *m_writes[j].value))
                return true;
            first = m_writes[j].value;
        }
        return false;
    }

    const std::vector<FieldWrite> &m_writes;
    bool m_decisions;
    std::unordered_map<Digest, std::size_t, DigestHash> m_index;
    std::vector<std::set<std::size_t>> m_seen;
    std::vector<Visit> m_state;
    std::vector<std::uint8_t> m_effective;
    std::vector<std::uint8_t> m_needsOffice;
};

std::vector<std::size_t> survivors(const std::vector<FieldWrite> &writes, const Bases &bases) {
    std::vector<std::uint8_t> superseded(writes.size(), 0);
    for (std::size_t i = 0; i < writes.size(); ++i)
        if (bases.effective(i))
            for (const std::size_t j : bases.seen(i))
                superseded[j] = 1;
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < writes.size(); ++i)
        if (bases.effective(i) && superseded[i] == 0)
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
