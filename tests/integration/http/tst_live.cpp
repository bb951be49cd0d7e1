// Goal: a page that was left holds no stream: its body goes as soon as the client has closed, though it has nothing to
// say. Method: clients that ask for a body that stays silent for ever, then close, break off or say a TLS goodbye.
#include "tests/support/http/raw_client.h"
#include "tests/support/http/test_server.h"

#include <gtest/gtest.h>

namespace zhicha::test {
namespace {

void leaves(bool tls, const std::function<void(RawClient &)> &leave) {
    auto settings = quickSettings();
    settings.tls = tls;
    if (tls) {
        const auto identity = makeTlsIdentity("office.example", systemClock()).value();
        settings.tlsFiles.certificatePem = identity.certificatePem;
        settings.tlsFiles.privateKeyPem = identity.privateKeyPem;
        settings.handshakeDeadline = std::chrono::seconds(2);
        settings.headerDeadline = std::chrono::seconds(2);
    }
    TestServer server(settings);
    auto ended = server.liveEnded.get_future();
    RawClient client(server.port());
    if (tls) {
        ASSERT_TRUE(client.startTls());
    }
    client.send(get("/live"));
    ASSERT_EQ(client.read(true).status, 200);
    leave(client);
    EXPECT_EQ(ended.wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

TEST(Live, endsWithAClientThatCloses) {
    leaves(false, [](RawClient &client) { client.close(); });
}

TEST(Live, endsWithAClientThatBreaksOff) {
    leaves(false, [](RawClient &client) { client.reset(); });
}

TEST(Live, endsWithAClientThatSaysMoreAndCloses) {
    leaves(false, [](RawClient &client) {
        client.send(get("/healthz"));
        client.close();
    });
}

TEST(Live, endsWithATlsClientThatCloses) {
    leaves(true, [](RawClient &client) { client.close(); });
}
} // namespace
} // namespace zhicha::test
