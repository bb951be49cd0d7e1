// Goal: an extension, a withdrawal, a transfer and an exemption take effect when the right leaders have signed and not
// before, what a lead unit reports of a cooperating one when the office finds it true, each refusal names its clause of
// the notice, and what is signed is what `assess` and `due` then count by. Method: the console's real resources over a
// real ledger; every signature tried by everybody who may not give it.
#include "sync-server/office/export_file.h"
#include "tests/unit/sync-server/http/ledger_console_fixture.h"

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
constexpr const char *kRequestLists = R"json(
 "items":[{"id":"i1","number":"督〔2026〕1号","title":"修路","source":3,"kind":"general","lead":"u1","cooperating":["u2"],
           "issued_on":"2026-11-02","due_on":"2026-12-31","responsible_person":"赵","supervisor":"钱"},
          {"id":"i2","number":"督〔2026〕2号","title":"规划","source":1,"kind":"planning","lead":"u1","cooperating":[],
           "issued_on":"2026-11-02","due_on":"2026-11-20","responsible_person":"孙","supervisor":"钱"},
          {"id":"i3","number":"督〔2026〕3号","title":"他事","source":1,"kind":"general","lead":"u2","cooperating":[],
           "issued_on":"2026-11-02","due_on":"2026-12-20","responsible_person":"李","supervisor":"周"}])json";

class ConsoleRequests : public LedgerConsoleFixture {
protected:
    ConsoleRequests() : LedgerConsoleFixture(kRequestLists) {
        m_clerk = clerkOf("u1", "陈承办");
        m_other = clerkOf("u2", "周承办");
    }
    Answer file(const Uuid &who, const std::string &of, const std::string &what, const json &more = json::object()) {
        json body{{"item", item(of)}, {"what", what}, {"ground", "用地移交推迟"}};
        body.update(more);
        return ask(who, "POST", "/requests", body);
    }
    std::string filed(const std::string &of, const std::string &what, const json &more = json::object()) {
        const Answer answer = file(m_clerk, of, what, more);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.body.value("request", "");
    }
    Answer sign(const Uuid &who, const std::string &request) {
        return ask(who, "POST", "/requests/" + request + "/sign", json::object());
    }
    void signs(const Uuid &who, const std::string &request) {
        const Answer answer = sign(who, request);
        EXPECT_EQ(answer.status, 200) << answer.body;
    }
    /** Nobody of these can. */
    void nobodySigns(const std::string &request, std::initializer_list<Uuid> people) {
        for (const Uuid &who : people)
            EXPECT_EQ(sign(who, request).code(), "not_yours");
    }
    json detail(const std::string &of) { return ask(m_lin, "GET", "/items/" + item(of)).body; }
    json exported() {
        const auto file = exportLedgerFile(ledger());
        EXPECT_TRUE(file);
        json whole = json::parse(*file);
        whole.emplace("events", json::array());
        return whole;
    }
    json exportedItem(const std::string &code) {
        const json whole = exported();
        for (const json &one : whole["items"])
            if (one["id"] == code)
                return one;
        return {};
    }

    Uuid m_wang = signedIn("王副", "vice_mayor");
    Uuid m_clerk, m_other;
};

