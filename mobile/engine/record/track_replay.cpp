#include "mobile/engine/record/track_replay.h"

#include "mobile/engine/capture/nmea_replay.h"
#include "shared/geo/dwell.h"
#include "shared/geo/gcj02.h"

namespace zhicha {

namespace {
constexpr std::size_t kMaxPiecePoints = 600;
constexpr std::int64_t kGapMs = 60'000; ///< longer than a tunnel at a red light: shown as a gap

std::optional<LatLon> placeFrom(const EntityRow &site, std::int64_t lat, std::int64_t lon) {
    if (!isPlace(lat, lon))
        return std::nullopt;
    const LatLon at{static_cast<std::int32_t>(lat), static_cast<std::int32_t>(lon)};
    if (site.text("crs") != datumName(Datum::Gcj02))
        return at; // CGCS2000 and WGS-84 agree within centimetres
    return convertTo(Datum::Wgs84, {at, Datum::Gcj02}).at;
}

cbor::Value flagsValue(std::uint32_t flags) {
    cbor::Array names;
    for (const std::string_view name : fixFlagNames(flags))
        names.emplace_back(name);
    return names;
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

/** Cuts the fixes into pieces: at most 600 points, one source, and a new piece after a gap. */
std::vector<cbor::Map> piecesOf(const std::vector<HeardFix> &fixes) {
    std::vector<cbor::Map> pieces;
    cbor::Array points;
    const Fix *last = nullptr;
    FixSource source = FixSource::Nmea;
    std::int64_t gapMs = 0;
    const auto close = [&] {
        if (points.empty())
            return;
        cbor::Map piece{{"source", fixSourceName(source)}, {"points", std::move(points)}};
        if (gapMs > 0)
            piece["gap_before_ms"] = gapMs;
        pieces.push_back(std::move(piece));
        points = {};
        gapMs = 0;
    };
    for (const HeardFix &heard : fixes) {
        const Fix &fix = heard.fix;
        const bool gap = last != nullptr && (fix.t - last->t > kGapMs || fix.t < last->t);
        if (gap || points.size() == kMaxPiecePoints || fix.source != source)
            close();
        if (gap)
            gapMs = std::max<std::int64_t>(fix.t - last->t, 0);
        source = fix.source;
        points.push_back(cbor::Array{fix.t, std::int64_t{fix.at.lat}, std::int64_t{fix.at.lon},
                                     fix.accuracyMm ? cbor::Value(*fix.accuracyMm) : cbor::Value(),
                                     flagsValue(fix.flags)});
        last = &fix;
    }
    close();
    return pieces;
}
} // namespace

cbor::Map fixValue(const Fix &fix) {
    cbor::Map value{{"t", fix.t},          {"lat", std::int64_t{fix.at.lat}},     {"lon", std::int64_t{fix.at.lon}},
                    {"age_ms", fix.ageMs}, {"source", fixSourceName(fix.source)}, {"flags", flagsValue(fix.flags)}};
    if (fix.accuracyMm)
        value["accuracy_mm"] = *fix.accuracyMm;
    return value;
}

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
    replay.pieces = piecesOf(fixes);
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
