// Goal: a finding becomes a numbered rectification order that goes from hand to hand until it is closed, and nobody
// reads, answers or decides one that is not theirs: not another unit, not who took part, not after the 30 days.
// Method: the console's real resources over a real ledger with checks from real tablets; every act tried by everybody
// who may not do it, and with hostile bodies.
#include "tests/unit/sync-server/http/orders_fixture.h"

#include "sync-server/office/amend.h"
#include "sync-server/office/ledger/order_photos.h"
#include "sync-server/office/review.h"
#include "tests/support/jpeg_scene.h"

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
class ConsoleOrders : public OrdersFixture {};

TEST_F(ConsoleOrders, aFindingIsFollowedUntilItIsClosed) {
    const std::string order = issued({{"photos_required", true}, {"why", "须核对位置"}});
    json now = seen(m_clerk, order);
    EXPECT_EQ(now["number"], "整〔2026〕1号");
    EXPECT_EQ(now["state"], "issued");
    EXPECT_EQ(now["finding"]["text"], "路灯不亮");
    EXPECT_EQ(now["why"], "须核对位置");
    EXPECT_EQ(now["may"]["answer"], true);
    EXPECT_EQ(now["may"]["accept"], "not_yours");
    EXPECT_FALSE(now.contains("before"));
    EXPECT_FALSE(now.contains("issued_by"));
    does(m_clerk, order, "acknowledge");
    EXPECT_EQ(seen(m_clerk, order)["review_until"], "2026-12-24");
    EXPECT_EQ(act(m_clerk, order, "acknowledge").status, 409);

    EXPECT_EQ(act(m_clerk, order, "answer", {{"text", "好了"}}).status, 400); // photos are asked for
    const Answer photo = bring(m_clerk, order, jpegOf("after"));
    ASSERT_EQ(photo.status, 200) << photo.body;
    const json answer{{"text", "已修复"}, {"photos", {photo.body["photo"]}}};
    does(m_clerk, order, "answer", answer);
    EXPECT_EQ(act(m_clerk, order, "answer", answer).body["reason"], "answered");
    now = seen(m_lin, order);
    EXPECT_EQ(now["state"], "answered");
    EXPECT_EQ(now["steps"][0]["photos"][0]["digest"], photo.body["photo"]);
    EXPECT_TRUE(now.contains("before"));

    does(m_lin, order, "return", {{"reason", "还有两盏"}, {"due_on", "2026-12-20"}});
    now = seen(m_clerk, order);
    EXPECT_EQ(now["state"], "open");
    EXPECT_EQ(now["due_on"], "2026-12-20");
    EXPECT_EQ(now["first_due_on"], "2026-12-15");
    EXPECT_EQ(now["because_of"], now["steps"][1]["id"]);
    does(m_clerk, order, "answer", answer);
    does(m_chief, order, "accept");
    EXPECT_EQ(state(order), "closed");
    EXPECT_EQ(act(m_lin, order, "accept").body["reason"], "closed");

    does(m_lin, order, "return", {{"reason", "群众反映又坏了"}, {"due_on", "2026-12-30"}});
    now = seen(m_clerk, order);
    EXPECT_EQ(now["state"], "open");
    EXPECT_EQ(now["reopened"], true);
    EXPECT_EQ(now["steps"].back()["reason"], "群众反映又坏了");
    EXPECT_EQ(now["because_of"], now["steps"].back()["id"]);
}

TEST_F(ConsoleOrders, numbersRunOnInTheYearWithoutGaps) {
    EXPECT_EQ(seen(m_lin, issued())["number"], "整〔2026〕1号");
    const Uuid finding = found();
    EXPECT_EQ(ask(m_lin, "POST", "/rectifications", draft(finding, {{"due_on", "2026-11-24"}})).status, 400);
    const Answer first = ask(m_lin, "POST", "/rectifications", draft(finding), "the-same-key-1");
    EXPECT_EQ(first.body["number"], "整〔2026〕2号");
    EXPECT_EQ(ask(m_lin, "POST", "/rectifications", draft(finding), "the-same-key-1").body, first.body);
    EXPECT_EQ(ask(m_lin, "POST", "/rectifications", draft(finding)).body["reason"], "ordered");
    const json elsewhere{{"unit", toText(unit("u2"))}};
    EXPECT_EQ(ask(m_lin, "POST", "/rectifications", draft(finding, elsewhere)).body["number"], "整〔2026〕3号");
    m_clock.advanceMs(std::int64_t{40} * 86'400'000);
    const Uuid wang = signedIn("王颖", "reviewer");
    const Answer later = ask(wang, "POST", "/rectifications", draft(found(), {{"due_on", "2027-02-01"}}));
    EXPECT_EQ(later.body["number"], "整〔2027〕1号");
}

