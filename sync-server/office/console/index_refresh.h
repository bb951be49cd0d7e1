#pragma once
// Makes the console's list rows anew for whatever the log has brought since the last time. Outside intake: a tablet
// never waits for it. The cursor moves in the same transaction as the rows, so that a crash repeats and never skips.
#include "sync-server/intake/intake.h"
#include "sync-server/office/console/event_hub.h"

namespace zhicha {

struct IndexStep {
    std::int64_t log = 0; ///< everything up to here is in the lists
    std::vector<ConsoleChange> changes;
    bool more = false;
};

/** At most `limit` operations further, in a transaction of its own. */
[[nodiscard]] Result<IndexStep> refreshConsoleIndex(LedgerWriter &ledger, std::size_t limit);
/** The log number up to which the lists are made. */
[[nodiscard]] Result<std::int64_t> consoleIndexCursor(LedgerReader &ledger);
/** Forgets the lists, so that the next refreshes make them from the beginning. In an open transaction. */
[[nodiscard]] Status forgetConsoleIndex(LedgerWriter &ledger);

} // namespace zhicha
