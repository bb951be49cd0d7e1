// Goal: a draft of a paper is handed on to whoever may issue, stands in the queue and on the desk with its count, comes
// back with a reason, is issued once and says what the ledger says by then. Method: the console's resources over a
// ledger in which an item is overdue; the queue asked by every role, with stale versions, foreign drafts, hostile
// bodies, and with the same request again.
#include "sync-server/office/papers/handed_drafts.h"
#include "tests/unit/sync-server/http/ledger_console_fixture.h"

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

/** fontconfig keeps 288 bytes that nothing points to any more; what is ours of it is held by destroyers (fonts.cpp). */
extern "C" const char *__lsan_default_suppressions() { // NOLINT: the sanitizer's own name
    return "leak:libfontconfig.so";
}

namespace {
class ConsolePaperDrafts : public LedgerConsoleFixture {
protected:
    ConsolePaperDrafts()
        : LedgerConsoleFixture(R"json(
 "items":[{"id":"i1","number":"督〔2026〕1号","title":"修路","source":3,"kind":"general","lead":"u1","cooperating":["u2"],
           "issued_on":"2026-01-05","due_on":"2026-03-31","responsible_person":"赵","supervisor":"钱"},
          {"id":"i2","number":"督〔2026〕2号","title":"架桥","source":3,"kind":"general","lead":"u2","cooperating":[],
           "issued_on":"2026-01-05","due_on":"2026-12-31","responsible_person":"赵","supervisor":"钱"}]
)json") {}

    [[nodiscard]] json notice(const std::string &code = "i1") {
        return {{"kind", "supervision_notice"}, {"subject", item(code)}, {"more", "请按期报送。"}};
    }
    Answer handOn(const Uuid &who, const json &order, const std::string &key = "") {
        return ask(who, "POST", "/paper-drafts", order, key);
    }
    Answer act(const Uuid &who, const std::string &id, const std::string &what, json body) {
        return ask(who, "POST", "/paper-drafts/" + id + "/" + what, std::move(body));
    }
    json issueOf(const std::string &id, std::int64_t version, const std::string &code = "i1") {
        json order = notice(code);
        order.update({{"draft", id}, {"version", version}});
        return order;
    }
    std::int64_t badge(const Uuid &who) { return ask(who, "GET", "/head").body["badges"].value("papers", 0); }
    json group(const Uuid &who, const std::string &kind) {
        const Answer desk = ask(who, "GET", "/desk");
        for (const json &one : desk.body["groups"])
            if (one["kind"] == kind)
                return one;
        return json::object();
    }

