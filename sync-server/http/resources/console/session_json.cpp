#include "sync-server/http/resources/console/session_json.h"

#include "shared/base/instant.h"
#include "sync-server/http/resources/console/console_gate.h"

namespace zhicha {

using nlohmann::json;

std::vector<std::string> railEntries(const std::set<std::string> &roles) {
    const std::pair<const char *, Resource> kEntries[]{
        {"desk", Resource::Desk},         {"checks", Resource::Checks},         {"conflicts", Resource::Conflicts},
        {"findings", Resource::Findings}, {"rectifications", Resource::Orders}, {"items", Resource::Items},
        {"requests", Resource::Requests}, {"escalation", Resource::Escalation}, {"ranking", Resource::Ranking},
        {"papers", Resource::Papers},     {"devices", Resource::Devices},       {"people", Resource::People},
        {"tokens", Resource::Tokens},     {"erasures", Resource::Erasures},     {"audit", Resource::Audit}};
    std::vector<std::string> out;
    for (const auto &[name, resource] : kEntries)
        if (mayUse(roles, resource, Verb::Read) != Reach::None)
            out.emplace_back(name);
    return out;
}

std::string opensOn(const std::set<std::string> &roles, bool firstRunDone) {
    if (!firstRunDone && roles.contains("administrator"))
        return "first_run";
    const std::pair<const char *, const char *> kFirst[]{
        {"chief", "desk"},          {"reviewer", "desk"},         {"team_lead", "checks"}, {"inspector", "checks"},
        {"security", "devices"},    {"administrator", "devices"}, {"auditor", "audit"},    {"unit_clerk", "items"},
        {"vice_mayor", "requests"}, {"mayor", "requests"}};
    for (const auto &[role, page] : kFirst)
        if (roles.contains(role))
            return page;
    return "";
}

namespace {
Result<json> serverJson(ConsoleCall &call, LedgerReader &reader) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, reader.rowOf(call.context.signIn.keys().ledger));
    std::string fingerprint;
    if (const cbor::Value *key = row ? row->value("root_key") : nullptr; key != nullptr && key->bytes() != nullptr)
        if (const auto root = fixedBytes<32>(*key->bytes()))
            fingerprint = toHex(fingerprintOf(*root));
    return json{{"name", row ? row->text("name") : ""},
                {"fingerprint", fingerprint},
                {"idle_minutes", kIdleMs / 60000},
                {"max_hours", kLongestMs / 3600000},
                {"failures_allowed", kFailuresAllowed}};
}

Status addPerson(ConsoleCall &call, LedgerReader &reader, json &out) {
    const ConsoleSession &session = *call.session;
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, reader.rowOf(session.person));
    out["actor"] = {{"id", toText(session.person)}, {"name", row ? row->text("name") : call.user->name}};
    if (!call.roles.empty())
        out["actor"]["role"] = *call.roles.begin();
    out["roles"] = call.roles;
    out["csrf"] = call.context.signIn.csrfOf(call.token);
    const std::int64_t longest = session.state == "full" ? kLongestMs : kHalfOpenMs;
    out["expires_at"] = toRfc3339(session.createdMs + longest);
    out["idle_at"] = toRfc3339(session.seenMs + kIdleMs);
    json factors = json::array();
    ZHICHA_ASSIGN(const std::optional<Account> account, reader.accounts().account(session.person));
    ZHICHA_ASSIGN(const std::vector<SecurityKey> keys, reader.accounts().keysOf(session.person));
    if (account && !account->totpSecret.empty())
        factors.push_back("totp");
    if (!keys.empty())
        factors.push_back("webauthn");
    out["second_factors"] = std::move(factors);
    if (session.secondFactorMs > 0)
        out["second_factor_at"] = toRfc3339(session.secondFactorMs);
    if (account && account->lastSignInMs > 0)
        out["last_sign_in"] = {{"at", toRfc3339(account->lastSignInMs)}, {"address", account->lastAddress}};
    out["failures_since"] = account ? account->failuresSince : 0;
    return {};
}
} // namespace

Result<json> sessionJson(ConsoleCall &call, LedgerReader &reader, const std::string &reason) {
    ZHICHA_ASSIGN(const std::optional<std::string> done, reader.setting(kFirstRunDone));
    json out{{"state", call.session ? call.session->state : "none"}, {"first_run_done", done.has_value()}};
    ZHICHA_ASSIGN(out["server"], serverJson(call, reader));
    if (!call.session) {
        if (!reason.empty())
            out["reason"] = reason;
        return out;
    }
    ZHICHA_TRY(addPerson(call, reader, out));
    if (call.session->state == "full") {
        out["entries"] = railEntries(call.roles);
        if (const std::string page = opensOn(call.roles, done.has_value()); !page.empty())
            out["opens_on"] = page;
    }
    return out;
}

Result<Response> sessionResponse(ConsoleCall &call, int status, const std::string &reason) {
    ZHICHA_ASSIGN(const json out,
                  call.access.look<json>([&](LedgerReader &reader) { return sessionJson(call, reader, reason); }));
    return jsonResponse(status, out);
}

Status advanceSession(ConsoleCall &call, LedgerWriter &ledger, bool secondFactorGiven) {
    const SignIn &signIn = call.context.signIn;
    ConsoleSession session = *call.session;
    const std::int64_t now = signIn.clock().nowMs();
    if (secondFactorGiven)
        session.secondFactorMs = now;
    const bool was = session.state == "full";
    ZHICHA_ASSIGN(session.state, signIn.stateAfter(ledger, session.person, session.secondFactorMs > 0));
    if (session.state == "full" && !was) {
        // A token that was known before both factors were given opens nothing afterwards.
        ConsoleSession old = *call.session;
        old.ended = "ended";
        ZHICHA_TRY(ledger.accounts().putSession(old));
        call.token = toBytes(signIn.random().array<32>());
        session.token = SignIn::digestOf(call.token);
        session.createdMs = session.seenMs = now;
        session.challenge.clear();
        call.cookie = sessionCookie(call.token);
        ZHICHA_TRY(signIn.noteSuccess(ledger, call.user->name));
        ZHICHA_ASSIGN(std::optional<Account> known, ledger.accounts().account(session.person));
        Account account = known.value_or(Account{});
        account.person = session.person;
        account.lastSignInMs = now;
        account.lastAddress = call.request.peer;
        account.failuresSince = 0;
        ZHICHA_TRY(ledger.accounts().putAccount(account));
    }
    ZHICHA_TRY(ledger.accounts().putSession(session));
    call.session = session;
    return {};
}

} // namespace zhicha
