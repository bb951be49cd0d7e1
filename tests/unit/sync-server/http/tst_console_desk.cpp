// Goal: each role finds on its desk what waits for it and nothing of others, and a role that waits for the security
// officer is a task of hers until she confirms it. Method: the console's real resources over a real ledger with two
// teams, returned checks, silent tablets, locked accounts and grants.
#include "sync-server/office/review.h"
#include "sync-server/office/roles.h"
#include "tests/unit/sync-server/http/console_fixture.h"

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
class ConsoleDesk : public ConsoleFixture {
protected:
    Uuid sent(TestDevice &tablet, bool finished = true) {
        const Uuid check = startCheck(tablet);
        addFinding(tablet, check, "路灯不亮");
        if (finished)
            finish(tablet, check);
        send(tablet);
        EXPECT_TRUE(m_keeper.catchUp());
        return check;
    }
    json desk(const Uuid &who) {
        const Answer answer = ask(who, "GET", "/desk");
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.body;
    }
    json people(const Uuid &who) {
        const Answer answer = ask(who, "GET", "/people");
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.body["rows"];
    }
    static json group(const json &desk, const std::string &kind) {
        for (const json &group : desk["groups"])
            if (group["kind"] == kind)
                return group;
        return json::object();
    }
    static json figure(const json &desk, const std::string &kind) {
        for (const json &figure : desk["figures"])
            if (figure["kind"] == kind)
                return figure;
        return json::object();
    }

    Uuid m_zhou = person("周文博", "inspector", "一组");
    Uuid m_han = person("韩雪", "inspector", "二组");
    TestDevice m_first = enrolled(m_zhou, 1);
    TestDevice m_second = enrolled(m_han, 2);
    Uuid m_lin = signedIn("林晓东", "reviewer");
    Uuid m_lead = signedIn("吴组长", "team_lead", "一组");
    Uuid m_he = signedIn("何主管", "administrator");
};

TEST_F(ConsoleDesk, showsATeamLeadTheOwnTeamAlone) {
    const Uuid own = sent(m_first);
    const Uuid others = sent(m_second);
    ReviewRequest returned;
    returned.check = toText(own);
    returned.accept = false;
    returned.questions = {{"几盏不亮？", std::nullopt, m_clock.nowMs() + 3 * 86'400'000}};
    ASSERT_TRUE(reviewCheck(intake(), actor(m_lin), returned));
    ASSERT_TRUE(m_keeper.catchUp());
    const json lead = desk(m_lead);
    EXPECT_EQ(group(lead, "returned")["rows"][0]["check"], toText(own));
    EXPECT_EQ(figure(lead, "to_review")["count"], 0);
    EXPECT_TRUE(group(lead, "roles_to_confirm").empty());
    EXPECT_TRUE(figure(lead, "conflicts").empty());
    EXPECT_FALSE(lead.contains("health"));
    EXPECT_EQ(lead.dump().find(toText(others)), std::string::npos);
    ASSERT_EQ(lead["deadlines"].size(), 1u);
    EXPECT_EQ(lead["deadlines"][0]["on"], "2026-11-27");
    EXPECT_EQ(figure(desk(m_lin), "to_review")["count"], 1);
}

TEST_F(ConsoleDesk, countsWhoIsOutTodayByChecksAndTablets) {
    sent(m_first, false);
    sent(m_second, false);
    sent(m_second, false);
    json out = desk(m_lin)["out_today"];
    EXPECT_EQ(out["checks"], 3);
    EXPECT_EQ(out["devices"], 2);
    EXPECT_TRUE(out.contains("since"));
    EXPECT_EQ(desk(m_lead)["out_today"]["devices"], 1);
    m_clock.advanceMs(25 * 3'600'000);
    m_lin = signedIn("林晓东二", "reviewer");
    EXPECT_EQ(desk(m_lin)["out_today"]["checks"], 0); // left open since yesterday
}

