// Goal: the ledger at the console is the office's to write and each unit's to see its own of; whatever is typed or sent
// wrongly is refused with its place and changes nothing. Method: the console's real resources over a real ledger, asked
// by every role, with lists, counts and searches of own and other units' items, and hostile bodies at each write.
#include "tests/unit/sync-server/http/ledger_console_fixture.h"

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
constexpr const char *kItemLists = R"json(
 "items":[{"id":"i1","number":"督〔2026〕1号","title":"修路","source":3,"kind":"general","lead":"u1","cooperating":["u2"],
           "issued_on":"2026-11-02","due_on":"2026-12-31","responsible_person":"赵","supervisor":"钱"},
          {"id":"i2","number":"督〔2026〕2号","title":"建渠","source":1,"kind":"planning","lead":"u2","cooperating":[],
           "issued_on":"2026-11-02","due_on":"2026-11-20","responsible_person":"孙","supervisor":"钱"},
          {"id":"i3","number":"督〔2026〕3号","title":"秘而不宣的事项","source":1,"kind":"general","lead":"u3","cooperating":[],
           "issued_on":"2026-11-02","due_on":"2026-11-25","responsible_person":"李","supervisor":"周"}])json";

class ConsoleItems : public LedgerConsoleFixture {
protected:
    ConsoleItems() : LedgerConsoleFixture(kItemLists) { m_clerk = clerkOf("u1", "陈承办"); }
    std::vector<std::string> titles(const Uuid &who, const std::string &query = "") {
        const Answer answer = ask(who, "GET", "/items" + query);
        EXPECT_EQ(answer.status, 200) << answer.body;
        std::vector<std::string> out;
        for (const json &row : answer.body["rows"])
            out.push_back(row["title"]);
        EXPECT_EQ(answer.body["count"], out.size());
        return out;
    }
    json draft() {
        return {{"title", "新事项"},
                {"source", "3"},
                {"kind", "general"},
                {"lead", toText(unit("u1"))},
                {"cooperating", json::array({toText(unit("u2"))})},
                {"issued_on", "2026-11-24"},
                {"due_on", "2026-12-31"},
                {"responsible_person", "赵"},
                {"supervisor", "钱"}};
    }
    std::int64_t lastLog() { return ledger().lastLog().value(); }

    Uuid m_clerk;
};

TEST_F(ConsoleItems, showsEachRoleItsOwnItemsAndNobodyElses) {
    const std::vector<std::string> all{"建渠", "秘而不宣的事项", "修路"};
    EXPECT_EQ(titles(m_lin), all);
    EXPECT_EQ(titles(m_mayor), all);
    EXPECT_EQ(titles(m_li), (std::vector<std::string>{"秘而不宣的事项", "修路"})); // 甲县 and 丙局
    EXPECT_EQ(titles(m_clerk), (std::vector<std::string>{"修路"}));
    const Uuid cooperating = clerkOf("u2", "周承办");
    EXPECT_EQ(titles(cooperating), (std::vector<std::string>{"建渠", "修路"}));
    EXPECT_EQ(titles(cooperating, "?part=cooperating"), (std::vector<std::string>{"修路"}));
    EXPECT_EQ(titles(cooperating, "?part=lead"), (std::vector<std::string>{"建渠"}));
    EXPECT_EQ(ask(m_auditor, "GET", "/items").code(), "not_yours");
    EXPECT_EQ(ask({}, "GET", "/items").code(), "signed_out");
}

TEST_F(ConsoleItems, tellsAUnitNothingOfOthersByCountSearchOrAddress) {
    const Answer list = ask(m_clerk, "GET", "/items");
    EXPECT_EQ(list.body["lamps"]["red"], 0); // 建渠 is overdue and not theirs
    EXPECT_EQ(list.body["supervisors"], json::array({"钱"}));
    const Answer found = ask(m_clerk, "POST", "/items/search", json{{"text", "秘而不宣"}});
    EXPECT_EQ(found.body["count"], 0);
    EXPECT_EQ(ask(m_lin, "POST", "/items/search", json{{"text", "秘而不宣"}}).body["count"], 1);
    EXPECT_EQ(ask(m_clerk, "GET", "/items?unit=" + toText(unit("u3"))).body["count"], 0);
    const std::string nobody = "00000000-0000-4000-8000-000000000000";
    for (const std::string &of : {item("i3"), item("i2"), nobody, std::string("x")})
        for (const char *more : {"", "/operations"})
            EXPECT_EQ(ask(m_clerk, "GET", "/items/" + of + more).code(), "not_yours") << of << more;
    EXPECT_EQ(ask(m_lin, "GET", "/items/" + nobody).status, 404);
    EXPECT_EQ(ask(m_clerk, "GET", "/items/" + item("i1")).body["title"], "修路");
    const json own = ask(m_clerk, "GET", "/items/" + item("i1")).body;
    EXPECT_EQ(own["may"]["register"], false);
    EXPECT_EQ(own["may"]["report"], true);
    EXPECT_EQ(own["may"]["file"], true);
    EXPECT_EQ(ask(clerkOf("u2", "周承办"), "GET", "/items/" + item("i1")).body["may"]["file"], false); // cooperates
}

