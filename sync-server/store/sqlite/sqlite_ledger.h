#pragma once
// The ledger store on SQLite: one file a ledger, one writer, any number of readers.
#include "shared/sqlite/transaction.h"
#include "sync-server/store/ledger_store.h"

namespace zhicha {

/** Opens (and makes or migrates) the file for writing. */
[[nodiscard]] Result<std::unique_ptr<LedgerWriter>> openSqliteLedger(const LedgerStoreOptions &options);
/** A reader on its own connection; never checkpoints the WAL. */
[[nodiscard]] Result<std::unique_ptr<LedgerReader>> openSqliteLedgerReader(const LedgerStoreOptions &options);
/** Copies the ledger consistently into a new file while the writer goes on. The copy has the same key. */
[[nodiscard]] Status backupSqliteLedger(const LedgerStoreOptions &from, const std::string &toPath);
/** An empty ledger in memory, not sealed, gone with its owner: to receive a log again and compare. */
[[nodiscard]] Result<std::unique_ptr<LedgerWriter>> openScratchLedger();

} // namespace zhicha
