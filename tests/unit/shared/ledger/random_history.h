#pragma once
// Random histories of two tablets, a stranger and the office on a handful of entities, with everything that can go
// wrong.
#include "tests/unit/shared/ledger/reference_fold.h"

#include <iosfwd>

namespace zhicha::test {

/** One step as plain numbers, so that a failing history shrinks. Every combination means something. */
struct Step {
    std::uint8_t actor = 0;
    std::uint8_t action = 0;
    std::uint8_t value = 0;
    std::uint16_t seen = 0; ///< which earlier writes the author saw
    std::uint8_t twist = 0; ///< what is wrong with it; most values: nothing
};

std::ostream &operator<<(std::ostream &out, const Step &step); ///< as it would be typed again

struct History {
    Uuid ledger;
    ReferenceWorld world;
    std::vector<KnownOperation> operations;
};

[[nodiscard]] History makeHistory(const std::vector<Step> &steps);

} // namespace zhicha::test
