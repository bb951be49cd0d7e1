#include "mobile/engine/capture/nmea_parser.h"

#include "mobile/engine/capture/nmea_fields.h"
#include "shared/base/plant.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace zhicha {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::size_t kClosedRemembered = 8; // covers a sentence that comes late by a second at 5 Hz

std::optional<std::int64_t> gstAccuracyMm(const NmeaSentence &gst) {
    const auto lat = nmeaDecimal(gst.field(6), 3);
    const auto lon = nmeaDecimal(gst.field(7), 3);
    if (!lat || !lon || (*lat == 0 && *lon == 0)) // no receiver is perfect: zero means that it does not know
        return std::nullopt;
    return std::llround(std::hypot(static_cast<double>(*lat), static_cast<double>(*lon)));
}

} // namespace

struct NmeaParser::Position {
    std::string_view time;
    NmeaStatus status;
    std::optional<LatLon> place;
    int rank;
};

Fix HeardFix::at(std::int64_t nowMs) const {
    Fix out = fix;
    out.ageMs = nowMs >= heardMs ? nowMs - heardMs : kUnusableAfterMs + 1;
    if (plant("nmea_age_zero"))
        out.ageMs = 0;
    return out;
}

void NmeaParser::feed(ByteView bytes, std::int64_t monotonicMs) {
    m_nowMs = monotonicMs;
    m_framer.feed(bytes, [this](const NmeaSentence &sentence) { read(sentence); });
}

void NmeaParser::closeIfQuiet(std::int64_t monotonicMs) {
    if (monotonicMs - m_lastSentenceMs >= kQuietMs)
        closeEpoch();
}

void NmeaParser::finish() {
    m_framer.finish([this](const NmeaSentence &sentence) { read(sentence); });
    closeEpoch();
}

std::vector<HeardFix> NmeaParser::take() {
    return std::exchange(m_ready, {});
}

void NmeaParser::read(const NmeaSentence &sentence) {
    m_lastSentenceMs = m_nowMs;
    const std::string_view type = sentence.type;
    if (type == "RMC" || type == "GGA" || type == "GNS" || type == "GLL")
        readPosition(sentence);
    else if (type == "GST" || type == "ZDA")
        readTimed(sentence);
    else
        readUntimed(sentence);
}

void NmeaParser::readPosition(const NmeaSentence &s) {
    const auto place = [&](std::size_t from) {
        return nmeaPlace(s.field(from), s.field(from + 1), s.field(from + 2), s.field(from + 3));
    };
    const Position said = s.type == "RMC"   ? Position{s.field(1), nmeaStatus(s.field(2), s.field(12)), place(3), 2}
                          : s.type == "GLL" ? Position{s.field(5), nmeaStatus(s.field(6), s.field(7)), place(1), 1}
                          : s.type == "GNS" ? Position{s.field(1), nmeaModes(s.field(6)), place(2), 3}
                                            : Position{s.field(1), nmeaQuality(s.field(6)), place(2), 4};
    if (said.time.empty() && said.status == NmeaStatus::Invalid) {
        closeEpoch(); // the fix is lost: what was before it is whole
        return;
    }
    NmeaEpoch *epoch = epochOf(said.time);
    if (epoch == nullptr)
        return;
    if (said.status == NmeaStatus::Invalid || said.status == NmeaStatus::Unknown) {
        epoch->refused = true;
        return;
    }
    if (!said.place) {
        ++m_framer.counts.malformed;
        return;
    }
    epoch->simulated = epoch->simulated || said.status == NmeaStatus::Simulated;
    if (said.rank > epoch->placeRank) {
        epoch->place = said.place;
        epoch->placeRank = said.rank;
    }
    if (s.type == "RMC") {
        epoch->dayOfRmc = nmeaDate(s.field(9));
        if (const auto knots = nmeaDecimal(s.field(7), 3))
            epoch->speedMmPerSecond = *knots * 1852 / 3600;
    } else if (s.type == "GGA" || s.type == "GNS") {
        if (const auto used = nmeaDecimal(s.field(7), 0); used && *used <= 999)
            epoch->satellites = std::max(epoch->satellites.value_or(0), static_cast<int>(*used));
        if (const auto hdop = nmeaDecimal(s.field(8), 2))
            epoch->hdopHundredths = hdop;
    }
}

void NmeaParser::readTimed(const NmeaSentence &s) {
    if (s.field(1).empty())
        return; // a receiver that has no time yet
    NmeaEpoch *epoch = epochOf(s.field(1));
    if (epoch == nullptr)
        return;
    if (s.type == "GST")
        epoch->gstMm = gstAccuracyMm(s);
    else
        epoch->dayOfZda = nmeaDate(s.field(2), s.field(3), s.field(4));
}

