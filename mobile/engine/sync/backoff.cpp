#include "mobile/engine/sync/backoff.h"

#include "shared/protocol/paths.h"

#include <algorithm>

namespace zhicha {

std::int64_t backoffMs(std::int64_t failures, std::int64_t retryAfterMs, RandomSource &random) {
    std::int64_t full = protocol::kRetryFirstMs;
    for (std::int64_t i = 1; i < failures && full < protocol::kRetryLongestMs; ++i)
        full *= 2;
    full = std::min(full, protocol::kRetryLongestMs);
    const std::int64_t half = full / 2;
    const auto jitter = static_cast<std::int64_t>(random.next() % static_cast<std::uint64_t>(half + 1));
    return std::max(half + jitter, std::min(retryAfterMs, protocol::kRetryLongestMs));
}

} // namespace zhicha
