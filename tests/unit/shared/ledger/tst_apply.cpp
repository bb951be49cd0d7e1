// Goal: folding what a transaction brings gives the rows of a full replay, also where authority changes after the fact.
// Method: an in-memory store that answers mayHoldOperationsOf as narrowly as it may; one small story per test.
#include "tests/unit/shared/ledger/memory_store.h"

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;

namespace {

class ApplyTest : public testing::Test {
protected:
    ApplyTest() {
        DeviceFacts facts;
        facts.server = facts.enrolled = true;
        m_store.setFacts(m_office.id(), facts);
    }
    MadeOperation enrol(const TestDevice &device) {
        return m_office.make("device.enrol", device.id(), device.enrolFields(m_office.id()));
    }
    MadeOperation finding(TestDevice &device, const Uuid &id, const char *text) {
        return device.make("finding.record", id, {{"check", m_check}, {"severity", "minor"}, {"text", text}});
    }

    const Uuid m_ledger{{7}};
    const Uuid m_check{{9}};
    TestClock m_clock;
    TestDevice m_office{m_ledger, 1, m_clock};
    TestDevice m_tablet{m_ledger, 2, m_clock};
    TestDevice m_other{m_ledger, 3, m_clock};
    MemoryStore m_store{m_ledger};
};

TEST_F(ApplyTest, anEnrolmentInTheSameBatchCounts) {
    const Uuid id = m_tablet.newId();
    const MadeOperation op = finding(m_tablet, id, "x");
    const auto outcomes = m_store.receive({enrol(m_tablet), op});
    ASSERT_EQ(outcomes.size(), 2u);
    EXPECT_EQ(outcomes[1].reason, Ineffective::No);
    ASSERT_NE(m_store.find(id), nullptr);
    EXPECT_EQ(m_store.find(id)->text("text"), "x");
}

TEST_F(ApplyTest, anEnrolmentAfterTheOperationsInTheSameBatchCounts) {
    const Uuid id = m_tablet.newId();
    const MadeOperation op = finding(m_tablet, id, "x");
    const auto outcomes = m_store.receive({op, enrol(m_tablet)});
    EXPECT_EQ(outcomes[0].reason, Ineffective::No);
    ASSERT_NE(m_store.find(id), nullptr);
}

TEST_F(ApplyTest, aLaterEnrolmentBringsWhatWasWaiting) {
    const Uuid id = m_tablet.newId();
    EXPECT_EQ(m_store.receive({finding(m_tablet, id, "x")})[0].reason, Ineffective::NotEnrolled);
    EXPECT_EQ(m_store.find(id), nullptr);
    m_store.receive({enrol(m_tablet)});
    ASSERT_NE(m_store.find(id), nullptr);
}

TEST_F(ApplyTest, anEntityOfOneOperationSurvivesARebuild) {
    const Uuid id = m_tablet.newId();
    m_store.receive({enrol(m_tablet)});
    m_store.receive({finding(m_tablet, id, "x")});
    const Digest before = m_store.stateHash();
    m_store.rebuild();
    ASSERT_NE(m_store.find(id), nullptr);
    EXPECT_EQ(m_store.stateHash(), before);
}

TEST_F(ApplyTest, aRevocationTakesAwayWhatIsPastTheCutAndReadmissionBringsItBack) {
    const Uuid early = m_tablet.newId();
    const Uuid late = m_tablet.newId();
    m_store.receive({enrol(m_tablet)});
    m_store.receive({finding(m_tablet, early, "x"), finding(m_tablet, late, "y")});
    const Digest before = m_store.stateHash();
    m_store.receive({m_office.make("device.revoke", m_tablet.id(), {{"cut", 1}, {"reason", "lost"}})});
    EXPECT_NE(m_store.find(early), nullptr);
    EXPECT_EQ(m_store.find(late), nullptr);
    const MadeOperation after = finding(m_tablet, m_tablet.newId(), "z");
    EXPECT_EQ(m_store.receive({after})[0].reason, Ineffective::PastCut);
    m_store.receive({m_office.make("device.readmit", m_tablet.id(), {{"upto", 2}, {"reason", "found"}})});
    EXPECT_NE(m_store.find(late), nullptr);
    EXPECT_EQ(m_store.receive({after})[0].reason, Ineffective::PastCut);
    EXPECT_NE(m_store.stateHash(), before); // the device's own row tells the story
}

TEST_F(ApplyTest, aClaimDecidesWhichOfTwoBirthsCounts) {
    const Uuid id = m_tablet.newId();
    const MadeOperation first = finding(m_tablet, id, "first by its clock");
    m_clock.advanceMs(1000);
    const MadeOperation second = finding(m_other, id, "first received");
    m_store.receive({enrol(m_tablet), enrol(m_other)});
    m_store.receive({second});
    EXPECT_EQ(m_store.receive({first})[0].reason, Ineffective::No); // until the claim the earlier estimate shows
    m_store.receive({m_office.make("entity.claim", m_office.newId(), {{"entity", id}, {"kept", second.d}})});
    ASSERT_NE(m_store.find(id), nullptr);
    EXPECT_EQ(m_store.find(id)->birth, second.d);
    EXPECT_EQ(m_store.receive({first})[0].reason, Ineffective::AlreadyBorn);
}

TEST_F(ApplyTest, differingClaimsOfOneEntityGiveOneRowInAnyOrder) {
    const Uuid id = m_tablet.newId();
    const MadeOperation one = finding(m_tablet, id, "one");
    const MadeOperation two = finding(m_other, id, "two");
    const MadeOperation claimOne = m_office.make("entity.claim", m_office.newId(), {{"entity", id}, {"kept", one.d}});
    const MadeOperation claimTwo = m_office.make("entity.claim", m_office.newId(), {{"entity", id}, {"kept", two.d}});
    m_store.receive({enrol(m_tablet), enrol(m_other), one, two, claimOne, claimTwo});
    const Digest forward = m_store.stateHash();
    m_store.rebuild();
    EXPECT_EQ(m_store.stateHash(), forward);
    MemoryStore other(m_ledger);
    DeviceFacts facts;
    facts.server = facts.enrolled = true;
    other.setFacts(m_office.id(), facts);
    std::vector<MadeOperation> all;
    for (const auto &[d, op] : m_store.operations())
        all.push_back({op.device, op.seq, op.d, op.bytes});
    for (const MadeOperation &op : {claimTwo, claimOne, two, one})
        other.receive({op});
    other.receive(all);
    EXPECT_EQ(other.stateHash(), forward);
}

TEST_F(ApplyTest, repetitionInOneBatchOrLaterChangesNothing) {
    const Uuid id = m_tablet.newId();
    m_store.receive({enrol(m_tablet)});
    const MadeOperation op = finding(m_tablet, id, "x");
    const auto outcomes = m_store.receive({op, op});
    EXPECT_EQ(outcomes[0].reason, Ineffective::No);
    EXPECT_EQ(outcomes[1].reason, Ineffective::No);
    const Digest before = m_store.stateHash();
    EXPECT_EQ(m_store.receive({op})[0].reason, Ineffective::No);
    EXPECT_EQ(m_store.stateHash(), before);
}

TEST_F(ApplyTest, aBodyThatArrivesLaterTakesEffect) {
    const Uuid id = m_tablet.newId();
    m_store.receive({enrol(m_tablet)});
    const MadeOperation op = finding(m_tablet, id, "x");
    EXPECT_EQ(m_store.receive({withoutBody(op)})[0].reason, Ineffective::Withheld);
    EXPECT_EQ(m_store.find(id), nullptr);
    EXPECT_EQ(m_store.receive({op})[0].reason, Ineffective::No);
    EXPECT_NE(m_store.find(id), nullptr);
}

TEST_F(ApplyTest, outcomesSayWhatBecameContested) {
    const Uuid id = m_tablet.newId();
    m_store.receive({enrol(m_tablet), enrol(m_other)});
    const MadeOperation birth = finding(m_tablet, id, "x");
    EXPECT_FALSE(m_store.receive({birth})[0].contested);
    const auto mine = m_tablet.make("finding.amend", id, {{"text", "a"}}, {{"text", {birth.d}}});
    const auto theirs = m_other.make("finding.amend", id, {{"text", "b"}}, {{"text", {birth.d}}});
    const auto outcomes = m_store.receive({mine, theirs});
    EXPECT_TRUE(outcomes[0].contested);
    EXPECT_TRUE(outcomes[1].contested);
}

TEST_F(ApplyTest, aDisputedBranchWaitsForTheSecurityOfficer) {
    const Uuid early = m_tablet.newId();
    const Uuid late = m_tablet.newId();
    m_store.receive({enrol(m_tablet)});
    const MadeOperation first = finding(m_tablet, early, "x");
    TestDevice image = m_tablet;
    const MadeOperation left = finding(m_tablet, late, "left");
    const MadeOperation right = finding(image, late, "right");
    ASSERT_EQ(left.seq, right.seq);
    m_store.receive({first, left, right});
    m_store.dispute(m_tablet.id(), left.seq);
    EXPECT_NE(m_store.find(early), nullptr);
    EXPECT_EQ(m_store.find(late), nullptr);
    EXPECT_EQ(m_store.receive({left})[0].reason, Ineffective::Disputed);
    EXPECT_EQ(m_store.receive({right})[0].reason, Ineffective::Disputed);
}

TEST_F(ApplyTest, bytesThatDoNotDecodeTouchNoRow) {
    m_store.receive({enrol(m_tablet)});
    const Digest before = m_store.stateHash();
    const MadeOperation bad = m_tablet.append({0xff, 0x00}, {0x80});
    EXPECT_EQ(m_store.receive({bad})[0].reason, Ineffective::Undecodable);
    EXPECT_EQ(m_store.stateHash(), before);
}

} // namespace
