// Goal: what is bound comes back as it was, and each refusal has its code.
// Method: an in-memory-sized store in a folder of the test's own; edge values of every type.
#include "shared/sqlite/database.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

using namespace zhicha;

namespace {

class StatementTest : public ::testing::Test {
protected:
    void SetUp() override {
        DatabaseOptions options;
        options.path = folder / "s.db";
        m_db.emplace(std::move(Database::open(options)).value());
        ASSERT_TRUE(
            m_db->execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a, b TEXT UNIQUE, c BLOB CHECK(c <> x'00'));"
                          "CREATE TRIGGER keep BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT,'append only'); END"));
    }
    Statement prepare(const char *sql) { return std::move(m_db->prepare(sql)).value(); }

    test::TempFolder folder;
    std::optional<Database> m_db;
};

TEST_F(StatementTest, valuesComeBackAsBound) {
    Statement insert = prepare("INSERT INTO t(id, a, b, c) VALUES(:id, :a, :b, :c)");
    const Bytes blob{0, 1, 255};
    const std::string text = "直查\0x" + std::string(1, '\0') + "end";
    insert.bind(insert.position(":id"), 1)
        .bind(2, std::numeric_limits<std::int64_t>::min())
        .bind(3, text)
        .bind(4, blob);
    ASSERT_TRUE(insert.run());
    const std::optional<std::string> absent;
    ASSERT_TRUE(
        insert.bind(1, 2).bind(2, 0.5).bind(3, absent).bind(4, Bytes{}.empty() ? ByteView() : ByteView(blob)).run());

    Statement find = prepare("SELECT a, b, c FROM t WHERE id = ?");
    {
        const ScopedReset done(find);
        ASSERT_TRUE(find.bind(1, 1).step().value());
        EXPECT_EQ(find.integer(0), std::numeric_limits<std::int64_t>::min());
        EXPECT_EQ(find.text(1), text);
        EXPECT_TRUE(sameBytes(find.blob(2), blob));
        EXPECT_FALSE(find.fixed<4>(2));
        EXPECT_EQ(find.fixed<3>(2)->at(2), 255);
        EXPECT_EQ(find.columnCount(), 3);
    }
    ASSERT_TRUE(find.bind(1, 2).step().value());
    EXPECT_EQ(find.real(0), 0.5);
    EXPECT_TRUE(find.isNull(1));
    EXPECT_EQ(find.text(1), "");
    EXPECT_FALSE(find.isNull(2)) << "an empty blob is a value, not NULL";
    EXPECT_FALSE(find.step().value());
}

TEST_F(StatementTest, refusalsAreTold) {
    Statement insert = prepare("INSERT INTO t(id, b, c) VALUES(?, ?, ?)");
    ASSERT_TRUE(insert.bind(1, 1).bind(2, "x").bind(3, std::nullopt).run());
    EXPECT_EQ(insert.bind(1, 1).bind(2, "y").run().error().code, Code::AlreadyDone);
    EXPECT_EQ(insert.bind(1, 2).bind(2, "x").run().error().code, Code::AlreadyDone);
    const Bytes zero{0};
    EXPECT_EQ(insert.bind(1, 2).bind(2, "y").bind(3, zero).run().error().code, Code::InvalidArgument);
    EXPECT_EQ(prepare("DELETE FROM t").run().error().code, Code::NotAllowed);
    EXPECT_EQ(insert.bind(9, 1).run().error().code, Code::Internal) << "no such parameter";
    EXPECT_TRUE(insert.bind(1, 2).bind(2, "y").bind(3, std::nullopt).run()) << "usable after an error";
    EXPECT_EQ(m_db->prepare("SELECT nothing FROM t").error().code, Code::Internal);
    EXPECT_EQ(m_db->prepare("-- only words").error().code, Code::Internal);
    EXPECT_EQ(m_db->readInteger("SELECT 1 WHERE 0").error().code, Code::NotFound);
}

TEST_F(StatementTest, tooLargeIsNamed) {
    sqlite3_limit(m_db->handle(), SQLITE_LIMIT_LENGTH, 1000);
    Statement insert = prepare("INSERT INTO t(a) VALUES(?)");
    const Bytes big(1001);
    EXPECT_EQ(insert.bind(1, big).run().error().code, Code::TooLarge);
}

TEST_F(StatementTest, forEachStopsAtTheFirstError) {
    ASSERT_TRUE(m_db->execute("INSERT INTO t(a) VALUES(1),(2),(3)"));
    Statement all = prepare("SELECT a FROM t ORDER BY a");
    std::int64_t sum = 0;
    ASSERT_TRUE(all.forEach([&](Statement &row) {
        sum += row.integer(0);
        return Status();
    }));
    EXPECT_EQ(sum, 6);
    const Status stopped = all.forEach(
        [&](Statement &row) -> Status { return row.integer(0) == 2 ? Status(fail(Code::Stopped, "")) : Status(); });
    EXPECT_EQ(stopped.error().code, Code::Stopped);
    EXPECT_TRUE(m_db->execute("DROP TRIGGER keep")) << "no statement is left open";
}

TEST_F(StatementTest, copiesWhatDoesNotLive) {
    Statement insert = prepare("INSERT INTO t(b) VALUES(?)");
    {
        std::string dies = "gone by the time of the step";
        insert.bindCopy(1, dies);
        dies.assign(dies.size(), '#');
    }
    ASSERT_TRUE(insert.run());
    EXPECT_EQ(m_db->readText("SELECT b FROM t").value(), "gone by the time of the step");
}

} // namespace
