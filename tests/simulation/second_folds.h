#pragma once
// The office's rows against two other ways to get them: another store in another order, and the fold written from the
// text.
#include "tests/simulation/history.h"

namespace zhicha::test {

/** Notes what differs. `log` = every operation, in log order. */
[[nodiscard]] Status foldsAgree(World &world, LedgerWriter &ledger, const std::vector<LogOperation> &log);

} // namespace zhicha::test
