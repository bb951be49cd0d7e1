#pragma once
// What operators and load balancers ask: /healthz (alive), /readyz (the store passed its start checks), /metrics.
#include "sync-server/http/metrics.h"
#include "sync-server/http/router.h"

namespace zhicha {

/** `ready` answers on worker threads whether requests can be served, and must be quick; `metrics` outlives the router.
 */
void addServiceRoutes(Router &router, const Metrics &metrics, std::function<Status()> ready);

} // namespace zhicha
