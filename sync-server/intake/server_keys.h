#pragma once
// What the office's server signs and opens with. Made by `init`, sealed at rest by the key file where there is one.
#include "shared/crypto/box.h"
#include "shared/oplog/key_note.h"

namespace zhicha {

struct ServerKeys {
    Uuid ledger;
    SigningKey log;       ///< signs checkpoints
    SigningKey chain;     ///< signs the server chain's runs
    BoxKeyPair sealing;   ///< opens what is sealed to the office
    SecretKey tokenKey{}; ///< MAC of sessions and challenges
    KeyNote note;         ///< under the root key; lists the public halves of all these
    Bytes signedNote;

    [[nodiscard]] const Uuid &device() const { return note.serverDevice; }
};

/** What seals the ledger's tables that no operation describes: derived from the token key, so that it lies outside the
 *  database and is kept when other keys are replaced. */
[[nodiscard]] SecretKey sealKeyOf(const SecretKey &tokenKey);

/** Secret halves only, for storage; the note travels beside them. */
[[nodiscard]] Bytes encodeServerSecrets(const ServerKeys &keys);
/** StoreDamaged if the secrets do not belong to the public halves in the note. */
[[nodiscard]] Result<ServerKeys> decodeServerKeys(ByteView secrets, ByteView signedNote);

} // namespace zhicha
