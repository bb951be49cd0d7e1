// Goal: committed is there, everything else is not. Method: scopes left in each way, then a second look at the file.
#include "shared/sqlite/transaction.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/shared/sqlite/store_file.h"

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;

namespace {

TEST(Transaction, onlyCommitKeeps) {
    const test::TempFolder folder;
    {
        Database db = openAt(folder / "s.db");
        ASSERT_TRUE(db.execute("CREATE TABLE t(a)"));
        {
            auto left = Transaction::begin(db);
            ASSERT_TRUE(left && db.execute("INSERT INTO t VALUES(1)"));
        }
        EXPECT_FALSE(db.inTransaction());
        auto kept = Transaction::begin(db);
        ASSERT_TRUE(kept && db.execute("INSERT INTO t VALUES(2)") && kept->commit());
        auto undone = Transaction::begin(db);
        ASSERT_TRUE(undone && db.execute("INSERT INTO t VALUES(3)"));
        undone->rollback();
    }
    Database again = openAt(folder / "s.db");
    EXPECT_EQ(again.readInteger("SELECT sum(a) FROM t").value(), 2);
}

TEST(Transaction, secondWriterIsToldToWait) {
    const test::TempFolder folder;
    Database one = openAt(folder / "s.db");
    Database two = openAt(folder / "s.db");
    auto first = Transaction::begin(one);
    ASSERT_TRUE(first);
    auto second = Transaction::begin(two);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Code::StoreLocked);
    ASSERT_TRUE(first->commit());
    EXPECT_TRUE(Transaction::begin(two));
}

TEST(Transaction, deferredForeignKeyFailsTheCommitAndRollsBack) {
    const test::TempFolder folder;
    Database db = openAt(folder / "s.db");
    ASSERT_TRUE(db.execute("CREATE TABLE p(id INTEGER PRIMARY KEY);"
                           "CREATE TABLE c(p REFERENCES p(id) DEFERRABLE INITIALLY DEFERRED)"));
    auto transaction = Transaction::begin(db);
    ASSERT_TRUE(transaction && db.execute("INSERT INTO c VALUES(5)"));
    const Status status = transaction->commit();
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, Code::InvalidArgument);
    EXPECT_FALSE(db.inTransaction());
    EXPECT_FALSE(db.needsReopen());
    EXPECT_EQ(db.readInteger("SELECT count(*) FROM c").value(), 0);
}

TEST(Transaction, survivesAMoveOfItsDatabase) {
    const test::TempFolder folder;
    Database db = openAt(folder / "s.db");
    ASSERT_TRUE(db.execute("CREATE TABLE t(a)"));
    auto transaction = Transaction::begin(db);
    ASSERT_TRUE(transaction);
    Database moved = std::move(db);
    ASSERT_TRUE(moved.execute("INSERT INTO t VALUES(1)"));
    ASSERT_TRUE(transaction->commit());
    EXPECT_EQ(moved.readInteger("SELECT count(*) FROM t").value(), 1);
}

} // namespace
