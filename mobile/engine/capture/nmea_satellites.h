#pragma once
// What the receiver sees of the sky: for the page "看卫星" and for the number of satellites behind a fix.
#include "mobile/engine/capture/nmea_sentence.h"

#include <map>
#include <optional>
#include <set>

namespace zhicha {

struct Satellite {
    std::string system; ///< the talker that listed it: GP, GB (BD is written as GB), GL, GA, GQ; GN if it does not say
    int id = 0;         ///< as the receiver numbers it
    std::optional<int> elevationDeg;
    std::optional<int> azimuthDeg;
    std::optional<int> snrDb; ///< none while it is not tracked; the best of its signals
};

struct SatelliteView {
    std::vector<Satellite> inView; ///< each once, by system and id
    int usedCount = 0;             ///< behind the latest epoch, by its GSA sentences
};

/** Collects GSV and GSA. A round of GSV replaces the one before it only when it is whole.
 *  Memory:  bounded, whatever comes. Threads: one. */
class SatelliteCollector {
public:
    /** False if a field is none. */
    bool addGsv(const NmeaSentence &gsv);
    void addGsa(const NmeaSentence &gsa);
    void startEpoch() { m_used.clear(); }
    [[nodiscard]] int usedCount() const { return static_cast<int>(m_used.size()); }
    [[nodiscard]] SatelliteView view() const;

private:
    struct Round {
        std::vector<Satellite> building;
        std::vector<Satellite> whole;
        std::int64_t next = 1;
        std::int64_t total = 0;
    };
    std::map<std::string, Round> m_rounds; ///< by talker and signal letter
    std::set<std::string> m_used;          ///< talker, system, id
};

} // namespace zhicha
