#pragma once
// Secret-key and public-key encryption: keys wrapped by a key (XChaCha20-Poly1305), boxes that only a holder of the
// private half opens (libsodium sealed boxes, X25519).
#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/base/sources.h"

namespace zhicha {

using SecretKey = std::array<std::uint8_t, 32>;

struct BoxKeyPair {
    std::array<std::uint8_t, 32> publicKey{};
    std::array<std::uint8_t, 32> secretKey{};
};
[[nodiscard]] BoxKeyPair generateBoxKeys(RandomSource &random);

/** 24-byte nonce ‖ ciphertext ‖ tag. `context` is authenticated, not stored: it says what the bytes are for. */
[[nodiscard]] Bytes seal(const SecretKey &key, ByteView plain, std::string_view context, RandomSource &random);
/** BadSignature if the key, the context or any byte is not the one that was sealed. */
[[nodiscard]] Result<Bytes> openSealed(const SecretKey &key, ByteView sealed, std::string_view context);

[[nodiscard]] Bytes sealToPublicKey(const std::array<std::uint8_t, 32> &publicKey, ByteView plain);
[[nodiscard]] Result<Bytes> openWithBoxKeys(const BoxKeyPair &keys, ByteView sealed);

} // namespace zhicha
