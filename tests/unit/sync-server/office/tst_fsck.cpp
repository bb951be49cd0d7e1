// fsck on ledgers that the product made: what is sound is called sound, however it came to be (forks, claims, joins,
// crashes, rolled back transactions), and what a hand changed is named. The SQL edits of a whole folder are in
// tests/integration/tst_tampering.py.
#include "sync-server/office/fsck.h"

#include "shared/sqlite/database.h"
#include "sync-server/office/console/index_refresh.h"
#include "sync-server/office/rebuild.h"
#include "tests/unit/sync-server/office/office_fixture.h"

#include <nlohmann/json.hpp>

namespace zhicha::test {
namespace {

class Fsck : public OfficeFixture {
protected:
    /** A check with a finding by one tablet, which another of another team joined. */
    Uuid fieldDay() {
        TestDevice first = enrolled(person("王督查", "inspector", "督查一组"), 1);
        TestDevice second = enrolled(person("李督查", "inspector", "督查二组"), 2);
        const Uuid check = startCheck(first);
        addFinding(first, check, "护栏缺失");
        send(first);
        second.make("check.join", second.newId(), {{"check", check}, {"by", "list"}});
        send(second);
        return check;
    }
};

TEST_F(Fsck, callsASoundLedgerSound) {
    fieldDay();
    EXPECT_EQ(problems(), nlohmann::json::array());
    reopen();
    EXPECT_EQ(problems(), nlohmann::json::array());
}

TEST_F(Fsck, callsALedgerWithAForkSound) {
    TestDevice tablet = enrolled(person("王督查", "inspector"), 1);
    const Uuid check = startCheck(tablet);
    TestDevice copied = tablet;
    addFinding(tablet, check, "一");
    send(tablet);
    addFinding(copied, check, "二");
    send(copied);
    addFinding(copied, check, "三");
    send(copied);
    ASSERT_EQ(alarms().size(), 2U);
    EXPECT_EQ(problems(), nlohmann::json::array());
}

TEST_F(Fsck, callsALedgerSoundWhoseCheckWasBornTwice) {
    TestDevice first = enrolled(person("王督查", "inspector"), 1);
    TestDevice second = enrolled(person("李督查", "inspector"), 2);
    const Uuid check = startCheck(first);
    send(first);
    second.make("check.start", check, {{"site", Uuid{{5}}}, {"items", cbor::Array{}}, {"no_fix_reason", "室内"}});
    addFinding(second, check, "护栏缺失");
    send(second);
    ASSERT_EQ(alarms(), std::vector<std::string>{"claim"});
    EXPECT_EQ(problems(), nlohmann::json::array());
}

TEST_F(Fsck, readsWhileATransactionOfTheWriterIsOpen) {
    fieldDay();
    const auto other = reader();
    const auto transaction = intake().open();
    ASSERT_TRUE(transaction);
    ASSERT_TRUE(ledger().putSetting("server_url", "https://one.example"));
    const auto answer = checkLedger(*other, m_keys, nullptr);
    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->at("problems"), nlohmann::json::array());
}

TEST_F(Fsck, callsTheSearchIndexSoundThatWasWrittenSinceTheSameReaderLookedLast) {
    TestDevice tablet = enrolled(person("王督查", "inspector"), 1);
    const Uuid check = startCheck(tablet);
    const auto other = reader();
    // Many small commits: the segments of the index are merged, and those that the reader remembers go.
    for (int round = 0; round < 40; ++round) {
        addFinding(tablet, check, "护栏缺失 " + std::to_string(round));
        send(tablet);
        ASSERT_TRUE(refreshConsoleIndex(ledger(), 1000));
        if (round % 10 != 9)
            continue;
        const auto answer = checkLedger(*other, m_keys, nullptr);
        ASSERT_TRUE(answer) << answer.error().detail;
        EXPECT_EQ(answer->at("problems"), nlohmann::json::array());
    }
}

TEST_F(Fsck, findsNothingAfterARollbackInTheMiddleOfSealedTables) {
    ASSERT_TRUE(ledger().begin());
    ASSERT_TRUE(ledger().putSetting("server_url", "https://one.example"));
    ASSERT_TRUE(ledger().putUser({Uuid{{7}}, "甲", "chief", std::nullopt, "$argon2id$"}));
    ledger().rollback();
    ASSERT_TRUE(ledger().begin());
    ASSERT_TRUE(ledger().addAlarm(5, "fork", "one"));
    ASSERT_TRUE(ledger().putUser({Uuid{{7}}, "甲", "reviewer", Uuid{{8}}, "$argon2id$"}));
    ASSERT_TRUE(ledger().putUser({Uuid{{7}}, "乙", "reviewer", std::nullopt, "$argon2id$"}));
    ASSERT_TRUE(ledger().commit());
    EXPECT_EQ(problems(), nlohmann::json::array());
    reopen();
    EXPECT_EQ(problems(), nlohmann::json::array());
}

TEST_F(Fsck, namesAnOperationShownToEveryTabletAndARebuildHidesItAgain) {
    fieldDay();
    byHand("UPDATE operations SET everyone = 1, outcome = 'conflict' WHERE kind = 'finding.record'");
    const nlohmann::json found = problems();
    ASSERT_EQ(found.size(), 2U) << found;
    EXPECT_EQ(found[0]["table"], "operations");
    EXPECT_EQ(found[0]["column"], "outcome");
    EXPECT_EQ(found[1]["column"], "everyone");
    EXPECT_EQ(found[1]["do"], "rebuild");
    const auto placed = placeAgain(ledger(), m_keys, false);
    ASSERT_TRUE(placed) << placed.error().detail;
    EXPECT_EQ(placed->at("placed"), 1);
    EXPECT_EQ(problems(), nlohmann::json::array());
}

TEST_F(Fsck, namesAnEditOfASealedRowAlsoAfterTheServerWroteBesideIt) {
    ASSERT_TRUE(makeEnrolCode(intake(), person("王督查", "inspector")));
    byHand("UPDATE enrol_codes SET expires_at_ms = expires_at_ms + 1");
    fieldDay();
    const nlohmann::json found = problems();
    ASSERT_EQ(found.size(), 1U) << found;
    EXPECT_EQ(found[0]["table"], "enrol_codes");
    EXPECT_EQ(found[0]["what"], "a row was changed by hand");
}

TEST_F(Fsck, doesNotSealARowThatTheServerChangesAfterAHandDid) {
    const Uuid holder = person("王督查", "inspector");
    const Uuid other = person("李督查", "inspector");
    TestDevice tablet(m_keys.ledger, 1, m_clock);
    const auto code = makeEnrolCode(intake(), holder);
    ASSERT_TRUE(code);
    byHand("UPDATE enrol_codes SET person = X'" + toHex(other.bytes) + "'");
    ASSERT_TRUE(enrol(intake(), enrolRequest(tablet, *code)));
    const nlohmann::json found = problems();
    ASSERT_EQ(found.size(), 1U) << found;
    EXPECT_EQ(found[0]["table"], "enrol_codes");
}

TEST_F(Fsck, findsSealsMadeWithAnotherKeyAndTakesTheTablesOnlyWhenAsked) {
    fieldDay();
    m_keys.tokenKey[0] ^= 1;
    reopen();
    EXPECT_FALSE(problems().empty());
    ASSERT_TRUE(placeAgain(ledger(), m_keys, false));
    EXPECT_FALSE(problems().empty());
    ASSERT_TRUE(placeAgain(ledger(), m_keys, true));
    EXPECT_EQ(problems(), nlohmann::json::array());
}

TEST_F(Fsck, reportsALostIndexAndATriggerThatIsGone) {
    fieldDay();
    byHand("DROP INDEX operations_entity; DROP TRIGGER operations_keep;");
    const nlohmann::json found = problems();
    ASSERT_EQ(found.size(), 2U) << found;
    EXPECT_EQ(found[0]["row"], "operations_entity");
    EXPECT_EQ(found[1]["row"], "operations_keep");
}

TEST_F(Fsck, survivesALogThatCannotHaveBeenReceived) {
    fieldDay();
    for (const std::string edit : {"UPDATE leaves SET log = 1 << 40 WHERE leaf_index = 1",
                                   "UPDATE leaves SET last = 1 << 60 WHERE leaf_index = 2",
                                   "UPDATE leaves SET first = -(1 << 60) WHERE leaf_index = 2"}) {
        byHand("DROP TRIGGER IF EXISTS leaves_signed; " + edit);
        EXPECT_FALSE(problems().empty()) << edit;
    }
}

} // namespace
} // namespace zhicha::test
