// Goal: the desk says what the notice makes due and takes exactly that step with its document; points are entered with
// theirs and counted by the rules; a month is published once, as it was shown, and what changes later is a difference
// and no change. Method: the console's real resources over a real ledger, against `due` and `assess` of what `export`
// prints.
#include "shared/crypto/digest.h"
#include "shared/rules/assessment.h"
#include "sync-server/office/export_file.h"
#include "tests/unit/sync-server/http/ledger_console_fixture.h"

#include <algorithm>

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
constexpr const char *kRankingLists = R"json(
 "items":[{"id":"i1","number":"督〔2026〕1号","title":"修路","source":3,"kind":"general","lead":"u1","cooperating":["u2"],
           "issued_on":"2026-09-01","due_on":"2026-11-27","responsible_person":"赵","supervisor":"钱"},
          {"id":"i2","number":"督〔2026〕2号","title":"建渠","source":1,"kind":"general","lead":"u2","cooperating":[],
           "issued_on":"2026-09-01","due_on":"2026-10-30","responsible_person":"孙","supervisor":"钱"},
          {"id":"i3","number":"督〔2026〕3号","title":"种树","source":1,"kind":"general","lead":"u3","cooperating":[],
           "issued_on":"2026-09-01","due_on":"2026-10-15","responsible_person":"李","supervisor":"周",
           "completed_on":"2026-10-12","awarded":18.5},
          {"id":"i4","number":"督〔2026〕4号","title":"缓办","source":1,"kind":"general","lead":"u3","cooperating":[],
           "issued_on":"2026-09-01","due_on":"2026-11-16","responsible_person":"李","supervisor":"周",
           "exemptions":[{"from":"2026-11-17","until":"2026-12-10","approved_by":"市长","reason":"汛期"}]}],
 "events":[],"reports":[],
 "ladder":[{"item":"i2","step":1,"on":"2026-11-04"},{"item":"i2","step":2,"on":"2026-11-12"}],
 "published_rankings":[])json";

class ConsoleRanking : public LedgerConsoleFixture {
protected:
    ConsoleRanking() : LedgerConsoleFixture(kRankingLists) { m_clerk = clerkOf("u2", "周承办"); }
    rules::Ledger exported() {
        const auto file = exportLedgerFile(ledger());
        EXPECT_TRUE(file);
        auto read = rules::readLedger(rules::sanmenxiaRules(), *file);
        EXPECT_TRUE(read);
        return read ? *std::move(read) : rules::Ledger();
    }
    json assessed(const char *on) {
        const auto figures =
            rules::assessLedger(rules::sanmenxiaRules(), exported(), {*rules::dayFromText(on), {}, false, false});
        EXPECT_TRUE(figures);
        return json::parse(figures->json);
    }
    json due(const char *on) {
        return json::parse(rules::dueLedger(rules::sanmenxiaRules(), exported(), rules::WorkingCalendar::compiledIn(),
                                            {*rules::dayFromText(on), false, false})
                               .json);
    }
    Answer step(const std::string &of, const json &body) {
        return ask(m_lin, "POST", "/items/" + item(of) + "/steps", body);
    }
    json month(const Uuid &who, const std::string &name) {
        const Answer answer = ask(who, "GET", "/rankings/" + name);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.body;
    }
    static json rowOf(const json &board, const std::string &name) {
        for (const json &row : board["rows"])
            if (row["unit"]["name"] == name)
                return row;
        return {};
    }

    Uuid m_zhao = signedIn("赵明远", "chief");
    Uuid m_clerk;
};

