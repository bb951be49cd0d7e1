// Goal: each sentence of "The fold" holds for the smallest history that shows it.
// Method: one entity, two tablets and the office, operations made by the builder and folded in one call.
#include "shared/ledger/fold.h"

#include "tests/support/ops/op_builder.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace zhicha;
using namespace zhicha::test;

namespace {

class FoldTest : public testing::Test {
protected:
    FoldTest() {
        m_facts[m_a.id()].enrolled = true;
        m_facts[m_b.id()].enrolled = true;
        m_facts[m_office.id()].server = true;
        m_birth = add(m_a.make("finding.record", m_id, {{"check", m_check}, {"severity", "minor"}, {"text", "old"}}));
    }
    Digest add(const MadeOperation &made) {
        m_made.push_back(made);
        return made.d;
    }
    Digest amend(TestDevice &by, const char *text, std::vector<Digest> seen) {
        m_clock.advanceMs(1);
        return add(by.make("finding.amend", m_id, {{"text", text}}, {{"text", std::move(seen)}}));
    }
    Digest setVoid(TestDevice &by, bool value, std::vector<Digest> seen) {
        return add(by.make("entity.void", m_id, {{"void", value}, {"reason", "x"}}, {{"void", std::move(seen)}}));
    }
    FoldResult fold() {
        std::vector<FoldOperation> operations;
        for (const MadeOperation &made : m_made)
            operations.push_back(
                foldOperation(m_ledger, made.bytes, made.d, made.device, made.seq, m_facts[made.device]));
        FoldOperations given;
        for (const FoldOperation &operation : operations)
            given.push_back(&operation);
        FoldResult result = foldEntity(given, m_claim);
        for (std::size_t i = 0; i < m_made.size(); ++i)
            m_outcomes[m_made[i].d] = result.outcomes[i];
        return result;
    }
    /** The values of a field as text, joined; in the order of their encodings, so the shorter comes first. */
    std::string shown(std::string_view field = "text") {
        const FoldResult result = fold();
        std::string all;
        if (result.row && result.row->field(field) != nullptr)
            for (const cbor::Value &value : result.row->field(field)->values)
                all += (all.empty() ? "" : "|") + (value.text() != nullptr      ? *value.text()
                                                   : value.boolean() != nullptr ? (*value.boolean() ? "true" : "false")
                                                                                : "null");
        return all;
    }
    Ineffective outcome(const Digest &d) {
        fold();
        return m_outcomes[d];
    }

