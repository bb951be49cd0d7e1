#pragma once
// Signed challenges and stateless tokens: a server keeps nothing that another could not take over.
#include "sync-server/intake/intake.h"

namespace zhicha {

inline constexpr std::int64_t kChallengeLifeMs = 2 * 60 * 1000;
inline constexpr std::int64_t kTokenLifeMs = 12 * 3600 * 1000;

struct Session {
    Uuid device;
    std::int64_t expiresAtMs = 0;
    bool uploadOnly = false;
};
struct IssuedToken {
    std::string token;
    Session session;
};

/** CBOR[device, time, random] ‖ MAC. */
[[nodiscard]] Bytes makeChallenge(const ServerKeys &keys, const Uuid &device, const Clock &clock, RandomSource &random);
/** SessionExpired (old or foreign challenge), UnknownDevice, BadSignature. */
[[nodiscard]] Result<IssuedToken> openSession(LedgerReader &ledger, FoldStore &facts, const ServerKeys &keys,
                                              const Clock &clock, const Uuid &device, ByteView challenge,
                                              const Signature &signature);
/** SessionExpired for anything that this ledger's servers did not issue, or whose time is over. */
[[nodiscard]] Result<Session> checkToken(const ServerKeys &keys, const Clock &clock, std::string_view token);
/** checkToken, and what the ledger says of the device now: a token issued before a revocation may only upload from the
 *  revocation on. UnknownDevice if this ledger has no such chain. Threads: the reader's. */
[[nodiscard]] Result<Session> admitToken(LedgerReader &ledger, const ServerKeys &keys, const Clock &clock,
                                         std::string_view token);
/** What a session's signature covers. */
[[nodiscard]] Bytes sessionSignedContent(const Uuid &ledger, const Uuid &device, ByteView challenge);

} // namespace zhicha
