#pragma once
// A code for a tablet, as devices/codes and the first run give it.
#include "sync-server/http/resources/console/console_call.h"
#include "sync-server/office/console/index_keeper.h"

namespace zhicha {

/** {"code","code_groups","server","fingerprint","expires_at","qr","inspector"}. `inspector` = id, code or name; the
 *  administrator's call makes a new person of a new name. */
[[nodiscard]] Result<nlohmann::json> makeEnrolAnswer(ConsoleCall &call, const std::string &inspector);

} // namespace zhicha
