#include "sync-server/office/signin/api_tokens.h"

#include "shared/base/base64url.h"
#include "shared/base/instant.h"
#include "shared/base/sources.h"
#include "shared/crypto/digest.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr const char *kTokensSetting = "api_tokens";
constexpr std::int64_t kTokenDayMs = 24LL * 60 * 60 * 1000;
constexpr std::size_t kMostTokenName = 60, kMostPurpose = 300, kMostRevokeReason = 600;

Digest tokenDigest(ByteView secret) {
    return taggedDigest("zhicha/v1/api-token", {secret});
}

json storedJson(const ApiToken &token) {
    return {{"id", toText(token.id)},
            {"name", token.name},
            {"purpose", token.purpose},
            {"digest", toHex(token.digest)},
            {"scopes", token.scopes},
            {"issued_by", toText(token.issuedBy)},
            {"issued_by_name", token.issuedByName},
            {"confirmed_by_name", token.confirmedByName},
            {"revoked_by_name", token.revokedByName},
            {"revoke_reason", token.revokeReason},
            {"issued", token.issuedMs},
            {"expires", token.expiresMs},
            {"confirmed", token.confirmedMs},
            {"revoked", token.revokedMs},
            {"used", token.usedMs},
            {"used_from", token.usedFrom},
            {"unconfirmed", token.unconfirmed}};
}

ApiToken storedToken(const json &from) {
    ApiToken token;
    token.id = uuidFromText(from.at("id").get<std::string>()).value_or(Uuid{});
    token.name = from.at("name");
    token.purpose = from.at("purpose");
    token.digest = digestFromHex(from.at("digest").get<std::string>()).value_or(Digest{});
    token.scopes = from.at("scopes").get<std::vector<std::string>>();
    token.issuedBy = uuidFromText(from.at("issued_by").get<std::string>()).value_or(Uuid{});
    token.issuedByName = from.at("issued_by_name");
    token.confirmedByName = from.at("confirmed_by_name");
    token.revokedByName = from.at("revoked_by_name");
    token.revokeReason = from.value("revoke_reason", "");
    token.issuedMs = from.at("issued");
    token.expiresMs = from.at("expires");
    token.confirmedMs = from.at("confirmed");
    token.revokedMs = from.at("revoked");
    token.usedMs = from.at("used");
    token.usedFrom = from.at("used_from");
    token.unconfirmed = from.at("unconfirmed");
    return token;
}

Status putTokens(LedgerWriter &ledger, const std::vector<ApiToken> &tokens, std::int64_t nowMs) {
    json list = json::array();
    for (const ApiToken &token : tokens)
        if (std::min(token.expiresMs, token.revokedMs > 0 ? token.revokedMs : token.expiresMs) +
                kTokenKeptDays * kTokenDayMs >
            nowMs)
            list.push_back(storedJson(token));
    return ledger.putSetting(kTokensSetting, list.dump());
}

/** Changes one token of the list. */
Status changeToken(LedgerWriter &ledger, const Uuid &id, std::int64_t nowMs,
                   const std::function<Status(ApiToken &)> &change) {
    ZHICHA_ASSIGN(std::vector<ApiToken> tokens, allTokens(ledger));
    for (ApiToken &token : tokens)
        if (token.id == id) {
            ZHICHA_TRY(change(token));
            return putTokens(ledger, tokens, nowMs);
        }
    return fail(Code::NotFound, "no such token");
}

