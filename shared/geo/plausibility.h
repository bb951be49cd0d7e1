#pragma once
// Reasons to doubt a sequence of fixes. Shown with the fix, never a silent block: receivers err more often than people
// lie.
#include "shared/geo/fix.h"

namespace zhicha {

/** Faster than any train or helicopter that brings an inspector (360 km/h). */
constexpr std::int64_t kMaxSpeedMmPerSecond = 100'000;
/** A real receiver's last digits wander; those with static hold may stand still for a minute at a red light. */
constexpr std::int64_t kFrozenAfterMs = 120'000;
constexpr int kFrozenAfterFixes = 30; ///< so that a receiver that reports every minute is not called frozen
constexpr int kSatellitesNeeded = 4;  ///< three for the place, one for the clock

/** Judges each fix by those before it.
 *  Jump:    farther than kMaxSpeed allows in the time between, after both accuracies are taken off (where unstated,
 *           kUnstatedAccuracyMm), or the time went back. Frozen: same coordinates to 1e-7° for kFrozenAfterMs and
 *           kFrozenAfterFixes. Few satellites: a known number under kSatellitesNeeded. Mock: stays as the source set
 *           it, and is set for FixSource::Simulated.
 *  Threads: one.
 */
class FixJudge {
public:
    /** Returns fix with its flags completed; satellitesUsed unknown = nullopt. */
    [[nodiscard]] Fix judge(Fix fix, std::optional<int> satellitesUsed);
    void reset() { *this = {}; } ///< a new receiver, or recording starts again elsewhere

private:
    std::optional<Fix> m_last;
    std::int64_t m_sameSinceMs = 0;
    int m_sameCount = 0;
};

} // namespace zhicha
