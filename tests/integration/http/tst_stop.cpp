// Goal: a stop loses no running request, keeps nobody waiting for an idle one, and ends in bounded time. Method: a
// handler that waits for the test's word while the listener stops.
#include "tests/support/http/raw_client.h"
#include "tests/support/http/test_server.h"

#include <gtest/gtest.h>

#include <thread>

namespace zhicha::test {
namespace {

TEST(Stop, finishesARunningRequestAndClosesIdleConnections) {
    TestServer server;
    RawClient idle(server.port());
    idle.send(get("/healthz"));
    ASSERT_EQ(idle.read().status, 200);
    RawClient busy(server.port());
    busy.send(get("/slow"));
    server.entered.get_future().wait();
    std::thread stopper([&] { server.listener->stop(); });
    EXPECT_TRUE(idle.isClosed()); // so the stop has begun
    server.released.set_value();
    const auto answer = busy.read();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "done");
    EXPECT_EQ(answer.field("connection"), "close");
    stopper.join();
    EXPECT_FALSE(RawClient(server.port()).connected());
}

TEST(Stop, cutsWhatIsNotDoneAtTheDeadline) {
    auto settings = quickSettings();
    settings.stopDeadline = std::chrono::milliseconds(200);
    settings.bodyBlockDeadline = std::chrono::seconds(60);
    TestServer server(settings);
    RawClient stalled(server.port());
    stalled.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n");
    ASSERT_EQ(stalled.read().status, 100);
    server.listener->stop();
    EXPECT_TRUE(stalled.isClosed());
}

TEST(Stop, mayComeTwiceAndWithoutAnyConnection) {
    TestServer server;
    server.listener->stop();
    server.listener->stop();
}

} // namespace
} // namespace zhicha::test
