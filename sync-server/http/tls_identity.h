#pragma once
// The office's own TLS certificate: an EC P-256 key and a self-signed certificate over it. Tablets trust the key's
// digest, which the root-signed note lists, so the certificate's names and dates carry no trust.
#include "shared/base/result.h"
#include "shared/base/sources.h"

namespace zhicha {

struct TlsIdentity {
    std::string certificatePem;
    std::string privateKeyPem; ///< PKCS #8, unencrypted: the caller keeps it in the encrypted store or a 0600 file
    Digest tlsKeyDigest{};     ///< SHA-256 of the SubjectPublicKeyInfo (DER)
};

/** A new key and certificate for `hostName` (also its subjectAltName, with localhost and 127.0.0.1), valid from a day
 *  before the clock's now for `days`. The key comes from OpenSSL's own generator. Errors: InvalidArgument, Internal. */
[[nodiscard]] Result<TlsIdentity> makeTlsIdentity(const std::string &hostName, const Clock &clock, int days = 3650);

/** SHA-256 of the SubjectPublicKeyInfo of the first certificate in a PEM text. Errors: BadEncoding. */
[[nodiscard]] Result<Digest> tlsKeyDigestOf(const std::string &certificatePem);

} // namespace zhicha