TEST_F(ConsoleRequests, anExtensionCountsOnceTheRightViceMayorSigned) {
    const std::string request = filed("i1", "extension", {{"new_due_on", "2027-02-28"}});
    nobodySigns(request, {m_li, m_wang, m_mayor, m_clerk, m_other, m_auditor}); // the office has not looked at it
    signs(m_lin, request);
    nobodySigns(request, {m_lin, m_wang, m_mayor, m_clerk, m_other, m_auditor});
    EXPECT_EQ(detail("i1")["effective_due_on"], "2026-12-31");
    signs(m_li, request);
    EXPECT_EQ(detail("i1")["effective_due_on"], "2027-02-28");
    const json extension = exportedItem("i1")["extensions"][0];
    EXPECT_EQ(extension["approved_by"], "李副");
    EXPECT_EQ(extension["approved_on"], "2026-11-24");
    EXPECT_EQ(extension["reason"], "用地移交推迟");
    nobodySigns(request, {m_lin, m_li, m_mayor});
    EXPECT_EQ(ask(m_clerk, "GET", "/requests/" + request).body["state"], "granted");

    const Answer second = file(m_clerk, "i1", "extension", {{"new_due_on", "2027-02-27"}});
    EXPECT_EQ(second.status, 409);
    EXPECT_EQ(second.code(), "against_rules");
    EXPECT_EQ(second.body["reason"], "first");
    EXPECT_EQ(second.body["clause"], "附件2 三 5");
    EXPECT_NE(second.body["wording"].get<std::string>().find("每个事项只能延期一次"), std::string::npos);
}

TEST_F(ConsoleRequests, whatTheNoticeForbidsIsRefusedWithItsClause) {
    const std::int64_t before = ledger().lastLog().value();
    for (const auto &[day, why] :
         {std::pair{"2026-12-31", "later"}, {"2026-12-01", "later"}, {"2027-03-01", "within"}}) {
        const Answer refused = file(m_clerk, "i1", "extension", {{"new_due_on", day}});
        EXPECT_EQ(refused.body["reason"], why) << day;
        EXPECT_EQ(refused.body["clause"], "附件2 三 5");
    }
    EXPECT_EQ(file(m_clerk, "i1", "transfer", {{"to", toText(unit("u1"))}}).body["reason"], "other_unit");
    EXPECT_EQ(file(m_clerk, "i1", "transfer", {{"to", toText(unit("u1"))}}).body["clause"], "附件2 三 7");
    EXPECT_EQ(file(m_clerk, "i1", "exemption", {{"from", "2026-12-02"}, {"until", "2026-12-01"}}).body["reason"],
              "days");
    EXPECT_EQ(ledger().lastLog().value(), before);
    EXPECT_EQ(file(m_clerk, "i2", "extension", {{"new_due_on", "2028-01-01"}}).status, 200); // 编制规划类
    EXPECT_EQ(file(m_clerk, "i2", "extension", {{"new_due_on", "2028-01-01"}}).body["reason"], "alone");
}

TEST_F(ConsoleRequests, hostileFilingsAreRefusedWithTheirField) {
    const std::int64_t before = ledger().lastLog().value();
    const json fine{{"item", item("i1")}, {"what", "extension"}, {"ground", "x"}, {"new_due_on", "2027-01-15"}};
    for (const auto &[field, value] :
         std::initializer_list<std::pair<const char *, json>>{{"item", "i1"},
                                                              {"item", 7},
                                                              {"what", "holiday"},
                                                              {"what", nullptr},
                                                              {"ground", ""},
                                                              {"ground", std::string(4001, 'x')},
                                                              {"new_due_on", "2027-02-30"},
                                                              {"new_due_on", 20270115},
                                                              {"new_due_on", ""},
                                                              {"to", "u2"},
                                                              {"to", json::array()}}) {
        json body = fine;
        body[field] = value;
        const Answer refused = ask(m_clerk, "POST", "/requests", body);
        EXPECT_EQ(refused.status, 400) << field << value << refused.body;
    }
    EXPECT_EQ(file(m_clerk, "i1", "transfer").status, 400);
    EXPECT_EQ(file(m_other, "i1", "withdrawal").code(), "not_yours"); // cooperates only
    EXPECT_EQ(file(m_li, "i1", "withdrawal").code(), "not_yours");
    EXPECT_EQ(ask(m_clerk, "POST", "/requests/x/sign", json::object()).code(), "not_yours");
    EXPECT_EQ(ask(m_lin, "POST", "/requests/00000000-0000-4000-8000-000000000000/sign", json::object()).status, 404);
    EXPECT_EQ(ledger().lastLog().value(), before);
}

