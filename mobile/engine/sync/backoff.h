#pragma once
// 2 s, doubling to 15 minutes, each times a random factor between 0.5 and 1 (docs/PROTOCOL.md "Retry").
#include "shared/base/sources.h"

namespace zhicha {

/** Delay after the given number of failures in a row (from 1). `retryAfterMs`: what the office asked for, 0 = nothing;
 *  it is honoured up to the longest delay. */
[[nodiscard]] std::int64_t backoffMs(std::int64_t failures, std::int64_t retryAfterMs, RandomSource &random);

} // namespace zhicha
