#pragma once
// 航迹 as it comes: every fix of a check on disk at once, operations of them now and then; and the way there (出发),
// which begins before the check does.
#include "mobile/engine/record/recorder.h"

namespace zhicha {

/** Somebody set out for a site: the check's id is minted, check.start comes on the spot. A draft of kind kJourneyDraft
 *  that check.start removes as it removes every draft of its id. */
struct Journey {
    Uuid check;
    Uuid site;
    std::vector<Uuid> items;
    std::int64_t sinceMs = 0;
};
inline constexpr const char *kJourneyDraft = "check";

struct TrackTuning {
    std::int64_t everyMs = 1'000; ///< receivers say it up to ten times a second; on a low battery 10 s
    /** So many points become an operation: a few minutes, so that what the office sees is not older. */
    std::int64_t piecePoints = 300;
};

/** Owner:   the app's store session. Threads: the store's.
 *  Holds:   nothing is kept but between 出发 (or the start of a check) and its finish on this chain: outside of that
 *           keep() answers NotAllowed and writes nothing. What keep() kept survives a power cut.
 *  Errors:  the store's own. */
class TrackKeeper {
public:
    explicit TrackKeeper(Recorder &recorder) : m_recorder(recorder), m_store(recorder.store()) {}

    /** Mints the check; while a journey is under way, its site and items are changed and its id stays. */
    Result<Journey> setOff(const Uuid &site, const std::vector<Uuid> &items);
    Result<std::optional<Journey>> journey();
    /** The check is not made: its way is nobody's business and goes with it. */
    Status giveUp(const Uuid &check);

    /** True if it was kept; false if it is too old or too soon after the last one. */
    Result<bool> keep(const Uuid &check, const Fix &fix, const TrackTuning &tuning = {});
    /** What is not in an operation yet becomes one; nothing if there is none or the check has not started. */
    Status cut(const Uuid &check);

private:
    Result<bool> underWay(const Uuid &check);
    Recorder &m_recorder;
    LocalStore &m_store;
};

/** So many new ids, each after the one before it: those of one millisecond would come in any order, and pieces are read
 *  in the order of their ids. */
[[nodiscard]] std::vector<Uuid> idsInOrder(ChainWriter &writer, std::size_t count);
/** The points of a check that are in no operation yet, appended to the chain inside the caller's transaction. */
[[nodiscard]] Status appendTrack(ChainWriter &writer, const Uuid &check);

} // namespace zhicha