TEST_F(ConsoleRanking, theDeskIsWhatDueSaysWithItsCountAndItsClause) {
    const Answer desk = ask(m_lin, "GET", "/escalation");
    ASSERT_EQ(desk.status, 200) << desk.body;
    const json expected = due("2026-11-24");
    ASSERT_EQ(desk.body["actions"].size(), expected["actions"].size());
    for (std::size_t i = 0; i < expected["actions"].size(); ++i) {
        EXPECT_EQ(desk.body["actions"][i]["action"], expected["actions"][i]["action"]);
        EXPECT_EQ(desk.body["actions"][i]["since"], expected["actions"][i]["since"]);
        EXPECT_EQ(desk.body["actions"][i]["overdue_workdays"], expected["actions"][i]["overdue_workdays"]);
        EXPECT_EQ(desk.body["actions"][i]["item"]["code"], expected["actions"][i]["item"]);
    }
    EXPECT_EQ(desk.body["actions"][0]["action"], "urge"); // since the same day, by its item first
    const json &interview = desk.body["actions"][1];
    EXPECT_EQ(interview["action"], "interview");
    EXPECT_EQ(interview["since"], "2026-11-20");
    EXPECT_EQ(interview["step_before_on"], "2026-11-12");
    ASSERT_EQ(interview["count"].size(), 9u); // 11-12 to 11-20
    EXPECT_FALSE(interview["count"][0].contains("n"));
    EXPECT_EQ(interview["count"][2]["work"], false); // 11-14 is a Saturday
    EXPECT_EQ(interview["count"][7]["n"], 5);
    EXPECT_NE(interview["clause"]["wording"].get<std::string>().find("约谈"), std::string::npos);
    EXPECT_EQ(desk.body["exempt"][0]["item"]["number"], "督〔2026〕4号");
    EXPECT_EQ(desk.body["exempt"][0]["until"], "2026-12-10");
    EXPECT_EQ(ask(m_lin, "GET", "/escalation?as_of=2027-01-15").body["undetermined"][0]["year"], 2027);
    EXPECT_EQ(ask(m_lin, "GET", "/escalation?as_of=tomorrow").status, 400);
    for (const Uuid &who : {m_mayor, m_clerk, m_auditor})
        EXPECT_EQ(ask(who, "GET", "/escalation").code(), "not_yours");
}

TEST_F(ConsoleRanking, takesTheStepThatIsDueAndNoOther) {
    const json fine{{"step", 3}, {"on", "2026-11-24"}, {"document", "三政督〔2026〕70号"}};
    const std::int64_t before = ledger().lastLog().value();
    for (const auto &[field, value] :
         std::initializer_list<std::pair<const char *, json>>{{"step", 0},
                                                              {"step", "3"},
                                                              {"step", 100},
                                                              {"on", "2026-11-25"},
                                                              {"on", "x"},
                                                              {"document", ""},
                                                              {"document", std::string(301, 'x')},
                                                              {"commitment", std::string(4001, 'x')},
                                                              {"commitment_due_on", "2026-11-23"}}) {
        json body = fine;
        body[field] = value;
        EXPECT_EQ(step("i2", body).status, 400) << field << value;
    }
    for (const int other : {1, 2, 4}) {
        json body = fine;
        body["step"] = other;
        const Answer refused = step("i2", body);
        EXPECT_EQ(refused.code(), "against_rules") << other;
        EXPECT_EQ(refused.body["reason"], "not_due");
        EXPECT_EQ(refused.body["clause"], "四（二）4");
    }
    json early = fine;
    early["on"] = "2026-11-19"; // the fifth working day: still time to mend
    EXPECT_EQ(step("i2", early).code(), "against_rules");
    EXPECT_EQ(step("i4", json{{"step", 1}, {"on", "2026-11-24"}, {"document", "d"}}).code(), "against_rules"); // exempt
    EXPECT_EQ(ask(m_clerk, "POST", "/items/" + item("i2") + "/steps", fine).code(), "not_yours");
    EXPECT_EQ(ledger().lastLog().value(), before);

    json interview = fine;
    interview["commitment"] = "十二月底前建成";
    interview["commitment_due_on"] = "2026-12-31";
    ASSERT_EQ(step("i2", interview).status, 200);
    const json now = ask(m_lin, "GET", "/items/" + item("i2")).body;
    EXPECT_EQ(now["steps"].back()["document"], "三政督〔2026〕70号");
    EXPECT_EQ(now["lamp"]["step"]["action"], "interview");
    const std::string path = "/items/" + item("i2") + "/steps/" + now["steps"].back()["id"].get<std::string>() + "/met";
    EXPECT_EQ(ask(m_lin, "POST", path, json{{"on", "2026-11-23"}}).status, 400);
    EXPECT_EQ(ask(m_lin, "POST", path, json{{"on", "2026-11-24"}}).status, 200);
    EXPECT_EQ(ask(m_lin, "POST", path, json{{"on", "2026-11-24"}}).status, 409);
    EXPECT_EQ(due("2026-12-20")["actions"].dump().find("i2"), std::string::npos);
    const auto file = exportLedgerFile(ledger());
    EXPECT_EQ(json::parse(*file)["ladder"].back()["document"], "三政督〔2026〕70号");
}

