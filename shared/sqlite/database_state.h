#pragma once
// Private to the folder: what a Database holds.
#include "shared/sqlite/database.h"

#include <sqlite3.h>

namespace zhicha {

struct Database::State {
    sqlite3 *db = nullptr;
    Statement begin, commit, rollback; // cached: a transaction costs no parsing
    bool broken = false;               // a write or sync of a commit failed

    State() = default;
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State() {
        begin = Statement();
        commit = Statement();
        rollback = Statement();
        sqlite3_close_v2(db);
    }
};

} // namespace zhicha
