#include "shared/crypto/signature.h"

#include "shared/crypto/sodium_start.h"

#include <sodium.h>

namespace zhicha {

namespace {
Bytes purposeMessage(std::string_view purpose, ByteView content) {
    constexpr std::string_view kPrefix = "zhicha/v1/";
    Bytes message;
    message.reserve(kPrefix.size() + purpose.size() + 1 + content.size());
    append(message, viewOf(kPrefix));
    append(message, viewOf(purpose));
    message.push_back(0);
    append(message, content);
    return message;
}
} // namespace

SigningKey SigningKey::generate(RandomSource &random) {
    return fromSeed(random.array<32>());
}

SigningKey SigningKey::fromSeed(const SecretSeed &seed) {
    startSodium();
    SigningKey key;
    ZHICHA_CHECK(crypto_sign_seed_keypair(key.m_public.data(), key.m_secret.data(), seed.data()) == 0);
    return key;
}

SigningKey::~SigningKey() {
    sodium_memzero(m_secret.data(), m_secret.size());
}

SecretSeed SigningKey::seed() const {
    SecretSeed seed;
    crypto_sign_ed25519_sk_to_seed(seed.data(), m_secret.data());
    return seed;
}

Signature SigningKey::signRaw(ByteView message) const {
    Signature signature;
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), m_secret.data());
    return signature;
}

Signature SigningKey::signFor(std::string_view purpose, ByteView content) const {
    return signRaw(purposeMessage(purpose, content));
}

bool verifyRaw(const PublicKey &key, ByteView message, const Signature &signature) {
    startSodium();
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.data()) == 0;
}

bool verifyFor(const PublicKey &key, std::string_view purpose, ByteView content, const Signature &signature) {
    return verifyRaw(key, purposeMessage(purpose, content), signature);
}

} // namespace zhicha
