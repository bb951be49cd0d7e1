// Goal: every way in which an answer can end is told to the client rightly. Method: raw sockets; /stream makes its body
// piece by piece.
#include "tests/support/http/raw_client.h"
#include "tests/support/http/test_server.h"

#include <gtest/gtest.h>

namespace zhicha::test {
namespace {

TEST(Answers, streamsWithAndWithoutALength) {
    TestServer server;
    RawClient client(server.port());
    client.send(get("/stream?pieces=100&sized"));
    auto answer = client.read();
    EXPECT_EQ(answer.field("content-length"), "1000000");
    EXPECT_EQ(answer.body.size(), 1000000u);
    client.send(get("/stream?pieces=100"));
    answer = client.read();
    EXPECT_EQ(answer.field("transfer-encoding"), "chunked");
    EXPECT_EQ(answer.body.size(), 1000000u);
    client.send(get("/stream?pieces=0"));
    EXPECT_EQ(client.read().body, "");
    client.send("GET /stream?pieces=3 HTTP/1.0\r\n\r\n");
    const auto old = client.readAll();
    EXPECT_EQ(old.size() - old.find("\r\n\r\n") - 4, 30000u);
}

TEST(Answers, cutsABodyThatFailsSoThatNobodyTakesItForWhole) {
    TestServer server;
    RawClient sized(server.port());
    sized.send(get("/stream?pieces=3&sized&cut"));
    EXPECT_EQ(sized.read().body.size(), 30000u);
    EXPECT_TRUE(sized.isClosed());
    RawClient chunked(server.port());
    chunked.send(get("/stream?pieces=3&cut"));
    const auto all = chunked.readAll();
    EXPECT_EQ(all.find("\r\n0\r\n\r\n"), std::string::npos);
}

TEST(Answers, headHasTheFieldsOfGetAndNoBody) {
    TestServer server;
    RawClient client(server.port());
    client.send("HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto answer = client.read(true);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.field("content-length"), "3");
    EXPECT_EQ(answer.field("x-content-type-options"), "nosniff");
    client.send(get("/readyz"));
    EXPECT_EQ(client.read().body, "ready\n");
}

TEST(Answers, givesUpOnAClientThatDoesNotRead) {
    auto settings = quickSettings();
    settings.writeDeadline = std::chrono::milliseconds(300);
    TestServer server(settings);
    {
        RawClient client(server.port());
        client.send(get("/stream?pieces=10000"));
        // 100 MB fit in no socket buffer: the server must close by itself, with the client's end still open.
        for (int tries = 0; tries < 2000 && server.metrics.openConnections() > 0; ++tries) {
            std::promise<void> pause;
            pause.get_future().wait_for(std::chrono::milliseconds(2));
        }
        EXPECT_EQ(server.metrics.openConnections(), 0u);
    }
}

TEST(Answers, countsRequestsByPatternAndStatus) {
    TestServer server;
    RawClient client(server.port());
    client.send(get("/healthz"));
    client.read();
    client.send(get("/nowhere"));
    client.read();
    client.send(post("/echo", "12345"));
    client.read();
    client.send(get("/metrics"));
    const auto text = client.read().body;
    EXPECT_NE(text.find("requests_total{route=\"/healthz\",method=\"GET\",status=\"200\"} 1"), std::string::npos)
        << text;
    EXPECT_NE(text.find("requests_total{route=\"-\",method=\"GET\",status=\"404\"} 1"), std::string::npos);
    EXPECT_NE(text.find("zhicha_http_received_bytes_total 5"), std::string::npos);
    EXPECT_NE(text.find("zhicha_http_connections 1"), std::string::npos);
}

} // namespace
} // namespace zhicha::test
