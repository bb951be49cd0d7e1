// What two officers erased goes from the tablet too: bodies, photo with its key, drafts; chain, rows and later syncs
// hold, and a word of one officer or of another tablet erases nothing.
#include "mobile/engine/record/photo_intake.h"
#include "shared/crypto/digest.h"
#include "tests/unit/mobile/engine/test_tablet.h"

#include <gtest/gtest.h>

namespace zhicha::test {

class ErasedTest : public ::testing::Test {
protected:
    ErasedTest() : tablet(clock), office(clock), site(office.addSite("s1")) {
        tablet.enrol(office);
        check = tablet.startCheck(site);
        finding = tablet.addFinding(check, "含举报人信息");
        kept = tablet.addFinding(check, "井盖破损");
        photo.check = check;
        photo.to = finding;
        added = PhotoIntake(*tablet.recorder).add(photo, tinyPng(900)).value();
        EXPECT_EQ(tablet.sync(office), SyncMachine::State::Done);
    }
    Digest dOf(const Uuid &entity) {
        Digest d{};
        EXPECT_TRUE(tablet.store->operations().ofEntity(entity, [&](const StoredOperation &operation) -> Status {
            d = operation.d;
            return {};
        }));
        return d;
    }
    void ask(const Uuid &id, const Uuid &officer, const cbor::Array &digests, const cbor::Array &photos) {
        office.server.setActor(officer);
        office.append("body.erase_ask", id,
                      {{"check", check},
                       {"digests", digests},
                       {"photos", photos},
                       {"reason", "x"},
                       {"asked_by", "审"},
                       {"asked_on", "2026-11-30"}});
    }
    void erase(const Uuid &id, const Uuid &officer) {
        office.server.setActor(officer);
        office.append("body.erase", id, {{"erased_by", "安"}, {"erased_on", "2026-11-30"}});
    }
    bool hasBody(const Uuid &entity) {
        bool body = false;
        EXPECT_TRUE(tablet.store->operations().ofEntity(entity, [&](const StoredOperation &operation) -> Status {
            body = body || operation.bytes.body.has_value();
            return {};
        }));
        return body;
    }
    bool hasRow(const Uuid &entity) { return tablet.store->entities().row(entity).value().has_value(); }

    TestClock clock;
    TestTablet tablet;
    TestOffice office;
    Uuid site, check, finding, kept;
    PhotoToAdd photo;
    PhotoAdded added;
    const Uuid erasure{{9, 9, 1}};
};

TEST_F(ErasedTest, theBodyAndThePhotoGoAndTheChainGoesOn) {
    const PhotoRecord before = *tablet.store->photos().find(added.sha256).value();
    ASSERT_TRUE(tablet.disk->exists(before.file));
    const ChainHead head = tablet.store->chainHead().value();
    ask(erasure, Uuid{{1}}, {dOf(finding)}, {added.sha256});
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_TRUE(hasBody(finding)) << "one officer alone erases nothing";
    erase(erasure, Uuid{{2}});
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_FALSE(hasBody(finding));
    EXPECT_FALSE(hasRow(finding));
    EXPECT_TRUE(hasRow(kept));
    EXPECT_FALSE(tablet.disk->exists(before.file));
    const PhotoRecord after = *tablet.store->photos().find(added.sha256).value();
    EXPECT_TRUE(after.erased());
    EXPECT_EQ(after.key, SecretKey{});
    EXPECT_EQ(tablet.store->chainHead().value(), head);
    const auto again = PhotoIntake(*tablet.recorder).add(photo, tinyPng(900));
    EXPECT_FALSE(again) << "the finding that it belonged to is gone";
    photo.to = check;
    const auto elsewhere = PhotoIntake(*tablet.recorder).add(photo, tinyPng(900));
    ASSERT_FALSE(elsewhere);
    EXPECT_EQ(elsewhere.error().code, Code::NotAllowed);
    // The chain goes on, after a restart too, and what is left is acknowledged.
    tablet.open();
    const Uuid more = tablet.addFinding(check, "又一处");
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_EQ(tablet.store->acknowledged().value(), tablet.store->chainHead().value().seq);
    EXPECT_TRUE(hasRow(more));
    EXPECT_FALSE(hasRow(finding));
}

TEST_F(ErasedTest, oneOfficerTwiceAndATabletEraseNothing) {
    ask(erasure, Uuid{{1}}, {dOf(finding)}, {added.sha256});
    erase(erasure, Uuid{{1}});
    TestDevice other(office.ledger, 33, clock);
    office.server.setActor(Uuid{{1}});
    office.append("device.enrol", other.id(), other.enrolFields(derivedId(office.ledger, "person", "p2")));
    for (const Uuid &actor : {Uuid{{3}}, Uuid{{4}}}) {
        other.setActor(actor);
        other.make("body.erase_ask", Uuid{{9, 9, 2}},
                   {{"check", check},
                    {"digests", cbor::Array{dOf(finding)}},
                    {"photos", cbor::Array{added.sha256}},
                    {"reason", "x"},
                    {"asked_by", "x"},
                    {"asked_on", "2026-11-30"}});
        other.make("body.erase", Uuid{{9, 9, 2}}, {{"erased_by", "x"}, {"erased_on", "2026-11-30"}});
    }
    office.publish(other.cutRun());
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_TRUE(hasBody(finding));
    EXPECT_FALSE(tablet.store->photos().find(added.sha256).value()->erased());
}

TEST_F(ErasedTest, whatCarriesTheCheckStaysWhateverAnOrderNames) {
    ask(erasure, Uuid{{1}}, {dOf(check), Digest{}, dOf(finding)}, {Digest{}});
    erase(erasure, Uuid{{2}});
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_TRUE(hasBody(check));
    EXPECT_TRUE(hasRow(check));
    EXPECT_FALSE(hasBody(finding));
}

TEST_F(ErasedTest, nobodyButAnErasureTakesABodyFromTheFile) {
    Database &db = tablet.store->database();
    EXPECT_FALSE(db.execute("UPDATE operations SET body = x'00' WHERE own = 1"));
    EXPECT_FALSE(db.execute("UPDATE operations SET body = NULL, body_digest = zeroblob(32) WHERE own = 1"));
    EXPECT_FALSE(db.execute("UPDATE operations SET envelope = NULL WHERE own = 1"));
    EXPECT_TRUE(hasBody(finding));
}

} // namespace zhicha::test
