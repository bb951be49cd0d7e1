#pragma once
// 停留: how long the fixes show somebody inside a fence without a break.
#include "shared/geo/fence.h"

namespace zhicha {

/** Fed with fixes in the order of their times; evidence, so it only ever counts what two fixes show.
 *  Rules:   the time between two neighbouring fixes counts if both are inside and at most kUnusableAfterMs apart.
 *           A longer gap adds nothing but breaks nothing off; a fix on the edge neither adds nor breaks; one outside
 *           starts anew. A fix not newer than the last one is left out.
 *  Threads: one.
 */
class DwellMeter {
public:
    explicit DwellMeter(Fence fence) : m_fence(std::move(fence)) {}
    FenceReading feed(const Fix &fix);
    [[nodiscard]] std::int64_t dwellMs() const { return m_dwellMs; }
    /** The first fix inside since the last one outside; none while there is no arrival. */
    [[nodiscard]] const std::optional<Fix> &arrival() const { return m_arrival; }

private:
    Fence m_fence;
    std::optional<Fix> m_arrival;
    std::optional<std::int64_t> m_lastMs;
    std::int64_t m_dwellMs = 0;
    bool m_lastInside = false;
};

} // namespace zhicha
