#pragma once
// The note under which a ledger's keys are trusted: signed by the root key, whose digest is the ledger's fingerprint.
// docs/FORMATS.md "Key note".
#include "shared/crypto/signature.h"
#include "shared/oplog/cbor.h"

namespace zhicha {

/** What the office signs with, and what its TLS peers may show. A newer serial replaces an older one. */
struct KeyNote {
    Uuid ledger;
    std::string name; ///< the ledger's, for people
    std::int64_t serial = 1;
    std::int64_t issuedAtMs = 0;
    std::int64_t generation = 1; ///< of the server chain below
    PublicKey logKey{};
    Uuid serverDevice; ///< the server chain's device id
    PublicKey serverKey{};
    std::array<std::uint8_t, 32> sealingKey{};
    std::vector<Digest> tlsKeys; ///< SHA-256 of each SubjectPublicKeyInfo (DER) that a server may show
    /** Keys of earlier generations, whose signatures still count for what they signed then. */
    struct Past {
        std::int64_t generation = 0;
        PublicKey logKey{};
        Uuid serverDevice;
        PublicKey serverKey{};
        bool operator==(const Past &) const = default;
    };
    std::vector<Past> past;
    bool operator==(const KeyNote &) const = default;
};

/** SHA-256 of the root public key: what an enrolment shows and a tablet trusts. */
[[nodiscard]] Digest fingerprintOf(const PublicKey &rootKey);
/** CBOR[root public key, payload, signature]. */
[[nodiscard]] Bytes signKeyNote(const KeyNote &note, const SigningKey &rootKey);
/** WrongServer if the root key is not the one of this fingerprint; BadSignature, BadEncoding. */
[[nodiscard]] Result<KeyNote> openKeyNote(ByteView bytes, const Digest &fingerprint);
/** The root key that a note claims, unverified: openKeyNote decides. */
[[nodiscard]] Result<PublicKey> claimedRootKey(ByteView bytes);

} // namespace zhicha
