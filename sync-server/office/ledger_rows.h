#pragma once
// Rows of the ledger as the ledger file has them: what it carries of each, and in which order.
#include "sync-server/intake/intake.h"

namespace zhicha {

/** Rows of a type that are not void, in the order in which the ledger first had them. */
[[nodiscard]] Result<std::vector<RowRecord>> rowsInOrder(LedgerReader &ledger, EntityType type);

/** The fields of a kind that the row has. */
[[nodiscard]] cbor::Map fieldsOfKind(const EntityRow &row, const KindInfo &kind);

/** Fields that have no place in a ledger file: a file that lacks them says nothing about them. */
[[nodiscard]] bool isOutsideFile(std::string_view field);

} // namespace zhicha
