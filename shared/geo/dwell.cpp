#include "shared/geo/dwell.h"

#include "shared/base/plant.h"

namespace zhicha {

FenceReading DwellMeter::feed(const Fix &fix) {
    const FenceReading reading = m_fence.read(fix);
    if (m_lastMs && fix.t <= *m_lastMs)
        return reading;
    const std::int64_t step = m_lastMs ? fix.t - *m_lastMs : 0;
    m_lastMs = fix.t;
    const bool inside = reading.relation == FenceRelation::Inside;
    if (reading.relation == FenceRelation::Outside) {
        m_dwellMs = 0;
        m_arrival.reset();
    } else if (inside && m_lastInside && (step <= kUnusableAfterMs || plant("dwell_counts_gaps"))) {
        m_dwellMs += step;
    }
    if (inside && !m_arrival)
        m_arrival = fix;
    m_lastInside = inside;
    return reading;
}

} // namespace zhicha
