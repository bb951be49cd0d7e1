// Goal: what the server adds by itself (official numbers, scope, claims, photos that are awaited) comes once, in the
// receiving transaction, and no tablet can say it in the server's stead. Method: one small story per test.
#include "sync-server/intake/reactions.h"
#include "tests/unit/sync-server/office/office_fixture.h"

using namespace zhicha;
using namespace zhicha::test;

namespace {
class ReactionsTest : public OfficeFixture {
protected:
    std::vector<LogOperation> ofKind(const std::string &kind) {
        std::vector<LogOperation> out;
        for (const LogOperation &operation : log())
            if (operation.kind == kind)
                out.push_back(operation);
        return out;
    }
    std::vector<std::string> numbers() {
        std::vector<std::string> out;
        for (const LogOperation &operation : ofKind("check.number"))
            out.push_back(rowOf(operation.entity).text("number"));
        return out;
    }
    bool sees(const TestDevice &tablet, const Uuid &check) {
        const auto in = ledger().inScope(tablet.id(), check);
        EXPECT_TRUE(in);
        return in && *in;
    }
    Bytes invite(const TestDevice &starter, const Uuid &check, std::int64_t expiresAt) {
        Bytes content;
        cbor::Writer(content).array(3).bytes(m_keys.ledger.bytes).bytes(check.bytes).integer(expiresAt);
        Bytes out;
        cbor::Writer(out)
            .array(3)
            .bytes(starter.id().bytes)
            .integer(expiresAt)
            .bytes(starter.key().signFor("join", content));
        return out;
    }
    void join(TestDevice &tablet, const Uuid &check, const std::optional<Bytes> &with = std::nullopt) {
        cbor::Map fields{{"check", check}, {"by", with ? "qr" : "list"}};
        if (with)
            fields["invite"] = *with;
        tablet.make("check.join", tablet.newId(), std::move(fields));
        send(tablet);
    }

