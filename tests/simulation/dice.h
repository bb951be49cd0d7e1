#pragma once
// The only source of chance of a simulated history, and what a seed decides before it begins.
#include "shared/base/sources.h"

#include <cstdint>

namespace zhicha::test {

/** Splitmix64. Owner: the history. Same seed, same throws. */
class Dice {
public:
    explicit Dice(std::uint64_t seed) : m_state(seed * 0x9e3779b97f4a7c15u + 1) {}
    std::uint64_t next() {
        std::uint64_t x = m_state += 0x9e3779b97f4a7c15u;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
        x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
        return x ^ (x >> 31);
    }
    /** From 0 to n - 1; n > 0. */
    int below(int n) { return static_cast<int>(next() % static_cast<std::uint64_t>(n)); }
    bool perMille(int rate) { return rate > 0 && below(1000) < rate; }
    bool coin() { return below(2) == 0; }
    template <typename List>
    auto &pick(List &list) {
        return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
    }

private:
    std::uint64_t m_state;
};

/** Rates in one of a thousand; which of them are zero differs from seed to seed (swarm testing), since faults hide each
 *  other: a link that drops everything never shows what a duplicate does. */
struct Faults {
    // per request
    int dropRequest = 0, dropAnswer = 0, duplicate = 0, late = 0, truncate = 0, captive = 0, badGateway = 0,
        cutBody = 0, corrupt = 0, garble = 0, stale = 0, unknownPeer = 0;
    // per step
    int tabletCrash = 0, officeCrash = 0, tabletError = 0, officeError = 0, tabletFull = 0, officeFull = 0, kill = 0,
        clockJump = 0, reboot = 0, night = 0;
    // per step, in half of the seeds (restores.cpp)
    int backup = 0, restore = 0, earlyEnd = 0;

    [[nodiscard]] static Faults of(Dice &dice) {
        Faults faults;
        const auto rate = [&](int most) { return dice.coin() ? 0 : 1 + dice.below(most); };
        for (int *link : {&faults.dropRequest, &faults.dropAnswer, &faults.duplicate, &faults.late})
            *link = rate(250);
        for (int *link : {&faults.truncate, &faults.captive, &faults.badGateway, &faults.cutBody, &faults.corrupt,
                          &faults.garble, &faults.stale, &faults.unknownPeer})
            *link = rate(60);
        for (int *step :
             {&faults.tabletCrash, &faults.officeCrash, &faults.tabletError, &faults.officeError, &faults.tabletFull,
              &faults.officeFull, &faults.kill, &faults.clockJump, &faults.reboot, &faults.night})
            *step = rate(25);
        return faults;
    }
};

/** A clock of one machine: the world's time, an error of its own that jumps, and boots. */
class SimClock final : public Clock {
public:
    explicit SimClock(const std::int64_t &worldMs) : m_worldMs(worldMs), m_bootedMs(worldMs) {}
    [[nodiscard]] std::int64_t nowMs() const override { return m_worldMs + m_errorMs; }
    [[nodiscard]] std::int64_t monotonicUs() const override { return (m_worldMs - m_bootedMs) * 1000 + 1'000'000; }
    [[nodiscard]] std::string bootId() const override { return "boot-" + std::to_string(m_boots); }
    void setErrorMs(std::int64_t ms) { m_errorMs = ms; }
    void reboot() {
        ++m_boots;
        m_bootedMs = m_worldMs;
    }

private:
    const std::int64_t &m_worldMs;
    std::int64_t m_bootedMs;
    std::int64_t m_errorMs = 0;
    int m_boots = 1;
};

} // namespace zhicha::test
