#pragma once
// Findings from a seed, the same for the product and for the baseline: 16 columns, about 680 bytes as JSON, with
// Chinese and English words in turn. Same number, same row.
#include "shared/base/ids.h"

#include <string>

namespace zhicha::bench {

struct FindingRow {
    std::string id, item, site, check, inspector, device, category, text, status, photo;
    std::int64_t severity = 0, latE7 = 0, lonE7 = 0, createdMs = 0, updatedMs = 0, revision = 1;
};

class Dice {
public:
    explicit Dice(std::uint64_t seed) : m_state(seed * 0x9e3779b97f4a7c15ULL + 0x632be59bd9b4e019ULL) {}
    std::uint64_t next() {
        m_state += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }

private:
    std::uint64_t m_state;
};

/** 200 bytes of words, cut between characters. */
inline std::string makeText(Dice &dice) {
    static constexpr const char *kWords[] = {"道路积水未排", "wall crack",      "整改不到位",   "missing sign",
                                             "现场无人值守", "pump idle",       "群众反映",     "rebar exposed",
                                             "台账缺失",     "drain blocked",   "进度滞后",     "fence open",
                                             "公示栏未更新", "dust cover torn", "材料堆放混乱", "lamp broken"};
    std::string text;
    while (text.size() < 200)
        text += std::string(text.empty() ? "" : " ") + kWords[dice.below(16)] + " " + std::to_string(dice.below(1000));
    std::size_t end = 200;
    while ((static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    text.resize(end);
    text.resize(200, '.');
    return text;
}

inline Uuid idOf(Dice &dice) {
    Uuid id;
    for (std::size_t i = 0; i < 16; i += 8) {
        const std::uint64_t word = dice.next();
        for (std::size_t k = 0; k < 8; ++k)
            id.bytes[i + k] = static_cast<std::uint8_t>(word >> (8 * k));
    }
    return id;
}

/** Its first six bytes are an instant, as those of UUIDv7 are. */
inline Uuid idAt(std::int64_t ms, Dice &dice) {
    Uuid id = idOf(dice);
    for (std::size_t i = 0; i < 6; ++i)
        id.bytes[i] = static_cast<std::uint8_t>(ms >> (8 * (5 - i)));
    return id;
}

/** `number` from 0; ids of findings and checks rise with the number, as the product's do. */
inline FindingRow makeRow(std::uint64_t number) {
    static constexpr const char *kCategories[] = {"safety", "quality", "progress", "ledger", "attitude"};
    Dice dice(number);
    Dice of(number / 5 + 1'000'000'007); // five findings a check
    FindingRow row;
    row.createdMs = 1'795'482'000'000 + static_cast<std::int64_t>(number) * 1000;
    row.updatedMs = row.createdMs + static_cast<std::int64_t>(dice.below(60'000));
    row.id = toText(idAt(row.createdMs, dice));
    Dice item(dice.below(2000) + 1'000'000'000'000), site(dice.below(500) + 2'000'000'000'000);
    row.item = toText(idOf(item));
    row.site = toText(idOf(site));
    row.check = toText(idAt(row.createdMs - static_cast<std::int64_t>(number % 5) * 1000, of));
    const std::uint64_t inspector = dice.below(50);
    row.inspector = "inspector-" + std::to_string(10 + inspector);
    row.device = "tablet-" + std::to_string(10 + inspector % 20);
    row.category = kCategories[dice.below(5)];
    row.text = makeText(dice);
    row.status = "open";
    for (int i = 0; i < 4; ++i) {
        Dice digest(dice.next());
        row.photo += toHex(idOf(digest).bytes).substr(0, 16);
    }
    row.severity = 1 + static_cast<std::int64_t>(dice.below(3));
    row.latE7 = 347'000'000 + static_cast<std::int64_t>(dice.below(10'000'000));
    row.lonE7 = 1'111'000'000 + static_cast<std::int64_t>(dice.below(10'000'000));
    return row;
}

} // namespace zhicha::bench
