#pragma once
// GET keys, POST devices, sessions and operations, GET changes and proofs (docs/PROTOCOL.md).
#include "sync-server/http/router.h"
#include "sync-server/office/access.h"

namespace zhicha {

/** `access` outlives the router. Handlers run on any worker thread. */
void addTabletRoutes(Router &router, LedgerAccess &access);

/** The session of the request's bearer token. SessionExpired. */
[[nodiscard]] Result<struct Session> admitTablet(LedgerAccess &access, const Request &request);

} // namespace zhicha