TEST_F(ConsoleOrders, onlyAnUndisputedFindingOfAFinishedCheckBecomesOne) {
    const Uuid running = found("还在查", false);
    EXPECT_EQ(ask(m_lin, "POST", "/rectifications", draft(running)).body["reason"], "under_way");
    finish(m_tablet, m_check);
    send(m_tablet);
    const auto gone = voidEntity(intake(), actor(m_lin), toText(running), "记错", false);
    ASSERT_TRUE(gone) << gone.error().detail;
    EXPECT_EQ(ask(m_lin, "POST", "/rectifications", draft(running)).body["reason"], "void");
    EXPECT_EQ(ask(m_lin, "POST", "/rectifications", draft(m_check)).status, 404);
    const Uuid fine = found();
    const std::int64_t before = ledger().lastLog().value();
    for (const auto &[field, value] :
         std::initializer_list<std::pair<const char *, json>>{{"finding", "x"},
                                                              {"finding", nullptr},
                                                              {"unit", toText(fine)},
                                                              {"unit", 7},
                                                              {"due_on", "2026-02-30"},
                                                              {"due_on", "2026-11-23"},
                                                              {"requirement", ""},
                                                              {"requirement", std::string(4001, 'x')},
                                                              {"photos_required", "yes"},
                                                              {"photos_required", true}, // and no reason
                                                              {"why", json::array()},
                                                              {"assignee", std::string(201, 'x')}})
        EXPECT_EQ(ask(m_lin, "POST", "/rectifications", draft(fine, {{field, value}})).status, 400) << field << value;
    for (const Uuid &who : {m_clerk, m_zhou, m_mayor, m_li, m_auditor})
        EXPECT_EQ(ask(who, "POST", "/rectifications", draft(fine)).code(), "not_yours");
    EXPECT_EQ(ledger().lastLog().value(), before);
}

TEST_F(ConsoleOrders, whoTookPartDecidesNothingAboutIt) {
    // An inspector who is a reviewer as well neither issues nor accepts what comes of the own check.
    append({{"role.grant",
             newUuid(m_clock, m_random),
             {{"person", m_zhou}, {"role", "reviewer"}, {"from", m_clock.nowMs()}}}});
    EXPECT_EQ(ask(m_zhou, "POST", "/rectifications", draft(found())).code(), "recused");
    const std::string order = answered();
    for (const char *what : {"accept", "return", "recheck"})
        EXPECT_EQ(
            act(m_zhou, order, what, {{"reason", "可以"}, {"due_on", "2026-12-20"}, {"to", toText(m_han)}}).code(),
            "recused")
            << what;
    EXPECT_EQ(seen(m_zhou, order)["may"]["accept"], "recused");
    EXPECT_EQ(state(order), "answered");
}

TEST_F(ConsoleOrders, somebodyElseLooksAgainAndTheUnitDoesNotReadIt) {
    const std::string order = answered();
    const json recheck{{"to", toText(m_han)}, {"due_on", "2026-12-01"}};
    json same = recheck;
    same["to"] = toText(m_zhou);
    EXPECT_EQ(act(m_lin, order, "recheck", same).body["reason"], "same_inspector");
    same["to"] = toText(m_clerk);
    EXPECT_EQ(act(m_lin, order, "recheck", same).status, 400);
    EXPECT_EQ(ask(m_han, "GET", "/rectifications").body["count"], 0);
    does(m_lin, order, "recheck", recheck);
    EXPECT_EQ(seen(m_lin, order)["recheck"]["to"]["name"], "韩雪");
    EXPECT_EQ(seen(m_han, order)["state"], "recheck");
    EXPECT_EQ(ask(m_zhou, "GET", "/rectifications/" + order).code(), "not_yours");
    const json unit = seen(m_clerk, order);
    EXPECT_EQ(unit["state"], "answered");
    EXPECT_EQ(unit.dump().find("韩雪"), std::string::npos);
    EXPECT_EQ(unit.dump().find("recheck\""), unit.dump().rfind("recheck\"")); // the one of `may`
    EXPECT_EQ(ask(m_clerk, "GET", "/rectifications?state=recheck").body["count"], 0);
    EXPECT_EQ(act(m_clerk, order, "answer", {{"text", "又改"}}).body["reason"], "answered");

    does(m_lin, order, "return", {{"reason", "现场未改"}, {"due_on", "2026-12-20"}});
    EXPECT_EQ(seen(m_lin, order)["recheck_failed"], true);
    EXPECT_EQ(item(m_lin)["lamp"]["colour"], "yellow");
    EXPECT_EQ(item(m_lin)["lamp"]["why"], "recheck_failed");
    does(m_clerk, order, "answer", {{"text", "真的改了"}});
    does(m_lin, order, "accept");
    EXPECT_EQ(item(m_lin)["lamp"]["colour"], "open");
    EXPECT_EQ(act(m_lin, order, "recheck", recheck).status, 400); // a closed one is looked at for a reason
    json sample = recheck;
    sample["reason"] = "抽查";
    does(m_lin, order, "recheck", sample);
    EXPECT_EQ(seen(m_lin, order)["reopened"], true);
    EXPECT_EQ(seen(m_clerk, order)["state"], "closed");
}

