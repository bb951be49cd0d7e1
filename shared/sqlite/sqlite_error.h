#pragma once
// SQLite's result codes as ours. Text of rows never enters an Error: only SQLite's own message about the statement.
#include "shared/base/result.h"

#include <string_view>

struct sqlite3;

namespace zhicha {

/** The Error for a result code of the connection `db` (may be null).
 *  FULL and ENOSPC: DiskFull; BUSY, LOCKED: StoreLocked (Later); CORRUPT, NOTADB: StoreDamaged; IOERR, CANTOPEN,
 * READONLY: DiskError; a unique or primary key: AlreadyDone; RAISE in a trigger: NotAllowed; another constraint:
 * InvalidArgument; TOOBIG: TooLarge; INTERRUPT: Stopped; anything else: Internal. Source: sqlite.org/rescode.html. */
[[nodiscard]] Error sqliteError(sqlite3 *db, int resultCode, std::string_view doing);

} // namespace zhicha
