#pragma once
// When something was done, as an interval: after the anchor that its envelope quotes, before its run's receipt,
// narrowed by the monotonic clock of the same boot and by GNSS time (design 3 "Time"). Never a device's clock alone.
#include "shared/oplog/operation.h"

#include <map>
#include <optional>

namespace zhicha {

/** Instants ms UTC of the server's clock. */
struct TimeSpan {
    std::optional<std::int64_t> fromMs; ///< absent: not earlier than unknown
    std::int64_t toMs = 0;
    std::int64_t deviceMs = 0;      ///< what the device's own clock said
    std::int64_t deviceErrorMs = 0; ///< against the device's estimate of the server's time; > 0 = fast
    bool byMonotonic = false;
    bool byGnss = false;
    std::int64_t anchorLog = 0;  ///< 0 = unknown
    std::int64_t receiptLog = 0; ///< of the run that brought it
};

/** What bounds one operation before others help. */
struct OperationBounds {
    Uuid device;
    OperationTime time;
    std::optional<std::int64_t> anchorMs; ///< when the quoted checkpoint was made; absent: unknown to this origin
    std::int64_t anchorLog = 0;
    std::int64_t receivedMs = 0;
    std::int64_t receiptLog = 0;
};

/** Collects the operations of one closure, then answers for each. Pure; threads: one. */
class SpanFinder {
public:
    void add(const OperationBounds &bounds);
    [[nodiscard]] TimeSpan span(const OperationBounds &bounds) const;

private:
    struct Boot {
        std::optional<std::int64_t> zeroAfterMs;  ///< the boot's monotonic zero lies after this …
        std::optional<std::int64_t> zeroBeforeMs; ///< … and before this
    };
    std::map<std::pair<Uuid, std::string>, Boot> m_boots;
};

} // namespace zhicha