    TestDevice m_tablet = enrolled(person("张三", "inspector", "一组"), 1);
    TestDevice m_other = enrolled(person("李四", "inspector", "二组"), 2);
};

TEST_F(ReactionsTest, givesNumbersOnceAndWithoutGaps) {
    startCheck(m_tablet);
    startCheck(m_tablet);
    const zhicha::Run run = m_tablet.cutRun();
    zhicha::Run broken = run;
    broken.signature[0] ^= 1;
    submit(m_tablet, {broken});
    submit(m_tablet, {run});
    submit(m_tablet, {run});
    startCheck(m_other);
    send(m_other);
    EXPECT_EQ(numbers(), (std::vector<std::string>{"检〔2026〕0001", "检〔2026〕0002", "检〔2026〕0003"}));
    reopen();
    m_clock.advanceMs(60LL * 24 * 3600 * 1000);
    startCheck(m_other);
    send(m_other);
    EXPECT_EQ(numbers().back(), "检〔2027〕0001");
}

TEST_F(ReactionsTest, aStartWithoutEffectGetsNoNumber) {
    append({{"device.revoke", m_tablet.id(), {{"cut", 0}, {"reason", "遗失"}}}});
    startCheck(m_tablet);
    EXPECT_EQ(send(m_tablet).outcomes, (std::vector<std::string>{"ineffective:past_cut"}));
    EXPECT_TRUE(numbers().empty());
}

TEST_F(ReactionsTest, aStartThatIsReadmittedGetsItsNumberInThatTransaction) {
    TestDevice colleague = enrolled(person("王五", "inspector", "二组"), 3);
    const Uuid others = startCheck(colleague);
    send(colleague);
    append({{"device.revoke", m_other.id(), {{"cut", 0}, {"reason", "遗失"}}}});
    const Uuid first = startCheck(m_other);
    m_other.make("check.join", m_other.newId(), {{"check", others}, {"by", "list"}});
    startCheck(m_other);
    EXPECT_EQ(send(m_other).outcomes, std::vector<std::string>(3, "ineffective:past_cut"));
    EXPECT_EQ(numbers(), std::vector<std::string>{"检〔2026〕0001"});
    EXPECT_FALSE(sees(m_other, others));

    const std::size_t before = log().size();
    append({{"device.readmit", m_other.id(), {{"upto", 2}, {"reason", "找回"}}}});
    EXPECT_EQ(numbers(), (std::vector<std::string>{"检〔2026〕0001", "检〔2026〕0002"}));
    EXPECT_EQ(rowOf(ofKind("check.number").back().entity).uuid("check"), first);
    EXPECT_TRUE(sees(m_other, others));  // the join is of the starter's team
    EXPECT_EQ(log().size(), before + 3); // readmit, number, grant
    append({{"device.readmit", m_other.id(), {{"upto", 3}, {"reason", "找回"}}}});
    append({{"device.readmit", m_other.id(), {{"upto", 9}, {"reason", "找回"}}}});
    EXPECT_EQ(numbers().size(), 3u);
    EXPECT_EQ(ofKind("scope.grant").size(), 1u);
}

TEST_F(ReactionsTest, anInviteOfTheStarterGrantsScope) {
    const Uuid check = startCheck(m_tablet);
    send(m_tablet);
    join(m_other, check, invite(m_tablet, check, m_clock.nowMs() + 60'000));
    EXPECT_TRUE(sees(m_other, check));
    ASSERT_EQ(ofKind("scope.grant").size(), 1u);
    EXPECT_EQ(rowOf(ofKind("scope.grant")[0].entity).text("why"), "invite");
    join(m_other, check);
    EXPECT_EQ(ofKind("scope.grant").size(), 1u);
    EXPECT_TRUE(alarms().empty());
}

TEST_F(ReactionsTest, sharingATeamGrantsScope) {
    TestDevice colleague = enrolled(person("王五", "inspector", "一组"), 3);
    const Uuid check = startCheck(m_tablet);
    send(m_tablet);
    join(colleague, check);
    EXPECT_TRUE(sees(colleague, check));
}

TEST_F(ReactionsTest, anyOtherJoinWaitsForAReviewerAndItsRecordsCount) {
    const Uuid check = startCheck(m_tablet);
    send(m_tablet);
    const std::int64_t later = m_clock.nowMs() + 60'000;
    join(m_other, check);
    join(m_other, check, invite(m_other, check, later));                // by who is no starter
    join(m_other, check, invite(m_tablet, Uuid{{1}}, later));           // of another check
    join(m_other, check, invite(m_tablet, check, m_clock.nowMs() - 1)); // run out
    join(m_other, check, Bytes{0x83, 0x00});                            // broken
    const Uuid finding = addFinding(m_other, check, "x");
    send(m_other);
    EXPECT_FALSE(sees(m_other, check));
    EXPECT_TRUE(ofKind("scope.grant").empty());
    EXPECT_EQ(alarms(), std::vector<std::string>(5, "join_waits"));
    EXPECT_TRUE(hasRow(finding));
    EXPECT_EQ(rowOf(finding).check, check);
}

TEST_F(ReactionsTest, aSecondBirthIsClaimedAndGrantsNothing) {
    const Uuid check = startCheck(m_tablet);
    send(m_tablet);
    m_other.make("check.start", check, {{"site", Uuid{{6}}}, {"items", cbor::Array()}, {"no_fix_reason", "x"}});
    EXPECT_EQ(send(m_other).outcomes, (std::vector<std::string>{"ineffective:already_born"}));
    ASSERT_EQ(ofKind("entity.claim").size(), 1u);
    EXPECT_EQ(rowOf(ofKind("entity.claim")[0].entity).uuid("entity"), check);
    EXPECT_EQ(alarms(), (std::vector<std::string>{"claim"}));
    EXPECT_EQ(rowOf(check).device, m_tablet.id());
    EXPECT_FALSE(sees(m_other, check));
    EXPECT_TRUE(sees(m_tablet, check));
    EXPECT_EQ(numbers().size(), 1u);
}

TEST_F(ReactionsTest, inv18_noTabletGrantsItselfScope) {
    const Uuid check = startCheck(m_tablet);
    send(m_tablet);
    m_other.make("scope.grant", m_other.newId(), {{"device", m_other.id()}, {"entity", check}, {"why", "x"}});
    m_other.make("scope.grant", m_other.newId(), {{"device", Uuid{{9}}}, {"entity", check}, {"why", "x"}});
    EXPECT_EQ(send(m_other).outcomes, std::vector<std::string>(2, "ineffective:not_allowed"));
    EXPECT_FALSE(sees(m_other, check));
}

TEST_F(ReactionsTest, noTabletSaysThatAPhotoArrived) {
    const Uuid check = startCheck(m_tablet);
    const Digest photo{7};
    addPhoto(m_tablet, check, check, photo, 100);
    m_tablet.make("photos.received", m_tablet.newId(), {{"check", check}, {"digests", cbor::Array{photo}}});
    send(m_tablet);
    const auto awaited = ledger().photoExpectations(photo);
    ASSERT_TRUE(awaited);
    ASSERT_EQ(awaited->size(), 1u);
    EXPECT_FALSE(awaited->at(0).received);
}

TEST_F(ReactionsTest, theServersOwnOperationsContinueItsChain) {
    startCheck(m_tablet);
    send(m_tablet);
    const auto chain = ledger().chain(m_keys.device());
    ASSERT_TRUE(chain && *chain);
    const auto operations = ledger().operationsOfChain(m_keys.device(), 0, 1, (*chain)->head.seq);
    ASSERT_TRUE(operations);
    Digest h = chainStart(m_keys.ledger, kSuite1, m_keys.device(), m_keys.chain.publicKey());
    for (const LogOperation &operation : *operations)
        h = chainNext(h, operation.operation.d);
    EXPECT_EQ(h, (*chain)->head.h);
    EXPECT_EQ(static_cast<std::int64_t>(operations->size()), (*chain)->head.seq);
}
} // namespace
