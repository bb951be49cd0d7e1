// Goal: another program reads with a token what its scopes name, and can do nothing else by it; a token is in force
// only when a second person confirmed it, and no more once it expires or is revoked; nobody sees one again. Method: the
// console's resources asked with tokens of every scope at every route there is, with wrong, waiting, old and revoked
// ones, and with a cookie beside them; the store is searched for the token.
#include "sync-server/office/import_file.h"
#include "sync-server/office/signin/api_tokens.h"
#include "tests/unit/sync-server/http/console_fixture.h"

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
class ConsoleTokens : public ConsoleFixture {
protected:
    ConsoleTokens() {
        EXPECT_TRUE(importLedgerFile(intake(), {}, R"json({
 "units":[{"id":"u1","name":"甲县","group":"county","vice_mayor":"李副"}],
 "items":[{"id":"i1","number":"督〔2026〕1号","title":"修路","source":3,"kind":"general","lead":"u1","cooperating":[],
           "issued_on":"2026-11-02","due_on":"2026-12-31","responsible_person":"赵","supervisor":"钱"}]})json",
                                     false));
    }
    static json order(const json &scopes) {
        return {{"name", "大数据局看板"}, {"purpose", "每日同步在办事项"}, {"days", 30}, {"scopes", scopes}};
    }
    std::string issued(const json &scopes) {
        const Answer made = ask(m_admin, "POST", "/tokens", order(scopes));
        EXPECT_EQ(made.status, 201) << made.body;
        EXPECT_EQ(ask(m_security, "POST", "/tokens/" + made.body["id"].get<std::string>() + "/confirm", json::object())
                      .status,
                  200);
        return made.body["token"];
    }
    Answer by(const std::string &token, const std::string &method, const std::string &target,
              const std::optional<json> &body = {}) {
        Request request;
        request.method = method;
        EXPECT_TRUE(readTarget("/api/v1/console" + target, request));
        request.peer = "203.0.113.9";
        request.headers["authorization"] = "Bearer " + token;
        request.headers["idempotency-key"] = "token-key-" + std::to_string(++m_keysUsed);
        if (body) {
            request.headers["content-type"] = "application/json";
            request.body = toBytes(viewOf(body->dump()));
        }
        const Response response = m_router.handle(std::move(request));
        return {response.status, json::parse(response.body, nullptr, false)};
    }
    std::string idOf(const std::string &name = "大数据局看板") {
        const Answer list = ask(m_admin, "GET", "/tokens");
        for (const json &row : list.body["rows"])
            if (row["name"] == name)
                return row["id"];
        return {};
    }

    Uuid m_security = signedIn("赵安", "security");
    Uuid m_admin = signedIn("管理员", "administrator");
    Uuid m_auditor = signedIn("沈审", "auditor");
    Uuid m_chief = signedIn("主任", "chief");
};

TEST_F(ConsoleTokens, readsWhatItsScopesNameAndNothingElse) {
    const std::string ledger = issued({"read_ledger"});
    const Answer items = by(ledger, "GET", "/items");
    ASSERT_EQ(items.status, 200) << items.body;
    EXPECT_EQ(items.body["rows"][0]["title"], "修路");
    EXPECT_EQ(by(ledger, "POST", "/items/search", json{{"text", "修路"}}).body["count"], 1);
    EXPECT_EQ(by(ledger, "GET", "/items/" + items.body["rows"][0]["id"].get<std::string>()).body["may"]["register"],
              false);
    for (const char *other :
         {"/checks", "/findings", "/rankings", "/escalation", "/requests", "/papers", "/people", "/devices", "/audit",
          "/desk", "/head", "/tokens", "/conflicts", "/health", "/lookup/units", "/session/second-factors"})
        EXPECT_EQ(by(ledger, "GET", other).code(), "not_yours") << other;
    const std::string rest =
        issued({"read_rankings", "read_checks", "read_findings", "read_escalation", "read_requests", "read_papers"});
    for (const char *open :
         {"/checks", "/findings", "/rankings", "/escalation", "/requests", "/papers", "/point-rules"})
        EXPECT_EQ(by(rest, "GET", open).status, 200) << open;
    EXPECT_EQ(by(rest, "GET", "/items").code(), "not_yours");
}

TEST_F(ConsoleTokens, changesNothingWhateverTheRoute) {
    json all = json::array();
    for (const TokenScope &scope : tokenScopes())
        all.push_back(std::string(scope.name));
    const std::string token = issued(all);
    const std::int64_t before = ledger().lastLog().value();
    std::size_t tried = 0;
    m_router.forEach([&](const Route &route) {
        if (route.method == "GET")
            return;
        std::string path;
        for (std::size_t i = 3; i < route.segments.size(); ++i)
            path += "/" + (route.segments[i].front() == '{' ? std::string("00000000-0000-4000-8000-000000000000")
                                                            : route.segments[i]);
        const Answer answer = by(token, route.method, path, json::object());
        const bool reads = path.ends_with("/search") || path.ends_with("/sheet/export");
        EXPECT_TRUE(reads ? answer.status == 200 : answer.code() == "not_yours")
            << route.method << path << answer.status << answer.body;
        ++tried;
    });
    EXPECT_GT(tried, 50u);
    EXPECT_EQ(ledger().lastLog().value(), before);
}

