#include "mobile/models/attest_measure.h"

#include "shared/geo/way.h"

#include <algorithm>

namespace zhicha {

namespace {
std::vector<TimedPlace> pointsOf(const CheckReading &check) {
    std::vector<TimedPlace> points;
    for (const cbor::Map &piece : check.track) {
        const auto list = piece.find("points");
        if (list == piece.end() || list->second.array() == nullptr)
            continue;
        for (const cbor::Value &value : *list->second.array()) {
            const cbor::Array *point = value.array();
            if (point == nullptr || point->size() < 3 || (*point)[0].integer() == nullptr ||
                (*point)[1].integer() == nullptr || (*point)[2].integer() == nullptr ||
                !isPlace(*(*point)[1].integer(), *(*point)[2].integer()))
                continue;
            points.push_back({*(*point)[0].integer(),
                              {static_cast<std::int32_t>(*(*point)[1].integer()),
                               static_cast<std::int32_t>(*(*point)[2].integer())}});
        }
    }
    return points;
}

/** 直奔基层: the way there. */
Measurement measureWay(const CheckReading &check) {
    const std::vector<TimedPlace> points = pointsOf(check);
    Measurement out;
    if (points.size() < 2)
        return out;
    const Way way = wayOf(points, check.fence);
    std::int64_t gaps = 0, gapMs = 0;
    for (const cbor::Map &piece : check.track)
        if (const std::int64_t gap = numberIn(piece, "gap_before_ms").value_or(0); gap > 0) {
            ++gaps;
            gapMs += gap;
        }
    out.verdict = !way.stops.empty() || gaps > 0 ? Measurement::Verdict::Partly : Measurement::Verdict::Supports;
    out.values = {{"track_mm", way.lengthMm},
                  {"stops", static_cast<std::int64_t>(way.stops.size())},
                  {"stop_ms", way.stoppedMs()},
                  {"gaps", gaps},
                  {"gap_ms", gapMs}};
    out.basis = {check.id};
    return out;
}

/** 直插现场: the arrival. */
Measurement measureArrival(const CheckReading &check) {
    Measurement out;
    const cbor::Map *fix = arrivalFix(check);
    if (fix == nullptr)
        return out;
    const auto inside = check.arrival->find("inside");
    const bool known = inside != check.arrival->end() && inside->second.boolean() != nullptr;
    const auto flags = fix->find("flags");
    const bool doubted = flags != fix->end() && flags->second.array() != nullptr && !flags->second.array()->empty();
    out.verdict = !known                       ? Measurement::Verdict::Partly
                  : !*inside->second.boolean() ? Measurement::Verdict::Contradicts
                  : doubted                    ? Measurement::Verdict::Partly
                                               : Measurement::Verdict::Supports;
    out.values = {{"arrived_at", numberIn(*fix, "t").value_or(0)},
                  {"accuracy_mm", numberIn(*fix, "accuracy_mm").value_or(0)}};
    if (known)
        out.values["inside"] = *inside->second.boolean();
    if (flags != fix->end())
        out.values["flags"] = flags->second;
    out.basis = {check.id};
    return out;
}

/** 不听汇报: how soon after the arrival the first photo was shot. */
Measurement measureFirstPhoto(const CheckReading &check) {
    Measurement out;
    const cbor::Map *fix = arrivalFix(check);
    std::optional<std::int64_t> first;
    for (const PhotoReading &photo : check.photos)
        if (!photo.imported && photo.shotAtMs)
            first = std::min(first.value_or(*photo.shotAtMs), *photo.shotAtMs);
    if (fix == nullptr || !first)
        return out;
    out.verdict = Measurement::Verdict::Partly; // it shows that work began, not that nobody reported
    out.values = {{"first_photo_ms", std::max<std::int64_t>(*first - numberIn(*fix, "t").value_or(0), 0)}};
    out.basis = {check.id};
    return out;
}
} // namespace

Measurement measure(const CheckReading &check, int clause) {
    switch (clause) {
    case 3:
        return measureFirstPhoto(check);
    case 5:
        return measureWay(check);
    case 6:
        return measureArrival(check);
    default:
        return {};
    }
}

} // namespace zhicha
