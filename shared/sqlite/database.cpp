#include "shared/base/plant.h"
#include "shared/sqlite/database_state.h"
#include "shared/sqlite/sqlite_error.h"

#include <cstring>

namespace zhicha {

namespace {

// The amalgamation that was compiled in must be the one that runs: a system library found first by the loader has
// other defects (the WAL reset of 3.7.0 to 3.51.2 loses commits) and no cipher.
void checkEngine() {
    ZHICHA_CHECK(std::strcmp(sqlite3_sourceid(), SQLITE_SOURCE_ID) == 0);
    ZHICHA_CHECK(sqlite3_libversion_number() >= 3051003);
    ZHICHA_CHECK(sqlite3_threadsafe() != 0);
}

Status setKey(sqlite3 *db, const DatabaseKey &key) {
    if (sqlite3mc_config(db, "cipher", sqlite3mc_cipher_index("aegis")) < 1)
        return fail(Code::Internal, "choosing the store's cipher");
    // "raw:" and 32 bytes: taken as the page key, without Argon2 (the caller has derived it already, or drawn it).
    std::array<std::uint8_t, 4 + 32> raw{'r', 'a', 'w', ':'};
    std::copy(key.begin(), key.end(), raw.begin() + 4);
    const int code = sqlite3_key_v2(db, "main", raw.data(), static_cast<int>(raw.size()));
    explicit_bzero(raw.data(), raw.size());
    return code == SQLITE_OK ? Status() : sqliteError(db, code, "setting the store's key");
}

Error openError(sqlite3 *db, int code, const DatabaseOptions &options) {
    Error error = sqliteError(db, code, "opening " + options.path);
    if ((code & 0xff) == SQLITE_NOTADB && options.key && !options.keyIsProven)
        error.code = Code::WrongPin;
    if ((code & 0xff) == SQLITE_CANTOPEN && db != nullptr && sqlite3_system_errno(db) == ENOENT)
        error.code = Code::NotFound;
    return error;
}

// The first read: here a wrong key, a damaged first page and a foreign file show.
Status readFirstPage(sqlite3 *db, const DatabaseOptions &options) {
    sqlite3_stmt *raw = nullptr;
    int code = sqlite3_prepare_v2(db, "SELECT count(*) FROM sqlite_schema", -1, &raw, nullptr);
    const Statement statement(raw);
    if (code == SQLITE_OK)
        code = sqlite3_step(raw);
    return code == SQLITE_ROW ? Status() : openError(db, code, options);
}

Status expect(Database &db, const char *pragma, std::string_view wanted) {
    ZHICHA_ASSIGN(const std::string actual, db.readText(std::string("PRAGMA ") + pragma));
    if (actual == wanted)
        return {};
    return fail(Code::DiskError, std::string(pragma) + " is " + actual + ", not " + std::string(wanted));
}

Status configure(Database &db, const DatabaseOptions &options) {
    const std::string synchronous = plant("commit_unsynced") ? "OFF" : "FULL";
    ZHICHA_TRY(db.execute("PRAGMA synchronous=" + synchronous +
                          "; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
                          "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;"
                          "PRAGMA cache_size=-" +
                          std::to_string(options.cacheKib)));
    if (!options.readOnly)
        ZHICHA_TRY(db.execute(options.wal ? "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=" +
                                                std::to_string(options.checkpointPages)
                                          : std::string("PRAGMA journal_mode=DELETE")));
    if (options.wal) {
        ZHICHA_TRY(expect(db, "journal_mode", "wal"));
        ZHICHA_TRY(expect(db, "synchronous", plant("commit_unsynced") ? "0" : "2"));
    }
    return expect(db, "foreign_keys", "1");
}

} // namespace

Database::Database(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Database::Database(Database &&) noexcept = default;
Database &Database::operator=(Database &&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const DatabaseOptions &options) {
    checkEngine();
    auto state = std::make_unique<State>();
    int flags = options.readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (!options.readOnly && !options.mustExist)
        flags |= SQLITE_OPEN_CREATE;
    const int code = sqlite3_open_v2(options.path.c_str(), &state->db, flags | SQLITE_OPEN_EXRESCODE,
                                     options.vfs.empty() ? nullptr : options.vfs.c_str());
    if (code != SQLITE_OK)
        return openError(state->db, code, options);
    sqlite3_busy_timeout(state->db, options.busyTimeoutMs);
    sqlite3_db_config(state->db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(state->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, options.readOnly ? 1 : 0, nullptr);
    if (options.key)
        ZHICHA_TRY(setKey(state->db, *options.key));
    Database db(std::move(state));
    if (options.exclusive) // before the WAL is first touched: then it needs no shared memory
        ZHICHA_TRY(db.execute("PRAGMA locking_mode=EXCLUSIVE"));
    ZHICHA_TRY(readFirstPage(db.handle(), options));
    if (options.mustExist) { // else a store cut to nothing would pass for a new one
        ZHICHA_ASSIGN(const std::int64_t pages, db.readInteger("PRAGMA page_count"));
        if (pages == 0)
            return fail(Code::StoreDamaged, "the store is empty: " + options.path);
    }
    ZHICHA_TRY(configure(db, options));
    return db;
}

Status Database::execute(const std::string &sql) {
    const int code = sqlite3_exec(m_state->db, sql.c_str(), nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Status() : sqliteError(m_state->db, code, "running SQL");
}

Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt *raw = nullptr;
    const int code = sqlite3_prepare_v3(m_state->db, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK)
        return sqliteError(m_state->db, code, "preparing SQL");
    if (raw == nullptr)
        return fail(Code::Internal, "preparing SQL: there is none");
    return Statement(raw);
}

Result<std::int64_t> Database::readInteger(std::string_view sql) {
    ZHICHA_ASSIGN(Statement statement, prepare(sql));
    ZHICHA_ASSIGN(const bool row, statement.step());
    if (!row)
        return fail(Code::NotFound, "no row");
    return statement.integer(0);
}

Result<std::string> Database::readText(std::string_view sql) {
    ZHICHA_ASSIGN(Statement statement, prepare(sql));
    ZHICHA_ASSIGN(const bool row, statement.step());
    if (!row)
        return fail(Code::NotFound, "no row");
    return std::string(statement.text(0));
}

Status Database::quickCheck() {
    ZHICHA_ASSIGN(const std::string said, readText("PRAGMA quick_check(1)"));
    return said == "ok" ? Status() : fail(Code::StoreDamaged, "checking the store: " + said);
}

Status Database::checkpoint() {
    const int code = sqlite3_wal_checkpoint_v2(m_state->db, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    return code == SQLITE_OK ? Status() : sqliteError(m_state->db, code, "moving the WAL into the store");
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(m_state->db);
}

std::int64_t Database::lastInsertRowid() const {
    return sqlite3_last_insert_rowid(m_state->db);
}

bool Database::inTransaction() const {
    return sqlite3_get_autocommit(m_state->db) == 0;
}

bool Database::needsReopen() const {
    return m_state->broken;
}

sqlite3 *Database::handle() const {
    return m_state->db;
}

} // namespace zhicha
