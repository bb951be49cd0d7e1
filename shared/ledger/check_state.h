#pragma once
// The state of a check, derived from its closure (design 3 "State of a check"). What arrives (photos, heads) is passed
// in, since it is no part of the fold.
#include "shared/ledger/row.h"

namespace zhicha {

enum class CheckState : std::uint8_t {
    Sealed,
    Opened,
    UnderWay,
    ToReview,
    PhotosArriving,
    Replied,
    Returned,
    Accepted,
    ChangedAfterAcceptance,
    ConflictOpen,
    Void,
};
[[nodiscard]] std::string_view checkStateName(CheckState state);

/** One effective operation of the closure, for what must be compared with a review's `seen`. */
struct ClosureOperation {
    Uuid device;
    std::int64_t seq = 0;
    std::string_view kind;
    bool serverChain = false; ///< the office's own work needs no check.finish
};

struct ClosureView {
    const EntityRow *check = nullptr; ///< nullptr: only orphans are known
    std::vector<const EntityRow *>
        rows; ///< every other row of the closure, finishes, closes, signs and replies included
    std::vector<ClosureOperation> operations;
    std::int64_t missingOriginals = 0;
    std::map<Uuid, std::int64_t> heads; ///< last sequence received per device
    /** Rows of check.review in chain order, the last one last. */
    std::vector<const EntityRow *> reviews;
};

[[nodiscard]] CheckState checkState(const ClosureView &view);

} // namespace zhicha
