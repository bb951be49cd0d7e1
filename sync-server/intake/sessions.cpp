#include "sync-server/intake/sessions.h"

#include "shared/crypto/digest.h"

#include <limits>

namespace zhicha {

namespace {
Bytes withMac(const ServerKeys &keys, std::string_view purpose, Bytes content) {
    const Digest mac = hmacSha256(keys.tokenKey, taggedDigest(purpose, {content}));
    append(content, mac);
    return content;
}

std::optional<ByteView> checkMac(const ServerKeys &keys, std::string_view purpose, ByteView bytes) {
    if (bytes.size() < 32 || bytes.size() > 256)
        return std::nullopt;
    const ByteView content = bytes.first(bytes.size() - 32);
    const Digest mac = hmacSha256(keys.tokenKey, taggedDigest(purpose, {content}));
    return equalInConstantTime(mac, bytes.last(32)) ? std::optional(content) : std::nullopt;
}

constexpr std::string_view kChallenge = "zhicha/v1/challenge";
constexpr std::string_view kToken = "zhicha/v1/token";
} // namespace

Bytes makeChallenge(const ServerKeys &keys, const Uuid &device, const Clock &clock, RandomSource &random) {
    Bytes content;
    cbor::Writer(content).array(3).bytes(device.bytes).integer(clock.nowMs()).bytes(random.array<16>());
    return withMac(keys, kChallenge, std::move(content));
}

Bytes sessionSignedContent(const Uuid &ledger, const Uuid &device, ByteView challenge) {
    Bytes content;
    cbor::Writer(content).array(3).bytes(ledger.bytes).bytes(device.bytes).bytes(challenge);
    return content;
}

Result<IssuedToken> openSession(LedgerReader &ledger, FoldStore &facts, const ServerKeys &keys, const Clock &clock,
                                const Uuid &device, ByteView challenge, const Signature &signature) {
    const auto content = checkMac(keys, kChallenge, challenge);
    if (!content)
        return fail(Code::SessionExpired, "the challenge is not one of this office's");
    cbor::Reader in(*content);
    in.array();
    const Uuid whose{in.fixed<16>()};
    const std::int64_t madeAt = in.integer();
    const std::int64_t now = clock.nowMs();
    if (whose != device || now - madeAt > kChallengeLifeMs || now < madeAt)
        return fail(Code::SessionExpired, "the challenge has run out");
    ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, ledger.chain(device));
    if (!chain || chain->server)
        return fail(Code::UnknownDevice, "no such device is enrolled");
    if (!verifyFor(chain->key, "session", sessionSignedContent(keys.ledger, device, challenge), signature))
        return fail(Code::BadSignature, "the challenge is not signed by this device's key");
    ZHICHA_ASSIGN(const DeviceFacts standing, facts.deviceFacts(device));
    IssuedToken issued;
    issued.session = {device, now + kTokenLifeMs, standing.trustedUpto != std::numeric_limits<std::int64_t>::max()};
    Bytes token;
    cbor::Writer(token)
        .array(3)
        .bytes(device.bytes)
        .integer(issued.session.expiresAtMs)
        .boolean(issued.session.uploadOnly);
    issued.token = toHex(withMac(keys, kToken, std::move(token)));
    return issued;
}

Result<Session> checkToken(const ServerKeys &keys, const Clock &clock, std::string_view token) {
    const auto bytes = token.size() <= 512 ? fromHex(token) : std::nullopt;
    const auto content = bytes ? checkMac(keys, kToken, *bytes) : std::nullopt;
    if (!content)
        return fail(Code::SessionExpired, "the session token is not one of this office's");
    cbor::Reader in(*content);
    in.array();
    Session session;
    session.device = Uuid{in.fixed<16>()};
    session.expiresAtMs = in.integer();
    session.uploadOnly = in.boolean();
    if (!in.finish() || clock.nowMs() > session.expiresAtMs)
        return fail(Code::SessionExpired, "the session token has run out");
    return session;
}

Result<Session> admitToken(LedgerReader &ledger, const ServerKeys &keys, const Clock &clock, std::string_view token) {
    ZHICHA_ASSIGN(Session session, checkToken(keys, clock, token));
    ZHICHA_ASSIGN(const std::optional<EntityRow> device, ledger.rowOf(session.device));
    if (!device)
        return fail(Code::UnknownDevice, "no such device is enrolled");
    session.uploadOnly = session.uploadOnly || device->field(kTrustedUptoField) != nullptr;
    return session;
}

} // namespace zhicha