bool isPlainText(const std::string &text, std::size_t most) {
    return !text.empty() && text.size() <= most && isUtf8(text) &&
           std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

Status checkOrderOfToken(const TokenOrder &order) {
    if (!isPlainText(order.name, kMostTokenName))
        return fail(Code::InvalidArgument, "name: 1 to 60 bytes");
    if (!isPlainText(order.purpose, kMostPurpose))
        return fail(Code::InvalidArgument, "purpose: 1 to 300 bytes");
    if (order.days < 1 || order.days > kLongestTokenDays)
        return fail(Code::InvalidArgument, "days: 1 to 366");
    if (order.scopes.empty())
        return fail(Code::InvalidArgument, "scopes: at least one");
    for (const std::string &scope : order.scopes) {
        const auto isOne = [&](const TokenScope &known) { return known.name == scope; };
        if (std::none_of(tokenScopes().begin(), tokenScopes().end(), isOne) ||
            std::count(order.scopes.begin(), order.scopes.end(), scope) != 1)
            return fail(Code::InvalidArgument, "scopes: each of them known, and once");
    }
    return {};
}

Result<bool> someoneConfirms(LedgerReader &ledger) {
    ZHICHA_ASSIGN(const std::vector<RoleGrant> grants, allGrants(ledger));
    return std::any_of(grants.begin(), grants.end(),
                       [](const RoleGrant &grant) { return grant.role == "security" && grant.inForce; });
}
} // namespace

const std::vector<TokenScope> &tokenScopes() {
    static const std::vector<TokenScope> scopes{
        {"read_ledger", Resource::Items, "读台账、事项和报告", "the ledger, its items and reports"},
        {"read_requests", Resource::Requests, "读申请与签批", "requests and what was signed"},
        {"read_escalation", Resource::Escalation, "读督办阶梯和加减分规则", "what is due, and the rules of points"},
        {"read_rankings", Resource::Ranking, "读月排名", "the months' rankings"},
        {"read_checks", Resource::Checks, "读检查、航迹和现场", "checks, tracks and sites"},
        {"read_findings", Resource::Findings, "读问题", "findings"},
        {"read_papers", Resource::Papers, "读公文", "papers"}};
    return scopes;
}

std::string_view ApiToken::state(std::int64_t nowMs) const {
    if (revokedMs > 0)
        return "revoked";
    if (nowMs >= expiresMs)
        return "expired";
    return confirmedMs > 0 || unconfirmed ? "in_force" : "waiting";
}

bool ApiToken::opens(Resource resource) const {
    return std::any_of(tokenScopes().begin(), tokenScopes().end(), [&](const TokenScope &scope) {
        return scope.resource == resource && std::find(scopes.begin(), scopes.end(), scope.name) != scopes.end();
    });
}

Result<std::vector<ApiToken>> allTokens(LedgerReader &ledger) {
    ZHICHA_ASSIGN(const std::optional<std::string> text, ledger.setting(kTokensSetting));
    std::vector<ApiToken> tokens;
    if (!text)
        return tokens;
    try {
        for (const json &one : json::parse(*text))
            tokens.push_back(storedToken(one));
    } catch (const json::exception &) {
        return fail(Code::StoreDamaged, "the list of tokens does not read");
    }
    return tokens;
}

Result<std::optional<ApiToken>> tokenOfHeader(LedgerReader &ledger, std::string_view authorization) {
    constexpr std::string_view kScheme = "Bearer ";
    if (!authorization.starts_with(kScheme) || !authorization.substr(kScheme.size()).starts_with(kTokenPrefix))
        return std::optional<ApiToken>();
    const auto secret = fromBase64Url(authorization.substr(kScheme.size() + kTokenPrefix.size()));
    if (!secret || secret->size() != 32)
        return std::optional<ApiToken>();
    const Digest digest = tokenDigest(*secret);
    ZHICHA_ASSIGN(const std::vector<ApiToken> tokens, allTokens(ledger));
    for (const ApiToken &token : tokens)
        if (token.digest == digest)
            return std::optional(token);
    return std::optional<ApiToken>();
}

