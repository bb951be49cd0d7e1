// Goal: what is pulled is verified, folded to the same rows, and nothing of it is missed whatever is cut.
// Method: runs of the server's and of another tablet's chain; crashes at every disk call of a pull.
#include "mobile/engine/status/status_view.h"
#include "tests/support/sim_disk.h"
#include "tests/support/sim_vfs.h"
#include "tests/unit/mobile/engine/test_tablet.h"

#include <gtest/gtest.h>

namespace zhicha::test {

class SyncPullTest : public ::testing::Test {
protected:
    SyncPullTest() : tablet(clock), office(clock), other(office.ledger, 33, clock), site(office.addSite("s1")) {
        tablet.enrol(office);
    }
    void enrolOther() {
        office.append("device.enrol", other.id(), other.enrolFields(derivedId(office.ledger, "person", "p2")));
    }
    zhicha::Run otherCheck(const Uuid &check) {
        other.make("check.start", check, {{"site", site}, {"items", cbor::Array{}}, {"no_fix_reason", "x"}});
        return other.cutRun();
    }
    TestClock clock;
    TestTablet tablet;
    TestOffice office;
    TestDevice other;
    Uuid site;
};

TEST_F(SyncPullTest, foldsWhatOthersWrote) {
    enrolOther();
    const Uuid check = other.newId();
    office.publish(otherCheck(check));
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    const auto row = tablet.store->entities().row(check).value();
    ASSERT_TRUE(row);
    EXPECT_EQ(row->device, other.id());
    EXPECT_TRUE(tablet.store->entities().row(site).value());
    EXPECT_EQ(tablet.store->runs().lastPulled(other.id()).value(), other.head());
}

TEST_F(SyncPullTest, aRunThatDoesNotVerifyIsSetAsideAndBlocksNothing) {
    enrolOther();
    const Uuid check = other.newId();
    zhicha::Run forged = otherCheck(check);
    forged.signature[0] ^= 1;
    office.publish(forged);
    office.publishBytes(toBytes(viewOf("no run at all")));
    const Uuid later = office.addSite("s2");
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_FALSE(tablet.store->entities().row(check).value());
    EXPECT_TRUE(tablet.store->entities().row(later).value());
    EXPECT_EQ(StatusView(*tablet.store).summary()->parkedRuns, 2);
}

TEST_F(SyncPullTest, aRunOfAStrangerCountsOnceItsDeviceIsKnown) {
    const Uuid check = other.newId();
    office.publish(otherCheck(check));
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_EQ(tablet.store->runs().parked()->size(), 1u);
    enrolOther();
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_TRUE(tablet.store->runs().parked()->empty());
    EXPECT_TRUE(tablet.store->entities().row(check).value());
}

TEST_F(SyncPullTest, bytesFillInADigestThatIsKnown) {
    enrolOther();
    const Uuid check = other.newId();
    const zhicha::Run whole = otherCheck(check);
    zhicha::Run digests = whole;
    digests.elements[0].operation.reset();
    office.publish(digests);
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_FALSE(tablet.store->entities().row(check).value());
    office.publish(whole);
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_TRUE(tablet.store->entities().row(check).value());
    office.publish(digests); // and a run may be delivered repeatedly
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_TRUE(tablet.store->entities().row(check).value());
}

/** A restored office may have a run from a colleague who saw less of it: whoever holds the rest has it still to show.
 */
TEST_F(SyncPullTest, aRunThatCameBackWithHolesIsStillToBeShown) {
    enrolOther();
    const zhicha::Run whole = otherCheck(other.newId());
    office.publish(whole);
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    RunElement hole = whole.elements[0];
    hole.operation.reset();
    const auto stored = tablet.store->operations().storePulled(other.id(), whole.bounds.first, hole, {}, {});
    ASSERT_TRUE(stored);
    EXPECT_EQ(*stored, OperationTable::Stored::HeldAlone);
    RunTable &runs = tablet.store->runs();
    const std::int64_t next = office.note.generation + 1;
    const auto toShow = [&] { return runs.unseenSince(next, 0, 10)->size(); };
    const std::size_t before = toShow();
    ASSERT_GT(before, 0u);
    ASSERT_TRUE(runs.addPulled(whole.bounds, whole.signature, 900, next, true));
    EXPECT_EQ(toShow(), before) << "with holes";
    ASSERT_TRUE(runs.addPulled(whole.bounds, whole.signature, 900, next, false));
    EXPECT_EQ(toShow(), before - 1) << "whole";
}

TEST_F(SyncPullTest, bothBranchesOfAForkAreDisputed) {
    enrolOther();
    TestDevice restored = other;
    const Uuid first = other.newId();
    const Uuid second = newUuid(clock, tablet.random);
    office.publish(otherCheck(first));
    restored.make("check.start", second, {{"site", site}, {"items", cbor::Array{}}, {"no_fix_reason", "y"}});
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_TRUE(tablet.store->entities().row(first).value());
    office.publish(restored.cutRun());
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_FALSE(tablet.store->entities().row(first).value());
    EXPECT_FALSE(tablet.store->entities().row(second).value());
}

TEST_F(SyncPullTest, aConflictWithAnotherTabletIsSeenAndLeftToTheOffice) {
    enrolOther();
    const Uuid check = tablet.startCheck(site);
    const Uuid finding = tablet.addFinding(check);
    const auto born = tablet.store->operations().ownBirth(finding, "finding.record").value()->d;
    FindingAmended amended;
    amended.severity = "critical";
    ASSERT_TRUE(tablet.recorder->amendFinding(finding, amended));
    other.make("finding.amend", finding, {{"severity", "major"}}, {{"severity", {born}}});
    office.publish(other.cutRun());
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_EQ(tablet.store->entities().row(finding).value()->field("severity")->values.size(), 2u);
    amended.severity = "minor";
    EXPECT_EQ(tablet.recorder->amendFinding(finding, amended).error().code, Code::Conflict);
}

TEST(SyncPullCrash, aReaderMissesNothingAfterACrashAtAnyCall) {
    TestClock clock;
    Digest whole{};
    for (std::uint64_t at = 0; at < 60; ++at) {
        SimDisk disk(at + 1);
        SimVfs vfs(disk, "pull-crash");
        StoreOptions options;
        options.databasePath = "store.db";
        options.vfs = vfs.vfs();
        options.exclusive = true;
        options.encrypted = false;
        SeededRandom random(5);
        TestOffice office(clock);
        {
            auto store = std::move(LocalStore::openOrCreate(options, disk, "", random)).value();
            ASSERT_TRUE(
                beginEnrolment(*store, {"http://127.0.0.1:1", "ABCD1234", office.fingerprint(), "t"}, clock, random));
            SyncMachine machine(*store, clock, random);
            pump(machine, office);
            for (int i = 0; i < 6; ++i)
                office.addSite("s" + std::to_string(i));
            if (at > 0)
                disk.crashAtCall(disk.calls() + at * 2);
            machine.start();
            pump(machine, office);
        }
        disk.restart(at % 2 == 0 ? PowerCut::LoseAll : PowerCut::Torn);
        auto store = LocalStore::openOrCreate(options, disk, "", random);
        ASSERT_TRUE(store) << store.error().detail;
        SyncMachine machine(**store, clock, random);
        pump(machine, office);
        ASSERT_EQ(machine.state(), SyncMachine::State::Done);
        int sites = 0;
        ASSERT_TRUE((*store)->entities().forEachOfType(EntityType::Site, [&](const Uuid &, const EntityRow &) {
            ++sites;
            return Status();
        }));
        EXPECT_EQ(sites, 6) << "crash at call " << at * 2;
        const Digest hash = (*store)->entities().stateHash().value();
        if (at == 0)
            whole = hash;
        EXPECT_EQ(hash, whole) << "crash at call " << at * 2;
    }
}

} // namespace zhicha::test
