#pragma once
// Online copy through SQLite's backup interface: the only way a store is ever copied (a copied file lacks its WAL).
#include "shared/sqlite/database.h"

#include <functional>

struct sqlite3_backup;

namespace zhicha {

/** A copy under way, in pieces. Owner: the caller, on the thread of `source`; both databases must outlive it.
 *  Source: the writer (what it commits meanwhile is copied too), or better a reader: `begin` pins its snapshot, so that
 *  the copy is the store at one commit and never starts over while another connection writes.
 *  Keys:   source and copy must both have a key (the same or another) or both none. */
class Backup {
public:
    [[nodiscard]] static Result<Backup> begin(Database &source, Database &target);
    Backup(Backup &&other) noexcept;
    Backup &operator=(Backup &&) = delete;
    ~Backup();

    /** Copies up to `pages` more; true when all is copied and committed in the target. StoreLocked: try again later. */
    Result<bool> step(int pages);
    [[nodiscard]] int remainingPages() const;
    [[nodiscard]] int totalPages() const;

private:
    Backup(Database &source, Database &target, sqlite3_backup *backup, bool pinned);
    Database *m_source;
    Database *m_target;
    sqlite3_backup *m_backup;
    bool m_pinned;
};

/** Copies `source` into a new file and checks it page by page. `target` names path, key and VFS; the file must not
 * exist (AlreadyDone). `between` (may be empty) runs after every `pagesPerStep` pages; its error stops the copy. On any
 * error the target is no backup, the caller removes it. The file is synced; the caller syncs its folder. */
[[nodiscard]] Status backupTo(Database &source, DatabaseOptions target, int pagesPerStep = 256,
                              const std::function<Status()> &between = {});

} // namespace zhicha
