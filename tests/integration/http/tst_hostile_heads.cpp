// Goal: no head is understood in two ways, no head costs more than its limit in bytes and time. Method: a raw socket
// says it, the answer's status and the end of the connection are looked at; the server must go on serving after each.
#include "tests/support/http/raw_client.h"
#include "tests/support/http/test_server.h"

#include <gtest/gtest.h>

namespace zhicha::test {
namespace {

/** What the server answers to these bytes, and that it closes then. */
int refusalOf(TestServer &server, const std::string &bytes) {
    RawClient client(server.port());
    client.send(bytes);
    const auto answer = client.read();
    client.readAll();
    RawClient next(server.port());
    next.send(get("/healthz"));
    EXPECT_EQ(next.read().status, 200) << "no longer serving after " << bytes.substr(0, 200);
    return answer.status;
}

TEST(HostileHeads, refusesWhatTwoReadersWouldReadDifferently) {
    TestServer server;
    const std::string line = "POST /echo HTTP/1.1\r\nHost: x\r\n";
    EXPECT_EQ(refusalOf(server, line + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
    EXPECT_EQ(refusalOf(server, line + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"), 400);
    EXPECT_EQ(refusalOf(server, line + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"), 400);
    EXPECT_EQ(refusalOf(server, line + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"), 400);
    EXPECT_EQ(refusalOf(server, line + "Content-Length: 3, 3\r\n\r\nabc"), 400);
    EXPECT_EQ(refusalOf(server, line + "Content-Length: +3\r\n\r\nabc"), 400);
    EXPECT_EQ(refusalOf(server, line + "Content-Length: -3\r\n\r\nabc"), 400);
    EXPECT_EQ(refusalOf(server, line + "Content-Length: 0x3\r\n\r\nabc"), 400);
    EXPECT_EQ(refusalOf(server, line + "Content-Length: 99999999999999999999999\r\n\r\nabc"), 400);
    EXPECT_EQ(refusalOf(server, line + "Content-Length:\r\n\r\nabc"), 400);
    EXPECT_EQ(refusalOf(server, line + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), 501);
    EXPECT_EQ(refusalOf(server, line + "Transfer-Encoding: identity\r\n\r\n"), 501);
    EXPECT_EQ(refusalOf(server, line + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"), 501);
    EXPECT_EQ(refusalOf(server, line + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
              400);
    EXPECT_EQ(refusalOf(server, line + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"), 400);
    EXPECT_EQ(refusalOf(server, line + "Content-Length : 3\r\n\r\nabc"), 400);
    EXPECT_EQ(refusalOf(server, "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
    EXPECT_EQ(refusalOf(server, "GET /healthz HTTP/1.1\r\n\r\n"), 400);
    EXPECT_EQ(refusalOf(server, "GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"), 400);
    EXPECT_EQ(refusalOf(server, "GET /healthz HTTP/2.0\r\nHost: x\r\n\r\n"), 400);
    EXPECT_EQ(refusalOf(server, "GET http://x/healthz HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
    EXPECT_EQ(refusalOf(server, "GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\x01"
                                "b\r\n\r\n"),
              400);
    EXPECT_EQ(refusalOf(server, "GET /health\x01z HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
    EXPECT_EQ(refusalOf(server, "GET /a/../healthz HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
    EXPECT_EQ(refusalOf(server, "GET /%2e%2e/healthz HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
    EXPECT_EQ(refusalOf(server, "GET /a%2fhealthz HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
    EXPECT_EQ(refusalOf(server, "GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
    EXPECT_EQ(refusalOf(server, "GET /healthz HTTP/1.1\nHost: x\n\n"), 400);
    EXPECT_EQ(refusalOf(server, "\x16\x03\x01\x02\x01\r\n\r\n"), 400);
    EXPECT_EQ(refusalOf(server, "GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: a-miracle\r\n\r\n"), 417);
    EXPECT_EQ(refusalOf(server, line + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"), 415);
}

TEST(HostileHeads, hidesNoSecondRequestInABody) {
    TestServer server;
    RawClient client(server.port());
    // Whoever takes the length sees one request, whoever takes the chunks sees two. One refusal and the end it must be.
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 60\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto all = client.readAll();
    EXPECT_EQ(all.rfind("HTTP/1.1 400", 0), 0u);
    EXPECT_EQ(all.find("HTTP/1.1", 1), std::string::npos);
}

TEST(HostileHeads, refusesAHeadOverItsLimit) {
    TestServer server;
    EXPECT_EQ(refusalOf(server, get("/healthz", "X: " + std::string(20000, 'a') + "\r\n")), 431);
    EXPECT_EQ(refusalOf(server, "GET /" + std::string(20000, 'a') + " HTTP/1.1\r\n\r\n"), 431);
    std::string many;
    for (int i = 0; i < 3000; ++i)
        many += "A" + std::to_string(i) + ": b\r\n";
    EXPECT_EQ(refusalOf(server, get("/healthz", many)), 431);
}

TEST(HostileHeads, closesASlowHeadAtItsDeadlineHoweverOftenAByteComes) {
    TestServer server;
    RawClient client(server.port());
    // Each byte comes well before the deadline: only a deadline for the whole head ends this.
    const std::string head = "GET /healthz HTTP/1.1\r\nHost: " + std::string(2000, 'x');
    std::size_t sent = 0;
    while (sent < head.size() && client.send(head.substr(sent, 1))) {
        ++sent;
        std::promise<void> pause;
        pause.get_future().wait_for(std::chrono::milliseconds(10)); // the client's slowness is the thing under test
    }
    EXPECT_LT(sent, head.size());
}

TEST(HostileHeads, closesAClientThatSaysNothing) {
    auto settings = quickSettings();
    settings.idleDeadline = std::chrono::milliseconds(200);
    TestServer server(settings);
    RawClient client(server.port());
    EXPECT_TRUE(client.isClosed());
}

TEST(HostileHeads, answersMethodsAndPathsThatAreNotThere) {
    TestServer server;
    RawClient client(server.port());
    client.send(get("/nothing"));
    auto answer = client.read();
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.field("content-type"), "application/problem+json");
    client.send("DELETE /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    answer = client.read();
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.field("allow"), "get, head, options");
    client.send("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client.read().status, 404);
    client.send("BREW /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client.read().status, 405);
    client.send(get("/throw"));
    EXPECT_EQ(client.read().status, 500);
    client.send(get("/healthz"));
    EXPECT_EQ(client.read().status, 200);
}

TEST(HostileHeads, logsPatternsAndNeverWhatAClientTyped) {
    {
        TestServer server;
        RawClient client(server.port());
        client.send(get("/api/v1/blobs/secretname?unit=secretname", "X-Name: secretname\r\n"));
        client.read();
        client.send(get("/secretname"));
        client.read();
        client.send("SECRETNAME / HTTP/1.1\r\nHost: secretname\r\n\r\n");
        client.read();
        server.listener->stop();
        EXPECT_EQ(server.lines().find("ecretname"), std::string::npos) << server.lines();
        EXPECT_NE(server.lines().find("\"route\":\"/api/v1/blobs/{sha256}\""), std::string::npos) << server.lines();
        EXPECT_EQ(server.metrics.text().find("ecretname"), std::string::npos);
        EXPECT_EQ(server.metrics.text().find("SECRETNAME"), std::string::npos);
    }
}

} // namespace
} // namespace zhicha::test
