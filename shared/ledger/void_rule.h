#pragma once
// What a tablet may void (docs/FORMATS.md "Void"). The fold, the recorder and the screens ask this one question.
#include "shared/ledger/row.h"

namespace zhicha {

/** Whether a void by this tablet's chain has effect on the entity: one of a check that no server kind bears (a review,
 *  a closing and an official number stay), or one that this chain bore itself. Only type, check and birth of the row
 *  count, which travel with every scope, so that a tablet folds what the server folds. */
[[nodiscard]] bool tabletMayVoid(const EntityRow &row, const Uuid &device);

} // namespace zhicha
