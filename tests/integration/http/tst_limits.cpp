// Goal: one client cannot take what others need: connections, memory. Method: many real connections, from several
// loopback addresses where fairness between addresses is shown.
#include "tests/support/http/raw_client.h"
#include "tests/support/http/test_server.h"

#include <gtest/gtest.h>

namespace zhicha::test {
namespace {

bool isServed(RawClient &client) {
    client.send(get("/healthz"));
    return client.read().status == 200;
}

TEST(Limits, refusesConnectionsOverTheLimitOfAnAddressOnly) {
    auto settings = quickSettings();
    settings.maxConnectionsPerAddress = 20;
    TestServer server(settings);
    std::vector<std::unique_ptr<RawClient>> clients;
    int served = 0;
    for (int i = 0; i < 220; ++i) {
        clients.push_back(std::make_unique<RawClient>(server.port()));
        served += isServed(*clients.back()) ? 1 : 0;
    }
    EXPECT_EQ(served, 20);
    RawClient other(server.port(), "127.0.0.1", "127.0.0.2");
    EXPECT_TRUE(isServed(other));
    EXPECT_NE(server.metrics.text().find("refused_total{reason=\"address_limit\"} 200"), std::string::npos);
    clients.resize(10); // who leaves makes room
    for (int tries = 0; tries < 1000 && server.metrics.openConnections() > 11; ++tries)
        RawClient(server.port(), "127.0.0.1", "127.0.0.3");
    RawClient again(server.port());
    EXPECT_TRUE(isServed(again));
}

TEST(Limits, makesRoomForAnotherAddressWhenTheTableIsFull) {
    auto settings = quickSettings();
    settings.maxConnections = 20;
    TestServer server(settings);
    std::vector<std::unique_ptr<RawClient>> greedy;
    for (int i = 0; i < 20; ++i) {
        greedy.push_back(std::make_unique<RawClient>(server.port()));
        ASSERT_TRUE(isServed(*greedy.back()));
    }
    // The server marks a connection idle just after its answer went out: ask until it has.
    bool served = false;
    for (int tries = 0; tries < 100 && !served; ++tries) {
        RawClient other(server.port(), "127.0.0.1", "127.0.0.2");
        served = isServed(other);
    }
    EXPECT_TRUE(served);
}

TEST(Limits, holdsNoMoreBodiesThanItsMemoryAllows) {
    auto settings = quickSettings();
    settings.maxBufferedBytes = 100 * 1024;
    settings.bodyBlockDeadline = std::chrono::seconds(5);
    TestServer server(settings);
    RawClient first(server.port());
    first.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\nExpect: 100-continue\r\n\r\n");
    ASSERT_EQ(first.read().status, 100);
    first.send(std::string(100, 'a'));
    RawClient second(server.port()); // "100" said that the first has its share
    second.send(post("/echo", std::string(60000, 'b')));
    const auto answer = second.read();
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.field("retry-after"), "2");
    first.send(std::string(59900, 'a'));
    EXPECT_EQ(first.read().body.size(), 60000u);
    RawClient third(server.port());
    third.send(post("/echo", std::string(60000, 'c')));
    EXPECT_EQ(third.read().status, 200);
}

} // namespace
} // namespace zhicha::test
