#pragma once
// What a tablet may read, page by page, from an opaque cursor (docs/PROTOCOL.md "Pulling").
#include "sync-server/intake/intake.h"

namespace zhicha {

struct ChangesPage {
    struct PageRun {
        std::int64_t log = 0; ///< of its first operation
        Bytes run;            ///< operations out of scope as d alone
    };
    std::vector<PageRun> runs;
    std::string cursor;
    bool more = false;
};

/** InvalidArgument for a cursor that is none. Threads: a reader's own. */
[[nodiscard]] Result<ChangesPage> readChanges(LedgerReader &ledger, const Uuid &ledgerId, const Uuid &device,
                                              std::string_view cursor);

} // namespace zhicha
