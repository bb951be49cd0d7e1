// Goal: a copy made while the writer goes on is one consistent store, under the same or another key.
// Method: the writer commits pairs of rows between the pieces of the copy; a half pair in the copy would show.
#include "shared/sqlite/backup.h"
#include "shared/sqlite/transaction.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/shared/sqlite/store_file.h"

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;

namespace {

class BackupTest : public ::testing::Test {
protected:
    void SetUp() override {
        m_writer.emplace(open("s.db", keyOf(1), false));
        ASSERT_TRUE(m_writer->execute("CREATE TABLE t(pair, side, fill)"));
        for (int i = 0; i < 100; ++i)
            ASSERT_TRUE(addPair());
    }
    Database open(const std::string &name, std::optional<DatabaseKey> key, bool readOnly) {
        DatabaseOptions options = target(name, key);
        options.readOnly = readOnly;
        return std::move(Database::open(options)).value();
    }
    DatabaseOptions target(const std::string &name, std::optional<DatabaseKey> key) {
        DatabaseOptions options;
        options.path = folder / name;
        options.key = key;
        return options;
    }
    Status addPair() {
        ZHICHA_ASSIGN(Transaction transaction, Transaction::begin(*m_writer));
        const std::string pair = std::to_string(m_pairs++);
        ZHICHA_TRY(
            m_writer->execute("INSERT INTO t VALUES(" + pair + ",0,zeroblob(2000)),(" + pair + ",1,zeroblob(2000))"));
        return transaction.commit();
    }
    static std::int64_t halfPairs(Database &db) {
        return db.readInteger("SELECT count(*) FROM (SELECT pair FROM t GROUP BY pair HAVING count(*) <> 2)").value();
    }

    test::TempFolder folder;
    std::optional<Database> m_writer;
    int m_pairs = 0;
};

TEST_F(BackupTest, readerCopiesOneSnapshotWhileTheWriterGoesOn) {
    Database reader = open("s.db", keyOf(1), true);
    int pieces = 0;
    const Status status = backupTo(reader, target("copy.db", keyOf(2)), 5, [&] {
        ++pieces;
        return addPair();
    });
    ASSERT_TRUE(status) << status.error().detail;
    EXPECT_GT(pieces, 10);
    Database copy = open("copy.db", keyOf(2), false);
    EXPECT_EQ(halfPairs(copy), 0);
    EXPECT_EQ(copy.readInteger("SELECT count(*) FROM t").value(), 200) << "the snapshot of the beginning";
    EXPECT_EQ(reader.readInteger("SELECT count(*) FROM t").value(), 2 * m_pairs) << "the reader is free again";
}

TEST_F(BackupTest, writerCopiesItselfBetweenItsTransactions) {
    const Status status = backupTo(*m_writer, target("copy.db", keyOf(1)), 5, [&] { return addPair(); });
    ASSERT_TRUE(status) << status.error().detail;
    Database copy = open("copy.db", keyOf(1), false);
    EXPECT_EQ(halfPairs(copy), 0);
    EXPECT_GE(copy.readInteger("SELECT count(*) FROM t").value(), 200);
    EXPECT_TRUE(copy.quickCheck());
}

TEST_F(BackupTest, neverWritesOverAStoreAndCanBeStopped) {
    EXPECT_EQ(backupTo(*m_writer, target("s.db", keyOf(1))).error().code, Code::AlreadyDone);
    const Status stopped =
        backupTo(*m_writer, target("copy.db", keyOf(1)), 5, [] { return Status(fail(Code::Stopped, "asked")); });
    EXPECT_EQ(stopped.error().code, Code::Stopped);
    EXPECT_TRUE(addPair());
}

TEST_F(BackupTest, encryptedStoreIsNeverCopiedInTheClear) {
    EXPECT_FALSE(backupTo(*m_writer, target("plain.db", std::nullopt)));
}

} // namespace
