#include "shared/crypto/digest.h"

#include "shared/base/error.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace zhicha {

struct Sha256::State {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    State() = default;
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State() { EVP_MD_CTX_free(context); }
};

namespace {
// Fetched once: EVP_sha256() looks the algorithm up again at every init, which costs more than a short digest itself.
const EVP_MD *sha256Algorithm() {
    static EVP_MD *const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    ZHICHA_CHECK(algorithm != nullptr);
    return algorithm;
}

// One context per thread for the many short digests of operations.
EVP_MD_CTX *threadContext() {
    struct Holder {
        EVP_MD_CTX *context = EVP_MD_CTX_new();
        Holder() = default;
        Holder(const Holder &) = delete;
        Holder &operator=(const Holder &) = delete;
        ~Holder() { EVP_MD_CTX_free(context); }
    };
    thread_local Holder holder;
    ZHICHA_CHECK(EVP_DigestInit_ex2(holder.context, sha256Algorithm(), nullptr) == 1);
    return holder.context;
}

Digest finishThreadContext(EVP_MD_CTX *context) {
    Digest out;
    ZHICHA_CHECK(EVP_DigestFinal_ex(context, out.data(), nullptr) == 1);
    return out;
}
} // namespace

Digest sha256(ByteView bytes) {
    return sha256({bytes});
}

Digest sha256(std::initializer_list<ByteView> parts) {
    EVP_MD_CTX *context = threadContext();
    for (const ByteView part : parts)
        EVP_DigestUpdate(context, part.data(), part.size());
    return finishThreadContext(context);
}

Digest taggedDigest(std::string_view domain, std::initializer_list<ByteView> parts) {
    EVP_MD_CTX *context = threadContext();
    constexpr std::uint8_t kZero = 0;
    EVP_DigestUpdate(context, domain.data(), domain.size());
    EVP_DigestUpdate(context, &kZero, 1);
    for (const ByteView part : parts)
        EVP_DigestUpdate(context, part.data(), part.size());
    return finishThreadContext(context);
}

Sha256::Sha256() : m_state(std::make_unique<State>()) {
    ZHICHA_CHECK(EVP_DigestInit_ex2(m_state->context, sha256Algorithm(), nullptr) == 1);
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256 &&) noexcept = default;
Sha256 &Sha256::operator=(Sha256 &&) noexcept = default;

void Sha256::update(ByteView bytes) {
    EVP_DigestUpdate(m_state->context, bytes.data(), bytes.size());
}

Digest Sha256::digest() const {
    State copy;
    ZHICHA_CHECK(EVP_MD_CTX_copy_ex(copy.context, m_state->context) == 1);
    return finishThreadContext(copy.context);
}

Digest hmacSha256(ByteView key, ByteView message) {
    // OpenSSL fails on a null pointer even when the length is 0. RFC 2104 fills keys up with zero bytes, so the empty
    // key is the same as one zero byte.
    constexpr std::uint8_t kZero[] = {0};
    const ByteView realKey = key.empty() ? ByteView(kZero) : key;
    Digest out;
    unsigned length = 0;
    ZHICHA_CHECK(HMAC(EVP_sha256(), realKey.data(), static_cast<int>(realKey.size()),
                      message.empty() ? kZero : message.data(), message.size(), out.data(), &length) != nullptr);
    return out;
}

bool equalInConstantTime(ByteView a, ByteView b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace zhicha