TEST_F(ConsoleRanking, pointsAreEnteredWithTheirDocumentAndCountByTheRules) {
    const auto enter = [&](const json &more) {
        json body{{"unit", toText(unit("u1"))},
                  {"rule", "commendation.city"},
                  {"on", "2026-11-20"},
                  {"document", "通报〔2026〕7号"}};
        body.update(more);
        return ask(m_lin, "POST", "/items/" + item("i1") + "/events", body);
    };
    for (const json &bad :
         {json{{"rule", "report.late"}}, json{{"rule", "x"}}, json{{"unit", "u1"}}, json{{"on", "2026-11-25"}},
          json{{"document", ""}}, json{{"subordinate", "yes"}}, json{{"reported_by", 7}}})
        EXPECT_EQ(enter(bad).status, 400) << bad;
    const std::int64_t before = m_hub.log();
    const Answer counted = enter(json::object());
    ASSERT_EQ(counted.status, 200) << counted.body;
    const auto changes = m_hub.since(before).changes; // whoever has the item or the ranking open sees it
    EXPECT_TRUE(std::any_of(changes.begin(), changes.end(), [&](const ConsoleChange &change) {
        return change.kind == "item" && change.id == item("i1");
    }));
    EXPECT_EQ(counted.body["points"], "10.00");
    EXPECT_EQ(counted.body["counted"], true);
    EXPECT_EQ(enter({{"rule", "commendation.supervision_office"}}).body["reason"], "lower_level");
    EXPECT_EQ(enter({{"subordinate", true}, {"rule", "publicity.central"}}).body["reason"], "subordinate");
    EXPECT_EQ(enter({{"unit", toText(unit("u3"))}}).body["reason"], "not_responsible");
    EXPECT_EQ(enter({{"unit", toText(unit("u2"))}, {"rule", "cooperation.passive"}}).body["reason"],
              "not_reported_by_lead");
    EXPECT_EQ(
        enter({{"unit", toText(unit("u2"))}, {"rule", "cooperation.passive"}, {"reported_by", toText(unit("u1"))}})
            .body["counted"],
        true);
    EXPECT_GT(ask(m_lin, "GET", "/point-rules").body["rows"].size(), 20u);
    const json board = month(m_lin, "2026-11");
    EXPECT_EQ(rowOf(board, "甲县")["merits"], "10.00");
    const json assessment = assessed("2026-11-24");
    ASSERT_EQ(assessment["units"][1]["id"], "u2");
    EXPECT_EQ(rowOf(board, "乙局")["demerits"], assessment["units"][1]["demerits"]);
}

