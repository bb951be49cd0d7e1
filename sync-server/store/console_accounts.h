#pragma once
// Who signs in at the console, beside `users`: second factors, sessions, failures, drafts and remembered answers.
// Office state, no part of the ledger's fold. Writes need the writer and an open transaction.
#include "shared/base/ids.h"
#include "shared/base/result.h"

#include <functional>

namespace zhicha {

/** Instants are ms UTC; 0 = never. */
struct Account {
    Uuid person;
    bool mustChangePassword = true; ///< so begins whoever got a random password
    Bytes totpSecret;               ///< sealed; empty = none
    Bytes totpPending;              ///< sealed; shown, not yet in force
    std::int64_t totpSinceMs = 0;
    std::int64_t totpStep = -1; ///< the last step that counted
    std::int64_t lastSignInMs = 0;
    std::string lastAddress;
    std::int64_t failuresSince = 0; ///< since the last sign-in
};

struct SecurityKey {
    Bytes credential; ///< its id
    Uuid person;
    std::string rpId;           ///< the host name that it was made for
    std::int64_t algorithm = 0; ///< COSE: -7 ES256, -8 EdDSA
    Bytes publicKey;            ///< x ‖ y, or 32 bytes
    std::int64_t signCount = 0;
    std::string name;
    std::int64_t addedMs = 0;
    std::int64_t lastUsedMs = 0;
};

struct ConsoleSession {
    Digest token{}; ///< of the cookie
    Uuid person;
    std::string state; ///< second_factor, second_factor_setup, password_change, full
    std::int64_t createdMs = 0;
    std::int64_t seenMs = 0;
    std::int64_t secondFactorMs = 0;
    std::string address;
    Bytes challenge; ///< of a security key; empty = none
    std::int64_t challengeUntilMs = 0;
    std::string ended; ///< "" = open; else why: ended, idle, expired
};

/** Failures of one account name or address, known or not. */
struct Failures {
    std::string subject;
    std::int64_t count = 0;
    std::int64_t lastMs = 0;
    std::int64_t untilMs = 0; ///< no attempt before
};

struct RememberedAnswer {
    Digest request{};
    std::int64_t status = 0;
    std::string body;
    std::int64_t atMs = 0;
};

struct FormDraft {
    Bytes content; ///< sealed
    std::int64_t atMs = 0;
};

/** Threads: those of the ledger store that it belongs to. */
class AccountTable {
public:
    virtual ~AccountTable() = default;
    virtual Result<std::optional<Account>> account(const Uuid &person) = 0;
    virtual Status putAccount(const Account &account) = 0;
    virtual Result<std::vector<SecurityKey>> keysOf(const Uuid &person) = 0;
    virtual Result<std::optional<SecurityKey>> key(ByteView credential) = 0;
    virtual Status putKey(const SecurityKey &key) = 0;
    virtual Status dropKey(ByteView credential) = 0;
    virtual Result<std::optional<ConsoleSession>> session(const Digest &token) = 0;
    virtual Status putSession(const ConsoleSession &session) = 0;
    /** Ends every open session of a person but `except`. */
    virtual Status endSessions(const Uuid &person, const std::optional<Digest> &except, const std::string &why) = 0;
    /** Forgets sessions, failures, answers and drafts that nobody can use any more. */
    virtual Status sweep(std::int64_t nowMs) = 0;
    virtual Result<Failures> failures(const std::string &subject) = 0;
    virtual Status putFailures(const Failures &failures) = 0;
    virtual Status dropFailures(const std::string &subject) = 0;
    virtual Result<std::optional<RememberedAnswer>> answer(const Uuid &person, const std::string &key) = 0;
    virtual Status putAnswer(const Uuid &person, const std::string &key, const RememberedAnswer &answer) = 0;
    virtual Result<std::optional<FormDraft>> draft(const Uuid &person, const std::string &form,
                                                   const std::string &id) = 0;
    virtual Status putDraft(const Uuid &person, const std::string &form, const std::string &id,
                            const FormDraft &draft) = 0;
    virtual Status dropDraft(const Uuid &person, const std::string &form, const std::string &id) = 0;
};

} // namespace zhicha
