#pragma once
// Prepared statements of one connection, found again by the literal that made them.
#include "shared/sqlite/database.h"

#include <unordered_map>

namespace zhicha {

/** Owner: the store, which destroys it before its Database. Threads: the store's.
 *  `text` must be a string literal: its address is the key. A statement in use must not be asked for again before its
 *  ScopedReset is over. */
class Sql {
public:
    explicit Sql(Database &db) : m_db(db) {}
    Result<Statement *> get(const char *text);
    [[nodiscard]] Database &database() { return m_db; }

private:
    Database &m_db;
    std::unordered_map<const char *, Statement> m_statements;
};

} // namespace zhicha
