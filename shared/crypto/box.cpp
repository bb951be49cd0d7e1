#include "shared/crypto/box.h"

#include "shared/crypto/sodium_start.h"

namespace zhicha {

namespace {
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
const unsigned char *contextBytes(std::string_view context) {
    return reinterpret_cast<const unsigned char *>(context.data());
}
} // namespace

BoxKeyPair generateBoxKeys(RandomSource &random) {
    startSodium();
    BoxKeyPair keys;
    const auto seed = random.array<crypto_box_SEEDBYTES>();
    ZHICHA_CHECK(crypto_box_seed_keypair(keys.publicKey.data(), keys.secretKey.data(), seed.data()) == 0);
    return keys;
}

Bytes seal(const SecretKey &key, ByteView plain, std::string_view context, RandomSource &random) {
    startSodium();
    Bytes out(kNonce + plain.size() + kTag);
    random.fill(std::span(out).first(kNonce));
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + kNonce, nullptr, plain.data(), plain.size(),
                                               contextBytes(context), context.size(), nullptr, out.data(), key.data());
    return out;
}

Result<Bytes> openSealed(const SecretKey &key, ByteView sealed, std::string_view context) {
    startSodium();
    if (sealed.size() < kNonce + kTag)
        return fail(Code::BadSignature, "a sealed value is too short");
    Bytes out(sealed.size() - kNonce - kTag);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, sealed.data() + kNonce,
                                                   sealed.size() - kNonce, contextBytes(context), context.size(),
                                                   sealed.data(), key.data()) != 0)
        return fail(Code::BadSignature, "a sealed value does not open: wrong key, or its bytes were changed");
    return out;
}

Bytes sealToPublicKey(const std::array<std::uint8_t, 32> &publicKey, ByteView plain) {
    startSodium();
    Bytes out(plain.size() + crypto_box_SEALBYTES);
    ZHICHA_CHECK(crypto_box_seal(out.data(), plain.data(), plain.size(), publicKey.data()) == 0);
    return out;
}

Result<Bytes> openWithBoxKeys(const BoxKeyPair &keys, ByteView sealed) {
    startSodium();
    if (sealed.size() < crypto_box_SEALBYTES)
        return fail(Code::BadSignature, "a sealed box is too short");
    Bytes out(sealed.size() - crypto_box_SEALBYTES);
    if (crypto_box_seal_open(out.data(), sealed.data(), sealed.size(), keys.publicKey.data(), keys.secretKey.data()) !=
        0)
        return fail(Code::BadSignature, "a sealed box does not open with this key");
    return out;
}

} // namespace zhicha
