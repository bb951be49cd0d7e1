#include "sync-server/office/signin/sign_in.h"

#include "shared/crypto/digest.h"
#include "shared/crypto/one_time_code.h"

#include <algorithm>
#include <cctype>

namespace zhicha {

namespace {
constexpr std::int64_t kChallengeMs = 2 * 60 * 1000;
constexpr std::int64_t kForgetFailuresMs = 60 * 60 * 1000;
constexpr std::int64_t kFirstWaitMs = 2'000;

SecretKey derivedKey(const ServerKeys &keys, std::string_view purpose) {
    return hmacSha256(keys.tokenKey, viewOf(purpose));
}
} // namespace

SignIn::SignIn(const ServerKeys &keys, const Clock &clock, RandomSource &random, PasswordCost cost)
    : m_keys(keys), m_clock(clock), m_random(random), m_cost(cost), m_sealKey(derivedKey(keys, "console/seal")) {
    const auto unknowable = toHex(random.array<32>());
    auto hashed = hashPassword(unknowable, m_cost);
    m_nobodysHash = hashed ? *hashed : std::string();
}

Bytes SignIn::sealFor(std::string_view purpose, ByteView plain) const {
    return seal(m_sealKey, plain, purpose, m_random);
}

Result<Bytes> SignIn::openFor(std::string_view purpose, ByteView sealed) const {
    return openSealed(m_sealKey, sealed, purpose);
}

std::string SignIn::accountSubject(const std::string &name) const {
    // A digest: what was typed may be a password in the wrong field.
    return "account/" + toHex(hmacSha256(m_keys.tokenKey, taggedDigest("zhicha/v1/sign-in-name", {viewOf(name)})));
}

std::string SignIn::addressSubject(const std::string &address) {
    return "address/" + address;
}

Result<SignIn::Candidate> SignIn::candidate(LedgerReader &ledger, const std::string &name,
                                            const std::string &address) const {
    Candidate out;
    ZHICHA_ASSIGN(const Failures ofAccount, ledger.accounts().failures(accountSubject(name)));
    ZHICHA_ASSIGN(const Failures ofAddress, ledger.accounts().failures(addressSubject(address)));
    const std::int64_t until = std::max(ofAccount.untilMs, ofAddress.untilMs);
    if (until > m_clock.nowMs())
        out.lockedUntilMs = until;
    ZHICHA_ASSIGN(out.user, userNamed(ledger, name));
    out.hash = out.user ? out.user->passwordHash : m_nobodysHash;
    return out;
}

Result<std::int64_t> SignIn::lockedUntil(LedgerReader &ledger, const std::string &name) const {
    ZHICHA_ASSIGN(const Failures failures, ledger.accounts().failures(accountSubject(name)));
    return failures.untilMs > m_clock.nowMs() ? failures.untilMs : 0;
}

Result<SignInVerdict> SignIn::concludePassword(LedgerWriter &ledger, const Candidate &known, bool matches,
                                               const std::string &name, const std::string &address) const {
    SignInVerdict verdict;
    // Other attempts may have ended meanwhile: the lock is looked up again where nobody else writes.
    ZHICHA_ASSIGN(const Candidate now, candidate(ledger, name, address));
    if (now.lockedUntilMs > 0) {
        verdict.what = SignInVerdict::What::Locked;
        verdict.untilMs = now.lockedUntilMs;
        return verdict;
    }
    const bool same = known.user && now.user && known.user->passwordHash == now.user->passwordHash;
    if (!matches || !same) {
        ZHICHA_ASSIGN(const bool locked,
                      noteFailure(ledger, name, address, now.user ? std::optional(now.user->person) : std::nullopt));
        if (locked) {
            ZHICHA_ASSIGN(const Candidate after, candidate(ledger, name, address));
            verdict.what = SignInVerdict::What::Locked;
            verdict.untilMs = after.lockedUntilMs;
        }
        return verdict;
    }
    verdict.what = SignInVerdict::What::Accepted;
    verdict.token = toBytes(m_random.array<32>());
    ConsoleSession session;
    session.token = digestOf(verdict.token);
    session.person = now.user->person;
    session.createdMs = m_clock.nowMs();
    session.seenMs = session.createdMs;
    session.address = address;
    ZHICHA_ASSIGN(session.state, stateAfter(ledger, session.person, false));
    ZHICHA_TRY(ledger.accounts().putSession(session));
    return verdict;
}

Result<bool> SignIn::noteFailure(LedgerWriter &ledger, const std::string &name, const std::string &address,
                                 const std::optional<Uuid> &person) const {
    const std::int64_t now = m_clock.nowMs();
    ZHICHA_TRY(ledger.accounts().sweep(now));
    ZHICHA_ASSIGN(Failures account, ledger.accounts().failures(accountSubject(name)));
    ZHICHA_ASSIGN(Failures from, ledger.accounts().failures(addressSubject(address)));
    if (now - account.lastMs > kForgetFailuresMs || (account.untilMs > 0 && account.untilMs <= now))
        account = Failures{account.subject, 0, 0, 0};
    if (now - from.lastMs > kForgetFailuresMs)
        from = Failures{from.subject, 0, 0, 0};
    account.lastMs = from.lastMs = now;
    if (++account.count >= kFailuresAllowed)
        account.untilMs = now + kLockMs;
    if (++from.count >= kAddressFailuresAllowed) {
        const std::int64_t doublings = std::min<std::int64_t>(from.count - kAddressFailuresAllowed, 10);
        from.untilMs = now + std::min<std::int64_t>(kFirstWaitMs << doublings, kLockMs);
    }
    ZHICHA_TRY(ledger.accounts().putFailures(account));
    ZHICHA_TRY(ledger.accounts().putFailures(from));
    if (person) {
        ZHICHA_ASSIGN(std::optional<Account> own, ledger.accounts().account(*person));
        Account counted = own.value_or(Account{});
        counted.person = *person;
        ++counted.failuresSince;
        ZHICHA_TRY(ledger.accounts().putAccount(counted));
    }
    return account.untilMs > now;
}

/** The address keeps its failures: one good account must not wipe what was tried on others from there. */
Status SignIn::noteSuccess(LedgerWriter &ledger, const std::string &name) const {
    return ledger.accounts().dropFailures(accountSubject(name));
}

Digest SignIn::digestOf(ByteView token) {
    return taggedDigest("zhicha/v1/console-session", {token});
}

std::string SignIn::csrfOf(ByteView token) const {
    return toHex(ByteView(hmacSha256(m_keys.tokenKey, taggedDigest("zhicha/v1/csrf", {token}))).first(16));
}

Result<std::optional<ConsoleSession>> SignIn::find(LedgerReader &ledger, ByteView token, std::string &reason) const {
    reason = "none";
    if (token.size() != 32)
        return std::optional<ConsoleSession>();
    ZHICHA_ASSIGN(std::optional<ConsoleSession> session, ledger.accounts().session(digestOf(token)));
    if (!session)
        return std::optional<ConsoleSession>();
    const std::int64_t now = m_clock.nowMs();
    const std::int64_t longest = session->state == "full" ? kLongestMs : kHalfOpenMs;
    if (!session->ended.empty())
        reason = "ended";
    else if (now - session->createdMs > longest || now < session->createdMs)
        reason = "expired";
    else if (now - session->seenMs > kIdleMs)
        reason = "idle";
    else
        reason.clear();
    return reason.empty() ? std::move(session) : std::optional<ConsoleSession>();
}

Result<std::string> SignIn::stateAfter(LedgerReader &ledger, const Uuid &person, bool secondFactorGiven) const {
    ZHICHA_ASSIGN(const std::optional<Account> account, ledger.accounts().account(person));
    ZHICHA_ASSIGN(const std::vector<SecurityKey> keys, ledger.accounts().keysOf(person));
    const bool has = !keys.empty() || (account && !account->totpSecret.empty());
    if (has && !secondFactorGiven)
        return std::string("second_factor");
    if (!account || account->mustChangePassword)
        return std::string("password_change");
    return std::string(has ? "full" : "second_factor_setup");
}

namespace {
std::string totpPurpose(const Uuid &person) {
    return "totp/" + toText(person);
}
} // namespace

Status SignIn::beginTotp(LedgerWriter &ledger, const Uuid &person, Bytes &secret) const {
    ZHICHA_ASSIGN(const std::optional<Account> known, ledger.accounts().account(person));
    Account account = known.value_or(Account{});
    account.person = person;
    secret = toBytes(m_random.array<20>()); // RFC 4226 §4: the length of the MAC
    account.totpPending = sealFor(totpPurpose(person), secret);
    return ledger.accounts().putAccount(account);
}

Result<bool> SignIn::confirmTotp(LedgerWriter &ledger, const Uuid &person, std::string_view code) const {
    ZHICHA_ASSIGN(std::optional<Account> account, ledger.accounts().account(person));
    if (!account || account->totpPending.empty())
        return fail(Code::WrongUsage, "no new secret was shown");
    ZHICHA_ASSIGN(const Bytes secret, openFor(totpPurpose(person), account->totpPending));
    const auto step = matchCode(secret, code, m_clock.nowMs(), -1);
    if (!step)
        return false;
    account->totpSecret = account->totpPending;
    account->totpPending.clear();
    account->totpStep = *step;
    account->totpSinceMs = m_clock.nowMs();
    ZHICHA_TRY(ledger.accounts().putAccount(*account));
    return true;
}

Result<bool> SignIn::checkTotp(LedgerWriter &ledger, const Uuid &person, std::string_view code) const {
    ZHICHA_ASSIGN(std::optional<Account> account, ledger.accounts().account(person));
    if (!account || account->totpSecret.empty())
        return false;
    ZHICHA_ASSIGN(const Bytes secret, openFor(totpPurpose(person), account->totpSecret));
    const auto step = matchCode(secret, code, m_clock.nowMs(), account->totpStep);
    if (!step)
        return false;
    account->totpStep = *step; // each code counts once
    ZHICHA_TRY(ledger.accounts().putAccount(*account));
    return true;
}

Result<Bytes> SignIn::makeChallenge(LedgerWriter &ledger, ConsoleSession &session) const {
    session.challenge = toBytes(m_random.array<32>());
    session.challengeUntilMs = m_clock.nowMs() + kChallengeMs;
    ZHICHA_TRY(ledger.accounts().putSession(session));
    return session.challenge;
}

Result<Bytes> SignIn::takeChallenge(LedgerWriter &ledger, ConsoleSession &session) const {
    const Bytes challenge = session.challengeUntilMs > m_clock.nowMs() ? session.challenge : Bytes();
    session.challenge.clear();
    session.challengeUntilMs = 0;
    ZHICHA_TRY(ledger.accounts().putSession(session));
    return challenge;
}

std::string passwordProblem(std::string_view password, std::string_view name, std::string_view old) {
    std::size_t characters = 0;
    for (const char c : password)
        characters += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
    if (characters < 10)
        return "short";
    if (password == old)
        return "same";
    std::string lower(password);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    if (!name.empty() && lower.find(name) != std::string::npos)
        return "name";
    const auto first = lower.front();
    if (std::all_of(lower.begin(), lower.end(), [&](char c) { return c == first; }))
        return "usual";
    for (const char *usual : {"1234567890", "0123456789", "0987654321", "password", "qwertyuiop", "abcdefghij",
                              "administrator", "admin12345", "zhicha", "1q2w3e4r5t", "woaini1314", "5201314"})
        if (lower.find(usual) != std::string::npos && lower.size() < std::string_view(usual).size() + 6)
            return "usual";
    return "";
}

namespace {
Result<std::optional<ConsoleUser>> firstUser(LedgerReader &ledger,
                                             const std::function<bool(const ConsoleUser &)> &fits) {
    std::optional<ConsoleUser> found;
    ZHICHA_TRY(ledger.forEachUser([&](const ConsoleUser &user) -> Status {
        if (!found && fits(user))
            found = user;
        return {};
    }));
    return found;
}
} // namespace

Result<std::optional<ConsoleUser>> userNamed(LedgerReader &ledger, std::string_view name) {
    return firstUser(ledger, [&](const ConsoleUser &user) { return user.name == name; });
}

Result<std::optional<ConsoleUser>> userOf(LedgerReader &ledger, const Uuid &person) {
    return firstUser(ledger, [&](const ConsoleUser &user) { return user.person == person; });
}

} // namespace zhicha
