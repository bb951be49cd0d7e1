// session/second-factor: one-time codes and security keys, given and set up.
#include "sync-server/http/resources/console/resources.h"
#include "sync-server/http/resources/console/security_key_calls.h"
#include "sync-server/http/resources/console/session_json.h"

#include "shared/base/base64url.h"
#include "shared/base/instant.h"
#include "shared/crypto/one_time_code.h"
#include "sync-server/office/qr_code.h"

namespace zhicha {

using nlohmann::json;

std::string rpIdOf(const Request &request) {
    std::string host(request.header("host"));
    if (host.starts_with('['))
        return "";
    host = host.substr(0, host.find(':'));
    const bool number = host.find_first_not_of("0123456789.") == std::string::npos;
    return number ? "" : host;
}

std::string originOf(const Request &request) {
    return std::string(request.tls ? "https://" : "http://") + std::string(request.header("host"));
}

json keyList(const std::vector<SecurityKey> &keys, const std::string &rpId) {
    json list = json::array();
    for (const SecurityKey &key : keys)
        if (key.rpId == rpId)
            list.push_back({{"id", toBase64Url(key.credential)}, {"type", "public-key"}});
    return list;
}

Result<Bytes> binaryOf(ConsoleCall &call, const json &object, const char *name) {
    const auto it = object.find(name);
    const auto bytes = it != object.end() && it->is_string() ? fromBase64Url(it->get<std::string>()) : std::nullopt;
    return bytes ? Result<Bytes>(*bytes) : call.badField(name, "base64url is needed");
}

Result<KeyAnswer> keyAnswerOf(ConsoleCall &call, const json &given) {
    KeyAnswer answer;
    ZHICHA_ASSIGN(answer.credential, binaryOf(call, given, "id"));
    ZHICHA_ASSIGN(answer.assertion.clientDataJson, binaryOf(call, given, "client_data_json"));
    ZHICHA_ASSIGN(answer.assertion.authenticatorData, binaryOf(call, given, "authenticator_data"));
    ZHICHA_ASSIGN(answer.assertion.signature, binaryOf(call, given, "signature"));
    return answer;
}

namespace {
constexpr std::size_t kMaxKeys = 10;

WebAuthnExpectation expectation(const Request &request, Bytes challenge, std::string rpId) {
    return {std::move(challenge), originOf(request), std::move(rpId)};
}

Result<Response> giveChallenge(ConsoleCall &call) {
    const std::string rpId = rpIdOf(call.request);
    json out{{"timeout_ms", kTouchTimeoutMs}, {"user_verification", "preferred"}, {"allow", json::array()}};
    ZHICHA_TRY(inTransaction(call.access, [&](LedgerWriter &ledger) -> Status {
        ZHICHA_ASSIGN(const Bytes challenge, call.context.signIn.makeChallenge(ledger, *call.session));
        out["challenge"] = toBase64Url(challenge);
        ZHICHA_ASSIGN(const std::vector<SecurityKey> keys, ledger.accounts().keysOf(call.session->person));
        if (!rpId.empty()) {
            out["rp_id"] = rpId;
            out["allow"] = keyList(keys, rpId);
        }
        return {};
    }));
    return jsonResponse(200, out);
}

/** Fine, or not the person's key. */
Result<bool> checkKey(ConsoleCall &call, LedgerWriter &ledger, const json &given) {
    ZHICHA_ASSIGN(const KeyAnswer answer, keyAnswerOf(call, given));
    ZHICHA_ASSIGN(const Bytes challenge, call.context.signIn.takeChallenge(ledger, *call.session));
    ZHICHA_ASSIGN(std::optional<SecurityKey> key, ledger.accounts().key(answer.credential));
    if (!key || key->person != call.session->person)
        return false;
    const auto count = checkAssertion(answer.assertion, key->algorithm, key->publicKey, key->signCount,
                                      expectation(call.request, challenge, key->rpId));
    if (!count)
        return false;
    key->signCount = *count;
    key->lastUsedMs = call.context.signIn.clock().nowMs();
    ZHICHA_TRY(ledger.accounts().putKey(*key));
    return true;
}

Result<Response> giveSecondFactor(ConsoleCall &call) {
    const SignIn &signIn = call.context.signIn;
    call.audit.act = "second_factor";
    const auto given = call.body.find("webauthn");
    const bool byKey = given != call.body.end() && given->is_object();
    std::string code;
    if (!byKey) {
        ZHICHA_ASSIGN(code, call.text("totp", 16));
    }
    std::int64_t lockedUntil = 0;
    bool fits = false;
    ZHICHA_TRY(inTransaction(call.access, [&](LedgerWriter &ledger) -> Status {
        ZHICHA_ASSIGN(const SignIn::Candidate now, signIn.candidate(ledger, call.user->name, call.request.peer));
        lockedUntil = now.lockedUntilMs;
        if (lockedUntil > 0) {
            call.audit.refusal = "locked";
            return {};
        }
        if (byKey) {
            ZHICHA_ASSIGN(fits, checkKey(call, ledger, *given));
        } else {
            ZHICHA_ASSIGN(fits, signIn.checkTotp(ledger, call.session->person, code));
        }
        if (fits)
            return advanceSession(call, ledger, true);
        call.audit.refusal = "bad_credentials";
        const auto noted = signIn.noteFailure(ledger, call.user->name, call.request.peer, call.user->person);
        return noted ? Status() : Status(noted.error());
    }));
    if (lockedUntil > 0)
        return call.refuse("locked", {{"until", toRfc3339(lockedUntil)}});
    return fits ? sessionResponse(call) : call.refuse("bad_credentials");
}

Result<Response> listFactors(ConsoleCall &call) {
    json out{{"keys", json::array()}};
    ZHICHA_TRY(call.access.read([&](LedgerReader &reader) -> Status {
        ZHICHA_ASSIGN(const std::optional<Account> account, reader.accounts().account(call.session->person));
        if (account && !account->totpSecret.empty())
            out["totp"] = {{"since", toRfc3339(account->totpSinceMs)}};
        ZHICHA_ASSIGN(const std::vector<SecurityKey> keys, reader.accounts().keysOf(call.session->person));
        for (const SecurityKey &key : keys) {
            json entry{{"id", toBase64Url(key.credential)}, {"name", key.name}, {"since", toRfc3339(key.addedMs)}};
            if (key.lastUsedMs > 0)
                entry["last_used"] = toRfc3339(key.lastUsedMs);
            out["keys"].push_back(std::move(entry));
        }
        return {};
    }));
    return jsonResponse(200, out);
}

/** Setting up another factor takes one that is there already, given a moment ago. */
Status mayChangeFactors(ConsoleCall &call) {
    if (call.session->state == "second_factor_setup")
        return {};
    const std::int64_t age = call.context.signIn.clock().nowMs() - call.session->secondFactorMs;
    if (call.session->state == "full" && age >= 0 && age <= kStepUpMs)
        return {};
    return call.refuse("needs_second_factor", {{"state", call.session->state}});
}

Result<Response> setUpTotp(ConsoleCall &call) {
    const SignIn &signIn = call.context.signIn;
    ZHICHA_TRY(mayChangeFactors(call));
    if (call.body.contains("code")) {
        call.audit.act = "totp_set";
        ZHICHA_ASSIGN(const std::string code, call.text("code", 16));
        bool fits = false;
        ZHICHA_TRY(inTransaction(call.access, [&](LedgerWriter &ledger) -> Status {
            ZHICHA_ASSIGN(fits, signIn.confirmTotp(ledger, call.session->person, code));
            if (fits)
                return advanceSession(call, ledger, true);
            call.audit.refusal = "bad_credentials";
            return {};
        }));
        return fits ? sessionResponse(call) : call.refuse("bad_credentials");
    }
    Bytes secret;
    ZHICHA_TRY(inTransaction(
        call.access, [&](LedgerWriter &ledger) { return signIn.beginTotp(ledger, call.session->person, secret); }));
    const std::string text = toBase32(secret);
    const std::string uri = "otpauth://totp/Zhicha:" + toText(call.session->person).substr(24) + "?secret=" + text +
                            "&issuer=Zhicha&algorithm=SHA1&digits=6&period=30";
    ZHICHA_ASSIGN(const std::string picture, qrCodeSvg(uri));
    return jsonResponse(200, {{"secret", text}, {"uri", uri}, {"qr", picture}});
}

Result<Response> giveKeyChallenge(ConsoleCall &call) {
    ZHICHA_TRY(mayChangeFactors(call));
    const std::string rpId = rpIdOf(call.request);
    if (rpId.empty())
        return call.refuse("not_now", {{"reason", "address_is_a_number"}});
    json out;
    ZHICHA_TRY(inTransaction(call.access, [&](LedgerWriter &ledger) -> Status {
        ZHICHA_ASSIGN(const Bytes challenge, call.context.signIn.makeChallenge(ledger, *call.session));
        ZHICHA_ASSIGN(const std::vector<SecurityKey> keys, ledger.accounts().keysOf(call.session->person));
        out = {{"challenge", toBase64Url(challenge)},
               {"rp", {{"id", rpId}, {"name", "直查 Zhicha"}}},
               {"user",
                {{"id", toBase64Url(call.session->person.bytes)},
                 {"name", call.user->name},
                 {"display_name", call.user->name}}},
               {"algorithms", {kCoseEs256, kCoseEdDsa}},
               {"exclude", keyList(keys, rpId)},
               {"attestation", "none"},
               {"timeout_ms", kTouchTimeoutMs}};
        return {};
    }));
    return jsonResponse(200, out);
}

Result<Response> addKey(ConsoleCall &call) {
    const SignIn &signIn = call.context.signIn;
    call.audit.act = "key_add";
    ZHICHA_TRY(mayChangeFactors(call));
    ZHICHA_ASSIGN(const std::string name, call.text("name", 100));
    ZHICHA_ASSIGN(const Bytes id, binaryOf(call, call.body, "id"));
    ZHICHA_ASSIGN(const Bytes clientData, binaryOf(call, call.body, "client_data_json"));
    ZHICHA_ASSIGN(const Bytes attestation, binaryOf(call, call.body, "attestation_object"));
    bool fits = false;
    const Status done = inTransaction(call.access, [&](LedgerWriter &ledger) -> Status {
        ZHICHA_ASSIGN(const Bytes challenge, signIn.takeChallenge(ledger, *call.session));
        ZHICHA_ASSIGN(const std::vector<SecurityKey> keys, ledger.accounts().keysOf(call.session->person));
        if (keys.size() >= kMaxKeys)
            return fail(Code::OverQuota, "at most 10 security keys");
        const auto read =
            readRegistration(clientData, attestation, expectation(call.request, challenge, rpIdOf(call.request)));
        if (!read || read->id != id) {
            call.audit.refusal = "bad_credentials";
            return {};
        }
        ZHICHA_ASSIGN(const std::optional<SecurityKey> known, ledger.accounts().key(id));
        if (known)
            return fail(Code::AlreadyDone, "this security key is registered already");
        const std::int64_t now = signIn.clock().nowMs();
        ZHICHA_TRY(ledger.accounts().putKey({read->id, call.session->person, rpIdOf(call.request), read->algorithm,
                                             read->publicKey, read->signCount, name, now, now}));
        fits = true;
        return advanceSession(call, ledger, true);
    });
    ZHICHA_TRY(done);
    return fits ? sessionResponse(call, 201) : call.refuse("bad_credentials");
}

/** The last factor stays: without one nobody could sign in again. */
Result<Response> dropFactor(ConsoleCall &call, const std::optional<Bytes> &credential) {
    call.audit.act = credential ? "key_drop" : "totp_drop";
    ZHICHA_TRY(mayChangeFactors(call));
    bool last = false;
    bool found = false;
    ZHICHA_TRY(inTransaction(call.access, [&](LedgerWriter &ledger) -> Status {
        ZHICHA_ASSIGN(std::optional<Account> account, ledger.accounts().account(call.session->person));
        ZHICHA_ASSIGN(const std::vector<SecurityKey> keys, ledger.accounts().keysOf(call.session->person));
        const bool totp = account && !account->totpSecret.empty();
        last = keys.size() + (totp ? 1 : 0) <= 1;
        found = !credential && totp;
        for (const SecurityKey &key : keys)
            found = found || (credential && key.credential == *credential);
        if (!found || last) {
            call.audit.refusal = found ? "not_now" : codeName(Code::NotFound);
            return {};
        }
        if (credential)
            return ledger.accounts().dropKey(*credential);
        account->totpSecret.clear();
        return ledger.accounts().putAccount(*account);
    }));
    if (!found)
        return fail(Code::NotFound, "no such second factor");
    if (last)
        return call.refuse("not_now", {{"reason", "last_one"}});
    return emptyResponse(204);
}
} // namespace

void addSecondFactorRoutes(ConsoleGate &gate) {
    ConsoleRule rule;
    rule.admits = Admits::HalfOpen;
    gate.add("POST", "/session/second-factor/challenge", rule, giveChallenge);
    gate.add("POST", "/session/second-factor", rule, giveSecondFactor);
    gate.add("GET", "/session/second-factors", rule, listFactors);
    gate.add("POST", "/session/second-factors/totp", rule, setUpTotp);
    gate.add("POST", "/session/second-factors/key-challenge", rule, giveKeyChallenge);
    gate.add("POST", "/session/second-factors/keys", rule, addKey);
    gate.add("DELETE", "/session/second-factors/totp", rule,
             [](ConsoleCall &call) { return dropFactor(call, std::nullopt); });
    gate.add("DELETE", "/session/second-factors/keys/{key}", rule, [](ConsoleCall &call) -> Result<Response> {
        const auto id = fromBase64Url(call.request.param("key"));
        if (!id)
            return fail(Code::NotFound, "no such security key");
        return dropFactor(call, *id);
    });
}

} // namespace zhicha