TEST_F(ConsoleDesk, makesAGrantATaskOfTheSecurityOfficer) {
    EXPECT_EQ(rolesOf(ledger(), m_lin).value(), std::set<std::string>{"reviewer"}); // nobody could confirm it
    m_clock.advanceMs(1000);
    const Uuid zhao = signedIn("赵安", "security");
    m_clock.advanceMs(1000);
    const Answer granted = ask(m_he, "POST", "/people/roles", json{{"person", toText(m_zhou)}, {"role", "team_lead"}});
    ASSERT_EQ(granted.status, 200) << granted.body;
    EXPECT_EQ(granted.body["in_force"], false);
    EXPECT_FALSE(rolesOf(ledger(), m_zhou).value().contains("team_lead"));
    const json waits = group(desk(zhao), "roles_to_confirm");
    ASSERT_EQ(waits["count"], 1);
    EXPECT_EQ(waits["rows"][0]["what"], "周文博");
    EXPECT_NE(waits["rows"][0]["why"].get<std::string>().find("组长"), std::string::npos);
    EXPECT_EQ(ask(zhao, "GET", "/head").body["badges"]["people"], 1);
    const std::string path = "/people/roles/" + waits["rows"][0]["id"].get<std::string>() + "/confirm";
    EXPECT_EQ(ask(m_he, "POST", path, json::object()).code(), "not_yours");
    EXPECT_EQ(ask(zhao, "POST", path, json::object()).status, 200);
    EXPECT_TRUE(rolesOf(ledger(), m_zhou).value().contains("team_lead"));
    EXPECT_TRUE(group(desk(zhao), "roles_to_confirm").empty());
    for (const json &row : people(zhao))
        for (const json &grant : row["roles"])
            if (grant["role"] == "team_lead" && row["name"] == "周文博") {
                EXPECT_EQ(grant["granted_by"]["name"], "何主管");
                EXPECT_EQ(grant["confirmed_by"]["name"], "赵安");
            }
}

TEST_F(ConsoleDesk, leavesNoWayRoundTheSecurityOfficer) {
    m_clock.advanceMs(1000);
    const Uuid zhao = signedIn("赵安", "security");
    std::string grant;
    for (const json &row : people(m_he))
        if (row["id"] == toText(zhao))
            grant = row["roles"][0]["id"];
    EXPECT_EQ(ask(m_he, "POST", "/people/roles/" + grant + "/end", json{{"reason", "调离"}}).status, 403);
    m_clock.advanceMs(1000);
    sent(m_first);
    // A server clock that went back does not make a grant older than she is.
    m_clock.setWallErrorMs(-86'400'000);
    const auto granted = grantRole(intake(), actor(m_he), {m_han, "team_lead", {}, {}});
    ASSERT_TRUE(granted);
    EXPECT_EQ((*granted)["in_force"], false);
}

TEST_F(ConsoleDesk, tellsTheSecurityOfficerOfLockedAccounts) {
    m_clock.advanceMs(1000);
    const Uuid zhao = signedIn("赵安", "security");
    for (int i = 0; i < 5; ++i)
        ask({}, "POST", "/session", json{{"name", "林晓东"}, {"password", "错"}});
    const json alarms = group(desk(zhao), "sign_in_alarms");
    ASSERT_EQ(alarms["count"], 1);
    EXPECT_EQ(alarms["rows"][0]["what"], "林晓东");
    int locked = 0;
    for (const json &row : people(zhao))
        locked += row.contains("locked_until") ? 1 : 0;
    EXPECT_EQ(locked, 1);
    EXPECT_EQ(ask(zhao, "POST", "/people/" + toText(m_lin) + "/unlock", json::object()).status, 200);
    for (const json &row : people(zhao))
        EXPECT_FALSE(row.contains("locked_until"));
}

TEST_F(ConsoleDesk, givesTheAuditorACheckpointToKeep) {
    const Uuid shen = signedIn("沈审", "auditor");
    const Answer kept = ask(shen, "GET", "/checkpoints");
    ASSERT_EQ(kept.status, 200) << kept.body;
    EXPECT_EQ(kept.body["rows"][0]["proven"], true);
    EXPECT_EQ(kept.body["rows"][0]["note"].get<std::string>().rfind("zhicha.log/", 0), 0u);
    EXPECT_EQ(ask(m_lin, "GET", "/checkpoints").code(), "not_yours");
}
} // namespace
