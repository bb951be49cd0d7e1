// tokens: with which other programs read the ledger; issued, confirmed, revoked, listed.
#include "sync-server/http/resources/console/console_gate.h"
#include "sync-server/http/resources/console/resources.h"
#include "sync-server/office/signin/api_tokens.h"

namespace zhicha {

using nlohmann::json;

namespace {
Result<Response> listTokens(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        ZHICHA_ASSIGN(const std::vector<ApiToken> tokens, allTokens(reader));
        json rows = json::array(), scopes = json::array();
        for (auto token = tokens.rbegin(); token != tokens.rend(); ++token)
            rows.push_back(tokenJson(*token, call.context.signIn.clock().nowMs()));
        for (const TokenScope &scope : tokenScopes())
            scopes.push_back({{"name", std::string(scope.name)},
                              {"words", std::string(scope.words)},
                              {"words_en", std::string(scope.wordsEn)}});
        return json{{"rows", std::move(rows)}, {"scopes", std::move(scopes)}};
    }));
    return jsonResponse(200, out);
}

/** The part of a detail before the colon is the field. */
Error asBadField(ConsoleCall &call, const Error &error) {
    const std::size_t colon = error.detail.find(": ");
    return error.code == Code::InvalidArgument && colon != std::string::npos
               ? call.badField(error.detail.substr(0, colon), error.detail.substr(colon + 2))
               : error;
}

Result<Response> postToken(ConsoleCall &call) {
    TokenOrder order;
    ZHICHA_ASSIGN(order.name, call.text("name", 60));
    ZHICHA_ASSIGN(order.purpose, call.text("purpose", 300));
    ZHICHA_ASSIGN(order.days, call.number("days"));
    const auto scopes = call.body.find("scopes");
    if (scopes == call.body.end() || !scopes->is_array())
        return call.badField("scopes", "a list");
    for (const json &scope : *scopes) {
        if (!scope.is_string())
            return call.badField("scopes", "a list of texts");
        order.scopes.push_back(scope.get<std::string>());
    }
    call.audit = {"token_issue", "token", order.name};
    json out;
    const Status done = inTransaction(call.access, [&](LedgerWriter &ledger) -> Status {
        Uuid id;
        const std::int64_t nowMs = call.context.signIn.clock().nowMs();
        ZHICHA_ASSIGN(const std::string secret,
                      issueToken(ledger, order, *call.user, nowMs, call.context.signIn.random(), id));
        ZHICHA_ASSIGN(const std::vector<ApiToken> tokens, allTokens(ledger));
        out = tokenJson(tokens.back(), nowMs);
        out["token"] = secret;
        call.audit.object = toText(id);
        return {};
    });
    if (!done)
        return asBadField(call, done.error());
    Response response = jsonResponse(201, out);
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

Result<Response> postTokenConfirm(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, call.pathId("token"));
    call.audit = {"token_confirm", "token", toText(id)};
    ZHICHA_TRY(inTransaction(call.access, [&](LedgerWriter &ledger) {
        return confirmToken(ledger, id, *call.user, call.context.signIn.clock().nowMs());
    }));
    return listTokens(call);
}

Result<Response> postTokenRevoke(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, call.pathId("token"));
    ZHICHA_ASSIGN(const std::string reason, call.text("reason", 600));
    call.audit = {"token_revoke", "token", toText(id)};
    const Status done = inTransaction(call.access, [&](LedgerWriter &ledger) {
        return revokeToken(ledger, id, reason, *call.user, call.context.signIn.clock().nowMs());
    });
    return done ? listTokens(call) : Result<Response>(asBadField(call, done.error()));
}

ConsoleRule freshRule(Verb verb) {
    ConsoleRule rule{Resource::Tokens, verb};
    rule.fresh = true;
    return rule;
}
} // namespace

void addTokenRoutes(ConsoleGate &gate) {
    gate.add("GET", "/tokens", {Resource::Tokens, Verb::Read}, listTokens);
    gate.add("POST", "/tokens", freshRule(Verb::Grant), postToken);
    gate.add("POST", "/tokens/{token}/confirm", freshRule(Verb::Confirm), postTokenConfirm);
    gate.add("POST", "/tokens/{token}/revoke", {Resource::Tokens, Verb::Revoke}, postTokenRevoke);
}

} // namespace zhicha
