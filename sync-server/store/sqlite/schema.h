#pragma once
// The ledger file's schema, forward only. Append-only tables refuse UPDATE and DELETE of what was signed.
#include "shared/sqlite/migrator.h"

namespace zhicha {
[[nodiscard]] std::span<const Migration> ledgerMigrations();
} // namespace zhicha