TEST_F(ConsoleItems, filtersSortsAndTurnsPagesWithoutLosingOrRepeatingARow) {
    EXPECT_EQ(titles(m_lin, "?lamp=red"), (std::vector<std::string>{"建渠"}));
    EXPECT_EQ(titles(m_lin, "?lamp=red,open&sort=number"), (std::vector<std::string>{"建渠", "修路"}));
    EXPECT_EQ(titles(m_lin, "?source=1&kind=general"), (std::vector<std::string>{"秘而不宣的事项"}));
    EXPECT_EQ(titles(m_lin, "?supervisor=%E5%91%A8"), (std::vector<std::string>{"秘而不宣的事项"}));
    EXPECT_EQ(titles(m_lin, "?from=2026-11-21&to=2026-11-25"), (std::vector<std::string>{"秘而不宣的事项"}));
    std::vector<std::string> seen;
    std::string after;
    do {
        const Answer page = ask(m_lin, "GET", "/items?limit=1&sort=due" + (after.empty() ? "" : "&after=" + after));
        ASSERT_EQ(page.status, 200) << page.body;
        EXPECT_EQ(page.body["count"], 3);
        seen.push_back(page.body["rows"][0]["title"]);
        after = page.body.value("next", "");
    } while (!after.empty());
    EXPECT_EQ(seen, (std::vector<std::string>{"建渠", "秘而不宣的事项", "修路"}));
    for (const char *bad : {"lamp=green", "sort=name", "part=all", "source=0", "source=x", "from=2026-02-30", "unit=u1",
                            "after=AAAA", "limit=0", "limit=201"})
        EXPECT_EQ(ask(m_lin, "GET", std::string("/items?") + bad).status, 400) << bad;
}

TEST_F(ConsoleItems, registersOnceWithTheNextNumberAndNamesWhatIsWrong) {
    const Answer made = ask(m_lin, "POST", "/items", draft(), "register-0001");
    ASSERT_EQ(made.status, 200) << made.body;
    EXPECT_EQ(made.body["number"], "督〔2026〕4号");
    EXPECT_EQ(made.body["outcome"], "applied");
    EXPECT_EQ(ask(m_lin, "POST", "/items", draft(), "register-0001").body["number"], "督〔2026〕4号");
    EXPECT_EQ(titles(m_lin).size(), 4u);
    EXPECT_EQ(ask(m_lin, "POST", "/items", draft()).body["number"], "督〔2026〕5号");

    const std::int64_t before = lastLog();
    const std::pair<const char *, json> wrong[]{{"title", ""},
                                                {"title", 7},
                                                {"source", "9"},
                                                {"kind", "other"},
                                                {"lead", "没有的局"},
                                                {"cooperating", "u2"},
                                                {"cooperating", json::array({"u1"})},
                                                {"issued_on", "24.11.2026"},
                                                {"due_on", "2026-11-23"},
                                                {"content", std::string(4001, 'x')},
                                                {"supervisor", std::string("a\0b", 3)},
                                                {"responsible_person", nullptr}};
    for (const auto &[field, value] : wrong) {
        json body = draft();
        body[field] = value;
        const Answer refused = ask(m_lin, "POST", "/items", body);
        EXPECT_EQ(refused.status, 400) << field << refused.body;
        EXPECT_EQ(refused.body.value("field", ""), field) << refused.body;
    }
    for (const Uuid &who : {m_clerk, m_li, m_mayor, m_auditor})
        EXPECT_EQ(ask(who, "POST", "/items", draft()).code(), "not_yours");
    EXPECT_EQ(lastLog(), before);
}