    Uuid m_chief = signedIn("赵明远", "chief");
    Uuid m_other = signedIn("王颖", "reviewer");
};

TEST_F(ConsolePaperDrafts, goesToTheChiefComesBackIsMendedAndIssuedOnce) {
    const Answer handed = handOn(m_lin, notice());
    ASSERT_EQ(handed.status, 200) << handed.body;
    EXPECT_EQ(handed.body["state"], "waiting");
    const std::string id = handed.body["draft"];
    EXPECT_EQ(badge(m_chief), 1);
    EXPECT_EQ(badge(m_lin), 0);
    const json toIssue = group(m_chief, "papers_to_issue");
    EXPECT_EQ(toIssue["count"], 1);
    EXPECT_EQ(toIssue["rows"][0]["to"], "/papers?view=waiting&draft=" + id);
    EXPECT_EQ(toIssue["rows"][0]["why"], "林晓东报签");
    EXPECT_TRUE(group(m_lin, "papers_to_issue").empty());
    const Answer seen = ask(m_chief, "GET", "/paper-drafts/" + id);
    EXPECT_EQ(seen.body["order"]["more"], "请按期报送。");
    EXPECT_EQ(seen.body["drafter"]["name"], "林晓东");
    EXPECT_EQ(seen.body["item"]["number"], "督〔2026〕1号");
    EXPECT_EQ(seen.body["may"], json({{"issue", true}, {"change", true}}));
    EXPECT_TRUE(seen.body["anew"].empty());

    EXPECT_EQ(act(m_chief, id, "return", {{"version", 1}, {"reason", "写明时限"}}).body["state"], "returned");
    EXPECT_EQ(badge(m_chief), 0);
    EXPECT_EQ(badge(m_lin), 1);
    EXPECT_EQ(badge(m_other), 0);
    const json back = group(m_lin, "papers_returned");
    EXPECT_EQ(back["rows"][0]["why"], "赵明远退回：写明时限");
    EXPECT_TRUE(group(m_other, "papers_returned").empty());
    EXPECT_EQ(ask(m_lin, "GET", "/paper-drafts/" + id).body["return"],
              json({{"by", "赵明远"}, {"reason", "写明时限"}}));

    json mended = notice();
    mended["more"] = "请于月底前报送。";
    mended["version"] = 2;
    EXPECT_EQ(act(m_lin, id, "hand", mended).body["state"], "waiting");
    EXPECT_EQ(badge(m_chief), 1);
    json order = issueOf(id, 3);
    order["more"] = "请于月底前报送。";
    const Answer issued = ask(m_chief, "POST", "/papers", order, "issue-key-1");
    ASSERT_EQ(issued.status, 200) << issued.body;
    EXPECT_EQ(issued.body["number"].get<std::string>().substr(0, 9), "三政督");
    EXPECT_EQ(ask(m_chief, "GET", "/paper-drafts").body["count"], 0);
    EXPECT_EQ(badge(m_chief), 0);
    // The same request again is answered alike; another one finds no draft.
    EXPECT_EQ(ask(m_chief, "POST", "/papers", order, "issue-key-1").body["number"], issued.body["number"]);
    EXPECT_EQ(ask(m_chief, "POST", "/papers", order, "issue-key-2").status, 404);
    EXPECT_EQ(ask(m_chief, "GET", "/papers").body["count"], 1);

    std::vector<std::string> acts;
    for (const AuditEntry &entry : trail())
        if (entry.act.starts_with("paper_") && entry.result == "ok")
            acts.push_back(entry.act + " " + entry.name);
    EXPECT_EQ(acts, (std::vector<std::string>{"paper_draft_hand 林晓东", "paper_draft_return 赵明远",
                                              "paper_draft_change 林晓东", "paper_issue 赵明远"}));
}

TEST_F(ConsolePaperDrafts, isMadeOfTheLedgerAsItIsWhenItIsIssued) {
    const std::string id = handOn(m_lin, notice()).body["draft"];
    const Answer renamed =
        ask(m_lin, "POST", "/items/" + item("i1") + "/correct",
            json{{"title", "修路二期"}, {"reason", "立项批复更名"}, {"base", {{"log", ledger().lastLog().value()}}}});
    ASSERT_EQ(renamed.status, 200) << renamed.body;
    const Answer seen = ask(m_chief, "GET", "/paper-drafts/" + id);
    ASSERT_FALSE(seen.body["anew"].empty()) << seen.body;
    EXPECT_NE(seen.body["anew"][0].get<std::string>().find("修路二期"), std::string::npos);
    const Answer issued = ask(m_chief, "POST", "/papers", issueOf(id, 1));
    ASSERT_EQ(issued.status, 200) << issued.body;
    EXPECT_NE(issued.body["title"].get<std::string>().find("修路二期"), std::string::npos);
    // Of the same matter another draft may wait again; the form says that a paper stands.
    const std::string again = handOn(m_lin, notice()).body["draft"];
    EXPECT_EQ(ask(m_chief, "GET", "/paper-drafts/" + again).body["stands"], issued.body["number"]);
    EXPECT_EQ(ask(m_chief, "POST", "/papers", issueOf(again, 1)).status, 409);
    EXPECT_EQ(ask(m_chief, "GET", "/paper-drafts").body["count"], 1) << "what was not issued stays";
}

TEST_F(ConsolePaperDrafts, standsAloneForItsMatterAndIsItsDrafters) {
    const std::string id = handOn(m_lin, notice()).body["draft"];
    EXPECT_EQ(handOn(m_other, notice()).status, 409);
    json byNumber = notice();
    byNumber["subject"] = "督〔2026〕1号";
    EXPECT_EQ(handOn(m_other, byNumber).status, 409) << "the same item by its number";
    EXPECT_EQ(handOn(m_other, notice("i2")).status, 200);
    json change = notice();
    change["version"] = 1;
    EXPECT_EQ(act(m_other, id, "hand", change).code(), "not_yours");
    EXPECT_EQ(act(m_other, id, "drop", {{"version", 1}}).code(), "not_yours");
    EXPECT_EQ(act(m_lin, id, "return", {{"version", 1}, {"reason", "自己退回"}}).code(), "not_yours");
    json moved = notice("i2");
    moved["version"] = 1;
    EXPECT_EQ(act(m_lin, id, "hand", moved).status, 409) << "the other's matter";

    change["more"] = "主任改过。";
    EXPECT_EQ(act(m_chief, id, "hand", change).body["version"], 2);
    EXPECT_EQ(ask(m_lin, "GET", "/paper-drafts/" + id).body["changed_by"], "赵明远");
    // What somebody looked at before is of no force.
    EXPECT_EQ(act(m_lin, id, "hand", change).code(), "changed_meanwhile");
    EXPECT_EQ(act(m_lin, id, "drop", {{"version", 1}}).code(), "changed_meanwhile");
    EXPECT_EQ(act(m_chief, id, "return", {{"version", 1}, {"reason", "旧的"}}).code(), "changed_meanwhile");
    EXPECT_EQ(ask(m_chief, "POST", "/papers", issueOf(id, 1)).status, 409);
    EXPECT_EQ(ask(m_chief, "POST", "/papers", issueOf(id, 2, "i2")).status, 409) << "of another matter";
    EXPECT_EQ(ask(m_chief, "GET", "/papers").body["count"], 0);
    EXPECT_EQ(act(m_chief, id, "return", {{"version", 2}, {"reason", "补依据"}}).status, 200);
    EXPECT_EQ(act(m_chief, id, "return", {{"version", 3}, {"reason", "再退"}}).status, 409);
    EXPECT_EQ(act(m_lin, id, "drop", {{"version", 3}}).status, 200);
    EXPECT_EQ(ask(m_lin, "GET", "/paper-drafts/" + id).status, 404);
    EXPECT_EQ(act(m_lin, id, "drop", {{"version", 3}}).status, 404);
}

TEST_F(ConsolePaperDrafts, isNobodysButTheOffices) {
    const std::string id = handOn(m_lin, notice()).body["draft"];
    const Uuid clerk = clerkOf("u1", "何静");
    for (const Uuid &who : {m_mayor, m_li, m_auditor, clerk}) {
        EXPECT_EQ(ask(who, "GET", "/paper-drafts").code(), "not_yours");
        EXPECT_EQ(ask(who, "GET", "/paper-drafts/" + id).code(), "not_yours");
        EXPECT_EQ(handOn(who, notice()).code(), "not_yours");
        for (const char *what : {"hand", "return", "drop"})
            EXPECT_EQ(act(who, id, what, {{"version", 1}}).code(), "not_yours");
        EXPECT_EQ(badge(who), 0);
    }
    EXPECT_EQ(ask(m_lin, "POST", "/papers", issueOf(id, 1)).code(), "not_yours");
}

TEST_F(ConsolePaperDrafts, isHandedOnOnceWhereTheAnswerWasLost) {
    const Answer first = handOn(m_lin, notice(), "hand-key-0001");
    EXPECT_EQ(handOn(m_lin, notice(), "hand-key-0001").body, first.body);
    EXPECT_EQ(ask(m_lin, "GET", "/paper-drafts").body["count"], 1);
    // The answer was lost before it was remembered: the queue holds the draft once.
    ASSERT_TRUE(ledger().begin());
    ASSERT_TRUE(ledger().accounts().sweep(m_clock.nowMs() + 40LL * 24 * 60 * 60 * 1000));
    ASSERT_TRUE(ledger().commit());
    const auto kept = handedDrafts(ledger());
    ASSERT_TRUE(kept);
    ASSERT_EQ(kept->size(), 1u);
    EXPECT_EQ(toText(kept->front().id), first.body["draft"]);
    EXPECT_EQ(kept->front().order.more, std::vector<std::string>{"请按期报送。"});
}

TEST_F(ConsolePaperDrafts, takesNothingHostile) {
    const std::string id = handOn(m_lin, notice()).body["draft"];
    for (const auto &[field, value] : std::vector<std::pair<std::string, json>>{{"kind", "letter"},
                                                                                {"kind", 7},
                                                                                {"subject", "没有"},
                                                                                {"subject", json::array()},
                                                                                {"day", "2026-13-01"},
                                                                                {"day", "2999-01-01"},
                                                                                {"more", std::string(8001, 'x')},
                                                                                {"more", "\x01"},
                                                                                {"more", {{"a", 1}}},
                                                                                {"signer", std::string(201, 'x')}}) {
        json order = notice("i2");
        order[field] = value;
        const Answer refused = handOn(m_lin, order);
        EXPECT_GE(refused.status, 400) << field << value;
        EXPECT_LT(refused.status, 500) << field << value << refused.body;
        order["version"] = 1;
        EXPECT_GE(act(m_lin, id, "hand", order).status, 400) << field;
    }
    for (const json &version : {json(), json("1"), json(1.5), json(-1), json(0), json(std::uint64_t{1} << 60)}) {
        json order = notice();
        if (!version.is_null())
            order["version"] = version;
        EXPECT_GE(act(m_lin, id, "hand", order).status, 400) << version;
        EXPECT_GE(act(m_chief, id, "return", {{"version", version}, {"reason", "x"}}).status, 400) << version;
        EXPECT_GE(act(m_lin, id, "drop", {{"version", version}}).status, 400) << version;
        order["draft"] = id;
        EXPECT_GE(ask(m_chief, "POST", "/papers", order).status, 400) << version;
    }
    for (const json &reason : {json(""), json(7), json(std::string(4001, 'x')), json::array()})
        EXPECT_EQ(act(m_chief, id, "return", {{"version", 1}, {"reason", reason}}).status, 400) << reason;
    for (const char *other : {"x", "00000000-0000-4000-8000-000000000000", "%20", "0%270"}) {
        EXPECT_EQ(ask(m_chief, "GET", "/paper-drafts/" + std::string(other)).status, 404) << other;
        EXPECT_EQ(act(m_chief, other, "drop", {{"version", 1}}).status, 404) << other;
    }
    EXPECT_EQ(ask(m_chief, "GET", "/paper-drafts").body["count"], 1);
    EXPECT_EQ(ask(m_chief, "GET", "/paper-drafts/" + id).body["version"], 1);

    // A list that somebody wrote by hand is damage, and nothing is written over it.
    for (const char *broken : {"{", "{}", "[7]", R"([{"id":"x"}])"}) {
        ASSERT_TRUE(ledger().begin());
        ASSERT_TRUE(ledger().putSetting("paper_drafts", broken));
        ASSERT_TRUE(ledger().commit());
        EXPECT_EQ(ask(m_chief, "GET", "/paper-drafts").status, 500) << broken;
        EXPECT_EQ(handOn(m_lin, notice("i2")).status, 500) << broken;
        EXPECT_EQ(*ledger().setting("paper_drafts").value(), broken);
    }
}

TEST_F(ConsolePaperDrafts, aFullQueueTakesNoMore) {
    const auto book = [&](int count) {
        json list = json::array();
        for (int i = 0; i < count; ++i) {
            const Uuid id = newUuid(m_clock, m_random);
            list.push_back({{"id", toText(id)},
                            {"drafter", toText(m_other)},
                            {"drafter_name", "王颖"},
                            {"order",
                             {{"kind", "urging_notice"},
                              {"subject", toText(id)},
                              {"day", ""},
                              {"signer", ""},
                              {"meeting_at", ""},
                              {"meeting_place", ""},
                              {"more", json::array()}}},
                            {"title", "催办"},
                            {"said", json::array()},
                            {"version", 1},
                            {"since", 1000 + i},
                            {"returned", false},
                            {"returned_by", ""},
                            {"reason", ""},
                            {"changed_by", ""}});
        }
        EXPECT_TRUE(ledger().begin());
        EXPECT_TRUE(ledger().putSetting("paper_drafts", list.dump()));
        EXPECT_TRUE(ledger().commit());
    };
    book(static_cast<int>(kMostHandedDrafts));
    EXPECT_EQ(handOn(m_lin, notice()).status / 100, 4);
    EXPECT_EQ(badge(m_chief), static_cast<std::int64_t>(kMostHandedDrafts));
    EXPECT_EQ(group(m_chief, "papers_to_issue")["rows"].size(), 3u);
    book(static_cast<int>(kMostHandedDrafts) - 1);
    EXPECT_EQ(handOn(m_lin, notice()).status, 200);
}
} // namespace
