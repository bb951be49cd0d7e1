#pragma once
// Two units with their clerks, an inspector whose checks find something, and an office to make orders of it. Owner: a
// test of rectification orders.
#include "sync-server/office/import_file.h"
#include "tests/unit/sync-server/http/console_fixture.h"

namespace zhicha::test {

using nlohmann::json;

inline Bytes jpegOf(const std::string &what) {
    Bytes bytes{0xff, 0xd8, 0xff, 0xe0};
    bytes.insert(bytes.end(), what.begin(), what.end());
    return bytes;
}

class OrdersFixture : public ConsoleFixture {
protected:
    OrdersFixture() {
        const auto done = importLedgerFile(intake(), {}, R"json({
 "units":[{"id":"u1","name":"甲县","group":"county","vice_mayor":"李副"},
          {"id":"u2","name":"乙局","group":"department","vice_mayor":"王副"}],
 "items":[{"id":"i1","number":"督〔2026〕1号","title":"修路","source":3,"kind":"general","lead":"u1","cooperating":[],
           "issued_on":"2026-11-02","due_on":"2027-06-30","responsible_person":"赵","supervisor":"钱"}]
})json",
                                           false);
        EXPECT_TRUE(done) << (done ? "" : done.error().detail);
        m_clerk = clerkOf("u1", "陈承办");
        m_other = clerkOf("u2", "周承办");
    }
    Uuid unit(const std::string &code) { return derivedId(m_keys.ledger, "unit", code); }
    Uuid item() { return derivedId(m_keys.ledger, "item", "i1"); }
    Uuid clerkOf(const std::string &code, const std::string &name) {
        const Uuid id = signedIn(name, "unit_clerk");
        append({{"person.put", id, {{"name", name}, {"unit", unit(code)}}}});
        return id;
    }
    /** A finding of a check that is over. */
    Uuid found(const std::string &text = "路灯不亮", bool finished = true) {
        m_check = startCheck(m_tablet, Uuid{{5}}, {item()});
        const Uuid finding = m_tablet.newId();
        m_tablet.make("finding.record", finding,
                      {{"check", m_check}, {"severity", "major"}, {"text", text}, {"item", item()}});
        if (finished)
            finish(m_tablet, m_check);
        send(m_tablet);
        EXPECT_TRUE(m_keeper.catchUp());
        return finding;
    }
    json draft(const Uuid &finding, const json &more = json::object()) {
        json body{{"finding", toText(finding)},
                  {"unit", toText(unit("u1"))},
                  {"due_on", "2026-12-15"},
                  {"requirement", "全部修复"}};
        body.update(more);
        return body;
    }
    std::string issued(const json &more = json::object()) {
        const Answer answer = ask(m_lin, "POST", "/rectifications", draft(found(), more));
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.body.value("order", "");
    }
    Answer act(const Uuid &who, const std::string &order, const std::string &what, const json &body = json::object()) {
        return ask(who, "POST", "/rectifications/" + order + "/" + what, body);
    }
    void does(const Uuid &who, const std::string &order, const std::string &what, const json &body = json::object()) {
        const Answer answer = act(who, order, what, body);
        EXPECT_EQ(answer.status, 200) << what << answer.body;
    }
    json seen(const Uuid &who, const std::string &order) { return ask(who, "GET", "/rectifications/" + order).body; }
    std::string state(const std::string &order) { return seen(m_lin, order).value("state", ""); }
    json item(const Uuid &who) { return ask(who, "GET", "/items/" + toText(item())).body; }
    std::string answered(const json &more = json::object()) {
        const std::string order = issued(more);
        does(m_clerk, order, "answer", {{"text", "已修复 3 盏"}});
        return order;
    }
    /** The bytes of one photo, as the form sends them. */
    Answer bring(const Uuid &who, const std::string &order, const Bytes &bytes) {
        Request request;
        request.method = "POST";
        EXPECT_TRUE(readTarget("/api/v1/console/rectifications/" + order + "/photos", request));
        request.peer = "198.51.100.7";
        request.headers["sec-fetch-site"] = "same-origin";
        const std::string cookie = sessionCookie(m_tokens[who]);
        request.headers["cookie"] = cookie.substr(0, cookie.find(';'));
        request.headers["x-csrf"] = m_signIn.csrfOf(m_tokens[who]);
        request.headers["content-type"] = "image/jpeg";
        request.body = bytes;
        const Response response = m_router.handle(std::move(request));
        return {response.status, json::parse(response.body, nullptr, false)};
    }

    Uuid m_zhou = signedIn("周文博", "inspector");
    Uuid m_han = signedIn("韩雪", "inspector");
    TestDevice m_tablet = enrolled(m_zhou, 1);
    Uuid m_lin = signedIn("林晓东", "reviewer");
    Uuid m_chief = signedIn("高主任", "chief");
    Uuid m_mayor = signedIn("市长", "mayor");
    Uuid m_li = signedIn("李副", "vice_mayor");
    Uuid m_auditor = signedIn("沈审", "auditor");
    Uuid m_clerk, m_other, m_check;
};

} // namespace zhicha::test
