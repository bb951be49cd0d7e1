#pragma once
// Forward-only schema steps. `PRAGMA user_version` says how many a store has seen.
#include "shared/sqlite/database.h"

#include <span>

namespace zhicha {

struct Migration {
    int number = 0;        ///< from 1, without gaps
    std::string_view name; ///< "0007_add_receipts"
    std::string_view sql;  ///< one or more statements, no transaction of its own
};

/** Brings the store to the last of `migrations`, each in one BEGIN IMMEDIATE together with its user_version.
 *  Errors: StoreNewer (the store has seen more than we know; nothing is written); whatever the SQL fails with (that
 *          step is rolled back whole, the ones before it stay). Gaps in the numbers are a defect of ours. */
[[nodiscard]] Status migrate(Database &db, std::span<const Migration> migrations);

} // namespace zhicha