// These carry no time: they belong to the epoch that is open.
void NmeaParser::readUntimed(const NmeaSentence &s) {
    if (s.type == "GSV") {
        if (!m_satellites.addGsv(s))
            ++m_framer.counts.malformed;
        return;
    }
    if (!m_epoch)
        return;
    if (s.type == "GSA") {
        m_satellites.addGsa(s);
        if (const auto hdop = nmeaDecimal(s.field(16), 2); hdop && !m_epoch->hdopHundredths)
            m_epoch->hdopHundredths = hdop;
    } else if (s.type == "VTG") {
        if (const auto kmh = nmeaDecimal(s.field(7), 3); kmh && !m_epoch->speedMmPerSecond)
            m_epoch->speedMmPerSecond = *kmh * 1000 / 3600;
    }
}

// The open epoch if it has this time, else a new one; nullptr for no time and for an epoch that is closed already.
NmeaEpoch *NmeaParser::epochOf(std::string_view time) {
    const auto timeOfDay = nmeaTimeOfDay(time);
    if (!timeOfDay) {
        ++m_framer.counts.malformed;
        return nullptr;
    }
    if (m_epoch && m_epoch->timeOfDayMs == *timeOfDay)
        return &*m_epoch;
    if (std::find(m_closed.begin(), m_closed.end(), *timeOfDay) != m_closed.end()) {
        ++m_framer.counts.late;
        return nullptr;
    }
    closeEpoch();
    m_satellites.startEpoch();
    m_epoch.emplace();
    m_epoch->timeOfDayMs = *timeOfDay;
    m_epoch->heardMs = m_nowMs;
    return &*m_epoch;
}

std::optional<std::int64_t> NmeaParser::dayOf(const NmeaEpoch &epoch) const {
    if (epoch.dayOfRmc || epoch.dayOfZda)
        return epoch.dayOfRmc ? epoch.dayOfRmc : epoch.dayOfZda;
    if (!m_lastDayAndTime || epoch.heardMs - m_latest->heardMs > kDayMs / 4)
        return std::nullopt; // after a long silence nobody knows how many midnights went by
    const auto [day, time] = *m_lastDayAndTime;
    if (epoch.timeOfDayMs < time - kDayMs / 2)
        return plant("nmea_midnight_missed") ? day : day + 1;
    return epoch.timeOfDayMs > time + kDayMs / 2 ? day - 1 : day;
}

void NmeaParser::closeEpoch() {
    if (!m_epoch)
        return;
    const NmeaEpoch epoch = *std::exchange(m_epoch, std::nullopt);
    m_closed.push_back(epoch.timeOfDayMs);
    if (m_closed.size() > kClosedRemembered)
        m_closed.pop_front();
    if (!epoch.place || epoch.refused)
        return;
    auto day = dayOf(epoch);
    if (!day) {
        ++m_framer.counts.undated;
        return;
    }
    m_lastDayAndTime = {*day, epoch.timeOfDayMs};
    HeardFix heard;
    if (m_options.notBeforeMs) {
        const std::int64_t repaired = repairRollover(*day, *m_options.notBeforeMs / kDayMs - 1);
        heard.rolloverRepaired = repaired != *day;
        day = repaired;
    }
    heard.heardMs = epoch.heardMs;
    heard.speedMmPerSecond = epoch.speedMmPerSecond;
    heard.satellitesUsed = epoch.satellites;
    if (m_satellites.usedCount() > epoch.satellites.value_or(0)) // some chips stop counting at 12 in GGA
        heard.satellitesUsed = m_satellites.usedCount();
    heard.fix.t = *day * kDayMs + epoch.timeOfDayMs;
    heard.fix.at = *epoch.place;
    heard.fix.source = epoch.simulated ? FixSource::Simulated : m_options.source;
    if (epoch.gstMm)
        heard.fix.accuracyMm = epoch.gstMm;
    else if (epoch.hdopHundredths && *epoch.hdopHundredths > 0 && *epoch.hdopHundredths < kHdopHundredthsUnknown)
        heard.fix.accuracyMm = *epoch.hdopHundredths * kRangeErrorMm / 100;
    heard.fix = m_judge.judge(heard.fix, heard.satellitesUsed);
    m_latest = heard;
    m_ready.push_back(std::move(heard));
}

} // namespace zhicha
