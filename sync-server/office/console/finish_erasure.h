#pragma once
// What an erasure leaves to do once it is committed: photo files, the lists and the search index of the console, and
// the remains in the ledger's file. The operation is the truth: cut short anywhere, this is done again at the start.
#include "sync-server/office/access.h"
#include "sync-server/store/photo_store.h"

namespace zhicha {

/** Whether an erasure that is committed still has something to do here. */
[[nodiscard]] Result<bool> erasureIsOwed(LedgerAccess &access);
/** Does nothing where nothing is owed. StoreLocked while somebody reads the old pages: it stays owed. */
[[nodiscard]] Status finishErasures(LedgerAccess &access, PhotoStore &photos);

} // namespace zhicha
