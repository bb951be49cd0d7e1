// Goal: the real disk keeps to its folder, tells errors apart, and does what the simulated one does.
// Method: a folder of the test's own, with a file, a link and a pipe put there by hand; /dev/full where there is one.
#include "shared/files/durable_file.h"
#include "shared/files/posix_disk.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

using namespace zhicha;

namespace {

class PosixDiskTest : public ::testing::Test {
protected:
    test::TempFolder folder;
    std::unique_ptr<PosixDisk> disk = std::move(PosixDisk::open(folder / "root")).value();
};

TEST_F(PosixDiskTest, bytesComeBackAndEndsAreSeen) {
    auto file = std::move(disk->open("a", Disk::Open::Create)).value();
    ASSERT_TRUE(file->writeAt(5, viewOf("hello")) && file->sync());
    EXPECT_EQ(file->size().value(), 10u);
    Bytes out(20);
    EXPECT_EQ(file->readAt(0, out).value(), 10u);
    EXPECT_EQ(textOf(ByteView(out).first(10)), std::string(5, '\0') + "hello");
    EXPECT_EQ(file->readAt(10, out).value(), 0u);
    ASSERT_TRUE(file->truncate(6));
    EXPECT_EQ(file->size().value(), 6u);
    EXPECT_FALSE(std::move(disk->open("a", Disk::Open::Read)).value()->writeAt(0, viewOf("x")));
}

TEST_F(PosixDiskTest, noPathLeavesTheFolder) {
    ASSERT_TRUE(writeDurably(*disk, "inside", viewOf("x")));
    for (const std::string path :
         {"", "/etc/passwd", "..", "../root/inside", "a/../inside", "./inside", "a//b", "a/"}) {
        EXPECT_EQ(disk->open(path, Disk::Open::Create).error().code, Code::InvalidArgument) << path;
        EXPECT_EQ(disk->remove(path).error().code, Code::InvalidArgument);
        EXPECT_EQ(disk->makeFolder(path).error().code, Code::InvalidArgument);
        EXPECT_EQ(disk->rename("inside", path).error().code, Code::InvalidArgument);
        EXPECT_EQ(disk->rename(path, "inside").error().code, Code::InvalidArgument);
        EXPECT_FALSE(disk->exists(path));
    }
    EXPECT_EQ(disk->exists(std::string("inside\0x", 8)), false);
}

TEST_F(PosixDiskTest, linksPipesAndFoldersAreNoFiles) {
    std::filesystem::create_symlink("/etc/passwd", folder / "root/link");
    ASSERT_EQ(mkfifo((folder / "root/pipe").c_str(), 0600), 0);
    ASSERT_TRUE(disk->makeFolder("deep/er"));
    for (const char *path : {"link", "pipe", "deep"})
        EXPECT_EQ(disk->open(path, Disk::Open::Read).error().code, Code::DiskError) << path;
}

TEST_F(PosixDiskTest, missingIsNotFound) {
    EXPECT_EQ(disk->open("none", Disk::Open::Read).error().code, Code::NotFound);
    EXPECT_EQ(disk->open("none/a", Disk::Open::Create).error().code, Code::NotFound);
    EXPECT_EQ(disk->remove("none").error().code, Code::NotFound);
    EXPECT_EQ(disk->rename("none", "b").error().code, Code::NotFound);
    EXPECT_EQ(disk->list("none").error().code, Code::NotFound);
    EXPECT_EQ(readWhole(*disk, "none", 10).error().code, Code::NotFound);
    EXPECT_EQ(PosixDisk::open(folder / "no/such").error().code, Code::NotFound);
}

TEST_F(PosixDiskTest, foldersAreListedSorted) {
    ASSERT_TRUE(disk->makeFolder("b/c"));
    ASSERT_TRUE(disk->makeFolder("b/c")) << "again is fine";
    ASSERT_TRUE(writeDurably(*disk, "b/z", viewOf("1")) && writeDurably(*disk, "b/a", viewOf("2")));
    EXPECT_EQ(disk->list("b").value(), (std::vector<std::string>{"a", "c", "z"}));
    EXPECT_EQ(disk->list("").value(), (std::vector<std::string>{"b"}));
    EXPECT_GT(disk->freeBytes().value(), 0u);
    EXPECT_EQ(folderOf("b/c/d"), "b/c");
    EXPECT_EQ(folderOf("d"), "");
}

TEST_F(PosixDiskTest, durableFileReplacesWholeAndReadsWithALimit) {
    ASSERT_TRUE(writeDurably(*disk, "a", viewOf("first content")));
    ASSERT_TRUE(writeDurably(*disk, "a", viewOf("2nd")));
    EXPECT_EQ(textOf(readWhole(*disk, "a", 3).value()), "2nd");
    EXPECT_EQ(readWhole(*disk, "a", 2).error().code, Code::TooLarge);
    EXPECT_EQ(disk->list("").value(), (std::vector<std::string>{"a"})) << "nothing is left aside";
}

} // namespace
