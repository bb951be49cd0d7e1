// Goal: a security key's answer counts only for this challenge, page, host and key, with somebody touching it; no bytes
// that a browser could send crash or pass. Method: an authenticator of our own (Ed25519) makes whole ceremonies; then
// each part is changed, cut and replaced.
#include "sync-server/office/signin/webauthn.h"

#include "shared/base/base64url.h"
#include "shared/crypto/digest.h"
#include "shared/crypto/signature.h"
#include "shared/oplog/cbor.h"
#include "tests/support/ops/op_builder.h"

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;

namespace {
class WebAuthn : public testing::Test {
protected:
    Bytes clientData(const std::string &type, const std::string &origin = "https://localhost:8443",
                     const std::string &more = "") {
        const std::string text = R"({"type":")" + type + R"(","challenge":")" + toBase64Url(m_expected.challenge) +
                                 R"(","origin":")" + origin + "\"" + more + "}";
        return toBytes(viewOf(text));
    }
    Bytes authenticatorData(std::uint8_t flags, std::uint32_t count, const std::string &host = "localhost") {
        Bytes out = toBytes(sha256(viewOf(host)));
        out.push_back(flags);
        for (int shift = 24; shift >= 0; shift -= 8)
            out.push_back(static_cast<std::uint8_t>(count >> shift));
        return out;
    }
    Bytes coseKey(std::int64_t algorithm = kCoseEdDsa) {
        Bytes out;
        cbor::Writer(out)
            .map(4)
            .integer(1)
            .integer(1)
            .integer(3)
            .integer(algorithm)
            .integer(-1)
            .integer(6)
            .integer(-2)
            .bytes(m_key.publicKey());
        return out;
    }
    Bytes attested(const Bytes &key) {
        Bytes out = authenticatorData(0x41, 5);
        out.insert(out.end(), 16, 0);
        out.push_back(0);
        out.push_back(static_cast<std::uint8_t>(m_id.size()));
        append(out, m_id);
        append(out, key);
        return out;
    }
    Bytes attestation(const Bytes &data) {
        return cbor::encode(cbor::Map{{"fmt", "none"}, {"attStmt", cbor::Map{}}, {"authData", data}});
    }
    Assertion assertion(std::uint32_t count, std::uint8_t flags = 1) {
        Assertion out{clientData("webauthn.get"), authenticatorData(flags, count), {}};
        sign(out);
        return out;
    }
    void sign(Assertion &out) {
        Bytes message = out.authenticatorData;
        append(message, sha256(out.clientDataJson));
        out.signature = toBytes(m_key.signRaw(message));
    }
    Result<std::int64_t> check(const Assertion &given, std::int64_t count = 0) {
        return checkAssertion(given, kCoseEdDsa, m_key.publicKey(), count, m_expected);
    }

    SeededRandom m_random{3};
    SigningKey m_key = SigningKey::generate(m_random);
    Bytes m_id = toBytes(viewOf("credential-1"));
    WebAuthnExpectation m_expected{toBytes(viewOf("a challenge of thirty-two bytes!")), "https://localhost:8443",
                                   "localhost"};
};

TEST_F(WebAuthn, registersAKeyAndChecksItsSignature) {
    const auto read = readRegistration(clientData("webauthn.create"), attestation(attested(coseKey())), m_expected);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->id, m_id);
    EXPECT_EQ(read->algorithm, kCoseEdDsa);
    EXPECT_EQ(read->publicKey, toBytes(m_key.publicKey()));
    EXPECT_EQ(read->signCount, 5);
    const auto count = check(assertion(6), 5);
    ASSERT_TRUE(count) << count.error().detail;
    EXPECT_EQ(*count, 6);
}

TEST_F(WebAuthn, refusesAnotherPageHostChallengeTypeFrameOrNobodysTouch) {
    Assertion other = assertion(1);
    other.clientDataJson = clientData("webauthn.get", "https://localhost:8444");
    sign(other);
    EXPECT_FALSE(check(other));
    other.clientDataJson = clientData("webauthn.create");
    sign(other);
    EXPECT_FALSE(check(other));
    other.clientDataJson = clientData("webauthn.get", "https://localhost:8443", R"(,"crossOrigin":true)");
    sign(other);
    EXPECT_FALSE(check(other));
    other = assertion(1);
    other.authenticatorData = authenticatorData(1, 1, "evil.example");
    sign(other);
    EXPECT_FALSE(check(other));
    EXPECT_FALSE(check(assertion(1, 0)));
    EXPECT_TRUE(check(assertion(1)));
    m_expected.challenge = toBytes(viewOf("another challenge, not this one!"));
    Assertion late = assertion(1);
    m_expected.challenge.clear(); // none was given out, or it was used
    EXPECT_FALSE(check(late));
}

TEST_F(WebAuthn, noticesACopiedKeyByItsCounter) {
    EXPECT_FALSE(check(assertion(5), 5));
    EXPECT_FALSE(check(assertion(4), 5));
    EXPECT_FALSE(check(assertion(0), 5));
    EXPECT_TRUE(check(assertion(0), 0)); // keys without a counter
    EXPECT_TRUE(check(assertion(0xffffffff), 5));
}

TEST_F(WebAuthn, everyFlippedBitAndEveryCutIsRefused) {
    const Assertion good = assertion(9);
    for (Bytes Assertion::*part : {&Assertion::clientDataJson, &Assertion::authenticatorData, &Assertion::signature}) {
        for (std::size_t i = 0; i < (good.*part).size(); ++i) {
            Assertion bad = good;
            (bad.*part)[i] ^= 1;
            EXPECT_FALSE(check(bad)) << i;
            bad = good;
            (bad.*part).resize(i);
            EXPECT_FALSE(check(bad)) << i;
        }
    }
    const Bytes whole = attestation(attested(coseKey()));
    for (std::size_t i = 0; i < whole.size(); ++i)
        EXPECT_FALSE(readRegistration(clientData("webauthn.create"), ByteView(whole).first(i), m_expected)) << i;
}

TEST_F(WebAuthn, refusesKeysOfOtherKindsAndNonsense) {
    const auto registration = [&](const Bytes &key) {
        return readRegistration(clientData("webauthn.create"), attestation(attested(key)), m_expected);
    };
    EXPECT_FALSE(registration(coseKey(-257))); // RSA
    EXPECT_FALSE(registration(coseKey(kCoseEs256)));
    EXPECT_FALSE(registration({}));
    EXPECT_FALSE(registration(Bytes{0xbf, 0xff}));
    Bytes offCurve;
    cbor::Writer(offCurve).map(5).integer(1).integer(2).integer(3).integer(kCoseEs256).integer(-1).integer(1);
    cbor::Writer(offCurve).integer(-2).bytes(Bytes(32, 1)).integer(-3).bytes(Bytes(32, 1));
    EXPECT_FALSE(registration(offCurve));
    for (const char *json : {"", "[]", "{", "null", R"({"type":1})", R"({"type":"webauthn.create","challenge":null})"})
        EXPECT_FALSE(readRegistration(viewOf(json), attestation(attested(coseKey())), m_expected)) << json;
    const Bytes huge(100'000, '[');
    EXPECT_FALSE(readRegistration(huge, attestation(attested(coseKey())), m_expected));
    for (std::uint8_t first = 0; first < 0xff; ++first)
        EXPECT_FALSE(readRegistration(clientData("webauthn.create"), Bytes(64, first), m_expected));
}
} // namespace
