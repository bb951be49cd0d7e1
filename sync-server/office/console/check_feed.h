#pragma once
// What happened to a check, oldest first (docs/CONSOLE_API.md §4).
#include "sync-server/office/console/check_file.h"

namespace zhicha {

[[nodiscard]] Result<nlohmann::json> checkFeedJson(LedgerReader &ledger, Names &names, const CheckFile &file);
/** The history of one entity: every write with author, interval, fields and effect. */
[[nodiscard]] Result<nlohmann::json> historyJson(Names &names, const CheckFile &file, const Uuid &entity);

} // namespace zhicha
