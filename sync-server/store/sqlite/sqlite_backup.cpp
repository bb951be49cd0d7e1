#include "shared/sqlite/backup.h"
#include "sync-server/store/sqlite/sqlite_ledger.h"

namespace zhicha {

Status backupSqliteLedger(const LedgerStoreOptions &from, const std::string &toPath) {
    DatabaseOptions source;
    source.path = from.path;
    source.key = from.key;
    source.vfs = from.vfs;
    source.readOnly = true;
    source.mustExist = true;
    ZHICHA_ASSIGN(Database reader, Database::open(source));
    DatabaseOptions target;
    target.path = toPath;
    target.key = from.key;
    target.vfs = from.vfs;
    return backupTo(reader, target);
}

} // namespace zhicha
