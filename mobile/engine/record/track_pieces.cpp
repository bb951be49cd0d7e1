#include "mobile/engine/record/track_pieces.h"

#include <algorithm>
#include <utility>

namespace zhicha {

namespace {
cbor::Value flagsValue(std::uint32_t flags) {
    cbor::Array names;
    for (const std::string_view name : fixFlagNames(flags))
        names.emplace_back(name);
    return names;
}
} // namespace

cbor::Map fixValue(const Fix &fix) {
    cbor::Map value{{"t", fix.t},          {"lat", std::int64_t{fix.at.lat}},     {"lon", std::int64_t{fix.at.lon}},
                    {"age_ms", fix.ageMs}, {"source", fixSourceName(fix.source)}, {"flags", flagsValue(fix.flags)}};
    if (fix.accuracyMm)
        value["accuracy_mm"] = *fix.accuracyMm;
    return value;
}

std::vector<cbor::Map> trackPieces(std::span<const Fix> fixes, const Fix *before) {
    std::vector<cbor::Map> pieces;
    cbor::Array points;
    const Fix *last = before;
    FixSource source = FixSource::Nmea;
    std::int64_t gapMs = 0;
    const auto close = [&] {
        if (points.empty())
            return;
        cbor::Map piece{{"source", fixSourceName(source)}, {"points", std::exchange(points, {})}};
        if (gapMs > 0)
            piece["gap_before_ms"] = gapMs;
        pieces.push_back(std::move(piece));
        gapMs = 0;
    };
    for (const Fix &fix : fixes) {
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

} // namespace zhicha
