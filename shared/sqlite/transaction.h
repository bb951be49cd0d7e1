#pragma once
// BEGIN IMMEDIATE … COMMIT as a scope.
#include "shared/sqlite/database.h"

namespace zhicha {

/** Owner: a scope on the thread of its Database. Rolled back unless commit() returned success.
 *  Errors: begin: StoreLocked (another writer), DiskError once the connection needsReopen.
 *          commit: as it fails; then nothing of it may be acknowledged, though a re-open may still find it whole. */
class Transaction {
public:
    [[nodiscard]] static Result<Transaction> begin(Database &db);
    Transaction(Transaction &&other) noexcept;
    Transaction &operator=(Transaction &&) = delete;
    ~Transaction();

    /** Durable once this returned success (WAL, synchronous FULL). */
    Status commit();
    void rollback();

private:
    explicit Transaction(Database::State *state) : m_state(state) {}
    Database::State *m_state; // null when over
};

} // namespace zhicha
