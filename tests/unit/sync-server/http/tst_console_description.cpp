// Goal: what openapi.json describes is what the server answers: every route stands in it, nothing else does, and with
// the scopes that open it. Method: the real router's routes against the file, both ways; each token scope asked at each
// route that names it or does not. That answers fit their schemas is tested over a whole city by
// tests/integration/tst_openapi.py.
#include "sync-server/http/resources/blobs_resource.h"
#include "sync-server/http/resources/console/api_description.h"
#include "sync-server/http/resources/service_resource.h"
#include "sync-server/http/resources/tablet/ledger_blob_gate.h"
#include "sync-server/http/resources/tablet/tablet_resource.h"
#include "sync-server/office/signin/api_tokens.h"
#include "tests/unit/sync-server/http/console_fixture.h"

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
class ConsoleDescription : public ConsoleFixture {
protected:
    ConsoleDescription() {
        addApiDescription(m_router);
        addTabletRoutes(m_router, m_access);
        addBlobRoutes(m_router, m_photos, m_blobs);
        addServiceRoutes(m_router, m_metrics, [] { return Status(); });
    }
    LedgerBlobGate m_blobs{m_access};
    Metrics m_metrics;
    const json m_file = json::parse(apiDescriptionText());
};

TEST_F(ConsoleDescription, namesEveryRouteAndNoOther) {
    std::set<std::string> routes, described;
    m_router.forEach([&](const Route &route) { routes.insert(route.method + " " + route.pattern); });
    for (const auto &[path, methods] : m_file["paths"].items())
        for (const auto &[method, operation] : methods.items()) {
            std::string upper = method;
            for (char &c : upper)
                c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
            described.insert(upper + " " + path);
            EXPECT_FALSE(operation["summary"].get<std::string>().empty()) << path;
            EXPECT_TRUE(operation["responses"].contains("default")) << path;
        }
    for (const std::string &route : routes)
        EXPECT_TRUE(described.contains(route)) << "not described: " << route;
    for (const std::string &route : described)
        EXPECT_TRUE(routes.contains(route)) << "described, and no route: " << route;
}

TEST_F(ConsoleDescription, namesTheParametersOfEachPathAndOnlySchemasThatAreThere) {
    for (const auto &[path, methods] : m_file["paths"].items())
        for (const auto &[method, operation] : methods.items()) {
            std::set<std::string> named;
            for (const json &parameter : operation.value("parameters", json::array()))
                if (parameter["in"] == "path")
                    named.insert(parameter["name"]);
            for (const std::string &name : named)
                EXPECT_NE(path.find("{" + name + "}"), std::string::npos) << path;
            EXPECT_EQ(named.size(), static_cast<std::size_t>(std::count(path.begin(), path.end(), '{'))) << path;
        }
    const std::string text(apiDescriptionText());
    constexpr std::string_view kRef = "#/components/schemas/";
    for (std::size_t at = text.find(kRef); at != std::string::npos; at = text.find(kRef, at + 1)) {
        const std::string name = text.substr(at + kRef.size(), text.find('"', at) - at - kRef.size());
        EXPECT_TRUE(m_file["components"]["schemas"].contains(name)) << name;
    }
}

TEST_F(ConsoleDescription, saysOfEachScopeWhatItOpens) {
    const Uuid admin = signedIn("管理员", "administrator");
    std::map<std::string, std::string> tokens;
    for (const TokenScope &scope : tokenScopes()) {
        const Answer made = ask(admin, "POST", "/tokens",
                                json{{"name", std::string(scope.name)},
                                     {"purpose", "试"},
                                     {"days", 1},
                                     {"scopes", {std::string(scope.name)}}});
        ASSERT_EQ(made.status, 201) << made.body;
        tokens[std::string(scope.name)] = made.body["token"];
    }
    for (const auto &[path, methods] : m_file["paths"].items())
        for (const auto &[method, operation] : methods.items()) {
            if (!path.starts_with("/api/v1/console/") || (method != "get" && method != "post"))
                continue;
            std::set<std::string> said;
            for (const json &way : operation["security"])
                if (way.contains("token"))
                    said.insert(way["token"][0].get<std::string>());
            for (const auto &[scope, token] : tokens) {
                Request request;
                request.method = method == "get" ? "GET" : "POST";
                std::string target = path;
                for (std::size_t open = target.find('{'); open != std::string::npos; open = target.find('{'))
                    target.replace(open, target.find('}') - open + 1, "00000000-0000-4000-8000-000000000000");
                ASSERT_TRUE(readTarget(target, request));
                request.headers["authorization"] = "Bearer " + token;
                if (method == "post") {
                    request.headers["content-type"] = "application/json";
                    request.body = toBytes(viewOf("{}"));
                }
                const Response response = m_router.handle(std::move(request));
                EXPECT_EQ(response.status != 403 && response.status != 401, said.contains(scope))
                    << method << " " << path << " with " << scope << ": " << response.status;
            }
        }
}

TEST_F(ConsoleDescription, isServedToAnybody) {
    Request request;
    request.method = "GET";
    ASSERT_TRUE(readTarget("/api/v1/openapi.json", request));
    const Response response = m_router.handle(std::move(request));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(json::parse(response.body)["openapi"], "3.1.0");
}
} // namespace
