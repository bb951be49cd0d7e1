#include "shared/sqlite/transaction.h"

#include "shared/sqlite/database_state.h"
#include "shared/sqlite/sqlite_error.h"

#include <utility>

namespace zhicha {

namespace {

Status prepareOnce(sqlite3 *db, Statement &statement, const char *sql) {
    if (statement)
        return {};
    sqlite3_stmt *raw = nullptr;
    const int code = sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK)
        return sqliteError(db, code, sql);
    statement = Statement(raw);
    return {};
}

} // namespace

Result<Transaction> Transaction::begin(Database &db) {
    Database::State *state = db.m_state.get();
    if (state->broken)
        return fail(Code::DiskError, "an earlier commit failed on the disk: the store must be opened again");
    ZHICHA_CHECK(sqlite3_get_autocommit(state->db) != 0);
    ZHICHA_TRY(prepareOnce(state->db, state->begin, "BEGIN IMMEDIATE"));
    ZHICHA_TRY(prepareOnce(state->db, state->commit, "COMMIT"));
    ZHICHA_TRY(prepareOnce(state->db, state->rollback, "ROLLBACK"));
    ZHICHA_TRY(state->begin.run());
    return Transaction(state);
}

Transaction::Transaction(Transaction &&other) noexcept : m_state(std::exchange(other.m_state, nullptr)) {}

Transaction::~Transaction() {
    rollback();
}

Status Transaction::commit() {
    ZHICHA_CHECK(m_state != nullptr);
    if (sqlite3_get_autocommit(m_state->db) != 0) { // SQLite has rolled back by itself after an error inside
        m_state = nullptr;
        return fail(Code::DiskError, "the transaction was rolled back before its commit");
    }
    Status status = m_state->commit.run();
    if (status) {
        m_state = nullptr;
        return status;
    }
    // Pages that a failed write or sync left in the WAL are not to be built upon, and a second sync could lie.
    // A full disk is different: the write was refused before any sync, and work goes on when there is room.
    if (status.error().code == Code::DiskError)
        m_state->broken = true;
    rollback();
    return status;
}

void Transaction::rollback() {
    if (m_state == nullptr)
        return;
    Database::State *state = std::exchange(m_state, nullptr);
    if (sqlite3_get_autocommit(state->db) != 0)
        return;
    if (!state->rollback.run())
        state->broken = true; // cannot happen to a healthy connection; never write through this one again
}

} // namespace zhicha