TEST_F(ConsoleRequests, aWithdrawalIsReviewedByTheViceMayorAndThenAgreedByTheMayor) {
    const std::string request = filed("i1", "withdrawal");
    EXPECT_EQ(detail("i1")["lamp"]["withdrawal_asked"], true);
    signs(m_lin, request);
    nobodySigns(request, {m_mayor, m_wang});
    signs(m_li, request);
    EXPECT_EQ(detail("i1")["lamp"]["colour"], "open");
    nobodySigns(request, {m_li});
    signs(m_mayor, request);
    EXPECT_EQ(detail("i1")["lamp"]["colour"], "withdrawn");
    EXPECT_EQ(exportedItem("i1")["withdrawal"]["reviewed_by"], "李副");
    EXPECT_EQ(exportedItem("i1")["withdrawal"]["agreed_by"], "市长");
    EXPECT_EQ(file(m_clerk, "i1", "withdrawal").body["reason"], "open");
    EXPECT_EQ(file(m_clerk, "i1", "withdrawal").body["clause"], "附件2 三 6");
}

TEST_F(ConsoleRequests, aTransferTakesBothViceMayorsInEitherOrder) {
    const std::string request = filed("i1", "transfer", {{"to", toText(unit("u2"))}});
    signs(m_lin, request);
    nobodySigns(request, {m_mayor});
    signs(m_wang, request);
    EXPECT_EQ(detail("i1")["lead"]["name"], "甲县");
    signs(m_li, request);
    EXPECT_EQ(detail("i1")["lead"]["name"], "乙局");
    EXPECT_EQ(exportedItem("i1")["transfers"][0]["signed_from"], "李副");
    EXPECT_EQ(exportedItem("i1")["transfers"][0]["signed_to"], "王副");
    EXPECT_EQ(file(m_clerk, "i1", "withdrawal").code(), "not_yours"); // no longer theirs

    // One vice mayor of both units signs once, as both.
    const std::string within = filed("i2", "transfer", {{"to", toText(unit("u3"))}});
    signs(m_lin, within);
    EXPECT_EQ(sign(m_li, within).body["as"], (json{"vice_mayor", "vice_mayor_to"}));
    EXPECT_EQ(detail("i2")["lead"]["name"], "丙局");
}

TEST_F(ConsoleRequests, anExemptionStopsTheLadderWhileItHolds) {
    const std::string request = filed("i2", "exemption", {{"from", "2026-11-24"}, {"until", "2026-12-10"}});
    signs(m_lin, request);
    signs(m_li, request);
    EXPECT_EQ(detail("i2")["lamp"]["exempt_until"], "2026-12-10");
    EXPECT_EQ(exportedItem("i2")["exemptions"][0]["approved_by"], "李副");
}

TEST_F(ConsoleRequests, aReturnedRequestNeedsNewSignaturesAndARefusedOneIsOver) {
    const std::string request = filed("i1", "extension", {{"new_due_on", "2027-01-15"}});
    const std::string path = "/requests/" + request;
    EXPECT_EQ(ask(m_lin, "POST", path + "/refuse", json{{"reason", "不行"}}).code(), "not_yours");
    signs(m_lin, request);
    EXPECT_EQ(ask(m_li, "POST", path + "/return", json{{"missing", ""}}).status, 400);
    EXPECT_EQ(ask(m_li, "POST", path + "/return", json{{"missing", "附移交函"}}).body["state"], "returned");
    nobodySigns(request, {m_li, m_lin});
    const json again{{"item", item("i1")}, {"what", "extension"}, {"ground", "附函"}, {"new_due_on", "2027-01-20"}};
    EXPECT_EQ(ask(m_other, "POST", path + "/file", again).code(), "not_yours");
    EXPECT_EQ(ask(m_clerk, "POST", path + "/file", again).status, 200);
    EXPECT_EQ(ask(m_clerk, "POST", path + "/file", again).status, 409);
    nobodySigns(request, {m_li}); // the office's word was of the round before
    signs(m_lin, request);
    EXPECT_EQ(ask(m_wang, "POST", path + "/refuse", json{{"reason", "不同意"}}).code(), "not_yours");
    EXPECT_EQ(ask(m_li, "POST", path + "/refuse", json{{"reason", "理由不充分"}}).body["state"], "refused");
    nobodySigns(request, {m_li, m_lin});
    const json now = ask(m_clerk, "GET", path).body;
    EXPECT_EQ(now["words"].back()["text"], "理由不充分");
    EXPECT_EQ(now["round"], 2);
    EXPECT_EQ(now["clause"]["number"], "附件2 三 5");
    EXPECT_TRUE(exportedItem("i1").value("extensions", json::array()).empty());
}

