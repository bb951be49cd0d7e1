#pragma once
// Signatures of suite 1: Ed25519 (RFC 8032). Every signature covers its purpose, so that none can serve another.
#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/base/sources.h"

namespace zhicha {

inline constexpr std::uint8_t kSuite1 = 1; ///< Ed25519, SHA-256, X25519 boxes, Argon2id
using PublicKey = std::array<std::uint8_t, 32>;
using SecretSeed = std::array<std::uint8_t, 32>; ///< RFC 8032's private key
using Signature = std::array<std::uint8_t, 64>;

/** Owner: whoever holds it; wipes its secret half when destroyed. Threads: const calls from any thread. */
class SigningKey {
public:
    [[nodiscard]] static SigningKey generate(RandomSource &random);
    [[nodiscard]] static SigningKey fromSeed(const SecretSeed &seed);
    SigningKey(const SigningKey &) = default;
    SigningKey &operator=(const SigningKey &) = default;
    ~SigningKey();
    [[nodiscard]] const PublicKey &publicKey() const { return m_public; }
    [[nodiscard]] SecretSeed seed() const;
    /** Signs the message as it stands (signed notes). Everything else goes through signFor. */
    [[nodiscard]] Signature signRaw(ByteView message) const;
    /** Signs "zhicha/v1/<purpose>" ‖ 0x00 ‖ content; content is CBOR[ledger, …]. */
    [[nodiscard]] Signature signFor(std::string_view purpose, ByteView content) const;

private:
    SigningKey() = default;
    PublicKey m_public{};
    std::array<std::uint8_t, 64> m_secret{};
};

[[nodiscard]] bool verifyRaw(const PublicKey &key, ByteView message, const Signature &signature);
[[nodiscard]] bool verifyFor(const PublicKey &key, std::string_view purpose, ByteView content,
                             const Signature &signature);

} // namespace zhicha
