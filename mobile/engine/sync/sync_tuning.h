#pragma once
// Sizes and delays of the sync, each with its reason.
#include "shared/protocol/paths.h"

namespace zhicha::tuning {

/** Of one POST /operations: the limit less room for the array's own bytes. */
inline constexpr std::size_t kMaxSendBytes = protocol::kMaxRequestBytes - 4096;
/** Half a minute on a bad link of 16 KiB/s: what a broken connection loses at most, and the office's fsync unit. */
inline constexpr std::int64_t kChunkBytes = 512 * 1024;
/** The office deletes what has another digest; twice more it is asked for, then somebody has to look. */
inline constexpr std::int64_t kMaxMismatches = 3;
/** Renewals of the session in one round: a token that is refused at once again is no matter of age. */
inline constexpr int kMaxRenewals = 2;
/** A token this close to its end is renewed before use, so that an upload does not meet the end halfway. */
inline constexpr std::int64_t kTokenMarginMs = 60 * 1000;

} // namespace zhicha::tuning
