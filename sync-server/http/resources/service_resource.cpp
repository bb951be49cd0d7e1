#include "sync-server/http/resources/service_resource.h"

#include "sync-server/http/problem_response.h"

namespace zhicha {

void addServiceRoutes(Router &router, const Metrics &metrics, std::function<Status()> ready) {
    const RouteLimits limits;
    router.add("GET", "/healthz", limits,
               [](const Request &) { return textResponse(200, "text/plain; charset=utf-8", "ok\n"); });
    router.add("GET", "/readyz", limits, [ready = std::move(ready)](const Request &) {
        if (auto status = ready(); !status)
            return problemResponse(status.error(), 503);
        return textResponse(200, "text/plain; charset=utf-8", "ready\n");
    });
    router.add("GET", "/metrics", limits, [&metrics](const Request &) {
        return textResponse(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text());
    });
}

} // namespace zhicha
