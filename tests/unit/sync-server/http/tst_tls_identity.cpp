// Goal: the certificate that we make is one that OpenSSL takes, and its key digest is the one that tablets compare.
// Method: make two, read them back.
#include "sync-server/http/tls_identity.h"

#include "sync-server/http/tls_context.h"

#include <gtest/gtest.h>

namespace zhicha {
namespace {

TEST(TlsIdentity, makesAPairThatServes) {
    const auto identity = makeTlsIdentity("office.example", systemClock()).value();
    TlsFiles files;
    files.certificatePem = identity.certificatePem;
    files.privateKeyPem = identity.privateKeyPem;
    EXPECT_TRUE(makeTlsContext(files));
    EXPECT_EQ(tlsKeyDigestOf(identity.certificatePem).value(), identity.tlsKeyDigest);
    EXPECT_NE(identity.tlsKeyDigest, Digest{});
    const auto other = makeTlsIdentity("office.example", systemClock()).value();
    EXPECT_NE(other.tlsKeyDigest, identity.tlsKeyDigest);
    files.privateKeyPem = other.privateKeyPem;
    EXPECT_FALSE(makeTlsContext(files)) << "another key";
}

TEST(TlsIdentity, refusesNamesThatAreNone) {
    const std::vector<std::string> names{"", "a b", "a,DNS:evil", "a\nb", std::string(65, 'a')};
    for (const std::string &name : names)
        EXPECT_FALSE(makeTlsIdentity(name, systemClock())) << name;
    EXPECT_FALSE(makeTlsIdentity("x", systemClock(), 0));
    EXPECT_FALSE(tlsKeyDigestOf(""));
    EXPECT_FALSE(tlsKeyDigestOf("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
}

} // namespace
} // namespace zhicha
