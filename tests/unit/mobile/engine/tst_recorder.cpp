// Goal: each record is one operation with the right base, refused locally where it could have no effect.
// Method: a tablet enrolled with the test's office; what it recorded is read back through the fold.
#include "mobile/engine/record/device_health.h"
#include "tests/unit/mobile/engine/test_tablet.h"

#include <gtest/gtest.h>

namespace zhicha::test {

class RecorderTest : public ::testing::Test {
protected:
    RecorderTest() : tablet(clock), office(clock), site(office.addSite("s1")) { tablet.enrol(office); }
    EntityRow row(const Uuid &id) { return tablet.store->entities().row(id).value().value(); }
    TestClock clock;
    TestTablet tablet;
    TestOffice office;
    Uuid site;
};

TEST_F(RecorderTest, startsAnswersAndFinishesACheck) {
    const Uuid check = tablet.startCheck(site);
    EXPECT_EQ(row(check).type, EntityType::Check);
    const auto answer = tablet.recorder->answer({check, std::nullopt, "carried_out", "no", "尚未开工"});
    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(row(*answer).text("value"), "no");
    clock.advanceMs(1000);
    ASSERT_TRUE(tablet.recorder->answer({check, std::nullopt, "carried_out", "partly", std::nullopt}));
    EXPECT_EQ(row(*answer).text("value"), "partly"); // its base named the first value: no conflict with oneself
    EXPECT_EQ(row(*answer).text("note"), "尚未开工");
    ASSERT_TRUE(tablet.recorder->attest(check, 3, "kept", std::nullopt));
    ASSERT_TRUE(tablet.recorder->signCheck(check, std::nullopt));
    const auto finish = tablet.recorder->finishCheck(check);
    ASSERT_TRUE(finish);
    EXPECT_EQ(*tablet.recorder->finishCheck(check), *finish);
}

TEST_F(RecorderTest, numbersAreNeverReused) {
    const Uuid check = tablet.startCheck(site);
    for (int i = 0; i < 5; ++i) {
        const auto noted = tablet.recorder->note(check, "注" + std::to_string(i));
        ASSERT_TRUE(noted) << noted.error().detail;
    }
    tablet.open();
    ASSERT_TRUE(tablet.recorder->note(check, "再"));
    std::int64_t expected = 1;
    Digest h = chainStart(office.ledger, kSuite1, tablet.store->identity()->device,
                          tablet.store->identity()->signingKey().publicKey());
    ASSERT_TRUE(tablet.store->operations().forEachOwn(1, [&](const OwnOperation &op) -> Status {
        EXPECT_EQ(op.seq, expected++);
        h = chainNext(h, op.d);
        EXPECT_EQ(op.h, h);
        return {};
    }));
    EXPECT_EQ(expected, 8);
}

TEST_F(RecorderTest, theSameIdAndContentAnswersTheSame) {
    const Uuid id = newUuid(clock, tablet.random);
    const Uuid check = tablet.startCheck(site);
    FindingRecorded finding{id, check, std::nullopt, "major", "一", std::nullopt};
    ASSERT_EQ(tablet.recorder->recordFinding(finding).value(), id);
    const std::int64_t seq = tablet.store->chainHead()->seq;
    ASSERT_EQ(tablet.recorder->recordFinding(finding).value(), id);
    EXPECT_EQ(tablet.store->chainHead()->seq, seq);
    finding.text = "二";
    EXPECT_EQ(tablet.recorder->recordFinding(finding).error().code, Code::AlreadyDone);
    EXPECT_EQ(tablet.recorder->note(check, "x", id).error().code, Code::AlreadyDone);
}

TEST_F(RecorderTest, refusesWhatCouldHaveNoEffect) {
    const Uuid nobody = newUuid(clock, tablet.random);
    EXPECT_EQ(tablet.recorder->finishCheck(nobody).error().code, Code::NotFound);
    EXPECT_EQ(tablet.recorder->startCheck({std::nullopt, nobody, {}, {}, {}, "x", {}}).error().code, Code::NotFound);
    const Uuid check = tablet.startCheck(site);
    EXPECT_EQ(tablet.recorder->reply(check, nobody, "答").error().code, Code::NotFound);
    EXPECT_EQ(tablet.recorder->answer({check, std::nullopt, "why", "no", {}}).error().code, Code::InvalidArgument);
    EXPECT_EQ(tablet.recorder->voidEntity(site, true, "x").error().code, Code::NotAllowed);
    const Uuid finding = tablet.addFinding(check);
    ASSERT_TRUE(tablet.recorder->voidEntity(finding, true, "记错"));
    FindingAmended amended;
    amended.text = "改";
    EXPECT_EQ(tablet.recorder->amendFinding(finding, amended).error().code, Code::NotAllowed);
    ASSERT_TRUE(tablet.recorder->voidEntity(finding, false, "没错"));
    ASSERT_TRUE(tablet.recorder->amendFinding(finding, amended));
    EXPECT_EQ(row(finding).text("text"), "改");
    EXPECT_EQ(tablet.recorder->voidEntity(finding, false, "x").error().code, Code::AlreadyDone);
}

TEST_F(RecorderTest, nothingIsWrittenWhenACallIsRefused) {
    const Uuid check = tablet.startCheck(site);
    const ChainHead before = tablet.store->chainHead().value();
    EXPECT_FALSE(tablet.recorder->recordFinding({std::nullopt, check, std::nullopt, "huge", "x", std::nullopt}));
    EXPECT_FALSE(tablet.recorder->note(check, std::string(70'000, 'x')));
    EXPECT_EQ(tablet.store->chainHead().value(), before);
    EXPECT_FALSE(tablet.store->database().inTransaction());
}

TEST_F(RecorderTest, appendsTheDifferenceOfATally) {
    const Uuid check = tablet.startCheck(site);
    ASSERT_TRUE(tablet.recorder->tally(check, {5, 2, 1}));
    ASSERT_TRUE(tablet.recorder->tally(check, {7, 2, 0}));
    const std::int64_t seq = tablet.store->chainHead()->seq;
    ASSERT_TRUE(tablet.recorder->tally(check, {7, 2, 0}));
    EXPECT_EQ(tablet.store->chainHead()->seq, seq);
    EXPECT_EQ(tablet.recorder->tallyOf(check).value(), (TallyTotals{7, 2, 0}));
    EXPECT_EQ(tablet.recorder->tally(check, {-1, 0, 0}).error().code, Code::InvalidArgument);
}

TEST_F(RecorderTest, aSavedFormEndsItsDraftInTheSameTransaction) {
    const Uuid check = tablet.startCheck(site);
    const Uuid id = newUuid(clock, tablet.random);
    ASSERT_TRUE(tablet.store->drafts().put({id, "finding.record", check, {{"text", "半"}}, 1}));
    EXPECT_FALSE(tablet.recorder->recordFinding({id, check, std::nullopt, "huge", "半", std::nullopt}));
    EXPECT_TRUE(tablet.store->drafts().get(id).value());
    ASSERT_TRUE(tablet.recorder->recordFinding({id, check, std::nullopt, "minor", "半", std::nullopt}));
    EXPECT_FALSE(tablet.store->drafts().get(id).value());
}

TEST_F(RecorderTest, joinedCheckTakesRecordsBeforeItIsDelivered) {
    const Uuid other = newUuid(clock, tablet.random);
    EXPECT_EQ(tablet.recorder->note(other, "x").error().code, Code::NotFound);
    ASSERT_TRUE(tablet.recorder->joinCheck(other, std::nullopt));
    EXPECT_EQ(tablet.store->state().get(statekey::kCurrentCheck).value(), toBytes(other.view()));
    const auto joins = [&] { return tablet.store->entities().ofCheck(other, EntityType::Join).value().size(); };
    ASSERT_TRUE(tablet.recorder->joinCheck(other, std::nullopt));
    EXPECT_EQ(joins(), 1u);
    const Bytes invite = cbor::encode(cbor::Array{other, 1, Bytes(64)});
    EXPECT_EQ(tablet.recorder->joinCheck(other, Bytes{1, 2}).error().code, Code::InvalidArgument);
    ASSERT_TRUE(tablet.recorder->joinCheck(other, invite)); // says more than the list did
    ASSERT_TRUE(tablet.recorder->joinCheck(other, invite));
    EXPECT_EQ(joins(), 2u);
    EXPECT_TRUE(tablet.recorder->note(other, "x"));
}

TEST_F(RecorderTest, tellsItsHealthOnceADayWithTheClocksError) {
    clock.setWallErrorMs(5 * 60'000);
    const DeviceHealth health{"直查 0.1", "Debian 12", 70'000'000'000, 80};
    ASSERT_TRUE(noteHealth(*tablet.recorder, health).value());
    EXPECT_FALSE(noteHealth(*tablet.recorder, health).value());
    std::vector<OwnOperation> told;
    const auto look = [&] {
        told.clear();
        ASSERT_TRUE(tablet.store->operations().forEachOwn(1, [&](const OwnOperation &op) -> Status {
            if (op.kind == "device.health")
                told.push_back(op);
            return {};
        }));
    };
    look();
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(row(told[0].entity).integer("clock_error_ms"), 5 * 60'000);
    EXPECT_EQ(row(told[0].entity).integer("battery"), 80);
    clock.advanceMs(24LL * 3600 * 1000);
    ASSERT_TRUE(noteHealth(*tablet.recorder, health).value());
    clock.setWallErrorMs(-10LL * 24 * 3600 * 1000); // set back: the next one is not in ten days
    ASSERT_TRUE(noteHealth(*tablet.recorder, health).value());
    look();
    EXPECT_EQ(told.size(), 3u);
}

TEST_F(RecorderTest, quotesTheAnchorAndTheOfficesTime) {
    clock.setWallErrorMs(3LL * 24 * 3600 * 1000); // the tablet's clock runs three days ahead
    const Uuid check = tablet.startCheck(site);
    const auto stored = tablet.store->operations().ownBirth(check, "check.start").value().value();
    const Envelope envelope = decodeEnvelope(stored.bytes.envelope).value();
    EXPECT_EQ(envelope.anchor.size, tablet.store->checkpoint().value()->size);
    EXPECT_GT(envelope.anchor.size, 0);
    EXPECT_EQ(envelope.time.estimateMs, clock.trueMs());
    EXPECT_EQ(envelope.time.wallMs, clock.nowMs());
}

} // namespace zhicha::test