TEST_F(ConsoleOrders, anOverdueOrderMakesItsItemLag) {
    const std::string order = issued({{"due_on", "2026-11-25"}});
    EXPECT_EQ(item(m_lin)["lamp"]["colour"], "open");
    EXPECT_EQ(seen(m_lin, order)["lamp"]["colour"], "blue");
    m_clock.advanceMs(std::int64_t{2} * 86'400'000);
    const Uuid wang = signedIn("王颖", "reviewer");
    EXPECT_EQ(item(wang)["lamp"]["why"], "order_overdue");
    EXPECT_EQ(seen(wang, order)["lamp"]["colour"], "red");
    EXPECT_EQ(seen(wang, order)["lamp"]["overdue_workdays"], 1);
    EXPECT_EQ(ask(wang, "GET", "/rectifications?due=overdue").body["count"], 1);
    EXPECT_EQ(ask(wang, "GET", "/rectifications?due=today").body["count"], 0);
}

TEST_F(ConsoleOrders, theUnitAsksForAReviewOnceWithin30DaysAndStrangersDecide) {
    const std::string order = issued();
    EXPECT_EQ(act(m_chief, order, "review/decision", {{"outcome", "upheld"}, {"reason", "x"}}).body["reason"],
              "not_asked");
    for (const Uuid &who : {m_other, m_lin, m_zhou, m_li})
        EXPECT_EQ(act(who, order, "review", {{"ground", "不是我们的路"}}).code(), "not_yours");
    does(m_clerk, order, "review", {{"ground", "不是我们的路"}});
    const Answer again = act(m_clerk, order, "review", {{"ground", "再来"}});
    EXPECT_EQ(again.code(), "against_rules");
    EXPECT_EQ(again.body["reason"], "once");
    EXPECT_EQ(again.body["clause"], "政府督查工作条例 复核");
    EXPECT_EQ(seen(m_clerk, order)["review"]["decide_by"], "2026-12-24");

    const json withdrawn{{"outcome", "withdrawn"}, {"reason", "道路属省管"}};
    for (const Uuid &who : {m_lin, m_clerk, m_mayor})
        EXPECT_EQ(act(who, order, "review/decision", withdrawn).code(), "not_yours");
    for (const json &bad : {json{{"outcome", "maybe"}, {"reason", "x"}}, json{{"outcome", "upheld"}},
                            json{{"outcome", "changed"}, {"reason", "x"}}})
        EXPECT_EQ(act(m_chief, order, "review/decision", bad).status, 400) << bad;
    does(m_chief, order, "review/decision", withdrawn);
    EXPECT_EQ(state(order), "withdrawn");
    EXPECT_EQ(act(m_clerk, order, "answer", {{"text", "x"}}).body["reason"], "withdrawn");
    EXPECT_EQ(act(m_chief, order, "review/decision", withdrawn).status, 409);

    // A chief who issued, judged or inspected decides no review of it; another one does.
    const Uuid finding = found();
    const std::string own = ask(m_chief, "POST", "/rectifications", draft(finding)).body.value("order", "");
    does(m_clerk, own, "review", {{"ground", "有异议"}});
    EXPECT_EQ(seen(m_chief, own)["may"]["decide"], "recused");
    EXPECT_EQ(act(m_chief, own, "review/decision", withdrawn).code(), "recused");
    const Uuid second = signedIn("副主任", "chief");
    does(second, own, "review/decision", {{"outcome", "changed"}, {"reason", "宽限"}, {"due_on", "2027-01-10"}});
    EXPECT_EQ(seen(m_clerk, own)["due_on"], "2027-01-10");
    EXPECT_EQ(state(own), "open");

    ReviewRequest accepted;
    const std::string judged = issued();
    accepted.check = toText(m_check);
    ASSERT_TRUE(reviewCheck(intake(), actor(second), accepted));
    does(m_clerk, judged, "review", {{"ground", "有异议"}});
    EXPECT_EQ(act(second, judged, "review/decision", withdrawn).code(), "recused");
}

