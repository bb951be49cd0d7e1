// The gate's other door: a program with a token instead of a person with a cookie.
#include "sync-server/http/resources/console/console_gate.h"
#include "sync-server/office/signin/api_tokens.h"

namespace zhicha {

namespace {
constexpr std::int64_t kUseNotedEveryMs = 60LL * 60 * 1000;

/** That a token is in use is in the trail once an hour; what is itself written when it is read, each time. */
Status noteUse(ConsoleCall &call, const ApiToken &token) {
    const std::int64_t nowMs = call.context.signIn.clock().nowMs();
    if (nowMs - token.usedMs < kUseNotedEveryMs && token.usedFrom == call.request.peer)
        return {};
    call.audit = {"token_use", "token", toText(token.id)};
    Status noted = inTransaction(
        call.access, [&](LedgerWriter &ledger) { return noteTokenUse(ledger, token.id, call.request.peer, nowMs); });
    call.audit = {};
    return noted;
}
} // namespace

Status ConsoleGate::admitToken(ConsoleCall &call, const ConsoleRule &rule) {
    const std::int64_t nowMs = m_context.signIn.clock().nowMs();
    std::optional<ApiToken> token;
    ZHICHA_TRY(m_context.access.read([&](LedgerReader &reader) -> Status {
        ZHICHA_ASSIGN(token, tokenOfHeader(reader, call.request.header("authorization")));
        return {};
    }));
    // One answer for a token that never was and for one that is over or waits: nothing is told to whoever tries some.
    if (!token || token->state(nowMs) != "in_force")
        return call.refuse("signed_out", {{"reason", "token"}});
    call.user = ConsoleUser{token->issuedBy, "令牌 " + token->name, "", std::nullopt, ""};
    call.session = ConsoleSession{};
    call.session->person = token->issuedBy;
    call.session->state = "token";
    const bool reads = rule.admits == Admits::FullSession && rule.verb == Verb::Read && !rule.operation && !rule.fresh;
    if (!reads || !token->opens(rule.resource)) {
        call.audit = {"refused", "token", toText(token->id)};
        return call.refuse("not_yours", {{"needed", nlohmann::json::array()}});
    }
    call.reach = Reach::All;
    return noteUse(call, *token);
}

} // namespace zhicha