TEST_F(ConsoleItems, takesManyAtOnceOrNone) {
    json bad = draft();
    bad["due_on"] = "soon";
    const std::int64_t before = lastLog();
    Answer preview = ask(m_lin, "POST", "/items/batch", json{{"rows", {draft(), bad}}, {"dry_run", true}});
    ASSERT_EQ(preview.status, 200) << preview.body;
    EXPECT_EQ(preview.body["problems"], json::array({{{"row", 1}, {"field", "due_on"}, {"why", "not_a_day"}}}));
    EXPECT_EQ(ask(m_lin, "POST", "/items/batch", json{{"rows", {draft(), bad}}}).status, 400);
    for (const json &rows : {json(7), json::array(), json::array({1}), json{{"a", 1}}})
        EXPECT_EQ(ask(m_lin, "POST", "/items/batch", json{{"rows", rows}}).status, 400) << rows;
    EXPECT_EQ(lastLog(), before);
    const Answer made = ask(m_lin, "POST", "/items/batch", json{{"rows", {draft(), draft()}}});
    ASSERT_EQ(made.status, 200) << made.body;
    EXPECT_EQ(made.body["items"][1]["number"], "督〔2026〕5号");
    EXPECT_EQ(ask(m_clerk, "POST", "/items/batch", json{{"rows", {draft()}}}).code(), "not_yours");
}

TEST_F(ConsoleItems, correctsWithAReasonAndNeverOverWhatCameMeanwhile) {
    const std::string path = "/items/" + item("i1");
    const std::int64_t log = ask(m_lin, "GET", path).body["log"];
    const json base{{"log", log}};
    EXPECT_EQ(ask(m_lin, "POST", path + "/correct", json{{"title", "修桥"}, {"base", base}}).body["field"], "reason");
    EXPECT_EQ(ask(m_lin, "POST", path + "/correct", json{{"title", "修桥"}, {"reason", "r"}}).body["field"], "base");
    EXPECT_EQ(ask(m_lin, "POST", path + "/correct", json{{"issued_on", "2026-11-03"}, {"reason", "r"}, {"base", base}})
                  .body["field"],
              "issued_on");
    EXPECT_EQ(ask(m_lin, "POST", path + "/correct", json{{"due_on", "2026-11-01"}, {"reason", "r"}, {"base", base}})
                  .body["field"],
              "due_on");
    EXPECT_EQ(ask(m_lin, "POST", path + "/correct", json{{"title", "修路"}, {"reason", "r"}, {"base", base}}).status,
              409);
    const Answer done = ask(m_lin, "POST", path + "/correct",
                            json{{"title", "修桥"}, {"effect", "完成三成"}, {"reason", "写错"}, {"base", base}});
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(ask(m_lin, "POST", path + "/correct", json{{"title", "修塔"}, {"reason", "r"}, {"base", base}}).code(),
              "changed_meanwhile");
    const json now = ask(m_lin, "GET", path).body;
    EXPECT_EQ(now["title"], "修桥");
    EXPECT_EQ(now["effect"], "完成三成");
    const json rows = ask(m_lin, "GET", path + "/operations").body["rows"];
    EXPECT_EQ(rows[0]["kind"], "item.correct");
    EXPECT_EQ(rows[0]["fields"]["reason"], "写错");
    EXPECT_EQ(rows[0]["actor"]["name"], "林晓东");
    EXPECT_EQ(rows[1]["kind"], "item.register");
    EXPECT_EQ(
        ask(m_clerk, "POST", path + "/correct", json{{"title", "x"}, {"reason", "r"}, {"base", now["log"]}}).code(),
        "not_yours");
}

TEST_F(ConsoleItems, completesWithAnAwardAndOpensAgain) {
    const std::string path = "/items/" + item("i1");
    const auto complete = [&](const json &more) {
        json body{{"on", "2026-11-24"}, {"base", {{"log", ask(m_lin, "GET", path).body["log"]}}}};
        body.update(more);
        return ask(m_lin, "POST", path + "/complete", body);
    };
    for (const char *points : {"20.01", "-1", "18.505", "1e9", "x", ""})
        EXPECT_EQ(complete({{"awarded", points}}).status, 400) << points;
    for (const char *on : {"2026-11-01", "2126-01-01", "heute"})
        EXPECT_EQ(complete({{"on", on}}).status, 400) << on;
    EXPECT_EQ(complete({{"awarded", "18.5"}}).status, 200);
    json now = ask(m_lin, "GET", path).body;
    EXPECT_EQ(now["lamp"]["colour"], "done");
    EXPECT_EQ(now["awarded"], "18.50");
    EXPECT_EQ(complete(json::object()).status, 409);
    EXPECT_EQ(ask(m_lin, "POST", path + "/reopen", json::object()).status, 400);
    EXPECT_EQ(ask(m_lin, "POST", path + "/reopen", json{{"reason", "验收不实"}}).status, 200);
    EXPECT_EQ(ask(m_lin, "POST", path + "/reopen", json{{"reason", "验收不实"}}).status, 409);
    now = ask(m_lin, "GET", path).body;
    EXPECT_EQ(now["lamp"]["colour"], "open");
    EXPECT_FALSE(now.contains("completed_on"));
}

