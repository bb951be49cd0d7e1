#pragma once
// From a receiver's log to what a check records of it: arrival, dwell inside the fence, pieces of the track.
#include "mobile/engine/record/track_pieces.h"
#include "shared/geo/fence.h"
#include "shared/ledger/row.h"

namespace zhicha {

struct TrackReplay {
    std::optional<cbor::Map> arrival; ///< {fix, inside?, dwell_s}; absent without any fix
    std::vector<cbor::Map> pieces;    ///< fields of track.append but `check`, in order
    std::int64_t fixes = 0;
    std::int64_t refusedSentences = 0; ///< broken, cut or malformed
};

/** The fence of a site's row (a radius or a polygon; GCJ-02 is taken back to WGS-84); nullopt if it has none, as a
 *  proposal has not. StoreDamaged never: a fence that makes no sense is no fence. */
[[nodiscard]] std::optional<Fence> fenceOf(const EntityRow &site);

/** Replays the log at full speed. Arrival = the first fix inside the fence since the last one outside; if there is
 *  none (or no fence), the last fix. NotFound, DiskError. */
[[nodiscard]] Result<TrackReplay> replayTrack(const std::string &path, const std::optional<Fence> &fence);

} // namespace zhicha
