// Goal: a key note that opens was signed by the root key of the fingerprint, byte for byte.
// Method: every bit flipped, other roots, other purposes, notes that are signed but malformed.
#include "shared/oplog/key_note.h"
#include "tests/support/formats/arbitrary.h"
#include "tests/support/formats/samples.h"

#include <gtest/gtest.h>

namespace zhicha {
namespace {

const SigningKey &rootKey() {
    static const SigningKey key = samples::sampleKey("root key");
    return key;
}
Digest fingerprint() {
    return fingerprintOf(rootKey().publicKey());
}
KeyNote sample() {
    KeyNote note;
    note.ledger = samples::sampleLedger();
    note.name = "县直查台账";
    note.serial = 3;
    note.issuedAtMs = 1'795'482'000'000;
    note.generation = 2;
    note.logKey = samples::sampleKey("log key").publicKey();
    note.serverDevice = samples::sampleId("server device");
    note.serverKey = samples::sampleKey("server key").publicKey();
    note.sealingKey = samples::seeded("sealing key");
    note.tlsKeys = {samples::seeded("tls 1"), samples::seeded("tls 2")};
    note.past = {
        {1, samples::sampleKey("old").publicKey(), samples::sampleId("old"), samples::sampleKey("o").publicKey()}};
    return note;
}
/** A payload of our choice under the right signature. */
Bytes signedPayload(const Bytes &payload, std::string_view purpose = "keys") {
    Bytes out;
    cbor::Writer(out).array(3).bytes(rootKey().publicKey()).bytes(payload).bytes(rootKey().signFor(purpose, payload));
    return out;
}
Bytes payloadOf(const Bytes &note) {
    return *(*cbor::decode(note)->array())[1].bytes();
}

TEST(KeyNote, opensAsItWasSigned) {
    KeyNote bare = sample();
    bare.tlsKeys.clear();
    bare.past.clear();
    for (const KeyNote &note : {sample(), bare}) {
        const auto back = openKeyNote(signKeyNote(note, rootKey()), fingerprint());
        ASSERT_TRUE(back) << back.error().detail;
        EXPECT_EQ(*back, note);
    }
}

TEST(KeyNote, everySingleBitIsCovered) {
    const Bytes bytes = signKeyNote(sample(), rootKey());
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit)
        ASSERT_FALSE(openKeyNote(arbitrary::withBitFlipped(bytes, bit), fingerprint())) << "bit " << bit;
    for (std::size_t size = 0; size < bytes.size(); ++size)
        ASSERT_FALSE(openKeyNote(ByteView(bytes).first(size), fingerprint())) << size;
}

TEST(KeyNote, anotherRootIsAnotherServer) {
    const auto result = openKeyNote(signKeyNote(sample(), samples::sampleKey("another root")), fingerprint());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::WrongServer);
}

TEST(KeyNote, aSignatureForAnotherPurposeDoesNotServe) {
    const Bytes payload = payloadOf(signKeyNote(sample(), rootKey()));
    EXPECT_TRUE(openKeyNote(signedPayload(payload), fingerprint()));
    for (const char *purpose : {"run", "enrol", "session", ""}) {
        const auto result = openKeyNote(signedPayload(payload, purpose), fingerprint());
        ASSERT_FALSE(result) << purpose;
        EXPECT_EQ(result.error().code, Code::BadSignature) << purpose;
    }
}

TEST(KeyNote, malformedPayloadsAreRefusedEvenWhenSigned) {
    const cbor::Array good = *cbor::decode(payloadOf(signKeyNote(sample(), rootKey())))->array();
    const auto refused = [&](std::size_t part, cbor::Value value) {
        cbor::Array parts = good;
        parts[part] = std::move(value);
        const auto result = openKeyNote(signedPayload(cbor::encode(parts)), fingerprint());
        return !result && result.error().code == Code::BadEncoding;
    };
    for (std::size_t part = 0; part < good.size(); ++part)
        EXPECT_TRUE(refused(part, cbor::Value())) << part;
    EXPECT_TRUE(refused(0, Bytes(15)));
    EXPECT_TRUE(refused(5, Bytes(33)));
    EXPECT_TRUE(refused(9, cbor::Array{cbor::Array{}}));
    EXPECT_TRUE(refused(9, cbor::Array{cbor::Array{Bytes(31)}, cbor::Array{}}));
    EXPECT_TRUE(refused(9, cbor::Array{cbor::Array{}, cbor::Array{cbor::Array{1, 2}}}));
    EXPECT_TRUE(refused(9, cbor::Array{cbor::Array(65, cbor::Value(Digest{})), cbor::Array{}}));
    EXPECT_FALSE(openKeyNote(signedPayload({}), fingerprint()));
}

TEST(KeyNote, claimsItsRootKeyBeforeItIsVerified) {
    const auto key = claimedRootKey(signKeyNote(sample(), rootKey()));
    ASSERT_TRUE(key);
    EXPECT_EQ(*key, rootKey().publicKey());
    EXPECT_FALSE(claimedRootKey({}));
    EXPECT_FALSE(claimedRootKey(Bytes{0x83, 0x41, 0x00}));
    EXPECT_FALSE(claimedRootKey(Bytes{0x82}));
}

TEST(KeyNote, aLongOneIsNotRead) {
    EXPECT_FALSE(openKeyNote(Bytes(64 * 1024 + 1), fingerprint()));
}

} // namespace
} // namespace zhicha