TEST_F(ConsoleItems, aReportIsHandedInByItsUnitReturnedOnceAndAccepted) {
    const std::string path = "/items/" + item("i1");
    const json wanted{{"unit", toText(unit("u1"))}, {"what", "progress"}, {"due_on", "2026-11-27"}};
    for (const auto &[field, value] : std::initializer_list<std::pair<const char *, json>>{{"unit", toText(unit("u3"))},
                                                                                           {"unit", "u1"},
                                                                                           {"what", "rumour"},
                                                                                           {"due_on", "2026-11-23"},
                                                                                           {"due_on", 5}}) {
        json body = wanted;
        body[field] = value;
        EXPECT_EQ(ask(m_lin, "POST", path + "/reports", body).status, 400) << field;
    }
    const Answer asked = ask(m_lin, "POST", path + "/reports", wanted);
    ASSERT_EQ(asked.status, 200) << asked.body;
    const std::string report = path + "/reports/" + asked.body["report"].get<std::string>();
    EXPECT_EQ(ask(m_lin, "POST", report + "/accept", json::object()).code(), "not_now");
    EXPECT_EQ(ask(m_lin, "POST", report + "/submit", json{{"text", "x"}}).code(), "not_yours");
    const Uuid other = clerkOf("u2", "周承办");
    EXPECT_EQ(ask(other, "POST", report + "/submit", json{{"text", "代报"}}).code(), "not_yours");
    EXPECT_TRUE(ask(other, "GET", path).body["reports"].empty()); // the lead's report is the lead's
    EXPECT_EQ(ask(m_clerk, "POST", report + "/submit", json{{"text", ""}}).status, 400);
    EXPECT_EQ(ask(m_clerk, "POST", report + "/submit", json{{"text", std::string(4001, 'x')}}).status, 400);
    EXPECT_EQ(ask(m_clerk, "POST", report + "/submit", json{{"text", "建成三成"}, {"effect", "三成"}}).status, 200);
    EXPECT_EQ(ask(m_clerk, "POST", report + "/submit", json{{"text", "再报"}}).status, 409);
    json now = ask(m_clerk, "GET", path).body;
    EXPECT_EQ(now["reports"][0]["state"], "to_review");
    EXPECT_EQ(now["effect"], "三成");
    EXPECT_EQ(ask(m_clerk, "POST", report + "/accept", json::object()).code(), "not_yours");
    EXPECT_EQ(
        ask(m_lin, "POST", report + "/return", json{{"reason", "缺数据"}, {"resubmit_due_on", "2026-11-23"}}).status,
        400);
    EXPECT_EQ(
        ask(m_lin, "POST", report + "/return", json{{"reason", "缺数据"}, {"resubmit_due_on", "2026-11-26"}}).status,
        200);
    EXPECT_EQ(
        ask(m_lin, "POST", report + "/return", json{{"reason", "又退"}, {"resubmit_due_on", "2026-11-27"}}).status,
        409);
    EXPECT_EQ(ask(m_lin, "GET", "/items?lamp=yellow").body["count"], 1);
    EXPECT_EQ(ask(m_clerk, "POST", report + "/submit", json{{"text", "建成三成，附表"}}).status, 200);
    EXPECT_EQ(ask(m_lin, "POST", report + "/accept", json::object()).status, 200);
    now = ask(m_clerk, "GET", path).body;
    EXPECT_EQ(now["reports"][0]["state"], "accepted");
    EXPECT_EQ(now["reports"][0]["late"], false);
    EXPECT_EQ(now["reports"][0]["what"], "progress");
    std::vector<std::string> acts;
    for (const AuditEntry &entry : trail())
        if (entry.result == "ok" && entry.act.starts_with("report_"))
            acts.push_back(entry.act);
    EXPECT_EQ(acts, (std::vector<std::string>{"report_ask", "report_submit", "report_return", "report_submit",
                                              "report_accept"}));
}
} // namespace
