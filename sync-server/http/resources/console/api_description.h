#pragma once
// The description of everything that the server answers (OpenAPI 3.1), as it is served.
#include "sync-server/http/router.h"

namespace zhicha {

/** openapi.json as it stands beside this file. */
[[nodiscard]] std::string_view apiDescriptionText();
/** GET /api/v1/openapi.json, for anybody: it says what may be asked, and nothing of what would be answered. */
void addApiDescription(Router &router);

} // namespace zhicha
