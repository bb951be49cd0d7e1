#include "sync-server/office/console/time_span.h"

#include <algorithm>

namespace zhicha {

namespace {
constexpr std::int64_t kGnssErrorMs = 1000; // a receiver's sentence may be a second old

std::int64_t monotonicMs(const OperationTime &time) {
    return time.monotonicUs / 1000;
}
} // namespace

void SpanFinder::add(const OperationBounds &bounds) {
    Boot &boot = m_boots[{bounds.device, bounds.time.boot}];
    const std::int64_t since = monotonicMs(bounds.time);
    if (bounds.anchorMs)
        boot.zeroAfterMs = std::max(boot.zeroAfterMs.value_or(*bounds.anchorMs - since), *bounds.anchorMs - since);
    boot.zeroBeforeMs = std::min(boot.zeroBeforeMs.value_or(bounds.receivedMs - since), bounds.receivedMs - since);
}

TimeSpan SpanFinder::span(const OperationBounds &bounds) const {
    TimeSpan out;
    out.fromMs = bounds.anchorMs;
    out.toMs = bounds.receivedMs;
    out.deviceMs = bounds.time.wallMs;
    out.deviceErrorMs = bounds.time.wallMs - bounds.time.estimateMs;
    out.anchorLog = bounds.anchorLog;
    out.receiptLog = bounds.receiptLog;
    const auto it = m_boots.find({bounds.device, bounds.time.boot});
    if (it != m_boots.end()) {
        const std::int64_t since = monotonicMs(bounds.time);
        const std::int64_t after = it->second.zeroAfterMs ? *it->second.zeroAfterMs + since : 0;
        const std::int64_t before = it->second.zeroBeforeMs ? *it->second.zeroBeforeMs + since : out.toMs;
        // A clock that stood still while the device slept would contradict itself: then it narrows nothing.
        if (!it->second.zeroAfterMs || after <= before) {
            if (it->second.zeroAfterMs && (!out.fromMs || after > *out.fromMs) && after <= out.toMs) {
                out.fromMs = after;
                out.byMonotonic = true;
            }
            if (before < out.toMs && (!out.fromMs || before >= *out.fromMs)) {
                out.toMs = before;
                out.byMonotonic = true;
            }
        }
    }
    if (bounds.time.gnssMs) {
        const std::int64_t from = *bounds.time.gnssMs - kGnssErrorMs;
        const std::int64_t to = *bounds.time.gnssMs + kGnssErrorMs;
        const bool overlaps = to >= out.fromMs.value_or(to) && from <= out.toMs;
        if (overlaps && (!out.fromMs || from > *out.fromMs)) {
            out.fromMs = from;
            out.byGnss = true;
        }
        if (overlaps && to < out.toMs) {
            out.toMs = to;
            out.byGnss = true;
        }
    }
    return out;
}

} // namespace zhicha
