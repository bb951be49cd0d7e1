#include "shared/geo/plausibility.h"

#include "shared/geo/distance.h"
#include "shared/geo/fence.h"

namespace zhicha {
namespace {

bool isJump(const Fix &from, const Fix &to) {
    const std::int64_t elapsedMs = to.t - from.t;
    if (elapsedMs < 0)
        return true;
    constexpr std::int64_t dayMs =
        86'400'000; // after a day any place on earth can be reached; also keeps the product small
    if (elapsedMs > dayMs)
        return false;
    const std::int64_t noise =
        from.accuracyMm.value_or(kUnstatedAccuracyMm) + to.accuracyMm.value_or(kUnstatedAccuracyMm);
    return distanceMm(from.at, to.at) - noise > elapsedMs * kMaxSpeedMmPerSecond / 1000;
}

} // namespace

Fix FixJudge::judge(Fix fix, std::optional<int> satellitesUsed) {
    if (fix.source == FixSource::Simulated)
        fix.flags |= kFixMock;
    if (satellitesUsed && *satellitesUsed < kSatellitesNeeded)
        fix.flags |= kFixFewSatellites;
    if (m_last && isJump(*m_last, fix))
        fix.flags |= kFixJump;
    if (m_last && m_last->at == fix.at && fix.t >= m_last->t) {
        ++m_sameCount;
    } else {
        m_sameCount = 1;
        m_sameSinceMs = fix.t;
    }
    if (m_sameCount >= kFrozenAfterFixes && fix.t - m_sameSinceMs >= kFrozenAfterMs)
        fix.flags |= kFixFrozen;
    m_last = fix;
    return fix;
}

} // namespace zhicha
