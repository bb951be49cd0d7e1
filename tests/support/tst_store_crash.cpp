// Goal: invariant 7 at the lowest level: a store that crashes at any disk call opens again, every acknowledged
// transaction is there, no transaction is there by half. Method: 20 commits of two rows each, a checkpoint among them,
// on the simulated disk; crash at call 1, 2, 3 … with each kind of power cut; then the same with a fault or a full disk
// instead of a crash.
#include "shared/sqlite/transaction.h"
#include "tests/support/sim_vfs.h"

#include <gtest/gtest.h>

using namespace zhicha;
using test::PowerCut;
using test::SimDisk;
using test::SimVfs;

namespace {

constexpr int kCommits = 20;

DatabaseOptions optionsFor(const SimVfs &vfs, bool encrypted) {
    DatabaseOptions options;
    options.path = "s.db";
    options.vfs = vfs.vfs();
    options.exclusive = true;
    options.busyTimeoutMs = 0;
    options.checkpointPages = 12;
    if (encrypted)
        options.key.emplace().fill(3);
    options.keyIsProven = true;
    return options;
}

Status commitPair(Database &db, int number) {
    ZHICHA_ASSIGN(Transaction transaction, Transaction::begin(db));
    ZHICHA_ASSIGN(Statement insert, db.prepare("INSERT INTO t(pair, side, fill) VALUES(?, ?, randomblob(900))"));
    for (int side = 0; side < 2; ++side)
        ZHICHA_TRY(insert.bind(1, number).bind(2, side).run());
    return transaction.commit();
}

// How many commits were acknowledged before something failed.
int work(const DatabaseOptions &options, int from) {
    auto db = Database::open(options);
    if (!db || !db->execute("CREATE TABLE IF NOT EXISTS t(pair, side, fill)"))
        return from;
    int done = from;
    while (done < kCommits && commitPair(*db, done))
        ++done;
    return done;
}

void lookAfter(const DatabaseOptions &options, int acknowledged, const std::string &where) {
    auto db = Database::open(options);
    ASSERT_TRUE(db) << where << ": " << db.error().detail;
    ASSERT_TRUE(db->quickCheck()) << where;
    if (db->readInteger("SELECT count(*) FROM sqlite_schema").value() == 0) {
        ASSERT_EQ(acknowledged, 0) << where;
        return;
    }
    ASSERT_EQ(db->readInteger("SELECT count(*) FROM (SELECT 1 FROM t GROUP BY pair HAVING count(*) <> 2)").value(), 0)
        << where << ": half a transaction";
    const std::int64_t pairs = db->readInteger("SELECT count(DISTINCT pair) FROM t").value();
    ASSERT_TRUE(pairs == acknowledged || pairs == acknowledged + 1) << where << ": " << pairs << " of " << acknowledged;
}

void crashEverywhere(bool encrypted) {
    int runs = 0;
    for (const PowerCut cut : {PowerCut::LoseAll, PowerCut::Torn, PowerCut::KeepAll})
        for (std::uint64_t call = 1;; ++call, ++runs) {
            SimDisk disk(call);
            const SimVfs vfs(disk, "zhicha-sim", encrypted);
            const DatabaseOptions options = optionsFor(vfs, encrypted);
            disk.crashAtCall(call);
            const int acknowledged = work(options, 0);
            const bool crashed = disk.crashed();
            disk.restart(cut);
            lookAfter(options, acknowledged, "call " + std::to_string(call));
            if (::testing::Test::HasFatalFailure())
                return;
            if (!crashed) {
                ASSERT_EQ(acknowledged, kCommits);
                break;
            }
        }
    EXPECT_GT(runs, 200);
}

TEST(StoreCrash, everyAcknowledgedCommitSurvivesACrashAtEachDiskCall) {
    crashEverywhere(false);
}

TEST(StoreCrash, encryptedStoreSurvivesACrashAtEachDiskCall) {
    crashEverywhere(true);
}

TEST(StoreCrash, ioErrorAtEachCallLosesNothingAcknowledged) {
    for (std::uint64_t call = 1;; ++call) {
        SimDisk disk(call);
        const SimVfs vfs(disk, "zhicha-sim");
        disk.failCall(call);
        const int acknowledged = work(optionsFor(vfs, false), 0);
        const bool struck = disk.calls() >= call;
        disk.failCall(0);
        lookAfter(optionsFor(vfs, false), acknowledged, "fault at call " + std::to_string(call));
        if (HasFatalFailure() || !struck)
            return;
    }
}

TEST(StoreCrash, fullDiskAtEachSizeLosesNothingAndWorkGoesOn) {
    for (std::uint64_t room = 0; room < 300'000; room += 3'001) {
        SimDisk disk(room);
        const SimVfs vfs(disk, "zhicha-sim");
        disk.limitGrowth(room);
        const int acknowledged = work(optionsFor(vfs, false), 0);
        disk.limitGrowth(std::nullopt);
        lookAfter(optionsFor(vfs, false), acknowledged, "room for " + std::to_string(room));
        if (HasFatalFailure() || acknowledged == kCommits)
            return;
        ASSERT_EQ(work(optionsFor(vfs, false), acknowledged + 1), kCommits);
    }
    FAIL() << "the disk was never large enough";
}

TEST(StoreCrash, failedSyncOfACommitStopsTheConnection) {
    SimDisk disk;
    const SimVfs vfs(disk, "zhicha-sim");
    auto db = Database::open(optionsFor(vfs, false));
    ASSERT_TRUE(db && db->execute("CREATE TABLE t(pair, side, fill)") && commitPair(*db, 0));
    const std::uint64_t before = disk.calls();
    ASSERT_TRUE(commitPair(*db, 1));
    disk.failCall(disk.calls() + (disk.calls() - before)); // the last call of a commit is its sync
    const Status failed = commitPair(*db, 2);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, Code::DiskError);
    EXPECT_TRUE(db->needsReopen());
    EXPECT_EQ(commitPair(*db, 3).error().code, Code::DiskError);
    db = fail(Code::Stopped, "closed");
    lookAfter(optionsFor(vfs, false), 2, "after a failed sync");
}

TEST(StoreCrash, secondConnectionIsLockedOut) {
    SimDisk disk;
    const SimVfs vfs(disk, "zhicha-sim");
    auto first = Database::open(optionsFor(vfs, false));
    ASSERT_TRUE(first && first->execute("CREATE TABLE t(a)"));
    EXPECT_EQ(Database::open(optionsFor(vfs, false)).error().code, Code::StoreLocked);
}

} // namespace
