#include "tests/simulation/observed.h"

#include <algorithm>

namespace zhicha::test {

namespace {
std::string nameOf(const Observed::Key &key) {
    return toText(key.first).substr(0, 8) + "/" + std::to_string(key.second);
}
} // namespace

void Observed::saved(const Uuid &device, std::int64_t seq, const Digest &d, const std::optional<Uuid> &check) {
    ++m_step;
    if (!m_writes.try_emplace({device, seq}, Write{d, check, 0, false}).second)
        return;
    if (check)
        m_ofCheck[*check].push_back({device, seq});
}

void Observed::acknowledged(const Uuid &device, std::int64_t upto) {
    ++m_step;
    std::int64_t &before = m_upto[device];
    for (std::int64_t seq = before + 1; seq <= upto; ++seq)
        if (const auto write = m_writes.find({device, seq}); write != m_writes.end())
            write->second.acknowledgedAt = m_step, write->second.promised = true;
    before = std::max(before, upto);
}

void Observed::asked(const Uuid &reader) {
    m_askedAt[reader] = ++m_step;
}

void Observed::restored() {
    ++m_step;
    m_upto.clear();
    for (auto &[key, write] : m_writes)
        write.acknowledgedAt = 0;
}

void Observed::read(const Uuid &reader, const Uuid &check, const std::vector<Key> &seen) {
    const auto asked = m_askedAt.find(reader);
    const auto writes = m_ofCheck.find(check);
    if (asked == m_askedAt.end() || writes == m_ofCheck.end())
        return;
    const auto sees = [&](const Key &key) { return std::find(seen.begin(), seen.end(), key) != seen.end(); };
    for (const Key &key : writes->second) {
        const Write &write = m_writes.at(key);
        if (key.first != reader && write.acknowledgedAt != 0 && write.acknowledgedAt < asked->second && !sees(key))
            m_stale.push_back("stale: " + toText(reader).substr(0, 8) + " does not see " + nameOf(key) +
                              ", which was acknowledged before it asked");
    }
    // What was seen once is not unseen.
    std::vector<Key> &before = m_seen[{reader, check}];
    for (const Key &key : before)
        if (!sees(key))
            m_stale.push_back("stale: " + toText(reader).substr(0, 8) + " has lost sight of " + nameOf(key));
    before = seen;
}

void Observed::found(const Uuid &device, std::int64_t seq, const Digest &d) {
    std::vector<Place> &places = m_found[{device, seq}];
    const auto same = std::find_if(places.begin(), places.end(), [&](const Place &place) { return place.d == d; });
    if (same == places.end())
        places.push_back({d, 1});
    else
        ++same->times;
}

std::vector<std::string> Observed::judge() const {
    std::vector<std::string> wrong = m_stale;
    for (const auto &[key, write] : m_writes) {
        const auto places = m_found.find(key);
        const bool there = places != m_found.end() &&
                           std::any_of(places->second.begin(), places->second.end(),
                                       [&, &saved = write](const Place &place) { return place.d == saved.d; });
        if (write.promised && !there)
            wrong.push_back("lost: " + nameOf(key) + " was acknowledged and is not in the log");
    }
    for (const auto &[key, places] : m_found)
        for (const Place &place : places) {
            if (place.times > 1)
                wrong.push_back("duplicated: " + nameOf(key) + " stands " + std::to_string(place.times) + " times");
            const auto write = m_writes.find(key);
            if (write == m_writes.end() || write->second.d != place.d)
                wrong.push_back("invented: " + nameOf(key) + " is in the log and nobody saved it");
        }
    return wrong;
}

} // namespace zhicha::test
