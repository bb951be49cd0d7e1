// Goal: TLS 1.2 and 1.3 work, nothing older and nothing else does. Method: OpenSSL as client, and clients that are
// none.
#include "shared/crypto/digest.h"
#include "tests/support/http/raw_client.h"
#include "tests/support/http/test_server.h"

#include <gtest/gtest.h>

#include <thread>

namespace zhicha::test {
namespace {

ListenerSettings tlsSettings() {
    auto settings = quickSettings();
    const auto identity = makeTlsIdentity("office.example", systemClock()).value();
    settings.tls = true;
    settings.tlsFiles.certificatePem = identity.certificatePem;
    settings.tlsFiles.privateKeyPem = identity.privateKeyPem;
    settings.handshakeDeadline = std::chrono::seconds(2);
    settings.headerDeadline = std::chrono::seconds(2);
    return settings;
}

TEST(Tls, servesVersionsFrom12On) {
    TestServer server(tlsSettings());
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        RawClient client(server.port());
        ASSERT_TRUE(client.startTls(version));
        for (int i = 0; i < 3; ++i) {
            client.send(post("/echo", std::string(60000, 'e')));
            EXPECT_EQ(client.read().body.size(), 60000u);
        }
    }
    RawClient old(server.port());
    EXPECT_FALSE(old.startTls(TLS1_1_VERSION));
}

TEST(Tls, closesWhoSpeaksPlainHttpOrNothingOrNonsense) {
    auto settings = tlsSettings();
    settings.handshakeDeadline = std::chrono::milliseconds(300);
    TestServer server(settings);
    RawClient plain(server.port());
    plain.send(get("/healthz"));
    EXPECT_EQ(plain.readAll().find("HTTP/1.1 200"), std::string::npos);
    RawClient silent(server.port());
    EXPECT_EQ(silent.readAll(), "");
    RawClient nonsense(server.port());
    nonsense.send(std::string(5000, '\x16'));
    nonsense.readAll();
    RawClient half(server.port());
    half.send("\x16\x03\x01\x02");
    half.readAll();
    // The counter moves just after the socket was closed: ask until it has.
    const std::string counted = "refused_total{reason=\"handshake\"} 4";
    for (int tries = 0; tries < 100000 && server.metrics.text().find(counted) == std::string::npos; ++tries)
        std::this_thread::yield();
    EXPECT_NE(server.metrics.text().find(counted), std::string::npos);
}

TEST(Tls, refusesToStartWithWhatDoesNotBelongTogether) {
    Router router;
    Metrics metrics;
    AccessLog log;
    auto settings = tlsSettings();
    settings.tlsFiles.privateKeyPem = makeTlsIdentity("other", systemClock()).value().privateKeyPem;
    const auto mixed = Listener::start(settings, router, metrics, log, systemClock());
    ASSERT_FALSE(mixed);
    EXPECT_EQ(mixed.error().code, Code::InvalidArgument);
    settings.tlsFiles.certificatePem = "nothing";
    EXPECT_FALSE(Listener::start(settings, router, metrics, log, systemClock()));
    auto open = quickSettings();
    open.address = "0.0.0.0";
    EXPECT_FALSE(Listener::start(open, router, metrics, log, systemClock())) << "no TLS beyond loopback";
    open.address = "localhost";
    EXPECT_FALSE(Listener::start(open, router, metrics, log, systemClock())) << "a name is no address";
}

TEST(Tls, saysWhenThePortIsTaken) {
    TestServer server;
    auto settings = quickSettings();
    settings.port = server.port();
    const auto second = Listener::start(settings, server.router, server.metrics, server.log, systemClock());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Code::NetworkDown);
}

TEST(Tls, endsAtACutConnectionWithoutACloseNotify) {
    TestServer server(tlsSettings());
    for (int i = 0; i < 20; ++i) {
        RawClient client(server.port());
        ASSERT_TRUE(client.startTls());
        client.send(post("/echo", "x"));
        if (i % 2 == 0)
            client.read();
        client.reset();
    }
    RawClient next(server.port());
    ASSERT_TRUE(next.startTls());
    next.send(get("/healthz"));
    EXPECT_EQ(next.read().status, 200);
}

} // namespace
} // namespace zhicha::test
