#include "mobile/engine/record/track_replay.h"

#include "mobile/engine/capture/nmea_replay.h"
#include "shared/geo/dwell.h"
#include "shared/geo/gcj02.h"

namespace zhicha {

namespace {
std::optional<LatLon> placeFrom(const EntityRow &site, std::int64_t lat, std::int64_t lon) {
    if (!isPlace(lat, lon))
        return std::nullopt;
    const LatLon at{static_cast<std::int32_t>(lat), static_cast<std::int32_t>(lon)};
    if (site.text("crs") != datumName(Datum::Gcj02))
        return at; // CGCS2000 and WGS-84 agree within centimetres
    return convertTo(Datum::Wgs84, {at, Datum::Gcj02}).at;
}

std::optional<Fence> polygonOf(const EntityRow &site, const cbor::Array &corners) {
    std::vector<LatLon> places;
    for (const cbor::Value &corner : corners) {
        const cbor::Array *pair = corner.array();
        if (pair == nullptr || pair->size() != 2 || (*pair)[0].integer() == nullptr || (*pair)[1].integer() == nullptr)
            return std::nullopt;
        const auto place = placeFrom(site, *(*pair)[0].integer(), *(*pair)[1].integer());
        if (!place)
            return std::nullopt;
        places.push_back(*place);
    }
    auto fence = Fence::polygon(std::move(places));
    return fence ? std::optional(std::move(*fence)) : std::nullopt;
}
} // namespace

std::optional<Fence> fenceOf(const EntityRow &site) {
    if (const cbor::Value *polygon = site.value("polygon"); polygon != nullptr && polygon->array() != nullptr)
        return polygonOf(site, *polygon->array());
    const auto lat = site.integer("lat");
    const auto lon = site.integer("lon");
    const auto radius = site.integer("radius_mm");
    const auto centre = lat && lon ? placeFrom(site, *lat, *lon) : std::nullopt;
    if (!centre || !radius)
        return std::nullopt;
    auto fence = Fence::circle(*centre, *radius);
    return fence ? std::optional(std::move(*fence)) : std::nullopt;
}

Result<TrackReplay> replayTrack(const std::string &path, const std::optional<Fence> &fence) {
    NmeaFileReplay log;
    ZHICHA_ASSIGN(const std::vector<HeardFix> fixes, log.run(path));
    TrackReplay replay;
    replay.fixes = static_cast<std::int64_t>(fixes.size());
    replay.refusedSentences =
        static_cast<std::int64_t>(log.counts().badChecksum + log.counts().broken + log.counts().malformed);
    if (fixes.empty())
        return replay;
    std::vector<Fix> plain;
    for (const HeardFix &heard : fixes)
        plain.push_back(heard.fix);
    replay.pieces = trackPieces(plain);
    cbor::Map arrival;
    if (fence) {
        DwellMeter meter(*fence);
        for (const HeardFix &heard : fixes)
            meter.feed(heard.fix);
        arrival["inside"] = meter.arrival().has_value();
        arrival["dwell_s"] = meter.dwellMs() / 1000;
        arrival["fix"] = fixValue(meter.arrival() ? *meter.arrival() : fixes.back().fix);
    } else {
        arrival["dwell_s"] = std::int64_t{0}; // a proposal has no fence: whether one is inside cannot be said
        arrival["fix"] = fixValue(fixes.back().fix);
    }
    replay.arrival = std::move(arrival);
    return replay;
}

} // namespace zhicha
