// Goal: an erasure is asked and carried out over the console by two officers with fresh second factors; nobody else
// does either, the page shows no content, and afterwards neither check, list, search nor feed says what was erased.
// Method: the console's real resources over a real ledger.
#include "tests/unit/sync-server/http/console_fixture.h"

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
const std::string kSecret = "举报人张三";

class ConsoleErasures : public ConsoleFixture {
protected:
    ConsoleErasures() {
        m_check = startCheck(m_tablet);
        m_finding = addFinding(m_tablet, m_check, "护栏缺失，" + kSecret);
        addFinding(m_tablet, m_check, "井盖破损");
        finish(m_tablet, m_check);
        send(m_tablet);
        EXPECT_TRUE(m_keeper.catchUp());
    }
    Answer asked(const Uuid &who, const json &body) {
        return ask(who, "POST", "/checks/" + toText(m_check) + "/erasures", body);
    }
    json body() const { return {{"entities", {toText(m_finding)}}, {"reason", "含举报人信息"}}; }
    std::string everythingShown(const Uuid &who) {
        std::string all;
        const std::string check = "/checks/" + toText(m_check);
        for (const std::string &target :
             {check, check + "/feed", std::string("/findings"), std::string("/checks"), std::string("/erasures")})
            all += ask(who, "GET", target).body.dump();
        return all;
    }

    Uuid m_holder = person("周文博", "inspector");
    TestDevice m_tablet = enrolled(m_holder, 1);
    Uuid m_reviewer = signedIn("林晓东", "reviewer");
    Uuid m_security = signedIn("安全", "security");
    Uuid m_chief = signedIn("主任", "chief");
    Uuid m_check, m_finding;
};

TEST_F(ConsoleErasures, twoOfficersEraseAndNothingShowsItAnyMore) {
    ASSERT_NE(everythingShown(m_reviewer).find(kSecret), std::string::npos);
    const Answer first = asked(m_reviewer, body());
    ASSERT_EQ(first.status, 200) << first.body;
    const std::string erasure = first.body["erasure"];
    const json waiting = ask(m_security, "GET", "/erasures").body["erasures"][0];
    EXPECT_EQ(waiting["may"], true);
    EXPECT_EQ(waiting.dump().find(kSecret), std::string::npos);
    EXPECT_EQ(ask(m_reviewer, "GET", "/erasures").body["erasures"][0]["may"], false);
    const Answer done =
        ask(m_security, "POST", "/erasures/" + erasure + "/confirm", json::object(), "once-and-again-1");
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(everythingShown(m_reviewer).find(kSecret), std::string::npos);
    const json check = ask(m_reviewer, "GET", "/checks/" + toText(m_check)).body;
    ASSERT_EQ(check["erasures"].size(), 1U);
    EXPECT_EQ(check["erasures"][0]["erased_by"], "安全");
    EXPECT_EQ(check["findings"].size(), 1U);
    EXPECT_EQ(ask(m_reviewer, "POST", "/checks/search", json{{"text", kSecret}}).body["rows"].size(), 0U);
    EXPECT_EQ(ask(m_security, "POST", "/erasures/" + erasure + "/confirm", json::object()).status, 409);
}

TEST_F(ConsoleErasures, nobodyElseAsksOrErasesAndNobodyDoesBoth) {
    for (const Uuid &who : {signedIn("管", "administrator"), signedIn("审", "auditor"), signedIn("督", "inspector"),
                            signedIn("组", "team_lead"), signedIn("办", "unit_clerk"), signedIn("市", "mayor")}) {
        EXPECT_EQ(asked(who, body()).status, 403);
        EXPECT_EQ(ask(who, "GET", "/erasures").status, 403);
        EXPECT_EQ(ask(who, "POST", "/erasures/" + toText(m_finding) + "/confirm", json::object()).status, 403);
    }
    const std::string erasure = asked(m_chief, body()).body["erasure"];
    for (const Uuid &who : {m_chief, m_reviewer})
        EXPECT_EQ(ask(who, "POST", "/erasures/" + erasure + "/confirm", json::object()).status, 403);
    EXPECT_EQ(ask(m_security, "POST", "/checks/" + toText(m_check) + "/withholdings", body()).status, 403);
    EXPECT_NE(everythingShown(m_reviewer).find(kSecret), std::string::npos);
}

TEST_F(ConsoleErasures, refusesWhatIsNoAsk) {
    for (const json &bad :
         {json{{"reason", "x"}}, json{{"entities", "x"}, {"reason", "x"}}, json{{"entities", {1, 2}}, {"reason", "x"}},
          json{{"entities", {toText(m_finding)}}}, json{{"photos", {"zz"}}, {"reason", "x"}}})
        EXPECT_GE(asked(m_reviewer, bad).status, 400) << bad;
    EXPECT_EQ(ask(m_security, "POST", "/erasures/nobody/confirm", json::object()).status, 404);
    EXPECT_EQ(ask(m_reviewer, "GET", "/erasures").body["erasures"].size(), 0U);
}

TEST_F(ConsoleErasures, aWithheldBodyIsSaidOnTheCheckAndShownToTheOffice) {
    const Answer done = ask(m_reviewer, "POST", "/checks/" + toText(m_check) + "/withholdings", body());
    ASSERT_EQ(done.status, 200) << done.body;
    const json check = ask(m_reviewer, "GET", "/checks/" + toText(m_check)).body;
    ASSERT_EQ(check["withheld"].size(), 1U);
    EXPECT_EQ(check["withheld"][0]["reason"], "含举报人信息");
    EXPECT_NE(check.dump().find(kSecret), std::string::npos);
}
} // namespace
