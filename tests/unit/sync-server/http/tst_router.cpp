// Goal: each request reaches its one route, under that route's limits, without a socket. Method: a router with
// overlapping patterns.
#include "sync-server/http/router.h"

#include "sync-server/http/problem_response.h"
#include "sync-server/http/resources/service_resource.h"

#include <gtest/gtest.h>

namespace zhicha {
namespace {

Request requestOf(std::string method, std::string_view target) {
    Request request;
    request.method = std::move(method);
    EXPECT_TRUE(readTarget(target, request));
    return request;
}

Handler answering(int status) {
    return [status](const Request &) { return emptyResponse(status); };
}

TEST(Router, literalSegmentsWinOverParameters) {
    Router router;
    router.add("GET", "/checks/{id}", RouteLimits(), answering(201));
    router.add("GET", "/checks/open", RouteLimits(), answering(202));
    EXPECT_EQ(router.handle(requestOf("GET", "/checks/open")).status, 202);
    EXPECT_EQ(router.handle(requestOf("GET", "/checks/7")).status, 201);
    EXPECT_EQ(router.handle(requestOf("GET", "/checks")).status, 404);
    EXPECT_EQ(router.handle(requestOf("GET", "/checks/7/8")).status, 404);
}

TEST(Router, givesParametersDecoded) {
    Router router;
    router.add("GET", "/checks/{id}/{part}", RouteLimits(), [](const Request &request) {
        return textResponse(200, "text/plain",
                            std::string(request.param("id")) + "|" + std::string(request.param("part")));
    });
    const auto response = router.handle(requestOf("GET", "/checks/a%20b/c"));
    EXPECT_EQ(textOf(response.body), "a b|c");
}

TEST(Router, headFallsBackOnGetUnlessThereIsOne) {
    Router router;
    router.add("GET", "/a", RouteLimits(), answering(201));
    router.add("GET", "/b", RouteLimits(), answering(201));
    router.add("HEAD", "/b", RouteLimits(), answering(202));
    EXPECT_EQ(router.handle(requestOf("HEAD", "/a")).status, 201);
    EXPECT_EQ(router.handle(requestOf("HEAD", "/b")).status, 202);
}

TEST(Router, namesTheMethodsThatThereAre) {
    Router router;
    router.add("GET", "/a", RouteLimits(), answering(200));
    router.add("POST", "/a", RouteLimits(), answering(200));
    const auto refused = router.handle(requestOf("PUT", "/a"));
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(refused.header("Allow"), "GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(router.handle(requestOf("OPTIONS", "/a")).status, 204);
    EXPECT_EQ(router.handle(requestOf("OPTIONS", "/b")).status, 404);
}

TEST(Router, holdsTheBodyLimitAndTurnsWhatIsThrownIntoAnAnswer) {
    Router router;
    RouteLimits limits;
    limits.maxBodyBytes = 3;
    router.add("POST", "/a", limits, answering(200));
    router.add("GET", "/throw", limits, [](const Request &) -> Response { throw std::runtime_error("secret"); });
    auto request = requestOf("POST", "/a");
    request.body = Bytes(3);
    EXPECT_EQ(router.handle(request).status, 200);
    request.body = Bytes(4);
    EXPECT_EQ(router.handle(request).status, 413);
    const auto thrown = router.handle(requestOf("GET", "/throw"));
    EXPECT_EQ(thrown.status, 500);
    EXPECT_EQ(textOf(thrown.body).find("secret"), std::string_view::npos);
}

class Collect final : public BodyStream {
public:
    explicit Collect(std::string &into) : m_into(into) {}
    Status write(ByteView piece) override {
        if (textOf(piece) == "bad")
            return fail(Code::DiskFull, "full");
        m_into += textOf(piece);
        return {};
    }
    Response finish() override { return emptyResponse(204); }
    void abandon() override { m_into += "abandoned"; }

private:
    std::string &m_into;
};

TEST(Router, runsUploadsAndAbandonsFailedOnes) {
    std::string got;
    Router router;
    RouteLimits limits;
    limits.maxBodyBytes = 100;
    router.addUpload("PATCH", "/a", limits, [&got](const Request &request) -> UploadStart {
        if (!request.query.empty())
            return emptyResponse(412);
        return std::make_unique<Collect>(got);
    });
    auto request = requestOf("PATCH", "/a");
    request.body = toBytes(viewOf("good"));
    EXPECT_EQ(router.handle(request).status, 204);
    EXPECT_EQ(got, "good");
    request.body = toBytes(viewOf("bad"));
    EXPECT_EQ(router.handle(request).status, 507);
    EXPECT_EQ(got, "goodabandoned");
    EXPECT_EQ(router.handle(requestOf("PATCH", "/a?refuse")).status, 412);
}

TEST(ServiceRoutes, readyzAsksAndHealthzDoesNot) {
    Router router;
    Metrics metrics;
    bool ready = false;
    addServiceRoutes(router, metrics, [&ready]() -> Status {
        if (!ready)
            return fail(Code::StoreDamaged, "not checked yet");
        return {};
    });
    EXPECT_EQ(router.handle(requestOf("GET", "/healthz")).status, 200);
    EXPECT_EQ(router.handle(requestOf("GET", "/readyz")).status, 503);
    ready = true;
    EXPECT_EQ(router.handle(requestOf("GET", "/readyz")).status, 200);
    EXPECT_EQ(router.handle(requestOf("GET", "/metrics")).status, 200);
}

} // namespace
} // namespace zhicha
