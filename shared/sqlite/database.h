#pragma once
// One connection to one store file: opened the one way that is safe, and checked to be so.
#include "shared/sqlite/statement.h"

#include <memory>

struct sqlite3;

namespace zhicha {

using DatabaseKey = std::array<std::uint8_t, 32>;

struct DatabaseOptions {
    std::string path;
    std::optional<DatabaseKey> key; ///< used as it is (AEGIS-256, pages authenticated): no slow derivation here
    bool keyIsProven =
        false; ///< the caller has checked the key (unwrapped it): a first page that it does not open is damage
    bool readOnly = false;  ///< a reader: writes nothing, never checkpoints
    bool mustExist = false; ///< NotFound instead of a new store; StoreDamaged if the file is empty
    bool wal = true;        ///< false only for the file that a backup writes: one file, no -wal beside it
    bool exclusive = false; ///< no other connection at all; needs no shared memory
    std::string vfs;        ///< empty: the system's
    int busyTimeoutMs = 5000;
    int checkpointPages =
        1000; ///< the writer moves the WAL into the file after a commit that leaves it longer than this
    int cacheKib = 16384;
};

/** Owner:   one writer and any number of readers each own theirs. Threads: the one that opened it.
 *  Holds:   after open: this very engine (source id), WAL, synchronous FULL, foreign keys on, schema not trusted.
 *  Errors:  WrongPin (not this key, or page 1 is damaged and the key unproven), StoreDamaged, StoreLocked, DiskFull,
 *           DiskError, NotFound. After a failed sync or write of a commit the connection refuses further transactions
 *           (`needsReopen`): the kernel may have dropped the pages, only a fresh open looks at what is really there.
 *  Source:  sqlite.org/wal.html; SQLite3 Multiple Ciphers, "raw:" keys. */
class Database {
public:
    [[nodiscard]] static Result<Database> open(const DatabaseOptions &options);
    Database(Database &&) noexcept;
    Database &operator=(Database &&) noexcept;
    ~Database(); ///< every Statement must be gone; the last writer checkpoints

    /** Runs one or several statements without parameters; rows are ignored. */
    Status execute(const std::string &sql);
    /** Exactly one statement. Internal for bad SQL (a defect of ours). */
    Result<Statement> prepare(std::string_view sql);
    /** First column of the first row; NotFound without one. */
    Result<std::int64_t> readInteger(std::string_view sql);
    Result<std::string> readText(std::string_view sql);

    /** Looks at every page: StoreDamaged with SQLite's first complaint. Reads the whole file. */
    Status quickCheck();
    /** Moves all of the WAL into the file and empties it, as far as readers permit. Writer only. */
    Status checkpoint();

    [[nodiscard]] std::int64_t changes() const; ///< rows of the last INSERT, UPDATE or DELETE
    [[nodiscard]] std::int64_t lastInsertRowid() const;
    [[nodiscard]] bool inTransaction() const;
    [[nodiscard]] bool needsReopen() const;
    [[nodiscard]] sqlite3 *handle() const;

private:
    friend class Transaction;
    struct State; // at a stable address, so that a Transaction outlives a move of its Database
    explicit Database(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace zhicha
