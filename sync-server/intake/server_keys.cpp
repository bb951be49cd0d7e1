#include "sync-server/intake/server_keys.h"

#include "shared/crypto/digest.h"

namespace zhicha {

SecretKey sealKeyOf(const SecretKey &tokenKey) {
    return taggedDigest("zhicha/v1/table-seals", {tokenKey});
}

Bytes encodeServerSecrets(const ServerKeys &keys) {
    Bytes out;
    cbor::Writer(out)
        .array(4)
        .bytes(keys.log.seed())
        .bytes(keys.chain.seed())
        .bytes(keys.sealing.secretKey)
        .bytes(keys.tokenKey);
    return out;
}

Result<ServerKeys> decodeServerKeys(ByteView secrets, ByteView signedNote) {
    ZHICHA_ASSIGN(const PublicKey root, claimedRootKey(signedNote));
    ZHICHA_ASSIGN(KeyNote note, openKeyNote(signedNote, fingerprintOf(root)));
    cbor::Reader in(secrets);
    if (in.array() != 4)
        in.breakOff("server secrets have 4 parts");
    const SecretSeed log = in.fixed<32>();
    const SecretSeed chain = in.fixed<32>();
    const auto sealing = in.fixed<32>();
    const SecretKey token = in.fixed<32>();
    if (const Status end = in.finish(); !end)
        return fail(Code::StoreDamaged, "the server's keys do not read");
    ServerKeys keys{
        note.ledger, SigningKey::fromSeed(log), SigningKey::fromSeed(chain), {note.sealingKey, sealing}, token,
        note,        toBytes(signedNote)};
    if (keys.log.publicKey() != note.logKey || keys.chain.publicKey() != note.serverKey)
        return fail(Code::StoreDamaged, "the server holds other keys than its root-signed note lists");
    return keys;
}

} // namespace zhicha
