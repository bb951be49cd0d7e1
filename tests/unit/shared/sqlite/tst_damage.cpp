// Goal: any bit flipped in an encrypted store gives the right rows or a named error, never wrong rows or a crash.
// Method: flip a bit in each of the first 128 bytes and in every 29th byte after it, open, read everything.
#include "shared/sqlite/database.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/shared/sqlite/store_file.h"

#include <fstream>
#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;

namespace {

DatabaseOptions options(const std::string &path) {
    DatabaseOptions out;
    out.path = path;
    out.key.emplace().fill(9);
    out.keyIsProven = true;
    out.exclusive = true;
    out.mustExist = true;
    return out;
}

void write(const std::string &path, const std::string &bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

// The rows as one text, or the name of what went wrong.
std::string look(const std::string &path) {
    auto db = Database::open(options(path));
    if (!db)
        return "error " + std::string(codeName(db.error().code));
    auto rows = db->readText("SELECT group_concat(a || b, ',') FROM (SELECT a, b FROM t ORDER BY a)");
    return rows ? *rows : "error " + std::string(codeName(rows.error().code));
}

bool named(const std::string &seen) {
    return seen == "error store_damaged" || seen == "error disk_error";
}

class DamageTest : public ::testing::Test {
protected:
    void SetUp() override {
        DatabaseOptions fresh = options(folder / "s.db");
        fresh.mustExist = false;
        auto db = Database::open(fresh);
        ASSERT_TRUE(db);
        ASSERT_TRUE(db->execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT)"));
        for (int i = 0; i < 60; ++i)
            ASSERT_TRUE(
                db->execute("INSERT INTO t(b) VALUES('" + std::string(100, static_cast<char>('a' + i % 26)) + "')"));
    }
    test::TempFolder folder;
};

TEST_F(DamageTest, flippedByteOfTheFileIsFoundOrHarmless) {
    const std::string right = look(folder / "s.db");
    ASSERT_EQ(right.substr(0, 3), "1aa");
    const std::string bytes = fileText(folder / "s.db");
    int found = 0;
    for (std::size_t i = 0; i < bytes.size(); i += i < 128 ? 1 : 29) {
        std::string flipped = bytes;
        flipped[i] = static_cast<char>(flipped[i] ^ (1 << (i % 8)));
        write(folder / "f.db", flipped);
        const std::string seen = look(folder / "f.db");
        ASSERT_TRUE(seen == right || named(seen)) << "byte " << i << ": " << seen.substr(0, 60);
        found += named(seen) ? 1 : 0;
        std::filesystem::remove(folder / "f.db-wal");
    }
    EXPECT_GT(found, 300);
}

TEST_F(DamageTest, flippedByteOfTheWalEndsItThereOrIsFound) {
    std::string file, wal;
    {
        auto db = Database::open(options(folder / "s.db"));
        ASSERT_TRUE(db && db->execute("UPDATE t SET b='second'") && db->execute("UPDATE t SET b='third'"));
        file = fileText(folder / "s.db"), wal = fileText(folder / "s.db-wal");
    }
    write(folder / "f.db", file);
    write(folder / "f.db-wal", "");
    const std::string first = look(folder / "f.db");
    std::vector<std::string> states{first};
    for (const char *word : {"second", "third"}) {
        std::string rows;
        for (int i = 1; i <= 60; ++i)
            rows += (i > 1 ? "," : "") + std::to_string(i) + word;
        states.push_back(rows);
    }
    for (std::size_t i = 0; i < wal.size(); i += i < 64 ? 1 : 61) {
        std::string flipped = wal;
        flipped[i] = static_cast<char>(flipped[i] ^ (1 << (i % 8)));
        write(folder / "f.db", file);
        write(folder / "f.db-wal", flipped);
        const std::string seen = look(folder / "f.db");
        ASSERT_TRUE(named(seen) || std::find(states.begin(), states.end(), seen) != states.end())
            << "byte " << i << ": " << seen.substr(0, 60);
    }
}

TEST_F(DamageTest, truncatedFileIsNamed) {
    const std::string right = look(folder / "s.db");
    const std::string bytes = fileText(folder / "s.db");
    for (std::size_t size = 1; size < bytes.size(); size += 509) {
        write(folder / "f.db", bytes.substr(0, size));
        const std::string seen = look(folder / "f.db");
        ASSERT_TRUE(named(seen)) << size << ": " << seen.substr(0, 60);
        std::filesystem::remove(folder / "f.db-wal");
    }
}

} // namespace