TEST_F(ConsoleOrders, theRightOfReviewEndsWithThe30thDayAfterReceipt) {
    const std::string late = issued(), unread = issued();
    does(m_clerk, late, "acknowledge");
    m_clock.advanceMs(std::int64_t{31} * 86'400'000);
    m_clerk = clerkOf("u1", "新承办");
    const Answer refused = act(m_clerk, late, "review", {{"ground", "有异议"}});
    EXPECT_EQ(refused.code(), "against_rules");
    EXPECT_EQ(refused.body["reason"], "too_late");
    EXPECT_EQ(seen(m_clerk, late)["may"]["review"], "too_late");
    does(m_clerk, unread, "review", {{"ground", "有异议"}}); // nobody had received that one
}

TEST_F(ConsoleOrders, photosAreTakenForTheOwnOrderAlone) {
    const std::string order = issued(), second = issued();
    EXPECT_EQ(bring(m_clerk, order, toBytes(viewOf("<svg onload=alert(1)>"))).status, 400);
    EXPECT_EQ(bring(m_clerk, order, {}).status, 400);
    EXPECT_EQ(bring(m_other, order, jpegOf("x")).code(), "not_yours");
    EXPECT_EQ(bring(m_lin, order, jpegOf("x")).code(), "not_yours");
    EXPECT_EQ(bring(m_clerk, toText(m_check), jpegOf("x")).code(), "not_yours");
    const std::string photo = bring(m_clerk, order, jpegOf("after")).body["photo"];
    EXPECT_EQ(bring(m_clerk, order, jpegOf("after")).body["photo"], photo);
    // Neither an order's answer nor its pages reach a photo that was brought for another.
    EXPECT_EQ(act(m_clerk, second, "answer", {{"text", "x"}, {"photos", {photo}}}).status, 400);
    for (const json &bad : {json("x"), json::array({7}), json::array({"zz"}), json::array({photo, photo}),
                            json::array({std::string(64, '0')})})
        EXPECT_EQ(act(m_clerk, order, "answer", {{"text", "x"}, {"photos", bad}}).status, 400) << bad;
    EXPECT_EQ(ask(m_clerk, "GET", "/rectifications/" + second + "/photos/" + photo).status, 404);
    EXPECT_EQ(ask(m_other, "GET", "/rectifications/" + order + "/photos/" + photo).code(), "not_yours");
    EXPECT_EQ(ask(m_clerk, "GET", "/rectifications/" + order + "/photos/zz").status, 404);
    does(m_clerk, order, "answer", {{"text", "x"}, {"photos", {photo}}});
    EXPECT_EQ(ask(m_lin, "GET", "/rectifications/" + order + "/photos/" + photo).status, 200);
    EXPECT_EQ(bring(m_clerk, order, jpegOf("more")).code(), "not_now");
    // Copied and verified like the photos of checks, and found again when the log is read anew.
    const auto kept = ledger().photoExpectations(*digestFromHex(photo));
    ASSERT_TRUE(kept);
    ASSERT_EQ(kept->size(), 1u);
    EXPECT_TRUE(kept->front().received);
}

