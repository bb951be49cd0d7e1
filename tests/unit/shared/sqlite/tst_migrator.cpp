// Goal: steps run once, in order, whole or not at all; a newer store is left alone.
// Method: .sql files compiled in by zhicha_migrations, and hand-made lists for the failures.
#include "shared/sqlite/migrator.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/shared/sqlite/store_file.h"

#include <gtest/gtest.h>

namespace zhicha {
extern const std::span<const Migration> testMigrations;
}
using namespace zhicha;
using namespace zhicha::test;

namespace {

TEST(Migrator, runsEachStepOnceAlsoAfterAReopen) {
    const test::TempFolder folder;
    {
        Database db = openAt(folder / "s.db");
        ASSERT_EQ(testMigrations.size(), 2u);
        EXPECT_EQ(testMigrations[1].name, "0002_second");
        ASSERT_TRUE(migrate(db, testMigrations.first(1)));
        EXPECT_EQ(db.readInteger("PRAGMA user_version").value(), 1);
        EXPECT_EQ(db.readText("SELECT body FROM notes").value(), "a;b [c] \\ \"d\" ${e} @f@ 直查");
    }
    Database db = openAt(folder / "s.db");
    ASSERT_TRUE(migrate(db, testMigrations));
    ASSERT_TRUE(migrate(db, testMigrations));
    EXPECT_EQ(db.readInteger("SELECT count(*) FROM notes WHERE size_bytes = 0").value(), 1);
    EXPECT_EQ(db.readInteger("PRAGMA user_version").value(), 2);
}

TEST(Migrator, failedStepLeavesTheOneBefore) {
    const test::TempFolder folder;
    Database db = openAt(folder / "s.db");
    const Migration steps[] = {{1, "0001_good", "CREATE TABLE a(x)"},
                               {2, "0002_bad", "CREATE TABLE b(x); INSERT INTO nowhere VALUES(1)"}};
    const Status status = migrate(db, steps);
    ASSERT_FALSE(status);
    EXPECT_NE(status.error().detail.find("0002_bad"), std::string::npos);
    EXPECT_EQ(db.readInteger("PRAGMA user_version").value(), 1);
    EXPECT_EQ(db.readInteger("SELECT count(*) FROM sqlite_schema").value(), 1);
}

TEST(Migrator, refusesANewerStore) {
    const test::TempFolder folder;
    Database db = openAt(folder / "s.db");
    ASSERT_TRUE(db.execute("PRAGMA user_version=3"));
    EXPECT_EQ(migrate(db, testMigrations).error().code, Code::StoreNewer);
    EXPECT_EQ(db.readInteger("SELECT count(*) FROM sqlite_schema").value(), 0);
}

TEST(MigratorDeath, gapInTheNumbersIsADefect) {
    const test::TempFolder folder;
    Database db = openAt(folder / "s.db");
    const Migration steps[] = {{2, "0002_first", "CREATE TABLE a(x)"}};
    EXPECT_DEATH((void)migrate(db, steps), "migrations\\[i\\].number");
}

} // namespace
