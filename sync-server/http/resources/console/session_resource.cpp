// session: signing in and out, the password.
#include "sync-server/http/resources/console/console_gate.h"
#include "sync-server/http/resources/console/resources.h"
#include "sync-server/http/resources/console/session_json.h"

#include "shared/base/instant.h"

#include <semaphore>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr int kHashesAtOnce = 2; // 64 MiB each
std::counting_semaphore<kHashesAtOnce> hashing(kHashesAtOnce);

bool matchesSlowly(const std::string &hash, const std::string &password) {
    hashing.acquire();
    const bool matches = passwordMatches(hash, password);
    hashing.release();
    return matches;
}

Result<std::string> hashSlowly(const SignIn &signIn, const std::string &password) {
    hashing.acquire();
    auto hashed = signIn.hash(password);
    hashing.release();
    return hashed;
}

Error locked(ConsoleCall &call, std::int64_t untilMs) {
    return call.refuse("locked", {{"until", toRfc3339(untilMs)}});
}

Result<Response> getSession(ConsoleCall &call) {
    std::string reason;
    if (!call.session)
        ZHICHA_TRY(call.access.read([&](LedgerReader &reader) -> Status {
            const auto found = call.context.signIn.find(reader, call.token, reason);
            return found ? Status() : Status(found.error());
        }));
    return sessionResponse(call, 200, reason == "none" ? "" : reason);
}

Result<Response> signIn(ConsoleCall &call) {
    ConsoleContext &context = call.context;
    call.audit.act = "sign_in";
    ZHICHA_ASSIGN(const std::string name, call.text("name", 200));
    ZHICHA_ASSIGN(const std::string password, call.text("password", 1000));
    call.session.reset();
    call.user.reset();
    call.roles.clear();
    ZHICHA_ASSIGN(const SignIn::Candidate candidate, call.access.look<SignIn::Candidate>([&](LedgerReader &reader) {
        return context.signIn.candidate(reader, name, call.request.peer);
    }));
    if (candidate.lockedUntilMs > 0)
        return locked(call, candidate.lockedUntilMs);
    const bool matches = matchesSlowly(candidate.hash, password);
    SignInVerdict verdict;
    ZHICHA_TRY(inTransaction(call.access, [&](LedgerWriter &ledger) -> Status {
        ZHICHA_ASSIGN(verdict, context.signIn.concludePassword(ledger, candidate, matches, name, call.request.peer));
        if (verdict.what != SignInVerdict::What::Accepted) {
            // Whose account was tried is known then, and only then.
            call.user = candidate.user;
            call.audit.refusal = verdict.what == SignInVerdict::What::Locked ? "locked" : "bad_credentials";
            return {};
        }
        call.token = verdict.token;
        ZHICHA_ASSIGN(call.session, ledger.accounts().session(SignIn::digestOf(verdict.token)));
        ZHICHA_ASSIGN(call.user, userOf(ledger, call.session->person));
        ZHICHA_ASSIGN(call.roles, rolesOf(ledger, call.session->person));
        return {};
    }));
    if (verdict.what == SignInVerdict::What::Locked)
        return locked(call, verdict.untilMs);
    if (verdict.what == SignInVerdict::What::Wrong)
        return call.refuse("bad_credentials");
    call.cookie = sessionCookie(verdict.token);
    return sessionResponse(call);
}

Result<Response> signOut(ConsoleCall &call) {
    call.audit.act = "sign_out";
    const bool all = call.query("all") == "1";
    ZHICHA_TRY(inTransaction(call.access, [&](LedgerWriter &ledger) -> Status {
        if (all)
            return ledger.accounts().endSessions(call.session->person, std::nullopt, "ended");
        ConsoleSession ended = *call.session;
        ended.ended = "ended";
        return ledger.accounts().putSession(ended);
    }));
    call.cookie = sessionCookie({});
    return emptyResponse(204);
}

Result<Response> changePassword(ConsoleCall &call) {
    ConsoleContext &context = call.context;
    call.audit.act = "password_change";
    // Whoever has a second factor shows it first: a password alone must not replace a password.
    if (call.session->state == "second_factor")
        return call.refuse("needs_second_factor", {{"state", call.session->state}});
    ZHICHA_ASSIGN(const std::string old, call.text("old", 1000));
    ZHICHA_ASSIGN(const std::string fresh, call.text("new", 1000));
    if (const std::string why = passwordProblem(fresh, call.user->name, old); !why.empty()) {
        Error error = call.badField("new", "this password is not taken: " + why);
        call.addDetail("reason", why);
        return error;
    }
    ZHICHA_ASSIGN(const SignIn::Candidate candidate, call.access.look<SignIn::Candidate>([&](LedgerReader &reader) {
        return context.signIn.candidate(reader, call.user->name, call.request.peer);
    }));
    if (candidate.lockedUntilMs > 0)
        return locked(call, candidate.lockedUntilMs);
    if (!matchesSlowly(call.user->passwordHash, old)) {
        call.audit.refusal = "bad_credentials";
        ZHICHA_TRY(inTransaction(call.access, [&](LedgerWriter &ledger) -> Status {
            const auto noted =
                context.signIn.noteFailure(ledger, call.user->name, call.request.peer, call.user->person);
            return noted ? Status() : Status(noted.error());
        }));
        return call.refuse("bad_credentials");
    }
    ZHICHA_ASSIGN(const std::string hash, hashSlowly(context.signIn, fresh));
    const Status done = inTransaction(call.access, [&](LedgerWriter &ledger) -> Status {
        ConsoleUser user = *call.user;
        user.passwordHash = hash;
        ZHICHA_TRY(ledger.putUser(user));
        ZHICHA_ASSIGN(const std::optional<Account> known, ledger.accounts().account(user.person));
        Account account = known.value_or(Account{});
        account.person = user.person;
        account.mustChangePassword = false;
        ZHICHA_TRY(ledger.accounts().putAccount(account));
        ZHICHA_TRY(ledger.accounts().endSessions(user.person, call.session->token, "ended"));
        return advanceSession(call, ledger, false);
    });
    ZHICHA_TRY(done);
    return sessionResponse(call);
}
} // namespace

void addSessionRoutes(ConsoleGate &gate) {
    ConsoleRule anybody;
    anybody.admits = Admits::Anybody;
    ConsoleRule halfOpen;
    halfOpen.admits = Admits::HalfOpen;
    ConsoleRule quiet = anybody;
    quiet.background = true;
    gate.add("GET", "/session", quiet, getSession);
    gate.add("POST", "/session", anybody, signIn);
    gate.add("DELETE", "/session", halfOpen, signOut);
    gate.add("POST", "/session/password", halfOpen, changePassword);
}

} // namespace zhicha