TEST_F(ConsoleOrders, aPhotoThatWasUsedBeforeIsShownToTheOfficeAlone) {
    // The inspector's own photo of the finding, and what a unit sent for another order.
    const Uuid finding = found();
    const Bytes before = jpegScene(3);
    ASSERT_TRUE(storeOrderPhoto(m_photos, before));
    addPhoto(m_tablet, m_check, finding, sha256(before), static_cast<std::int64_t>(before.size()));
    send(m_tablet);
    const std::string first = ask(m_lin, "POST", "/rectifications", draft(finding)).body.value("order", "");
    const Bytes sent = jpegScene(4);
    const std::string old = bring(m_clerk, first, sent).body["photo"];
    does(m_clerk, first, "answer", {{"text", "修好了"}, {"photos", {old}}});
    EXPECT_TRUE(seen(m_lin, first)["steps"][0]["photos"][0]["reuse"].empty());

    const std::string second = issued();
    const std::string anew = bring(m_clerk, second, jpegScene(4, {320, 240, 60, 10})).body["photo"];
    const std::string same = bring(m_clerk, second, sent).body["photo"];
    const std::string fresh = bring(m_clerk, second, jpegScene(9)).body["photo"];
    does(m_clerk, second, "answer", {{"text", "也修好了"}, {"photos", {anew, same, fresh}}});
    const json photos = seen(m_lin, second)["steps"][0]["photos"];
    EXPECT_EQ(photos[0]["reuse"][0]["order"]["id"], first);
    EXPECT_EQ(photos[0]["reuse"][0]["same"], false);
    EXPECT_EQ(photos[1]["reuse"][0]["same"], true);
    EXPECT_EQ(photos[1]["reuse"][0]["order"]["number"], "整〔2026〕1号");
    EXPECT_TRUE(photos[2]["reuse"].empty()) << photos[2];
    const json unitSees = seen(m_clerk, second)["steps"][0]["photos"];
    EXPECT_EQ(unitSees.size(), 3u);
    for (const json &photo : unitSees)
        EXPECT_FALSE(photo.contains("reuse"));

    // The photo of the finding itself, smaller, as proof that it was put right; then one's own returned one again.
    does(m_lin, first, "return", {{"reason", "不清楚"}, {"due_on", "2026-12-20"}});
    const std::string shown = bring(m_clerk, first, jpegScene(3, {400, 300, 70, 0})).body["photo"];
    does(m_clerk, first, "answer", {{"text", "重拍"}, {"photos", {shown, old}}});
    const json again = seen(m_lin, first)["steps"].back()["photos"];
    EXPECT_EQ(again[0]["reuse"][0]["check"]["id"], seen(m_lin, first)["check"]["id"]);
    EXPECT_EQ(again[0]["reuse"][0]["same"], false);
    EXPECT_EQ(again[1]["reuse"].size(), 2u) << again[1]; // the earlier answer and the second order
    EXPECT_GE(seen(m_lin, first)["compared"].get<int>(), 5);
}

TEST_F(ConsoleOrders, eachSeesTheirOwnAndTheListTellsWhatWaits) {
    const std::string order = issued();
    const auto count = [&](const Uuid &who, const std::string &query = "") {
        return ask(who, "GET", "/rectifications" + query).body.value("count", -1);
    };
    for (const Uuid &who : {m_lin, m_chief, m_mayor, m_clerk, m_li})
        EXPECT_EQ(count(who), 1);
    for (const Uuid &who : {m_other, m_zhou})
        EXPECT_EQ(count(who), 0);
    EXPECT_EQ(ask(m_auditor, "GET", "/rectifications").code(), "not_yours");
    for (const Uuid &who : {m_other, m_zhou, m_auditor})
        EXPECT_EQ(ask(who, "GET", "/rectifications/" + order).code(), "not_yours");
    for (const char *what : {"acknowledge", "answer", "review"})
        EXPECT_EQ(act(m_other, order, what, {{"text", "x"}, {"ground", "x"}}).code(), "not_yours") << what;
    for (const char *what : {"accept", "return", "recheck", "review/decision"})
        EXPECT_EQ(act(m_clerk, order, what, {{"reason", "x"}}).code(), "not_yours") << what;
    for (const char *query : {"?state=lost", "?due=soon", "?unit=u1", "?finding=x", "?after=zzz", "?limit=0"})
        EXPECT_EQ(ask(m_lin, "GET", std::string("/rectifications") + query).status, 400) << query;
    EXPECT_EQ(count(m_lin, "?state=issued&due=week"), 0);
    EXPECT_EQ(count(m_lin, "?unit=" + toText(unit("u2"))), 0);
    EXPECT_EQ(count(m_lin, "?item=" + toText(item())), 1);
    EXPECT_EQ(ask(m_clerk, "GET", "/head").body["badges"]["rectifications"], 1);
    EXPECT_FALSE(ask(m_lin, "GET", "/head").body["badges"].contains("rectifications"));
    does(m_clerk, order, "answer", {{"text", "好"}});
    EXPECT_EQ(ask(m_lin, "GET", "/head").body["badges"]["rectifications"], 1);
    issued();
    const json first = ask(m_lin, "GET", "/rectifications?limit=1").body;
    EXPECT_EQ(first["states"]["answered"], 1);
    EXPECT_EQ(first["states"]["issued"], 1);
    const json next = ask(m_lin, "GET", "/rectifications?limit=1&after=" + first.value("next", "")).body;
    EXPECT_NE(first["rows"][0]["id"], next["rows"][0]["id"]);
    EXPECT_FALSE(next.contains("next"));
    EXPECT_EQ(trail().back().act, "order_issue");
}
} // namespace
