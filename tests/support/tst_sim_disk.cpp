// Goal: the simulated disk forgets exactly what a real one may forget, else the crash tests prove nothing.
// Method: one write, rename or sync at a time, then a power cut of each kind.
#include "shared/files/durable_file.h"
#include "tests/support/sim_disk.h"

#include <gtest/gtest.h>
#include <set>

using namespace zhicha;
using test::PowerCut;
using test::SimDisk;

namespace {

std::unique_ptr<DiskFile> make(SimDisk &disk, const std::string &path) {
    return std::move(disk.open(path, Disk::Open::Create)).value();
}
std::string textIn(SimDisk &disk, const std::string &path) {
    return std::string(textOf(disk.content(path)));
}

TEST(SimDisk, unsyncedBytesAndNamesAreLost) {
    SimDisk disk;
    auto file = make(disk, "a");
    ASSERT_TRUE(file->writeAt(0, viewOf("synced")) && file->sync() && disk.syncFolder(""));
    ASSERT_TRUE(file->writeAt(0, viewOf("SYNCED and more")));
    ASSERT_TRUE(make(disk, "nameless")->sync());
    disk.crashNow();
    EXPECT_FALSE(file->sync());
    EXPECT_FALSE(disk.open("a", Disk::Open::Read));
    disk.restart(PowerCut::LoseAll);
    EXPECT_EQ(textIn(disk, "a"), "synced");
    EXPECT_FALSE(disk.exists("nameless"));
    EXPECT_FALSE(file->sync()) << "a file opened before the crash is of no use";
}

TEST(SimDisk, unsyncedRenameIsUndone) {
    SimDisk disk;
    ASSERT_TRUE(writeDurably(disk, "a", viewOf("old")));
    {
        auto aside = make(disk, "b");
        ASSERT_TRUE(aside->writeAt(0, viewOf("new")) && aside->sync() && disk.syncFolder(""));
    }
    ASSERT_TRUE(disk.rename("b", "a"));
    EXPECT_EQ(textIn(disk, "a"), "new");
    disk.restart(PowerCut::LoseAll);
    EXPECT_EQ(textIn(disk, "a"), "old");
    EXPECT_EQ(textIn(disk, "b"), "new");
}

TEST(SimDisk, killedProcessLosesNothing) {
    SimDisk disk;
    ASSERT_TRUE(make(disk, "a")->writeAt(0, viewOf("written")));
    disk.crashNow();
    disk.restart(PowerCut::KeepAll);
    EXPECT_EQ(textIn(disk, "a"), "written");
}

TEST(SimDisk, tornWriteMixesWholeSectors) {
    std::set<std::string> seen;
    for (std::uint64_t seed = 1; seed <= 64; ++seed) {
        SimDisk disk(seed);
        auto file = make(disk, "a");
        const Bytes old(1024, 'o'), fresh(1024, 'n');
        ASSERT_TRUE(file->writeAt(0, old) && file->sync() && disk.syncFolder("") && file->writeAt(0, fresh));
        disk.restart(PowerCut::Torn);
        const std::string text = textIn(disk, "a");
        ASSERT_EQ(text.size(), 1024u);
        for (std::size_t sector : {0u, 512u})
            ASSERT_EQ(text.substr(sector, 512), std::string(512, text[sector]));
        seen.insert({text[0], text[512]});
    }
    EXPECT_EQ(seen, (std::set<std::string>{"oo", "on", "no", "nn"}));
}

TEST(SimDisk, faultsComeAtTheCallAsked) {
    SimDisk disk;
    disk.limitGrowth(10);
    auto file = make(disk, "a"); // call 1
    disk.failCall(2);
    EXPECT_EQ(file->writeAt(0, viewOf("x")).error().code, Code::DiskError);
    EXPECT_TRUE(file->writeAt(0, viewOf("0123456789")));
    EXPECT_EQ(file->writeAt(10, viewOf("x")).error().code, Code::DiskFull);
    disk.failCall(disk.calls() + 1);
    EXPECT_FALSE(file->sync());
    EXPECT_FALSE(file->sync()) << "a failed sync is never made good by a second one";
    disk.crashAtCall(disk.calls() + 1);
    EXPECT_FALSE(disk.remove("a"));
    EXPECT_TRUE(disk.crashed());
}

TEST(SimDisk, durableFileIsOldOrNewAfterACrashAtEachCall) {
    for (const PowerCut cut : {PowerCut::LoseAll, PowerCut::Torn, PowerCut::KeepAll})
        for (std::uint64_t call = 1;; ++call) {
            SimDisk disk(call);
            ASSERT_TRUE(disk.makeFolder("f") && writeDurably(disk, "f/a", viewOf("old")));
            disk.crashAtCall(disk.calls() + call);
            const bool done = writeDurably(disk, "f/a", viewOf("new")).has_value();
            const bool crashed = disk.crashed();
            disk.restart(cut);
            const std::string text = textIn(disk, "f/a");
            ASSERT_TRUE(text == "new" || (!done && text == "old")) << call;
            if (!crashed)
                break;
        }
}

} // namespace
