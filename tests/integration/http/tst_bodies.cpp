// Goal: bodies come in whole, within limits, in any legal framing, or not at all. Method: raw sockets against /echo,
// which answers the body as the handler saw it.
#include "tests/support/http/raw_client.h"
#include "tests/support/http/test_server.h"

#include <gtest/gtest.h>
#include <zstd.h>

namespace zhicha::test {
namespace {

std::string packed(const std::string &plain, int level = 3) {
    std::string out(ZSTD_compressBound(plain.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), plain.data(), plain.size(), level));
    return out;
}

TEST(Bodies, keepsAConnectionAndAnswersPipelinedRequestsInOrder) {
    TestServer server;
    RawClient client(server.port());
    std::string all;
    for (int i = 0; i < 50; ++i)
        all += post("/echo", "body " + std::to_string(i));
    ASSERT_TRUE(client.send(all));
    for (int i = 0; i < 50; ++i) {
        const auto answer = client.read();
        ASSERT_EQ(answer.status, 200);
        ASSERT_EQ(answer.body, "body " + std::to_string(i));
    }
}

TEST(Bodies, takesEveryCutOfARequestIntoPackets) {
    TestServer server;
    const auto whole = post("/echo", "0123456789", "X-Some: thing\r\n");
    RawClient client(server.port());
    for (std::size_t cut = 1; cut < whole.size(); cut += 3) {
        ASSERT_TRUE(client.send(whole.substr(0, cut)));
        ASSERT_TRUE(client.send(whole.substr(cut)));
        ASSERT_EQ(client.read().body, "0123456789");
    }
}

TEST(Bodies, takesChunksWithinTheLimit) {
    TestServer server;
    RawClient client(server.port());
    const std::string head = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    client.send(head + "3\r\nabc\r\nA;note=1\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n");
    EXPECT_EQ(client.read().body, "abc0123456789");
    const std::string large(40000, 'y');
    client.send(head + "9c40\r\n" + large + "\r\n0\r\n\r\n");
    EXPECT_EQ(client.read().body, large);
    client.send(head + "9c40\r\n" + large + "\r\n9c40\r\n" + large + "\r\n0\r\n\r\n");
    EXPECT_EQ(client.read().status, 413);
    client.readAll();
}

TEST(Bodies, refusesBrokenChunks) {
    TestServer server;
    const std::string head = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const std::string body : {"zz\r\nabc\r\n", "3\r\nabcd\r\n0\r\n\r\n", "-1\r\nabc\r\n",
                                   "ffffffffffffffffff\r\nabc\r\n", "3\nabc\n0\n\n"}) {
        RawClient client(server.port());
        client.send(head + body);
        client.halfClose();
        const auto answer = client.read();
        EXPECT_TRUE(answer.status == 400 || answer.status == 413 || answer.status == 0) << body << answer.status;
        client.readAll();
    }
    RawClient endless(server.port());
    endless.send(head + "3;" + std::string(200000, 'e'));
    EXPECT_EQ(endless.read().status, 400);
}

TEST(Bodies, refusesADeclaredSizeOverTheLimitBeforeReadingIt) {
    TestServer server;
    RawClient client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n");
    const auto answer = client.read();
    EXPECT_EQ(answer.status, 413);
    EXPECT_EQ(answer.field("connection"), "close");
    client.send(std::string(100000, 'x')); // still sending: the answer above must have survived it
    client.readAll();
}

TEST(Bodies, saysContinueOnlyWhereItWillReadOn) {
    TestServer server;
    RawClient client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read().status, 100);
    client.send("body");
    EXPECT_EQ(client.read().body, "body");
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read().status, 413);
    RawClient blob(server.port());
    blob.send("PATCH /api/v1/blobs/" + std::string(64, 'a') +
              " HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\nTus-Resumable: 1.0.0\r\n"
              "Content-Type: application/offset+octet-stream\r\nAuthorization: Bearer bad\r\n\r\n");
    EXPECT_EQ(blob.read().status, 401);
}

TEST(Bodies, unpacksZstdWithinTheLimit) {
    TestServer server;
    RawClient client(server.port());
    const std::string plain(200000, 'z');
    client.send(post("/echo", packed(plain), "Content-Encoding: zstd\r\n"));
    EXPECT_EQ(client.read().body, plain);
    client.send(post("/echo", packed("two ") + packed("frames"), "Content-Encoding: zstd\r\n"));
    EXPECT_EQ(client.read().body, "two frames");
    client.send(post("/echo", packed(plain), "Content-Encoding: zstd\r\nAccept-Encoding: br, zstd\r\n"));
    const auto answer = client.read();
    EXPECT_EQ(answer.field("content-encoding"), "zstd");
    EXPECT_LT(answer.body.size(), 1000u);
    client.send(post("/echo", packed(plain), "Content-Encoding: zstd\r\nAccept-Encoding: zstd;q=0\r\n"));
    EXPECT_EQ(client.read().body.size(), plain.size());
}

TEST(Bodies, refusesBombsAndDamagedFrames) {
    TestServer server;
    const std::string bomb = packed(std::string(32 << 20, '\0'), 1); // 32 MiB in some 1 KiB
    ASSERT_LT(bomb.size(), 64u * 1024);
    RawClient client(server.port());
    client.send(post("/echo", bomb, "Content-Encoding: zstd\r\n"));
    EXPECT_EQ(client.read().status, 413);
    auto cut = packed(std::string(1000, 'a') + "tail");
    cut.pop_back();
    client.send(post("/echo", cut, "Content-Encoding: zstd\r\n"));
    EXPECT_EQ(client.read().status, 400);
    client.send(post("/echo", "this is no frame", "Content-Encoding: zstd\r\n"));
    EXPECT_EQ(client.read().status, 400);
    client.send(get("/healthz"));
    EXPECT_EQ(client.read().status, 200);
}

TEST(Bodies, dropsABodyThatEndsEarlyOrStallsAndServesOn) {
    TestServer server;
    RawClient cut(server.port());
    cut.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nonly this");
    cut.halfClose();
    EXPECT_EQ(cut.readAll(), "");
    RawClient stalled(server.port());
    stalled.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nonly this");
    EXPECT_TRUE(stalled.isClosed());
    RawClient reset(server.port());
    reset.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nonly this");
    reset.reset();
    RawClient next(server.port());
    next.send(get("/healthz"));
    EXPECT_EQ(next.read().status, 200);
}

TEST(Bodies, closesABodyThatDripsAtItsDeadline) {
    TestServer server;
    RawClient client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n");
    int sent = 0;
    while (sent < 5000 && client.send("x")) {
        ++sent;
        std::promise<void> pause;
        pause.get_future().wait_for(std::chrono::milliseconds(10)); // the client's slowness is the thing under test
    }
    EXPECT_LT(sent, 1000);
}

TEST(Bodies, answersAClientThatClosedItsHalf) {
    TestServer server;
    RawClient client(server.port());
    client.send(post("/echo", "last words"));
    client.halfClose();
    EXPECT_EQ(client.read().body, "last words");
    EXPECT_TRUE(client.isClosed());
}

} // namespace
} // namespace zhicha::test