TEST_F(ConsoleRanking, aMonthIsPublishedOnceAsItWasShownAndNeverChangesSilently) {
    json board = month(m_zhao, "2026-10");
    EXPECT_EQ(board["state"], "trial");
    const json assessment = assessed("2026-10-31");
    ASSERT_EQ(assessment["units"].size(), 3u);
    for (const json &unit : assessment["units"]) {
        const json row = rowOf(board, unit["id"] == "u1" ? "甲县" : unit["id"] == "u2" ? "乙局" : "丙局");
        for (const char *field :
             {"items", "earned", "total", "efficacy", "item_score", "merits", "demerits", "score", "rank"})
            EXPECT_EQ(row[field], unit[field]) << field;
    }
    EXPECT_EQ(rowOf(board, "丙局")["winner"], true);
    const json as{{"figures", board["figures"]}};
    for (const Uuid &who : {m_lin, m_mayor, m_clerk})
        EXPECT_EQ(ask(who, "POST", "/rankings/2026-10/publish", as).code(), "not_yours");
    EXPECT_EQ(ask(m_zhao, "POST", "/rankings/2026-10/publish", json{{"figures", "7"}}).status, 400);
    EXPECT_EQ(ask(m_zhao, "POST", "/rankings/2026-10/publish", json{{"figures", toHex(sha256(viewOf("x")))}}).code(),
              "changed_meanwhile");
    EXPECT_EQ(
        ask(m_zhao, "POST", "/rankings/2026-11/publish", json{{"figures", month(m_zhao, "2026-11")["figures"]}}).code(),
        "not_now");
    for (const char *name : {"2026-13", "x", "2027-01"})
        EXPECT_EQ(ask(m_zhao, "GET", std::string("/rankings/") + name).status, 404) << name;

    ASSERT_EQ(ask(m_zhao, "POST", "/rankings/2026-10/publish", as).status, 200);
    EXPECT_EQ(ask(m_zhao, "POST", "/rankings/2026-10/publish", as).status, 409);
    board = month(m_lin, "2026-10");
    EXPECT_EQ(board["state"], "frozen");
    EXPECT_EQ(board["published_on"], "2026-11-24");
    EXPECT_TRUE(board["difference"].empty());
    EXPECT_EQ(board["frozen_figures"], board["figures"]);
    const json published = assessed("2026-11-24");
    ASSERT_EQ(published["units"][2]["id"], "u3");
    EXPECT_EQ(published["units"][2]["merits"], "10.00"); // the month's points, on the day of publication

    // An award corrected afterwards: the published row stands, the difference is shown.
    const std::string path = "/items/" + item("i3");
    ASSERT_EQ(ask(m_lin, "POST", path + "/reopen", json{{"reason", "复核"}}).status, 200);
    ASSERT_EQ(
        ask(m_lin, "POST", path + "/complete",
            json{{"on", "2026-10-12"}, {"awarded", "10"}, {"base", {{"log", ask(m_lin, "GET", path).body["log"]}}}})
            .status,
        200);
    board = month(m_lin, "2026-10");
    EXPECT_EQ(rowOf(board, "丙局")["earned"], "18.50");
    ASSERT_EQ(board["difference"].size(), 1u);
    EXPECT_EQ(board["difference"][0]["unit"]["name"], "丙局");
    bool earned = false;
    for (const json &field : board["difference"][0]["fields"])
        earned = earned || (field["field"] == "earned" && field["frozen"] == "18.50" && field["now"] == "10.00");
    EXPECT_TRUE(earned) << board["difference"];
    EXPECT_NE(board["frozen_figures"], board["figures"]);
    const auto file = exportLedgerFile(ledger());
    EXPECT_EQ(json::parse(*file)["published_rankings"][0]["table"]["u3"][1], "18.50"); // it leaves with the ledger file
}

TEST_F(ConsoleRanking, aUnitSeesItsOwnFiguresExplainedAndNobodyElses) {
    const json board = month(m_clerk, "2026-11");
    ASSERT_EQ(board["rows"].size(), 1u);
    EXPECT_EQ(board["rows"][0]["unit"]["name"], "乙局");
    const Answer own = ask(m_clerk, "GET", "/rankings/2026-11/units/" + toText(unit("u2")));
    ASSERT_EQ(own.status, 200) << own.body;
    EXPECT_EQ(own.body["explanation"]["items"][0]["number"], "督〔2026〕2号");
    EXPECT_EQ(own.body["explanation"]["formula"]["clause"], "附件1 2");
    for (const std::string &of :
         {toText(unit("u1")), std::string("x"), std::string("00000000-0000-4000-8000-000000000000")})
        EXPECT_EQ(ask(m_clerk, "GET", "/rankings/2026-11/units/" + of).code(), "not_yours") << of;
    EXPECT_EQ(ask(m_lin, "GET", "/rankings/2026-11/units/x").status, 404);
    EXPECT_EQ(month(m_mayor, "2026-11")["rows"].size(), 3u);
    EXPECT_EQ(ask(m_auditor, "GET", "/rankings").code(), "not_yours");
    const json months = ask(m_clerk, "GET", "/rankings").body["months"];
    EXPECT_EQ(months[0]["month"], "2026-11");
    EXPECT_EQ(months.size(), 11u);
}
} // namespace