Result<std::string> issueToken(LedgerWriter &ledger, const TokenOrder &order, const ConsoleUser &by, std::int64_t nowMs,
                               RandomSource &random, Uuid &id) {
    ZHICHA_TRY(checkOrderOfToken(order));
    ZHICHA_ASSIGN(std::vector<ApiToken> tokens, allTokens(ledger));
    const auto isOver = [&](const ApiToken &token) { return token.revokedMs > 0 || nowMs >= token.expiresMs; };
    if (static_cast<std::size_t>(std::count_if(tokens.begin(), tokens.end(), std::not_fn(isOver))) >= kMostTokens)
        return fail(Code::OverQuota, "100 tokens are in force or waiting; revoke what is not used");
    const auto secret = random.array<32>();
    ApiToken token;
    token.id = uuidFromDigest(taggedDigest("zhicha/v1/api-token-id", {secret}));
    token.name = order.name;
    token.purpose = order.purpose;
    token.scopes = order.scopes;
    token.digest = tokenDigest(secret);
    token.issuedBy = by.person;
    token.issuedByName = by.name;
    token.issuedMs = nowMs;
    token.expiresMs = nowMs + order.days * kTokenDayMs;
    ZHICHA_ASSIGN(const bool confirmed, someoneConfirms(ledger));
    token.unconfirmed = !confirmed;
    id = token.id;
    tokens.push_back(std::move(token));
    ZHICHA_TRY(putTokens(ledger, tokens, nowMs));
    return std::string(kTokenPrefix) + toBase64Url(secret);
}

Status confirmToken(LedgerWriter &ledger, const Uuid &id, const ConsoleUser &by, std::int64_t nowMs) {
    return changeToken(ledger, id, nowMs, [&](ApiToken &token) -> Status {
        if (token.state(nowMs) != "waiting")
            return fail(Code::AlreadyDone, "the token waits for no confirmation");
        if (token.issuedBy == by.person)
            return fail(Code::NotAllowed, "whoever issued a token does not confirm it");
        token.confirmedMs = nowMs;
        token.confirmedByName = by.name;
        return {};
    });
}

Status revokeToken(LedgerWriter &ledger, const Uuid &id, const std::string &reason, const ConsoleUser &by,
                   std::int64_t nowMs) {
    if (!isPlainText(reason, kMostRevokeReason))
        return fail(Code::InvalidArgument, "reason: 1 to 600 bytes");
    return changeToken(ledger, id, nowMs, [&](ApiToken &token) -> Status {
        if (token.revokedMs > 0 || nowMs >= token.expiresMs)
            return fail(Code::AlreadyDone, "the token is over already");
        token.revokedMs = nowMs;
        token.revokedByName = by.name;
        token.revokeReason = reason;
        return {};
    });
}

Status noteTokenUse(LedgerWriter &ledger, const Uuid &id, const std::string &address, std::int64_t nowMs) {
    return changeToken(ledger, id, nowMs, [&](ApiToken &token) -> Status {
        token.usedMs = nowMs;
        token.usedFrom = address;
        return {};
    });
}

json tokenJson(const ApiToken &token, std::int64_t nowMs) {
    json out{{"id", toText(token.id)},
             {"name", token.name},
             {"purpose", token.purpose},
             {"scopes", token.scopes},
             {"state", std::string(token.state(nowMs))},
             {"issued_by", {{"id", toText(token.issuedBy)}, {"name", token.issuedByName}}},
             {"issued_at", toRfc3339(token.issuedMs)},
             {"expires_at", toRfc3339(token.expiresMs)}};
    if (token.unconfirmed)
        out["unconfirmed"] = true;
    if (token.confirmedMs > 0) {
        out["confirmed_at"] = toRfc3339(token.confirmedMs);
        out["confirmed_by"] = token.confirmedByName;
    }
    if (token.revokedMs > 0) {
        out["revoked_at"] = toRfc3339(token.revokedMs);
        out["revoked_by"] = token.revokedByName;
        if (!token.revokeReason.empty())
            out["revoke_reason"] = token.revokeReason;
    }
    if (token.usedMs > 0) {
        out["last_used_at"] = toRfc3339(token.usedMs);
        out["last_used_from"] = token.usedFrom;
    }
    return out;
}

} // namespace zhicha
