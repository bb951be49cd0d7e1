#pragma once
// Time and randomness as parameters, so that a simulation can own both.
#include "shared/base/bytes.h"

#include <chrono>

namespace zhicha {

/** Threads: implementations of the product are safe from any thread. */
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual std::int64_t nowMs() const = 0;       ///< wall clock, ms UTC; may be wrong or jump
    [[nodiscard]] virtual std::int64_t monotonicUs() const = 0; ///< never falls within one boot
    [[nodiscard]] virtual std::int32_t offsetMinutes() const { return 480; } ///< local time minus UTC
    [[nodiscard]] virtual std::string bootId() const { return "boot"; }      ///< changes with each boot
};

class RandomSource {
public:
    virtual ~RandomSource() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;
    template <std::size_t N>
    std::array<std::uint8_t, N> array() {
        std::array<std::uint8_t, N> out;
        fill(out);
        return out;
    }
    std::uint64_t next() {
        std::uint64_t value = 0;
        fill({reinterpret_cast<std::uint8_t *>(&value), sizeof value});
        return value;
    }
};

/** The machine's own clock and the kernel's random numbers. Static, never destroyed. */
[[nodiscard]] Clock &systemClock();
[[nodiscard]] RandomSource &systemRandom();

} // namespace zhicha
