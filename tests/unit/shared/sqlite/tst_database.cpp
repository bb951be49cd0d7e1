// Goal: a store opens only the safe way, and each way of not opening has its own code.
// Method: real files in a folder of the test's own.
#include "shared/sqlite/database.h"
#include "shared/sqlite/transaction.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/shared/sqlite/store_file.h"

#include <fstream>
#include <gtest/gtest.h>
#include <sqlite3.h>

using namespace zhicha;
using namespace zhicha::test;

namespace {

DatabaseOptions at(const std::string &path, std::optional<DatabaseKey> key = std::nullopt) {
    DatabaseOptions options;
    options.path = path;
    options.key = key;
    options.busyTimeoutMs = 0;
    return options;
}

TEST(Database, opensWithWalFullSyncAndForeignKeys) {
    const test::TempFolder folder;
    auto db = Database::open(at(folder / "s.db"));
    ASSERT_TRUE(db) << db.error().detail;
    EXPECT_EQ(db->readText("PRAGMA journal_mode").value(), "wal");
    EXPECT_EQ(db->readInteger("PRAGMA synchronous").value(), 2);
    EXPECT_EQ(db->readInteger("PRAGMA foreign_keys").value(), 1);
    EXPECT_EQ(db->readInteger("PRAGMA trusted_schema").value(), 0);
}

TEST(Database, nothingIsReadableWithoutTheKey) {
    const test::TempFolder folder;
    const std::string secret = "人民东路小学消防通道";
    {
        auto db = Database::open(at(folder / "s.db", keyOf(7)));
        ASSERT_TRUE(db);
        ASSERT_TRUE(db->execute("CREATE TABLE t(a TEXT); INSERT INTO t VALUES('" + secret + "')"));
        EXPECT_EQ(fileText(folder / "s.db-wal").find(secret), std::string::npos);
    }
    const std::string bytes = fileText(folder / "s.db");
    EXPECT_GT(bytes.size(), 4096u);
    EXPECT_EQ(bytes.find(secret), std::string::npos);
    EXPECT_NE(bytes.substr(0, 15), "SQLite format 3");
    auto again = Database::open(at(folder / "s.db", keyOf(7)));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->readText("SELECT a FROM t").value(), secret);
}

TEST(Database, refusesAnotherKeyAndNoKey) {
    const test::TempFolder folder;
    {
        auto db = Database::open(at(folder / "s.db", keyOf(7)));
        ASSERT_TRUE(db);
        ASSERT_TRUE(db->execute("CREATE TABLE t(a)"));
    }
    auto wrong = Database::open(at(folder / "s.db", keyOf(8)));
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, Code::WrongPin);
    DatabaseOptions proven = at(folder / "s.db", keyOf(8));
    proven.keyIsProven = true;
    auto damaged = Database::open(proven);
    ASSERT_FALSE(damaged);
    EXPECT_EQ(damaged.error().code, Code::StoreDamaged);
    auto none = Database::open(at(folder / "s.db"));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, Code::StoreDamaged);
}

TEST(Database, refusesWhatIsNoStore) {
    const test::TempFolder folder;
    std::ofstream(folder / "s.db") << std::string(8192, 'x');
    auto db = Database::open(at(folder / "s.db"));
    ASSERT_FALSE(db);
    EXPECT_EQ(db.error().code, Code::StoreDamaged);
    DatabaseOptions missing = at(folder / "none.db");
    missing.mustExist = true;
    auto absent = Database::open(missing);
    ASSERT_FALSE(absent);
    EXPECT_EQ(absent.error().code, Code::NotFound);
    auto nowhere = Database::open(at(folder / "no/such/folder/s.db"));
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().code, Code::NotFound);
}

TEST(Database, exclusiveStoreLocksOthersOut) {
    const test::TempFolder folder;
    DatabaseOptions options = at(folder / "s.db", keyOf(1));
    options.exclusive = true;
    auto first = Database::open(options);
    ASSERT_TRUE(first) << first.error().detail;
    ASSERT_TRUE(first->execute("CREATE TABLE t(a)"));
    auto second = Database::open(options);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Code::StoreLocked);
    EXPECT_EQ(second.error().retry, Retry::Later);
    EXPECT_FALSE(std::filesystem::exists(folder / "s.db-shm"));
}

TEST(Database, readerSeesCommitsWritesNothingAndNeverCheckpoints) {
    const test::TempFolder folder;
    auto writer = Database::open(at(folder / "s.db", keyOf(1)));
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->execute("CREATE TABLE t(a); INSERT INTO t VALUES(1)"));
    DatabaseOptions options = at(folder / "s.db", keyOf(1));
    options.readOnly = true;
    {
        auto reader = Database::open(options);
        ASSERT_TRUE(reader) << reader.error().detail;
        EXPECT_EQ(reader->readInteger("SELECT count(*) FROM t").value(), 1);
        ASSERT_TRUE(writer->execute("INSERT INTO t VALUES(2)"));
        EXPECT_EQ(reader->readInteger("SELECT count(*) FROM t").value(), 2);
        const Status refused = reader->execute("INSERT INTO t VALUES(3)");
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Code::DiskError);
        int skips = 0;
        sqlite3_db_config(reader->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, -1, &skips);
        EXPECT_EQ(skips, 1);
    }
    EXPECT_GT(std::filesystem::file_size(folder / "s.db-wal"), 0u);
    ASSERT_TRUE(writer->checkpoint());
    EXPECT_EQ(std::filesystem::file_size(folder / "s.db-wal"), 0u);
}

TEST(Database, fullDiskIsNamedAndWorkGoesOnWhenThereIsRoom) {
    const test::TempFolder folder;
    auto db = Database::open(at(folder / "s.db"));
    ASSERT_TRUE(db);
    ASSERT_TRUE(db->execute("CREATE TABLE t(a); INSERT INTO t VALUES(1)"));
    ASSERT_TRUE(db->execute("PRAGMA max_page_count=2"));
    {
        auto transaction = Transaction::begin(*db);
        ASSERT_TRUE(transaction);
        const Status full = db->execute("INSERT INTO t VALUES(zeroblob(100000))");
        ASSERT_FALSE(full);
        EXPECT_EQ(full.error().code, Code::DiskFull);
        EXPECT_FALSE(transaction->commit()); // SQLite rolled back by itself
    }
    EXPECT_FALSE(db->needsReopen());
    ASSERT_TRUE(db->execute("PRAGMA max_page_count=1000"));
    EXPECT_TRUE(db->execute("INSERT INTO t VALUES(zeroblob(100000))"));
    EXPECT_EQ(db->readInteger("SELECT count(*) FROM t").value(), 2);
}

} // namespace
