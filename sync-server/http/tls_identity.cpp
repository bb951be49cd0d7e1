#include "sync-server/http/tls_identity.h"

#include "shared/crypto/digest.h"
#include "shared/crypto/freed.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

namespace zhicha {
namespace {

using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;

std::string textIn(BIO *memory) {
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return {data, static_cast<std::size_t>(size)};
}

Result<Digest> keyDigest(X509 *certificate) {
    unsigned char *der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    if (size <= 0)
        return fail(Code::BadEncoding, "certificate without a public key");
    const auto digest = sha256(ByteView{der, static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    return digest;
}

bool isHostName(const std::string &name) {
    return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    });
}

bool addExtension(X509 *certificate, int nid, const std::string &value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool fill(X509 *certificate, EVP_PKEY *key, const std::string &hostName, std::int64_t nowSeconds, int days) {
    unsigned char serial[16];
    if (RAND_bytes(serial, sizeof serial) != 1)
        return false;
    serial[0] &= 0x7F; // positive (RFC 5280 §4.1.2.2)
    BIGNUM *number = BN_bin2bn(serial, sizeof serial, nullptr);
    const bool numbered = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
    BN_free(number);
    constexpr std::int64_t kDaySeconds = 86400;
    X509_NAME *name = X509_get_subject_name(certificate);
    const auto *text = reinterpret_cast<const unsigned char *>(hostName.c_str());
    return numbered && X509_set_version(certificate, 2) == 1 &&
           ASN1_TIME_set(X509_getm_notBefore(certificate), static_cast<time_t>(nowSeconds - kDaySeconds)) &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), static_cast<time_t>(nowSeconds + days * kDaySeconds)) &&
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, name) == 1 && X509_set_pubkey(certificate, key) == 1 &&
           addExtension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           addExtension(certificate, NID_key_usage, "critical,digitalSignature") &&
           addExtension(certificate, NID_ext_key_usage, "serverAuth") &&
           addExtension(certificate, NID_subject_alt_name, "DNS:" + hostName + ",DNS:localhost,IP:127.0.0.1");
}

} // namespace

Result<TlsIdentity> makeTlsIdentity(const std::string &hostName, const Clock &clock, int days) {
    if (!isHostName(hostName) || days < 1)
        return fail(Code::InvalidArgument, "TLS certificate: host name or validity");
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    if (!key || !certificate || !fill(certificate.get(), key.get(), hostName, clock.nowMs() / 1000, days) ||
        X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0)
        return fail(Code::Internal, "TLS certificate: OpenSSL could not make it");
    const Memory certificateText(BIO_new(BIO_s_mem()));
    const Memory keyText(BIO_new(BIO_s_mem()));
    if (PEM_write_bio_X509(certificateText.get(), certificate.get()) != 1 ||
        PEM_write_bio_PKCS8PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return fail(Code::Internal, "TLS certificate: OpenSSL could not print it");
    TlsIdentity identity;
    identity.certificatePem = textIn(certificateText.get());
    identity.privateKeyPem = textIn(keyText.get());
    ZHICHA_ASSIGN(identity.tlsKeyDigest, keyDigest(certificate.get()));
    return identity;
}

Result<Digest> tlsKeyDigestOf(const std::string &certificatePem) {
    const Memory memory(BIO_new_mem_buf(certificatePem.data(), static_cast<int>(certificatePem.size())));
    const Certificate certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
    if (!certificate)
        return fail(Code::BadEncoding, "no certificate in PEM form");
    return keyDigest(certificate.get());
}

} // namespace zhicha