TEST_F(ConsoleRequests, whatTheLeadUnitReportsCostsTheCooperatingOneFivePointsOnceTheOfficeFindsItTrue) {
    const json about{{"to", toText(unit("u2"))}, {"ground", "三次催要资料不给"}};
    const std::string request = filed("i1", "complaint", about);
    const auto seenBy = [&](const Uuid &who) { return ask(who, "GET", "/requests/" + request).code(); };
    EXPECT_EQ(seenBy(m_other), "not_yours"); // nobody of whom it tells
    EXPECT_EQ(ask(m_other, "GET", "/requests").body["count"], 0);
    EXPECT_EQ(seenBy(m_wang), "not_yours");
    EXPECT_EQ(ask(m_lin, "GET", "/requests/" + request).body["waits_for"],
              json::parse(R"([{"as":"office","name":""}])"));
    EXPECT_EQ(file(m_clerk, "i1", "complaint", about).body["reason"], "alone");
    nobodySigns(request, {m_li, m_wang, m_mayor, m_clerk, m_other, m_auditor});
    EXPECT_TRUE(exported()["events"].empty());

    const Answer done = sign(m_lin, request);
    EXPECT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(done.body["state"], "granted");
    nobodySigns(request, {m_lin, m_li, m_wang, m_mayor});
    const json whole = exported();
    const json event = whole["events"][0];
    EXPECT_EQ(event["unit"], "u2");
    EXPECT_EQ(event["reported_by"], "u1");
    EXPECT_EQ(event["rule"], "cooperation.passive");
    EXPECT_EQ(event["on"], "2026-11-24");
    EXPECT_EQ(event["document"], "甲县关于督〔2026〕1号配合单位不积极配合的书面报告");
    const Answer november = ask(m_lin, "GET", "/rankings/2026-11");
    for (const json &row : november.body["rows"])
        EXPECT_EQ(row["demerits"], row["unit"]["name"] == "乙局" ? "-5.00" : "0.00") << row;
    EXPECT_EQ(ask(m_other, "GET", "/requests/" + request).body["ground"], "三次催要资料不给");
    EXPECT_EQ(seenBy(m_wang), "");
    filed("i1", "complaint", about); // once each time
}

TEST_F(ConsoleRequests, aReportOnAUnitThatDoesNotCooperateIsRefusedWithItsClause) {
    const std::int64_t before = ledger().lastLog().value();
    for (const char *other : {"u1", "u3"}) {
        const Answer refused = file(m_clerk, "i1", "complaint", {{"to", toText(unit(other))}});
        EXPECT_EQ(refused.status, 409);
        EXPECT_EQ(refused.body["reason"], "cooperates") << other;
        EXPECT_EQ(refused.body["clause"], "附件2 三 4");
        EXPECT_NE(refused.body["wording"].get<std::string>().find("配合单位一次减5分"), std::string::npos);
    }
    EXPECT_EQ(file(m_clerk, "i1", "complaint").status, 400);
    EXPECT_EQ(file(m_clerk, "i1", "complaint", {{"to", toText(Uuid{{9}})}}).status, 400);
    EXPECT_EQ(file(m_other, "i1", "complaint", {{"to", toText(unit("u2"))}}).code(), "not_yours"); // of itself
    EXPECT_EQ(ledger().lastLog().value(), before);
}