    const Uuid m_ledger{{7}};
    const Uuid m_check{{9}};
    const Uuid m_id{{0x31}};
    TestClock m_clock;
    TestDevice m_a{m_ledger, 1, m_clock};
    TestDevice m_b{m_ledger, 2, m_clock};
    TestDevice m_office{m_ledger, 3, m_clock};
    std::map<Uuid, DeviceFacts> m_facts;
    std::optional<Digest> m_claim;
    std::vector<MadeOperation> m_made;
    std::map<Digest, Ineffective> m_outcomes;
    Digest m_birth;
};

TEST_F(FoldTest, anAmendmentThatSawTheBirthReplacesIt) {
    const Digest d = amend(m_a, "new", {m_birth});
    EXPECT_EQ(shown(), "new");
    EXPECT_EQ(fold().row->field("text")->writes, std::vector<Digest>{d});
    EXPECT_EQ(shown("severity"), "minor");
}

TEST_F(FoldTest, concurrentDistinctValuesAreAConflictAndEqualOnesAreNot) {
    amend(m_a, "one", {m_birth});
    amend(m_b, "one", {m_birth});
    EXPECT_EQ(shown(), "one");
    amend(m_b, "two", {m_birth});
    EXPECT_EQ(shown(), "one|two");
}

TEST_F(FoldTest, aStaleWriteDoesNotWinSilently) {
    amend(m_a, "new", {m_birth});
    amend(m_b, "late", {m_birth});
    EXPECT_EQ(shown(), "new|late");
}

TEST_F(FoldTest, aWriteThatSawNothingRaisesAConflict) {
    amend(m_office, "office", {});
    EXPECT_EQ(shown(), "old|office");
}

TEST_F(FoldTest, onlyTheOfficeDecides) {
    const Digest one = amend(m_a, "one", {m_birth});
    const Digest two = amend(m_b, "two", {m_birth});
    const Digest tried = amend(m_a, "mine", {one, two});
    EXPECT_EQ(shown(), "one|two");
    EXPECT_EQ(outcome(tried), Ineffective::NeedsOffice);
    const Digest decided = amend(m_office, "two", {one, two});
    EXPECT_EQ(shown(), "two");
    EXPECT_EQ(outcome(decided), Ineffective::No);
    EXPECT_EQ(outcome(tried), Ineffective::NeedsOffice);
}

TEST_F(FoldTest, twoWritesOfOneValueAreNoDecision) {
    const Digest one = amend(m_a, "same", {m_birth});
    const Digest two = amend(m_b, "same", {m_birth});
    amend(m_a, "next", {one, two});
    EXPECT_EQ(shown(), "next");
}

TEST_F(FoldTest, valuesThatNoLongerSurviveStillMakeADecision) {
    const Digest one = amend(m_a, "one", {m_birth});
    const Digest tried = amend(m_a, "two", {m_birth, one}); // "old" does not survive "one"
    EXPECT_EQ(outcome(tried), Ineffective::NeedsOffice);
    EXPECT_EQ(shown(), "one");
}

TEST_F(FoldTest, aLateDistinctValueReopensADecisionAndAnEqualOneDoesNot) {
    const Digest one = amend(m_a, "one", {m_birth});
    const Digest two = amend(m_b, "two", {m_birth});
    amend(m_office, "two", {one, two});
    amend(m_b, "two", {m_birth});
    EXPECT_EQ(shown(), "two");
    amend(m_b, "three", {m_birth});
    EXPECT_EQ(shown(), "two|three");
}

TEST_F(FoldTest, whoSawTheDecisionGoesOnFromIt) {
    const Digest one = amend(m_a, "one", {m_birth});
    const Digest two = amend(m_b, "two", {m_birth});
    const Digest decided = amend(m_office, "two", {one, two});
    const Digest after = amend(m_a, "three", {decided});
    EXPECT_EQ(outcome(after), Ineffective::No);
    EXPECT_EQ(shown(), "three");
}

TEST_F(FoldTest, anIneffectiveWriteHandsOnItsBase) {
    const Digest one = amend(m_a, "one", {m_birth});
    const Digest two = amend(m_b, "two", {m_birth});
    const Digest tried = amend(m_a, "mine", {one, two});
    const Digest again = amend(m_a, "mine too", {tried}); // through it, it names one and two
    EXPECT_EQ(outcome(again), Ineffective::NeedsOffice);
    amend(m_office, "end", {again});
    EXPECT_EQ(shown(), "end");
}

TEST_F(FoldTest, aWritePastACutSupersedesNothingAndHandsOnItsBase) {
    const Digest lost = amend(m_b, "past", {m_birth});
    m_facts[m_b.id()].trustedUpto = 0;
    EXPECT_EQ(shown(), "old");
    EXPECT_EQ(outcome(lost), Ineffective::PastCut);
    const Digest seen = amend(m_a, "after", {lost});
    EXPECT_EQ(outcome(seen), Ineffective::No);
    EXPECT_EQ(shown(), "after"); // through the lost write it names the birth
    m_facts[m_b.id()].trustedUpto = 1;
    EXPECT_EQ(shown(), "after"); // readmitted: it was seen
}

TEST_F(FoldTest, bothBranchesOfAnUndecidedForkAreDisputed) {
    TestDevice image = m_b;
    const Digest left = amend(m_b, "left", {m_birth});
    const Digest right = amend(image, "right", {m_birth});
    m_facts[m_b.id()].disputedFrom = 1;
    EXPECT_EQ(shown(), "old");
    EXPECT_EQ(outcome(left), Ineffective::Disputed);
    EXPECT_EQ(outcome(right), Ineffective::Disputed);
}

TEST_F(FoldTest, aStrangersDeviceHasNoEffect) {
    TestDevice stranger(m_ledger, 9, m_clock);
    EXPECT_EQ(outcome(amend(stranger, "x", {m_birth})), Ineffective::NotEnrolled);
    EXPECT_EQ(shown(), "old");
}

TEST_F(FoldTest, voidIsDecidedLikeAnyOtherFieldAndUndoneByNamingIt) {
    const Digest gone = setVoid(m_a, true, {});
    EXPECT_EQ(shown("void"), "true");
    EXPECT_TRUE(fold().row->isVoid());
    EXPECT_EQ(shown(), "old"); // it hides, it makes no operation ineffective
    setVoid(m_a, false, {gone});
    EXPECT_EQ(shown("void"), "false");
    EXPECT_FALSE(fold().row->isVoid());
    setVoid(m_b, true, {}); // another, that saw no undoing
    EXPECT_EQ(shown("void"), "false|true");
    EXPECT_FALSE(fold().row->isVoid());
    EXPECT_TRUE(fold().row->contested());
}

TEST_F(FoldTest, aWriteToAVoidEntityHasEffect) {
    setVoid(m_a, true, {});
    EXPECT_EQ(outcome(amend(m_b, "x", {m_birth})), Ineffective::No);
    EXPECT_EQ(shown(), "x");
}

TEST_F(FoldTest, aDigestThatIsNoWriteOfThisFieldNamesNothing) {
    const Digest voided = setVoid(m_b, true, {});
    const Digest d = amend(m_a, "x", {voided, Digest{0x77}});
    EXPECT_EQ(outcome(d), Ineffective::No);
    EXPECT_EQ(shown(), "x|old");
}

TEST_F(FoldTest, aWithheldBodyIsAbsent) {
    const Digest one = amend(m_a, "one", {m_birth});
    m_made.back() = withoutBody(m_made.back());
    EXPECT_EQ(outcome(one), Ineffective::Withheld);
    EXPECT_EQ(shown(), "old");
}

TEST_F(FoldTest, anAmendmentOfAnotherTypeIsABadOperation) {
    const Digest d = add(m_a.make("photo.place", m_id, {{"to", m_check}, {"rank", "a"}}));
    EXPECT_EQ(outcome(d), Ineffective::BadOperation);
    EXPECT_EQ(fold().row->type, EntityType::Finding);
    EXPECT_EQ(shown("rank"), "");
}

TEST_F(FoldTest, authorityIsTheServersToWrite) {
    const Digest d = add(m_a.make("device.revoke", m_id, {{"cut", 0}, {"reason", "x"}}));
    EXPECT_EQ(outcome(d), Ineffective::NotAllowed);
}

TEST_F(FoldTest, aSecondBirthIsAlreadyBornAndTheClaimSaysWhich) {
    m_clock.advanceMs(10);
    const Digest second =
        add(m_b.make("finding.record", m_id, {{"check", m_check}, {"severity", "major"}, {"text", "other"}}));
    EXPECT_EQ(outcome(second), Ineffective::AlreadyBorn);
    EXPECT_EQ(shown(), "old");
    m_claim = second;
    EXPECT_EQ(outcome(second), Ineffective::No);
    EXPECT_EQ(outcome(m_birth), Ineffective::AlreadyBorn);
    EXPECT_EQ(shown(), "other");
    EXPECT_EQ(fold().row->device, m_b.id());
    m_claim = Digest{0x55}; // a claim that names nothing here
    EXPECT_EQ(outcome(second), Ineffective::AlreadyBorn);
}

TEST_F(FoldTest, aTabletsBirthNeverDisputesOneOnTheServerChain) {
    const Digest office =
        add(m_office.make("unit.put", m_id, {{"code", "u1"}, {"name", "x"}, {"group", "county"}, {"vice_mayor", "y"}}));
    m_claim = m_birth;
    EXPECT_EQ(outcome(m_birth), Ineffective::AlreadyBorn);
    EXPECT_EQ(outcome(office), Ineffective::No);
    EXPECT_EQ(fold().row->type, EntityType::Unit);
}

TEST_F(FoldTest, anOrphanAmendmentHasARowWithoutABirth) {
    m_made.clear();
    amend(m_b, "x", {m_birth});
    const FoldResult result = fold();
    ASSERT_TRUE(result.row);
    EXPECT_EQ(result.row->birth, std::nullopt);
    EXPECT_EQ(result.row->check, std::nullopt);
    EXPECT_EQ(result.row->type, EntityType::Finding);
    EXPECT_EQ(shown(), "x");
}

TEST_F(FoldTest, nothingEffectiveGivesNoRow) {
    m_facts[m_a.id()] = {};
    EXPECT_FALSE(fold().row);
    m_made.clear();
    EXPECT_FALSE(fold().row);
}

TEST_F(FoldTest, ofLatestFieldsTheLargestThatIsNotSupersededShows) {
    m_made.clear();
    const Uuid photo{{0x41}};
    const auto place = [&](TestDevice &by, const char *rank, std::vector<Digest> seen) {
        return add(by.make("photo.place", photo, {{"rank", rank}}, {{"rank", std::move(seen)}}));
    };
    m_clock.advanceMs(100);
    const Digest late = place(m_a, "late", {});
    m_b.setEstimateErrorMs(-50);
    place(m_b, "early", {});
    EXPECT_EQ(shown("rank"), "late");
    EXPECT_EQ(fold().row->field("rank")->writes.size(), 2u);
    place(m_b, "seen", {late}); // earlier by the clock, but it saw the later one
    m_b.setEstimateErrorMs(-60);
    EXPECT_EQ(shown("rank"), "seen");
}

TEST_F(FoldTest, twoTabletsMeetOnOneAnswer) {
    m_made.clear();
    const Uuid answer = answerId(m_ledger, m_check, std::nullopt, "satisfied");
    const auto give = [&](TestDevice &by, const Uuid &id, const char *value) {
        return add(by.make("answer.give", id, {{"check", m_check}, {"question", "satisfied"}, {"value", value}}));
    };
    give(m_a, answer, "yes");
    EXPECT_EQ(shown("value"), "yes");
    give(m_b, answer, "no");
    EXPECT_EQ(shown("value"), "no|yes");
    EXPECT_EQ(fold().row->check, m_check);
    EXPECT_EQ(outcome(give(m_b, m_id, "no")), Ineffective::BadOperation); // not the id derived from its body
}

TEST_F(FoldTest, oneFieldThatNeedsTheOfficeDoesNotTakeTheOthersAway) {
    const Digest one = amend(m_a, "one", {m_birth});
    const Digest two = amend(m_b, "two", {m_birth});
    const Digest both = add(m_a.make("finding.amend", m_id, {{"text", "mine"}, {"severity", "critical"}},
                                     {{"text", {one, two}}, {"severity", {m_birth}}}));
    EXPECT_EQ(outcome(both), Ineffective::NeedsOffice);
    EXPECT_EQ(shown(), "one|two");
    EXPECT_EQ(shown("severity"), "critical");
}

TEST_F(FoldTest, factsAreTheBirthsWhateverIsWrittenLater) {
    add(m_b.make("finding.amend", m_id, {{"text", "x"}, {"check", Uuid{{0x99}}}, {"fix", "y"}}, {{"text", {m_birth}}}));
    EXPECT_EQ(fold().row->uuid("check"), m_check);
    EXPECT_EQ(fold().row->check, m_check);
    EXPECT_EQ(fold().row->field("fix"), nullptr);
}

TEST_F(FoldTest, anEnvelopeOfAnotherPlaceInTheChainIsUndecodable) {
    const MadeOperation &made = m_made.front();
    EXPECT_EQ(foldOperation(m_ledger, made.bytes, made.d, m_b.id(), made.seq, {}).shape, Ineffective::Undecodable);
    EXPECT_EQ(foldOperation(m_ledger, made.bytes, made.d, made.device, 2, {}).shape, Ineffective::Undecodable);
    OperationBytes cut = made.bytes;
    cut.body->pop_back();
    EXPECT_EQ(foldOperation(m_ledger, cut, made.d, made.device, made.seq, {}).shape, Ineffective::Undecodable);
}

TEST_F(FoldTest, aPutReplacesTheEntityAsAWhole) {
    m_made.clear();
    cbor::Map fields{{"code", "u1"}, {"name", "x"}, {"group", "county"}, {"vice_mayor", "y"}};
    fields["seat"] = cbor::Map{};
    add(m_office.make("unit.put", m_id, fields));
    EXPECT_NE(fold().row->field("seat"), nullptr);
    fields.erase("seat");
    fields["name"] = "z";
    add(m_office.make("unit.put", m_id, fields));
    EXPECT_EQ(fold().row->field("seat"), nullptr);
    EXPECT_EQ(shown("name"), "z");
}

TEST_F(FoldTest, aReopeningTakesTheCompletionAway) {
    m_made.clear();
    const auto completed = [&](const char *day) {
        add(m_office.make("item.complete", m_id, {{"on", day}, {"awarded", "12.5"}}));
    };
    completed("2026-03-01");
    EXPECT_EQ(fold().row->text("on"), "2026-03-01");
    add(m_office.make("item.reopen", m_id, {{"reopened_on", "2026-04-01"}, {"reason", "x"}}));
    const FoldResult reopened = fold();
    EXPECT_EQ(reopened.row->value("on"), nullptr);
    EXPECT_EQ(reopened.row->value("awarded"), nullptr);
    EXPECT_EQ(reopened.row->text("reopened_on"), "2026-04-01");
    completed("2026-03-15"); // chain order holds, not the day
    EXPECT_EQ(fold().row->text("on"), "2026-03-15");
}

TEST_F(FoldTest, aTabletVoidsNothingOfTheOffices) {
    const struct {
        const char *kind;
        cbor::Map fields;
    } births[] = {
        {"role.grant", {{"person", m_check}, {"role", "security"}, {"from", 1}}},
        {"scope.grant", {{"device", m_a.id()}, {"entity", m_check}, {"why", "x"}}},
        {"person.put", {{"name", "x"}}},
        {"unit.put", {{"code", "u"}, {"name", "x"}, {"group", "county"}, {"vice_mayor", "y"}}},
        {"check.number", {{"check", m_check}, {"number", "1"}}},
        {"check.review", {{"check", m_check}, {"verdict", "return"}, {"seen", cbor::Map()}}},
        {"check.close", {{"check", m_check}, {"reason", "x"}}},
        {"comment.add", {{"about", cbor::Map{{"entity", m_check}}}, {"text", "x"}}},
    };
    for (const auto &birth : births) {
        m_made.clear();
        add(m_office.make(birth.kind, m_id, birth.fields));
        const Digest tried = setVoid(m_a, true, {});
        EXPECT_EQ(outcome(tried), Ineffective::NotAllowed) << birth.kind;
        EXPECT_FALSE(fold().row->isVoid()) << birth.kind;
        setVoid(m_office, true, {});
        EXPECT_TRUE(fold().row->isVoid()) << birth.kind;
    }
}

TEST_F(FoldTest, aTabletVoidsWhatIsOfACheckOrItsOwn) {
    EXPECT_EQ(outcome(setVoid(m_b, true, {})), Ineffective::No); // a colleague's finding
    m_made.clear();
    add(m_a.make("site.propose", m_id, {{"name", "x"}}));
    const Digest foreign = setVoid(m_b, true, {});
    EXPECT_EQ(outcome(foreign), Ineffective::NotAllowed);
    EXPECT_EQ(outcome(setVoid(m_a, true, {foreign})), Ineffective::No);
    m_made.clear(); // nothing says yet what it is: without effect until its birth is here
    const Digest early = setVoid(m_a, true, {});
    EXPECT_EQ(outcome(early), Ineffective::NotAllowed);
    EXPECT_FALSE(fold().row.has_value());
    add(m_b.make("finding.record", m_id, {{"check", m_check}, {"severity", "minor"}, {"text", "x"}}));
    EXPECT_EQ(outcome(early), Ineffective::No);
    EXPECT_TRUE(fold().row->isVoid());
}

TEST_F(FoldTest, twentyThousandAmendmentsInAChainNeedNoDeepStack) {
    Digest last = m_birth;
    for (int i = 0; i < 20'000; ++i)
        last = amend(i % 2 == 0 ? m_a : m_b, i % 3 == 0 ? "x" : "y", {last});
    std::reverse(m_made.begin(), m_made.end());
    EXPECT_EQ(fold().row->field("text")->writes, std::vector<Digest>{last});
    m_facts[m_b.id()].trustedUpto = 0; // every other link hands on its base
    EXPECT_EQ(fold().row->field("text")->values.size(), 1u);
}

} // namespace
