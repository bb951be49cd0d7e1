#pragma once
// What a tablet measured for one duty of a check, in words; what it cannot measure says so.
#include "shared/ledger/row.h"

namespace zhicha {

/** Chinese and English. `row` may be null: nothing was said. Pure. */
[[nodiscard]] std::pair<std::string, std::string> measuredWords(int clause, const EntityRow *row);

} // namespace zhicha
