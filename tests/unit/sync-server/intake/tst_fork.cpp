// Goal: two histories of one tablet are both kept, both receipted and both disputed, and neither is counted twice.
// Method: a copy of a test device is a restored image; what it writes then forks.
#include "tests/unit/sync-server/office/office_fixture.h"

#include <set>

using namespace zhicha;
using namespace zhicha::test;

namespace {
class Fork : public OfficeFixture {
protected:
    Fork() {
        m_check = startCheck(m_tablet);
        send(m_tablet);
        m_image = m_tablet;
    }
    void expectReceiptFits(const SubmitAnswer &answer) {
        const auto checkpoint = openCheckpoint(answer.checkpoint, m_keys.log.publicKey());
        ASSERT_TRUE(checkpoint);
        ASSERT_EQ(answer.runs.size(), 1u);
        ASSERT_FALSE(answer.runs[0].receipts.empty());
        for (const Receipt &receipt : answer.runs[0].receipts)
            EXPECT_TRUE(receiptFits(receipt, *checkpoint));
    }

    TestDevice m_tablet = enrolled(person("张三", "inspector"), 1);
    TestDevice m_image = m_tablet;
    Uuid m_check;
};

TEST_F(Fork, inv6_aForkIsStoredAlarmedAndBothBranchesAreDisputed) {
    const Uuid kept = addFinding(m_tablet, m_check, "甲");
    send(m_tablet);
    EXPECT_TRUE(hasRow(kept));
    const Uuid other = addFinding(m_image, m_check, "乙");
    const zhicha::Run run = m_image.cutRun();
    const SubmitAnswer answer = submit(m_image, {run});
    ASSERT_EQ(answer.runs.at(0).status, RunVerdict::Status::Stored);
    EXPECT_EQ(answer.runs[0].outcomes, (std::vector<std::string>{"fork"}));
    EXPECT_EQ(answer.runs[0].receipts.at(0).leaf.h, run.bounds.h);
    expectReceiptFits(answer);
    EXPECT_EQ(alarms(), (std::vector<std::string>{"fork"}));
    EXPECT_FALSE(hasRow(kept));
    EXPECT_FALSE(hasRow(other));
    EXPECT_TRUE(hasRow(m_check)); // before the fork
    EXPECT_EQ(submit(m_image, {run}).runs.at(0).outcomes, (std::vector<std::string>{"fork"}));
    EXPECT_EQ(alarms().size(), 1u);
}

TEST_F(Fork, aRunFromAnUnknownPastIsAFork) {
    finish(m_tablet, m_check);
    send(m_tablet);
    addFinding(m_image, m_check, "a");
    const zhicha::Run hidden = m_image.cutRun(); // never sent
    addFinding(m_image, m_check, "b");
    const SubmitAnswer answer = submit(m_image, {m_image.cutRun()});
    EXPECT_EQ(answer.runs.at(0).status, RunVerdict::Status::Stored);
    EXPECT_EQ(answer.runs[0].outcomes, (std::vector<std::string>{"fork"}));
    EXPECT_EQ(alarms(), (std::vector<std::string>{"fork"}));
}

TEST_F(Fork, aBranchThatOutgrowsTheFirstOneIsStoredToo) {
    finish(m_tablet, m_check);
    send(m_tablet);
    for (int i = 0; i < 3; ++i) {
        addFinding(m_image, m_check, "x");
        addFinding(m_image, m_check, "y");
        const SubmitAnswer answer = submit(m_image, {m_image.cutRun()});
        ASSERT_EQ(answer.runs.at(0).status, RunVerdict::Status::Stored) << i;
        EXPECT_EQ(answer.runs[0].outcomes, (std::vector<std::string>{"fork", "fork"}));
        expectReceiptFits(answer);
    }
    EXPECT_EQ(submit(m_tablet, {}).next, m_tablet.head().seq + 1);
}

TEST_F(Fork, whatFollowsOnTheFirstBranchIsStoredAndDisputed) {
    finish(m_tablet, m_check);
    send(m_tablet);
    addFinding(m_image, m_check, "x");
    submit(m_image, {m_image.cutRun()});
    const Uuid later = addFinding(m_tablet, m_check, "z");
    EXPECT_EQ(send(m_tablet).outcomes, (std::vector<std::string>{"ineffective:disputed"}));
    EXPECT_FALSE(hasRow(later));
}

TEST_F(Fork, aForkSentOnceMoreWithItsSequelClaimsNothingAndFoldsTheSame) {
    finish(m_tablet, m_check);
    send(m_tablet);
    TestDevice longer = m_image;
    addFinding(m_image, m_check, "x");
    submit(m_image, {m_image.cutRun()});
    const auto before = ledger().stateHash();
    longer = m_image;
    // The same first operation, cut together with a second one.
    zhicha::Run both;
    addFinding(longer, m_check, "y");
    const zhicha::Run tail = longer.cutRun();
    const auto first = ledger().operationsOfChain(m_tablet.id(), 0, 1, 1);
    ASSERT_TRUE(first);
    std::optional<LogOperation> forked;
    for (const LogOperation &operation : log())
        if (operation.branch != 0)
            forked = operation;
    ASSERT_TRUE(forked);
    both.bounds = {m_keys.ledger, kSuite1, m_tablet.id(), 2, 3, tail.bounds.before, tail.bounds.h};
    both.bounds.before = chainNext(chainStart(m_keys.ledger, kSuite1, m_tablet.id(), m_tablet.key().publicKey()),
                                   first->at(0).operation.d);
    both.elements = {{forked->operation.bytes, forked->operation.d}, tail.elements[0]};
    both.signature = signRun(both.bounds, m_tablet.key());
    const SubmitAnswer answer = submit(m_tablet, {both});
    ASSERT_EQ(answer.runs.at(0).status, RunVerdict::Status::Stored);
    for (const std::string &what : alarms())
        EXPECT_EQ(what, "fork");
    const auto after = ledger().stateHash();
    ASSERT_TRUE(before && after);
    EXPECT_EQ(*before, *after); // the claim that there is none of would be a row
    std::set<Digest> seen;
    ASSERT_TRUE(ledger().operationsOf(forked->entity, [&](const StoredOperation &operation) -> Status {
        EXPECT_TRUE(seen.insert(operation.d).second);
        return {};
    }));
    EXPECT_TRUE(seen.contains(forked->operation.d));
}
} // namespace
