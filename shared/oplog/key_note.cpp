#include "shared/oplog/key_note.h"

#include "shared/crypto/digest.h"

namespace zhicha {

namespace {
constexpr std::string_view kPurpose = "keys";
constexpr std::size_t kMaxListed = 64;

Bytes encodePayload(const KeyNote &note) {
    Bytes out;
    cbor::Writer writer(out);
    // The ledger comes first, as in everything that is signed.
    writer.array(10)
        .bytes(note.ledger.bytes)
        .text(note.name)
        .integer(note.serial)
        .integer(note.issuedAtMs)
        .integer(note.generation)
        .bytes(note.logKey)
        .bytes(note.serverDevice.bytes)
        .bytes(note.serverKey)
        .bytes(note.sealingKey)
        .array(2);
    writer.array(note.tlsKeys.size());
    for (const Digest &key : note.tlsKeys)
        writer.bytes(key);
    writer.array(note.past.size());
    for (const KeyNote::Past &past : note.past)
        writer.array(4)
            .integer(past.generation)
            .bytes(past.logKey)
            .bytes(past.serverDevice.bytes)
            .bytes(past.serverKey);
    return out;
}

Result<KeyNote> decodePayload(ByteView payload) {
    cbor::Reader in(payload);
    KeyNote note;
    if (in.array() != 10)
        in.breakOff("a key note has 10 parts");
    note.ledger = Uuid{in.fixed<16>()};
    note.name = in.text();
    note.serial = in.integer();
    note.issuedAtMs = in.integer();
    note.generation = in.integer();
    note.logKey = in.fixed<32>();
    note.serverDevice = Uuid{in.fixed<16>()};
    note.serverKey = in.fixed<32>();
    note.sealingKey = in.fixed<32>();
    if (in.array() != 2)
        in.breakOff("a key note lists TLS keys and past keys");
    for (std::size_t left = in.array(); left > 0 && in.ok(); --left)
        note.tlsKeys.push_back(in.fixed<32>());
    for (std::size_t left = in.array(); left > 0 && in.ok(); --left) {
        KeyNote::Past past;
        if (in.array() != 4)
            in.breakOff("a past key has 4 parts");
        past.generation = in.integer();
        past.logKey = in.fixed<32>();
        past.serverDevice = Uuid{in.fixed<16>()};
        past.serverKey = in.fixed<32>();
        note.past.push_back(past);
    }
    if (note.tlsKeys.size() > kMaxListed || note.past.size() > kMaxListed)
        in.breakOff("a key note lists too many keys");
    ZHICHA_TRY(in.finish());
    return note;
}
} // namespace

Digest fingerprintOf(const PublicKey &rootKey) {
    return sha256(rootKey);
}

Bytes signKeyNote(const KeyNote &note, const SigningKey &rootKey) {
    const Bytes payload = encodePayload(note);
    Bytes out;
    cbor::Writer(out).array(3).bytes(rootKey.publicKey()).bytes(payload).bytes(rootKey.signFor(kPurpose, payload));
    return out;
}

Result<PublicKey> claimedRootKey(ByteView bytes) {
    cbor::Reader in(bytes);
    if (in.array() != 3)
        in.breakOff("a signed key note has 3 parts");
    const PublicKey key = in.fixed<32>();
    if (!in.ok())
        return fail(Code::BadEncoding, "not a signed key note");
    return key;
}

Result<KeyNote> openKeyNote(ByteView bytes, const Digest &fingerprint) {
    if (bytes.size() > 64 * 1024)
        return fail(Code::TooLarge, "a key note past 64 KiB");
    cbor::Reader in(bytes);
    if (in.array() != 3)
        in.breakOff("a signed key note has 3 parts");
    const PublicKey root = in.fixed<32>();
    const ByteView payload = in.bytes();
    const Signature signature = in.fixed<64>();
    ZHICHA_TRY(in.finish());
    if (fingerprintOf(root) != fingerprint)
        return fail(Code::WrongServer, "the office's root key does not have the fingerprint of the enrolment");
    if (!verifyFor(root, kPurpose, payload, signature))
        return fail(Code::BadSignature, "the key note is not signed by the office's root key");
    return decodePayload(payload);
}

} // namespace zhicha
