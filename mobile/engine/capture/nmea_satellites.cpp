#include "mobile/engine/capture/nmea_satellites.h"

#include "mobile/engine/capture/nmea_fields.h"

namespace zhicha {
namespace {

constexpr std::int64_t kMaxRoundSentences = 20; // 80 satellites of one system: more than fly
constexpr std::size_t kMaxRounds = 64;
constexpr std::size_t kMaxUsed = 256;

std::optional<int> smallNumber(std::string_view text, int most) {
    const auto value = nmeaDecimal(text, 0);
    return value && *value <= most ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

std::string systemOf(std::string_view talker) {
    return std::string(talker == "BD" ? "GB" : talker);
}

} // namespace

bool SatelliteCollector::addGsv(const NmeaSentence &gsv) {
    const auto total = nmeaDecimal(gsv.field(1), 0);
    const auto number = nmeaDecimal(gsv.field(2), 0);
    if (!total || !number || *total < 1 || *total > kMaxRoundSentences || *number < 1 || *number > *total)
        return false;
    const std::size_t listed = gsv.count > 3 ? gsv.count - 3 : 0;
    const bool hasSignal = listed % 4 == 1; // NMEA 4.10 appends a signal letter
    const std::string key = std::string(gsv.talker) + (hasSignal ? std::string(gsv.field(gsv.count).substr(0, 1)) : "");
    if (!m_rounds.contains(key) && m_rounds.size() >= kMaxRounds)
        return false;
    Round &round = m_rounds[key];
    if (*number == 1)
        round = Round{{}, std::move(round.whole), 1, *total};
    if (*number != round.next || *total != round.total) {
        round.next = 0; // one was lost: wait for the next first
        return true;
    }
    for (std::size_t at = 4; at + 3 <= gsv.count; at += 4) {
        const auto id = smallNumber(gsv.field(at), 999);
        if (!id)
            continue; // an empty slot
        round.building.push_back({systemOf(gsv.talker), *id, smallNumber(gsv.field(at + 1), 90),
                                  smallNumber(gsv.field(at + 2), 360), smallNumber(gsv.field(at + 3), 99)});
    }
    ++round.next;
    if (*number == *total)
        round.whole = std::move(round.building);
    return true;
}

void SatelliteCollector::addGsa(const NmeaSentence &gsa) {
    for (std::size_t at = 3; at <= 14; ++at)
        if (const auto id = smallNumber(gsa.field(at), 999); id && *id > 0 && m_used.size() < kMaxUsed)
            m_used.insert(systemOf(gsa.talker) + std::string(gsa.field(18)) + "/" + std::to_string(*id));
}

SatelliteView SatelliteCollector::view() const {
    std::map<std::pair<std::string, int>, Satellite> once;
    for (const auto &[key, round] : m_rounds) {
        for (const Satellite &satellite : round.whole) {
            const auto [it, isNew] = once.try_emplace({satellite.system, satellite.id}, satellite);
            if (!isNew && satellite.snrDb.value_or(-1) > it->second.snrDb.value_or(-1))
                it->second.snrDb = satellite.snrDb;
        }
    }
    SatelliteView out;
    out.usedCount = usedCount();
    for (auto &[key, satellite] : once)
        out.inView.push_back(std::move(satellite));
    return out;
}

} // namespace zhicha
