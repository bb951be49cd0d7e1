// Goal: what the office does and the audit trail's entry of it are durable together or not at all, and nobody looks at
// evidence unseen. Method: the console's real resources over a real ledger file whose audit table refuses to grow, or
// which another process holds locked.
#include "shared/sqlite/database.h"
#include "shared/sqlite/transaction.h"
#include "tests/unit/sync-server/http/console_fixture.h"

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
class ConsoleAudit : public ConsoleFixture {
protected:
    Database other() {
        DatabaseOptions options;
        options.path = m_folder / "ledger.db";
        auto database = Database::open(options);
        ZHICHA_CHECK(database.has_value());
        return std::move(*database);
    }
    /** From here on the trail takes no further entry; everything else in the file can be written. */
    void fillTrail() {
        Database database = other();
        EXPECT_TRUE(database.execute("CREATE TRIGGER audit_full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, "
                                     "'no room'); END"));
    }
    void emptyTrail() {
        Database database = other();
        EXPECT_TRUE(database.execute("DROP TRIGGER audit_full"));
    }
    Uuid sentCheck() {
        const Uuid check = startCheck(m_tablet);
        finish(m_tablet, check);
        send(m_tablet);
        EXPECT_TRUE(m_keeper.catchUp());
        return check;
    }

    Uuid m_zhou = person("周文博", "inspector");
    TestDevice m_tablet = enrolled(m_zhou, 1);
    Uuid m_lin = signedIn("林晓东", "reviewer");
    Uuid m_he = signedIn("何主管", "administrator");
};

TEST_F(ConsoleAudit, takesItsEntryIntoTheTransactionOfTheAct) {
    const Uuid check = sentCheck();
    const Answer done = ask(m_lin, "POST", "/checks/" + toText(check) + "/comments", json{{"text", "已阅"}});
    ASSERT_EQ(done.status, 200) << done.body;
    ASSERT_EQ(trail().size(), 1u);
    EXPECT_EQ(trail()[0].act, "comment");
    EXPECT_EQ(trail()[0].person, m_lin);
    EXPECT_EQ(trail()[0].object, toText(check));
    EXPECT_EQ(trail()[0].result, "ok");
}

TEST_F(ConsoleAudit, doesNothingThatTheTrailCannotHold) {
    const Uuid check = sentCheck();
    const std::int64_t before = ledger().lastLog().value();
    const std::string path = "/checks/" + toText(check);
    fillTrail();
    const std::pair<std::string, json> kActs[]{
        {path + "/comments", {{"text", "已阅"}}},
        {path + "/reviews", {{"verdict", "accept"}, {"base", {{"log", before}}}}},
        {path + "/void", {{"reason", "重复"}}}};
    for (const auto &[act, body] : kActs) {
        const Answer refused = ask(m_lin, "POST", act, body, "same-key-of-" + act.substr(act.rfind('/') + 1));
        EXPECT_GE(refused.status, 500) << act << refused.body;
        EXPECT_EQ(refused.code(), "store_damaged");
    }
    EXPECT_GE(ask(m_he, "POST", "/people", json{{"name", "新人"}, {"role", "reviewer"}}).status, 500);
    EXPECT_GE(ask(m_he, "POST", "/devices/codes", json{{"inspector", "周文博"}}).status, 500);
    EXPECT_EQ(ledger().lastLog().value(), before);
    EXPECT_TRUE(trail().empty());
    EXPECT_FALSE(userNamed(ledger(), "新人").value());
    emptyTrail();
    const Answer again = ask(m_lin, "POST", path + "/comments", json{{"text", "已阅"}}, "same-key-of-comments");
    EXPECT_EQ(again.status, 200) << again.body;
    EXPECT_EQ(trail().size(), 1u);
}

TEST_F(ConsoleAudit, showsNoEvidenceWhoseLookCannotBeWritten) {
    const Uuid check = sentCheck();
    {
        Database database = other();
        auto held = Transaction::begin(database);
        ASSERT_TRUE(held);
        const Answer refused = ask(m_lin, "GET", "/checks/" + toText(check));
        EXPECT_EQ(refused.status, 503) << refused.body;
        EXPECT_EQ(refused.code(), "store_locked");
        EXPECT_FALSE(refused.body.contains("findings"));
    }
    EXPECT_EQ(ask(m_lin, "GET", "/checks/" + toText(check)).status, 200);
    ASSERT_EQ(trail().size(), 1u);
    EXPECT_EQ(trail()[0].act, "check_read");
}

TEST_F(ConsoleAudit, keepsRefusalsAndTheStateThatTheyChangeTogether) {
    const auto wrong = [&] { return ask({}, "POST", "/session", json{{"name", "林晓东"}, {"password", "错"}}); };
    EXPECT_EQ(wrong().code(), "bad_credentials");
    fillTrail();
    EXPECT_GE(wrong().status, 500);
    emptyTrail();
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(wrong().code(), "bad_credentials"); // the attempt that could not be told did not count either
    EXPECT_EQ(wrong().code(), "locked");
    ASSERT_EQ(trail().size(), 5u);
    EXPECT_EQ(trail()[0].result, "refused");
    EXPECT_EQ(trail()[0].code, "bad_credentials");
    EXPECT_EQ(trail()[4].code, "locked");
}

TEST_F(ConsoleAudit, namesWhoWasMadeAndForWhomACodeIs) {
    const Answer made = ask(m_he, "POST", "/devices/codes", json{{"inspector", "陈方"}});
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string id = made.body["inspector"]["id"];
    ASSERT_EQ(trail().size(), 2u);
    EXPECT_EQ(std::pair(trail()[0].act, trail()[0].object), std::pair(std::string("person_add"), id));
    EXPECT_EQ(std::pair(trail()[1].act, trail()[1].object), std::pair(std::string("enrol_code"), id));
    EXPECT_EQ(ask(m_he, "POST", "/devices/codes", json{{"inspector", "陈方"}}).status, 201);
    EXPECT_EQ(trail().size(), 3u);
}
} // namespace
