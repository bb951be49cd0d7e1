#pragma once
// Security keys: registrations without attestation and assertions, checked by hand (W3C Web Authentication Level 2
// §7.1, §7.2). What a browser hands over is hostile until it is verified. Pure.
#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace zhicha {

inline constexpr std::int64_t kCoseEs256 = -7;
inline constexpr std::int64_t kCoseEdDsa = -8;

/** What the ceremony must be about. */
struct WebAuthnExpectation {
    Bytes challenge;    ///< that was given out, still valid
    std::string origin; ///< "https://host:port"
    std::string rpId;   ///< the host name
};

struct NewCredential {
    Bytes id;
    std::int64_t algorithm = 0; ///< kCoseEs256 (x ‖ y) or kCoseEdDsa (32 bytes)
    Bytes publicKey;
    std::int64_t signCount = 0;
};

struct Assertion {
    Bytes clientDataJson;
    Bytes authenticatorData;
    Bytes signature;
};

/** Errors: BadEncoding (broken bytes), BadSignature (another challenge, origin, host, no touch), NotYet (an algorithm
 *  that is not served). The attestation statement is not judged: what counts is who was signed in. */
[[nodiscard]] Result<NewCredential> readRegistration(ByteView clientDataJson, ByteView attestationObject,
                                                     const WebAuthnExpectation &expected);

/** The new sign count. BadEncoding; BadSignature (also for a count that does not rise: a copied key). */
[[nodiscard]] Result<std::int64_t> checkAssertion(const Assertion &assertion, std::int64_t algorithm,
                                                  ByteView publicKey, std::int64_t signCount,
                                                  const WebAuthnExpectation &expected);

} // namespace zhicha
