#include "shared/sqlite/sqlite_error.h"

#include <cerrno>
#include <sqlite3.h>

namespace zhicha {

namespace {

Code codeOfConstraint(int extended) {
    switch (extended) {
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_ROWID:
        return Code::AlreadyDone;
    case SQLITE_CONSTRAINT_TRIGGER:
        return Code::NotAllowed;
    default:
        return Code::InvalidArgument;
    }
}

Code codeOf(sqlite3 *db, int extended) {
    switch (extended & 0xff) {
    case SQLITE_FULL:
        return Code::DiskFull;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        return Code::StoreLocked;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return Code::StoreDamaged;
    case SQLITE_IOERR:
        if (extended == SQLITE_IOERR_DATA || extended == SQLITE_IOERR_CORRUPTFS)
            return Code::StoreDamaged;
        // Only a write turns ENOSPC into SQLITE_FULL; growing the shared memory or a sync does not.
        return db != nullptr && sqlite3_system_errno(db) == ENOSPC ? Code::DiskFull : Code::DiskError;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return Code::DiskError;
    case SQLITE_CONSTRAINT:
        return codeOfConstraint(extended);
    case SQLITE_TOOBIG:
        return Code::TooLarge;
    case SQLITE_INTERRUPT:
        return Code::Stopped;
    default:
        return Code::Internal;
    }
}

Retry retryOf(Code code) {
    if (code == Code::StoreLocked)
        return Retry::Later;
    return code == Code::DiskFull ? Retry::AfterUser : Retry::Never;
}

} // namespace

Error sqliteError(sqlite3 *db, int resultCode, std::string_view doing) {
    const int extended = db != nullptr && sqlite3_extended_errcode(db) != SQLITE_OK &&
                                 (sqlite3_extended_errcode(db) & 0xff) == (resultCode & 0xff)
                             ? sqlite3_extended_errcode(db)
                             : resultCode;
    const Code code = codeOf(db, extended);
    std::string detail(doing);
    detail += ": ";
    detail += db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(resultCode);
    detail += " (" + std::to_string(extended) + ")";
    return fail(code, std::move(detail), retryOf(code));
}

} // namespace zhicha
