#include "sync-server/office/signin/webauthn.h"

#include "shared/base/base64url.h"
#include "shared/crypto/digest.h"
#include "shared/crypto/ecdsa.h"
#include "shared/crypto/signature.h"
#include "shared/oplog/cbor.h"

#include <nlohmann/json.hpp>

namespace zhicha {

namespace {
constexpr std::size_t kMaxClientData = 4096;
constexpr std::size_t kMaxCredentialId = 1023; // CTAP 2
constexpr std::size_t kFixedPart = 37;         // rpIdHash(32) flags(1) signCount(4)
constexpr std::uint8_t kUserPresent = 0x01;
constexpr std::uint8_t kAttestedData = 0x40;

/** §5.8.1: what the browser says the ceremony was. */
Status checkClientData(ByteView json, std::string_view type, const WebAuthnExpectation &expected) {
    if (json.size() > kMaxClientData)
        return fail(Code::BadEncoding, "the client data is too long");
    const auto document = nlohmann::json::parse(json.begin(), json.end(), nullptr, false);
    const auto text = [&](const char *name) -> std::string {
        const auto it = document.is_object() ? document.find(name) : document.end();
        return document.is_object() && it != document.end() && it->is_string() ? it->get<std::string>() : "";
    };
    if (!document.is_object())
        return fail(Code::BadEncoding, "the client data is no JSON object");
    const auto challenge = fromBase64Url(text("challenge"));
    if (text("type") != type || text("origin") != expected.origin || !challenge || expected.challenge.empty() ||
        !equalInConstantTime(*challenge, expected.challenge))
        return fail(Code::BadSignature, "the security key answered something else");
    if (const auto cross = document.find("crossOrigin"); cross != document.end() && *cross == true)
        return fail(Code::BadSignature, "the page stands in a foreign frame");
    return {};
}

struct AuthenticatorData {
    std::uint8_t flags = 0;
    std::int64_t signCount = 0;
    ByteView rest; ///< attested credential data and extensions
};

Result<AuthenticatorData> readAuthenticatorData(ByteView bytes, const WebAuthnExpectation &expected) {
    if (bytes.size() < kFixedPart)
        return fail(Code::BadEncoding, "the authenticator data is too short");
    if (!equalInConstantTime(bytes.first(32), sha256(viewOf(expected.rpId))))
        return fail(Code::BadSignature, "the security key was asked for another host");
    AuthenticatorData data;
    data.flags = bytes[32];
    for (std::size_t i = 33; i < kFixedPart; ++i)
        data.signCount = (data.signCount << 8) | bytes[i];
    data.rest = bytes.subspan(kFixedPart);
    if ((data.flags & kUserPresent) == 0)
        return fail(Code::BadSignature, "nobody touched the security key");
    return data;
}

/** A COSE key (RFC 8152 §13) with integer labels in canonical order: 1 kty, 3 alg, then -1 crv, -2 x, -3 y. */
Status readCoseKey(cbor::Reader &in, NewCredential &credential) {
    const std::size_t pairs = in.map();
    std::int64_t keyType = 0;
    std::int64_t curve = 0;
    Bytes x;
    Bytes y;
    for (std::size_t i = 0; i < pairs && in.ok(); ++i) {
        switch (in.integer()) {
        case 1:
            keyType = in.integer();
            break;
        case 3:
            credential.algorithm = in.integer();
            break;
        case -1:
            curve = in.integer();
            break;
        case -2:
            x = toBytes(in.bytes());
            break;
        case -3:
            y = toBytes(in.bytes());
            break;
        default:
            in.breakOff("a label that no key of ours has");
        }
    }
    if (!in.ok())
        return fail(Code::BadEncoding, "the key does not read");
    const auto px = fixedBytes<32>(x);
    const auto py = fixedBytes<32>(y);
    if (credential.algorithm == kCoseEs256 && keyType == 2 && curve == 1 && px && py) {
        if (!isOnP256({*px, *py}))
            return fail(Code::BadEncoding, "the key is no point of its curve");
        credential.publicKey = x;
        append(credential.publicKey, y);
        return {};
    }
    if (credential.algorithm == kCoseEdDsa && keyType == 1 && curve == 6 && px && y.empty()) {
        credential.publicKey = x;
        return {};
    }
    return fail(Code::NotYet, "keys of this kind are not served: ES256 and EdDSA are");
}

/** §6.5.1: aaguid(16) length(2) id, then the key. */
Status readAttestedCredential(ByteView rest, NewCredential &credential) {
    if (rest.size() < 18)
        return fail(Code::BadEncoding, "the credential is too short");
    const std::size_t size = (std::size_t{rest[16]} << 8) | rest[17];
    rest = rest.subspan(18);
    if (size == 0 || size > kMaxCredentialId || rest.size() < size)
        return fail(Code::BadEncoding, "the credential's id does not read");
    credential.id = toBytes(rest.first(size));
    cbor::Reader in(rest.subspan(size));
    return readCoseKey(in, credential);
}
} // namespace

Result<NewCredential> readRegistration(ByteView clientDataJson, ByteView attestationObject,
                                       const WebAuthnExpectation &expected) {
    ZHICHA_TRY(checkClientData(clientDataJson, "webauthn.create", expected));
    ZHICHA_ASSIGN(const cbor::Value object, cbor::decode(attestationObject));
    const cbor::Map *map = object.map();
    const auto data = map != nullptr ? map->find("authData") : cbor::Map::const_iterator();
    if (map == nullptr || data == map->end() || data->second.bytes() == nullptr)
        return fail(Code::BadEncoding, "the attestation has no authenticator data");
    ZHICHA_ASSIGN(const AuthenticatorData read, readAuthenticatorData(*data->second.bytes(), expected));
    if ((read.flags & kAttestedData) == 0)
        return fail(Code::BadEncoding, "the attestation brings no credential");
    NewCredential credential;
    credential.signCount = read.signCount;
    ZHICHA_TRY(readAttestedCredential(read.rest, credential));
    return credential;
}

Result<std::int64_t> checkAssertion(const Assertion &assertion, std::int64_t algorithm, ByteView publicKey,
                                    std::int64_t signCount, const WebAuthnExpectation &expected) {
    ZHICHA_TRY(checkClientData(assertion.clientDataJson, "webauthn.get", expected));
    ZHICHA_ASSIGN(const AuthenticatorData data, readAuthenticatorData(assertion.authenticatorData, expected));
    Bytes message = assertion.authenticatorData;
    append(message, sha256(assertion.clientDataJson));
    bool verified = false;
    if (algorithm == kCoseEs256 && publicKey.size() == 64) {
        const P256Point point{*fixedBytes<32>(publicKey.first(32)), *fixedBytes<32>(publicKey.last(32))};
        verified = verifyEs256(point, message, assertion.signature);
    } else if (algorithm == kCoseEdDsa) {
        const auto key = fixedBytes<32>(publicKey);
        const auto signature = fixedBytes<64>(assertion.signature);
        verified = key && signature && verifyRaw(*key, message, *signature);
    }
    if (!verified)
        return fail(Code::BadSignature, "the security key's signature does not verify");
    // §7.2 step 21: keys without a counter always say 0.
    if ((data.signCount != 0 || signCount != 0) && data.signCount <= signCount)
        return fail(Code::BadSignature, "the security key's counter does not rise: it may have been copied");
    return data.signCount;
}

} // namespace zhicha
