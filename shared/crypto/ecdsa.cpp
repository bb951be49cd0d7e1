#include "shared/crypto/ecdsa.h"

#include "shared/crypto/freed.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <memory>

namespace zhicha {

namespace {
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

/** Null for coordinates off the curve: the import itself refuses them. */
Key importPoint(const P256Point &point) {
    std::array<std::uint8_t, 65> encoded{4}; // SEC 1 §2.3.3: uncompressed
    std::copy(point.x.begin(), point.x.end(), encoded.begin() + 1);
    std::copy(point.y.begin(), point.y.end(), encoded.begin() + 33);
    char group[] = "prime256v1";
    OSSL_PARAM parameters[]{
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, encoded.data(), encoded.size()),
        OSSL_PARAM_construct_end(),
    };
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY *key = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1)
        return nullptr;
    Key owned(key);
    const KeyContext check(EVP_PKEY_CTX_new(owned.get(), nullptr));
    return check && EVP_PKEY_public_check(check.get()) == 1 ? std::move(owned) : nullptr;
}
} // namespace

bool isOnP256(const P256Point &point) {
    return importPoint(point) != nullptr;
}

bool verifyEs256(const P256Point &key, ByteView message, ByteView signature) {
    const Key imported = importPoint(key);
    const DigestContext context(EVP_MD_CTX_new());
    return imported && context &&
           EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, imported.get()) == 1 &&
           EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

} // namespace zhicha
