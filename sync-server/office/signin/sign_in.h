#pragma once
// Signing in at the console: password, second factor, sessions, lock-out (docs/CONSOLE_API.md §2). Every function that
// changes something runs on the ledger thread, inside a transaction that the caller opens and commits.
#include "shared/base/sources.h"
#include "shared/crypto/password.h"
#include "sync-server/intake/server_keys.h"
#include "sync-server/office/signin/policy.h"
#include "sync-server/office/signin/webauthn.h"

namespace zhicha {

inline constexpr std::int64_t kIdleMs = 30 * 60 * 1000;
inline constexpr std::int64_t kLongestMs = 12 * 60 * 60 * 1000;
inline constexpr std::int64_t kHalfOpenMs = 10 * 60 * 1000; ///< between password and second factor
inline constexpr std::int64_t kStepUpMs = 5 * 60 * 1000;    ///< how long a second factor counts as fresh
inline constexpr std::int64_t kLockMs = 30 * 60 * 1000;
inline constexpr int kFailuresAllowed = 5;           ///< of one account
inline constexpr int kAddressFailuresAllowed = 20;   ///< then every attempt waits, doubling
inline constexpr std::int64_t kSeenEveryMs = 30'000; ///< activity is written at most that often

/** What one refused or accepted attempt came to. */
struct SignInVerdict {
    enum class What { Accepted, Wrong, Locked };
    What what = What::Wrong;
    std::int64_t untilMs = 0; ///< of a lock
    Bytes token;              ///< of an accepted one: for the cookie
};

/** Owner: whoever serves. Threads: any; holds no state but the shape of a hash that nobody's password has. */
class SignIn {
public:
    /** `cost` is that of new hashes; small in tests. */
    SignIn(const ServerKeys &keys, const Clock &clock, RandomSource &random, PasswordCost cost = {});

    /** The hash to compare with: the account's, or one that never matches, so that both take the same time. */
    struct Candidate {
        std::optional<ConsoleUser> user;
        std::string hash;
        std::int64_t lockedUntilMs = 0;
    };
    Result<Candidate> candidate(LedgerReader &ledger, const std::string &name, const std::string &address) const;
    /** Until when this account name is locked; 0 = it is not. */
    Result<std::int64_t> lockedUntil(LedgerReader &ledger, const std::string &name) const;
    /** After the (slow) comparison, on the ledger thread. */
    Result<SignInVerdict> concludePassword(LedgerWriter &ledger, const Candidate &candidate, bool matches,
                                           const std::string &name, const std::string &address) const;

    /** The open session of a cookie's token; nullopt with `reason` set otherwise. Reads only. */
    Result<std::optional<ConsoleSession>> find(LedgerReader &ledger, ByteView token, std::string &reason) const;
    [[nodiscard]] std::string csrfOf(ByteView token) const;
    [[nodiscard]] static Digest digestOf(ByteView token);

    /** What must be done before the session is full, from what the account has. */
    Result<std::string> stateAfter(LedgerReader &ledger, const Uuid &person, bool secondFactorGiven) const;

    Status beginTotp(LedgerWriter &ledger, const Uuid &person, Bytes &secret) const;
    /** False: not the code. */
    Result<bool> confirmTotp(LedgerWriter &ledger, const Uuid &person, std::string_view code) const;
    Result<bool> checkTotp(LedgerWriter &ledger, const Uuid &person, std::string_view code) const;
    /** A challenge of 32 random bytes, kept in the session for 2 minutes. */
    Result<Bytes> makeChallenge(LedgerWriter &ledger, ConsoleSession &session) const;
    /** The challenge once: it is gone afterwards, whatever comes of it. */
    Result<Bytes> takeChallenge(LedgerWriter &ledger, ConsoleSession &session) const;
    /** Counts a failed second factor like a failed password; true if the account is locked now. */
    Result<bool> noteFailure(LedgerWriter &ledger, const std::string &name, const std::string &address,
                             const std::optional<Uuid> &person) const;
    Status noteSuccess(LedgerWriter &ledger, const std::string &name) const;
    [[nodiscard]] Result<std::string> hash(std::string_view password) const { return hashPassword(password, m_cost); }

    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] RandomSource &random() const { return m_random; }
    [[nodiscard]] const ServerKeys &keys() const { return m_keys; }
    /** Seals what lies in the office tables (secrets, drafts): `purpose` is authenticated. */
    [[nodiscard]] Bytes sealFor(std::string_view purpose, ByteView plain) const;
    [[nodiscard]] Result<Bytes> openFor(std::string_view purpose, ByteView sealed) const;

private:
    [[nodiscard]] std::string accountSubject(const std::string &name) const;
    [[nodiscard]] static std::string addressSubject(const std::string &address);

    const ServerKeys &m_keys;
    const Clock &m_clock;
    RandomSource &m_random;
    PasswordCost m_cost;
    std::string m_nobodysHash;
    SecretKey m_sealKey;
};

/** Why a new password is refused: short, usual, same, name; "" if it may be used. */
[[nodiscard]] std::string passwordProblem(std::string_view password, std::string_view name, std::string_view old);
[[nodiscard]] Result<std::optional<ConsoleUser>> userNamed(LedgerReader &ledger, std::string_view name);
[[nodiscard]] Result<std::optional<ConsoleUser>> userOf(LedgerReader &ledger, const Uuid &person);

} // namespace zhicha
