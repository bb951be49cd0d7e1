#pragma once
// Fixes in the form in which a check records them.
#include "shared/geo/fix.h"
#include "shared/oplog/cbor.h"

#include <span>

namespace zhicha {

constexpr std::int64_t kGapMs = 60'000; ///< longer than a tunnel at a red light: shown as a gap
constexpr std::size_t kMaxPiecePoints = 600;

/** {t, lat, lon, accuracy_mm?, age_ms, source, flags}. */
[[nodiscard]] cbor::Map fixValue(const Fix &fix);

/** Fields of track.append but `check`, in order: at most kMaxPiecePoints a piece, of one source; a new piece after a
 *  gap, with its length, and where the time went back. `before`: the last fix that is recorded already. Pure. */
[[nodiscard]] std::vector<cbor::Map> trackPieces(std::span<const Fix> fixes, const Fix *before = nullptr);

} // namespace zhicha