TEST_F(ConsoleTokens, isInForceWhenASecondPersonConfirmedIt) {
    const Answer made = ask(m_admin, "POST", "/tokens", order({"read_ledger"}));
    const std::string token = made.body["token"], id = made.body["id"];
    EXPECT_EQ(made.body["state"], "waiting");
    EXPECT_EQ(by(token, "GET", "/items").code(), "signed_out");
    for (const Uuid &who : {m_admin, m_auditor, m_chief})
        EXPECT_EQ(ask(who, "POST", "/tokens/" + id + "/confirm", json::object()).code(), "not_yours");
    EXPECT_EQ(ask(m_security, "POST", "/tokens/" + id + "/confirm", json::object()).status, 200);
    EXPECT_EQ(by(token, "GET", "/items").status, 200);
    EXPECT_EQ(ask(m_security, "POST", "/tokens/" + id + "/confirm", json::object()).status, 409);
    EXPECT_EQ(ask(m_security, "POST", "/tokens/00000000-0000-4000-8000-000000000000/confirm", json::object()).status,
              404);
    // Whoever is both does not confirm their own.
    const Uuid both = signedIn("一人", "administrator security");
    const std::string own = ask(both, "POST", "/tokens", order({"read_ledger"})).body["id"];
    EXPECT_EQ(ask(both, "POST", "/tokens/" + own + "/confirm", json::object()).status, 403);

    m_clock.advanceMs(31LL * 24 * 60 * 60 * 1000);
    EXPECT_EQ(by(token, "GET", "/items").code(), "signed_out");
}

TEST_F(ConsoleTokens, aRevokedOneOpensNothingAndItsEndIsInTheTrail) {
    const std::string token = issued({"read_ledger"});
    const json kWhy{{"reason", "看板停用"}};
    EXPECT_EQ(by(token, "GET", "/items").status, 200);
    for (const json &none : {json::object(), json{{"reason", ""}}, json{{"reason", "停\n用"}}, json{{"reason", 7}},
                             json{{"reason", std::string(601, 'x')}}}) {
        const Answer refused = ask(m_admin, "POST", "/tokens/" + idOf() + "/revoke", none);
        EXPECT_EQ(refused.status, 400) << none;
        EXPECT_EQ(refused.body["field"], "reason");
    }
    EXPECT_EQ(by(token, "GET", "/items").status, 200); // a refused end is none
    EXPECT_EQ(ask(m_chief, "POST", "/tokens/" + idOf() + "/revoke", kWhy).code(), "not_yours");
    EXPECT_EQ(ask(m_security, "POST", "/tokens/" + idOf() + "/revoke", kWhy).body["rows"][0]["state"], "revoked");
    EXPECT_EQ(by(token, "GET", "/items").code(), "signed_out");
    EXPECT_EQ(ask(m_auditor, "GET", "/tokens").body["rows"][0]["revoke_reason"], "看板停用");
    EXPECT_EQ(ask(m_admin, "POST", "/tokens/" + idOf() + "/revoke", kWhy).status, 409);
    std::vector<std::string> acts;
    for (const AuditEntry &entry : trail())
        if (entry.act.starts_with("token_") && entry.result == "ok")
            acts.push_back(entry.act + " " + entry.name);
    EXPECT_EQ(acts, (std::vector<std::string>{"token_issue 管理员", "token_confirm 赵安", "token_use 令牌 大数据局看板",
                                              "token_revoke 赵安"}));
}

TEST_F(ConsoleTokens, nobodySeesOneAgain) {
    const std::string token = issued({"read_ledger"});
    EXPECT_EQ(by(token, "GET", "/items").status, 200);
    const Answer list = ask(m_auditor, "GET", "/tokens");
    ASSERT_EQ(list.status, 200);
    EXPECT_EQ(list.body.dump().find(token), std::string::npos);
    EXPECT_FALSE(list.body["rows"][0].contains("digest"));
    EXPECT_EQ(list.body["rows"][0]["last_used_from"], "203.0.113.9");
    EXPECT_EQ(ledger().setting("api_tokens").value()->find(token.substr(kTokenPrefix.size())), std::string::npos);
    EXPECT_EQ(ask(m_chief, "GET", "/tokens").code(), "not_yours");
}

TEST_F(ConsoleTokens, wrongOrdersAndWrongTokensAreRefused) {
    const std::pair<const char *, json> wrong[]{{"name", ""},
                                                {"name", std::string(61, 'x')},
                                                {"name", "a\nb"},
                                                {"purpose", ""},
                                                {"days", 0},
                                                {"days", 367},
                                                {"days", "30"},
                                                {"scopes", json::array()},
                                                {"scopes", "read_ledger"},
                                                {"scopes", {"write_ledger"}},
                                                {"scopes", {"read_ledger", "read_ledger"}},
                                                {"scopes", {7}}};
    for (const auto &[field, value] : wrong) {
        json body = order({"read_ledger"});
        body[field] = value;
        const Answer answer = ask(m_admin, "POST", "/tokens", body);
        EXPECT_EQ(answer.status, 400) << body;
        EXPECT_EQ(answer.body["field"], field);
    }
    EXPECT_EQ(ask(m_security, "POST", "/tokens", order({"read_ledger"})).code(), "not_yours");
    const std::string token = issued({"read_ledger"});
    for (const std::string &none :
         {std::string(), std::string("zhicha_"), token.substr(0, token.size() - 1), token + "A",
          "Zhicha_" + token.substr(7), std::string("zhicha_") + std::string(43, 'A')})
        EXPECT_EQ(by(none, "GET", "/items").code(), "signed_out") << none;
    m_clock.advanceMs(6 * 60 * 1000); // the second factor is no longer fresh
    EXPECT_EQ(ask(m_admin, "POST", "/tokens", order({"read_ledger"})).code(), "needs_second_factor");
}
} // namespace
