#include "sync-server/http/resources/console/api_description.h"

#include "sync-server/http/resources/console/console_gate.h"

namespace zhicha {

void addApiDescription(Router &router) {
    router.add("GET", "/api/v1/openapi.json", RouteLimits{}, [](const Request &request) {
        Response response = textResponse(200, "application/json", apiDescriptionText());
        response.headers.emplace_back("Cache-Control", "no-cache");
        addSafetyHeaders(response, "default-src 'none'; frame-ancestors 'none'", request.tls);
        return response;
    });
}

} // namespace zhicha
