#include "shared/sqlite/backup.h"

#include "shared/sqlite/sqlite_error.h"

#include <sqlite3.h>
#include <utility>

namespace zhicha {

namespace {

// Asked of the VFS, before anything is opened: opening would already change the journal mode of a store in use.
Result<bool> exists(const DatabaseOptions &target) {
    sqlite3_vfs *vfs = sqlite3_vfs_find(target.vfs.empty() ? nullptr : target.vfs.c_str());
    if (vfs == nullptr)
        return fail(Code::Internal, "no VFS " + target.vfs);
    int there = 0;
    const int code = vfs->xAccess(vfs, target.path.c_str(), SQLITE_ACCESS_EXISTS, &there);
    return code == SQLITE_OK ? Result<bool>(there != 0) : sqliteError(nullptr, code, "looking for " + target.path);
}

} // namespace

Backup::Backup(Database &source, Database &target, sqlite3_backup *backup, bool pinned)
    : m_source(&source), m_target(&target), m_backup(backup), m_pinned(pinned) {}

Backup::Backup(Backup &&other) noexcept
    : m_source(other.m_source), m_target(other.m_target), m_backup(std::exchange(other.m_backup, nullptr)),
      m_pinned(std::exchange(other.m_pinned, false)) {}

Backup::~Backup() {
    if (m_backup != nullptr)
        sqlite3_backup_finish(m_backup);
    if (m_pinned)
        (void)m_source->execute("COMMIT"); // ends a read-only snapshot: there is nothing that could fail to be written
}

Result<Backup> Backup::begin(Database &source, Database &target) {
    // A reader's open read transaction is one snapshot for all steps. The writer must stay free to write in between.
    const bool pin = sqlite3_db_readonly(source.handle(), "main") == 1 && !source.inTransaction();
    if (pin) {
        ZHICHA_TRY(source.execute("BEGIN"));
        if (auto first = source.readInteger("SELECT count(*) FROM sqlite_schema"); !first) {
            (void)source.execute("ROLLBACK");
            return std::move(first).error();
        }
    }
    sqlite3_backup *backup = sqlite3_backup_init(target.handle(), "main", source.handle(), "main");
    if (backup == nullptr) {
        Error error = sqliteError(target.handle(), sqlite3_errcode(target.handle()), "beginning a backup");
        if (pin)
            (void)source.execute("COMMIT");
        return error;
    }
    return Backup(source, target, backup, pin);
}

Result<bool> Backup::step(int pages) {
    ZHICHA_CHECK(m_backup != nullptr);
    const int code = sqlite3_backup_step(m_backup, pages);
    if (code == SQLITE_OK)
        return false;
    if (code != SQLITE_DONE)
        return sqliteError(nullptr, code, "copying the store");
    const int finished = sqlite3_backup_finish(std::exchange(m_backup, nullptr));
    if (finished != SQLITE_OK)
        return sqliteError(m_target->handle(), finished, "finishing a backup");
    return true;
}

int Backup::remainingPages() const {
    return m_backup != nullptr ? sqlite3_backup_remaining(m_backup) : 0;
}

int Backup::totalPages() const {
    return m_backup != nullptr ? sqlite3_backup_pagecount(m_backup) : 0;
}

Status backupTo(Database &source, DatabaseOptions target, int pagesPerStep, const std::function<Status()> &between) {
    target.wal = false; // one file, complete in itself
    target.keyIsProven = true;
    ZHICHA_ASSIGN(const bool there, exists(target));
    if (there)
        return fail(Code::AlreadyDone, "a backup never writes over a file: " + target.path);
    ZHICHA_ASSIGN(Database copy, Database::open(target));
    {
        ZHICHA_ASSIGN(Backup backup, Backup::begin(source, copy));
        for (;;) {
            ZHICHA_ASSIGN(const bool done, backup.step(pagesPerStep));
            if (done)
                break;
            if (between)
                ZHICHA_TRY(between());
        }
    }
    return copy.quickCheck();
}

} // namespace zhicha
