// Goal: whoever has an order's link and its code answers this order and sees nothing else; whoever has not, or no
// longer, learns nothing, not even that it exists, and cannot go on guessing. Method: the console's real resources
// without a session, with right, wrong, old, foreign and ended codes.
#include "tests/unit/sync-server/http/orders_fixture.h"

using namespace zhicha;
using namespace zhicha::test;

namespace {
class ConsoleOutside : public OrdersFixture {
protected:
    Answer come(const std::string &method, const std::string &what, const std::string &order, const std::string &code,
                const std::optional<json> &body = {}, const Bytes &file = {}) {
        Request request;
        request.method = method;
        EXPECT_TRUE(readTarget("/api/v1/console/outside/" + what, request));
        request.peer = m_address;
        request.headers["sec-fetch-site"] = "same-origin";
        request.headers["x-order"] = order;
        request.headers["x-order-code"] = code;
        request.headers["idempotency-key"] = "outside-" + std::to_string(++m_asked);
        request.headers["content-type"] = body ? "application/json" : "image/jpeg";
        request.body = body ? toBytes(viewOf(body->dump())) : file;
        const Response response = m_router.handle(std::move(request));
        return {response.status, json::parse(response.body, nullptr, false)};
    }
    std::string outside() { return issued({{"assignee", "某绿化公司 老王"}}); }
    std::string codeOf(const std::string &order) {
        const Answer made = act(m_lin, order, "link");
        EXPECT_EQ(made.status, 200) << made.body;
        EXPECT_EQ(made.body["path"], "/answer/" + order);
        return made.body.value("code", "");
    }

    std::string m_address = "203.0.113.9";
    int m_asked = 0;
};

TEST_F(ConsoleOutside, theAssigneeAnswersTheOneOrderAndSeesNothingElse) {
    const std::string order = outside(), other = outside();
    std::string code = codeOf(order);
    const Answer look = come("GET", "order", order, code.substr(0, 4) + "-" + code.substr(4)); // as it is read out
    ASSERT_EQ(look.status, 200) << look.body;
    EXPECT_EQ(look.body["finding"]["text"], "路灯不亮");
    EXPECT_EQ(look.body["requirement"], "全部修复");
    for (const char *secret : {"周文博", "林晓东", "检〔", "督〔", "i1"})
        EXPECT_EQ(look.body.dump().find(secret), std::string::npos) << secret;
    for (const char *field : {"check", "item", "issued_by", "may", "before", "log"})
        EXPECT_FALSE(look.body.contains(field)) << field;
    EXPECT_EQ(come("GET", "order", other, code).code(), "bad_code");

    EXPECT_EQ(come("POST", "photos", order, code, {}, toBytes(viewOf("<html>"))).status, 400);
    const Answer photo = come("POST", "photos", order, code, {}, jpegOf("outside"));
    ASSERT_EQ(photo.status, 200) << photo.body;
    const std::string digest = photo.body["photo"];
    EXPECT_EQ(come("GET", "photos/" + digest, order, code).status, 200);
    const std::string otherCode = codeOf(other);
    EXPECT_EQ(come("GET", "photos/" + digest, other, otherCode).status, 404);
    EXPECT_EQ(come("POST", "answer", other, otherCode, json{{"text", "x"}, {"photos", {digest}}}).status, 400);
    for (const json &bad : {json{{"text", ""}}, json{{"text", 7}}, json{{"text", "x"}, {"photos", "all"}}})
        EXPECT_EQ(come("POST", "answer", order, code, bad).status, 400) << bad;
    const Answer done = come("POST", "answer", order, code, json{{"text", "已换灯"}, {"photos", {digest}}});
    EXPECT_EQ(done.body["state"], "answered") << done.body;
    EXPECT_EQ(come("POST", "photos", order, code, {}, jpegOf("more")).code(), "not_now");
    const json seenByOffice = seen(m_lin, order);
    EXPECT_EQ(seenByOffice["steps"][0]["by"], "code");
    EXPECT_EQ(seenByOffice["steps"][0]["name"], "某绿化公司 老王");
    EXPECT_EQ(seenByOffice["acknowledged_by"], "某绿化公司 老王");
    does(m_lin, order, "return", {{"reason", "还有一盏"}, {"due_on", "2026-12-20"}});
    EXPECT_EQ(come("GET", "order", order, code).body["steps"][1]["reason"], "还有一盏");
}

TEST_F(ConsoleOutside, noCodeNoOldOneAndNoneOfAnotherOpensAnything) {
    const std::string order = outside(), inside = issued();
    EXPECT_EQ(come("GET", "order", order, "").code(), "bad_code");
    const std::string first = codeOf(order);
    const std::string second = codeOf(order);
    EXPECT_EQ(come("GET", "order", order, first).code(), "bad_code");
    EXPECT_EQ(come("GET", "order", order, second).status, 200);
    for (const auto &[target, code] :
         std::initializer_list<std::pair<std::string, std::string>>{{"", second},
                                                                    {"x", second},
                                                                    {toText(m_check), second},
                                                                    {order, second + "0"},
                                                                    {order, std::string(100'000, 'A')},
                                                                    {order, "\xff\xfe"}}) {
        const Answer refused = come("GET", "order", target, code);
        EXPECT_EQ(refused.code(), "bad_code");
        EXPECT_EQ(refused.body["what"], come("GET", "order", inside, "ABCD-EFGH").body["what"]);
    }
    for (const Uuid &who : {m_clerk, m_zhou, m_auditor, m_mayor})
        EXPECT_EQ(act(who, order, "link").code(), "not_yours");
    EXPECT_EQ(act(m_lin, inside, "link").body["reason"], "inside");
    EXPECT_EQ(ask(m_lin, "DELETE", "/rectifications/" + order + "/link").status, 200);
    EXPECT_EQ(come("GET", "order", order, second).code(), "bad_code");
    // Kept as a digest: the code itself stands nowhere.
    const auto kept = ledger().setting("order_link/" + order);
    ASSERT_TRUE(kept && *kept);
    EXPECT_EQ((*kept)->find(second), std::string::npos);
    EXPECT_EQ(trail().back().act, "outside_look");
    EXPECT_EQ(trail().back().code, "bad_code");
}

TEST_F(ConsoleOutside, aCodeLasts30DaysAndGuessingIsStopped) {
    const std::string order = outside();
    const std::string code = codeOf(order);
    m_clock.advanceMs(std::int64_t{30} * 86'400'000 - 1000);
    EXPECT_EQ(come("GET", "order", order, code).status, 200);
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(come("GET", "order", order, "AAAA-" + std::to_string(1000 + i)).code(), "bad_code") << i;
    const Answer locked = come("GET", "order", order, code);
    EXPECT_EQ(locked.code(), "locked"); // also with the right one, and from another address
    m_address = "203.0.113.77";
    EXPECT_EQ(come("GET", "order", order, code).code(), "locked");
    m_clock.advanceMs(31 * 60'000);
    EXPECT_EQ(come("GET", "order", order, code).code(), "bad_code"); // by now it is too old

    // One address that tries many orders is stopped as well.
    m_address = "203.0.113.99";
    for (int i = 0; i < 20; ++i)
        come("GET", "order", toText(newUuid(m_clock, m_random)), "AAAA-BBBB");
    EXPECT_EQ(come("GET", "order", toText(newUuid(m_clock, m_random)), "AAAA-BBBB").code(), "locked");
}
} // namespace
