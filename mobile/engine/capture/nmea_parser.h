#pragma once
// From a receiver's bytes to fixes: one fix for each epoch (all sentences of one time of day), or none.
#include "mobile/engine/capture/nmea_satellites.h"
#include "shared/geo/plausibility.h"

#include <deque>

namespace zhicha {

/** Millimetres of error for each unit of HDOP, used where no GST says better: the range error of a single-frequency
 *  civil receiver with broadcast orbits and clock (4 to 5 m), multipath in the open included. */
constexpr std::int64_t kRangeErrorMm = 5'000;
/** From here on an HDOP (99.99 as well) is the receiver's way of saying that it knows none. */
constexpr std::int64_t kHdopHundredthsUnknown = 5'000;
/** A pause that ends an epoch on a live line: longer than any gap between the sentences of one. */
constexpr std::int64_t kQuietMs = 300;

struct NmeaOptions {
    FixSource source = FixSource::Nmea;
    /** Dates over a day before this come from a receiver whose 1024 weeks ran over and are moved forward. For a live
     *  receiver: when the program was built, or the last time proven by a server. nullopt for old recordings. */
    std::optional<std::int64_t> notBeforeMs;
};

/** A fix with the monotonic time at which its first sentence came in. */
struct HeardFix {
    Fix fix; ///< ageMs is 0 here; see at()
    std::int64_t heardMs = 0;
    std::optional<int> satellitesUsed;
    std::optional<std::int64_t> speedMmPerSecond;
    bool rolloverRepaired = false;
    /** The fix as it is used at nowMs of the same monotonic clock: with its age. If that clock went back, the age is
     *  beyond use. */
    [[nodiscard]] Fix at(std::int64_t nowMs) const;
};

/** What was said so far about one time of day. */
struct NmeaEpoch {
    std::int64_t timeOfDayMs = 0;
    std::int64_t heardMs = 0;
    std::optional<LatLon> place;
    int placeRank = 0; ///< which sentence gave it: the one with most digits wins
    bool refused = false;
    bool simulated = false;
    std::optional<std::int64_t> dayOfRmc, dayOfZda, gstMm, hdopHundredths, speedMmPerSecond;
    std::optional<int> satellites;
};

/** Reads RMC, GGA, GNS, GLL, GST, ZDA, GSA, VTG, GSV.
 *  Gives a fix only if at least one of RMC, GGA, GNS, GLL of the epoch holds a whole position with a status that says
 *           measured, none of them says otherwise, and a date is known: from RMC or ZDA of the epoch, else carried on
 *           from the fix before, over midnight too, for at most six hours. A time of day that was closed already
 *           gives no second fix: a receiver that repeats itself grows old.
 *  Accuracy: hypot of GST's latitude and longitude deviations (one sigma each), else HDOP × kRangeErrorMm, else none.
 *  Flags:   by FixJudge; mode or quality "simulator" makes the source Simulated.
 *  Input:   anything. Memory: bounded but for fixes that nobody takes.
 *  Threads: one. Time: monotonic milliseconds, passed in.
 */
class NmeaParser {
public:
    explicit NmeaParser(NmeaOptions options = {}) : m_options(options) {}

    void feed(ByteView bytes, std::int64_t monotonicMs);
    /** Ends the epoch if nothing came for kQuietMs; called by a timer on a live line. */
    void closeIfQuiet(std::int64_t monotonicMs);
    /** The stream ended, or the receiver was unplugged: gives what is whole. */
    void finish();
    /** The fixes since the last call, oldest first. */
    [[nodiscard]] std::vector<HeardFix> take();

    [[nodiscard]] const std::optional<HeardFix> &latest() const { return m_latest; }
    [[nodiscard]] SatelliteView satellites() const { return m_satellites.view(); }
    [[nodiscard]] const NmeaCounts &counts() const { return m_framer.counts; }

private:
    struct Position; // what a position-bearing sentence says
    void read(const NmeaSentence &sentence);
    void readPosition(const NmeaSentence &sentence);
    void readTimed(const NmeaSentence &sentence);
    void readUntimed(const NmeaSentence &sentence);
    NmeaEpoch *epochOf(std::string_view time);
    void closeEpoch();
    std::optional<std::int64_t> dayOf(const NmeaEpoch &epoch) const;

    NmeaOptions m_options;
    NmeaFramer m_framer;
    SatelliteCollector m_satellites;
    FixJudge m_judge;
    std::optional<NmeaEpoch> m_epoch;
    std::deque<std::int64_t> m_closed; ///< times of day of the last epochs
    std::int64_t m_nowMs = 0;
    std::int64_t m_lastSentenceMs = 0;
    std::optional<std::pair<std::int64_t, std::int64_t>> m_lastDayAndTime; ///< of the last fix
    std::optional<HeardFix> m_latest;
    std::vector<HeardFix> m_ready;
};

} // namespace zhicha
