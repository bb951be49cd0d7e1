#pragma once
// What the resources of papers and of their drafts read alike.
#include "sync-server/http/resources/console/console_call.h"
#include "sync-server/office/papers/paper_draft.h"

namespace zhicha {

/** The body's kind, subject and what a person adds. InvalidArgument with the field. */
[[nodiscard]] Result<PaperOrder> paperOrderOf(ConsoleCall &call);
/** The paper that the ledger makes of it now. */
[[nodiscard]] Result<PaperDraft> paperDraftOf(ConsoleCall &call, const PaperOrder &order);

} // namespace zhicha