TEST_F(ConsoleRequests, aReportThatIsNotFoundTrueCostsNothingAndAFormerLeadReportsNothing) {
    const json about{{"to", toText(unit("u2"))}};
    const std::string untrue = filed("i1", "complaint", about);
    EXPECT_EQ(ask(m_mayor, "POST", "/requests/" + untrue + "/refuse", json{{"reason", "不"}}).code(), "not_yours");
    EXPECT_EQ(ask(m_lin, "POST", "/requests/" + untrue + "/refuse", json{{"reason", ""}}).status, 400);
    EXPECT_EQ(ask(m_lin, "POST", "/requests/" + untrue + "/refuse", json{{"reason", "资料已于当日送达"}}).body["state"],
              "refused");
    nobodySigns(untrue, {m_lin});
    EXPECT_EQ(ask(m_other, "GET", "/requests/" + untrue).code(), "not_yours");
    EXPECT_EQ(ask(m_clerk, "GET", "/requests/" + untrue).body["words"][0]["text"], "资料已于当日送达");

    const std::string late = filed("i1", "complaint", about);
    const std::string moved = filed("i1", "transfer", {{"to", toText(unit("u3"))}});
    signs(m_lin, moved);
    signs(m_li, moved);
    const Answer refused = sign(m_lin, late);
    EXPECT_EQ(refused.body["reason"], "leads") << refused.body;
    EXPECT_EQ(refused.body["clause"], "附件2 三 4");
    EXPECT_EQ(ask(m_lin, "POST", "/requests/" + late + "/return", json{{"missing", "已不牵头"}}).body["state"],
              "returned");
    EXPECT_TRUE(exported()["events"].empty());
}

TEST_F(ConsoleRequests, eachSeesTheRequestsThatConcernThemAndWhatWaitsForThem) {
    const std::string request = filed("i1", "extension", {{"new_due_on", "2027-01-15"}});
    const auto count = [&](const Uuid &who, const std::string &state) {
        return ask(who, "GET", "/requests" + (state.empty() ? "" : "?state=" + state)).body["count"].get<int>();
    };
    EXPECT_EQ(count(m_lin, "mine"), 1);
    EXPECT_EQ(count(m_li, "mine"), 0);
    EXPECT_EQ(count(m_li, ""), 1);
    EXPECT_EQ(count(m_wang, ""), 0);
    EXPECT_EQ(count(m_other, ""), 0);
    EXPECT_EQ(count(m_mayor, ""), 1);
    EXPECT_EQ(ask(m_other, "GET", "/requests/" + request).code(), "not_yours");
    EXPECT_EQ(ask(m_auditor, "GET", "/requests").code(), "not_yours");
    EXPECT_EQ(ask(m_lin, "GET", "/requests?state=soon").status, 400);
    EXPECT_EQ(ask(m_other, "GET", "/lookup/units").body["rows"].size(), 3u);
    EXPECT_EQ(ask(m_other, "GET", "/people/choices?role=inspector").code(), "not_yours");
    for (const char *list : {"sites", "items", "inspectors"})
        EXPECT_EQ(ask(m_other, "GET", std::string("/lookup/") + list).code(), "not_yours") << list;
    signs(m_lin, request);
    EXPECT_EQ(count(m_li, "mine"), 1);
    EXPECT_EQ(ask(m_li, "GET", "/head").body["badges"]["requests"], 1);
    EXPECT_FALSE(ask(m_lin, "GET", "/head").body["badges"].contains("requests"));
    m_clock.advanceMs(6 * 60'000);
    EXPECT_EQ(sign(m_li, request).code(), "needs_second_factor");
}
} // namespace
