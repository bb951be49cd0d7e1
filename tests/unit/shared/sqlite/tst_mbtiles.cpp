// Goal: a base map is read from a file that anybody may have made, and a hostile one gives an error and never more.
// Method: files made here through SQLite: right ones, without tables, with views that count for ever, with blobs of any
// size, damaged bytes at every place.
#include "shared/sqlite/mbtiles.h"
#include "tests/support/temp_folder.h"

#include <chrono>
#include <fstream>
#include <gtest/gtest.h>

namespace zhicha::test {

namespace {
void make(const std::string &path, const std::string &sql) {
    DatabaseOptions options;
    options.path = path;
    options.wal = false;
    auto db = Database::open(options);
    ZHICHA_CHECK(db.has_value());
    ZHICHA_CHECK(db->execute(sql).has_value());
}

const char *const kMap =
    "CREATE TABLE metadata(name TEXT, value TEXT);"
    "CREATE TABLE tiles(zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);"
    "CREATE UNIQUE INDEX tile_index ON tiles(zoom_level, tile_column, tile_row);"
    "INSERT INTO metadata VALUES('name','三门峡'),('attribution','GS(2026)1号'),('minzoom','3'),"
    "('maxzoom','17'),('bounds','110.2,33.5,112.1,35.1'),('zhicha_crs','GCJ-02'),('format','jpg');"
    "INSERT INTO tiles VALUES(3, 6, 4, x'0102'), (3, 6, 5, zeroblob(5000000));";
} // namespace

TEST(Mbtiles, readsTilesFromTheNorthAndWhatTheFileSaysOfItself) {
    const TempFolder folder;
    make(folder / "a.mbtiles", kMap);
    auto file = MbtilesFile::open(folder / "a.mbtiles");
    ASSERT_TRUE(file);
    EXPECT_EQ(file->layer().title, "三门峡");
    EXPECT_EQ(file->layer().attribution, "GS(2026)1号");
    EXPECT_EQ(file->layer().crs, "GCJ-02");
    EXPECT_EQ(file->layer().mediaType, "image/jpeg");
    EXPECT_EQ(file->layer().minZoom, 3);
    EXPECT_EQ(file->layer().maxZoom, 17);
    EXPECT_EQ(file->tile(3, 6, 3).value(), (Bytes{1, 2})) << "row 4 from the south is row 3 from the north";
    EXPECT_TRUE(file->tile(3, 6, 2).value().empty()) << "larger than any tile";
    EXPECT_TRUE(file->tile(3, 0, 0).value().empty()) << "a hole is no error";
    for (const auto &[zoom, x, y] : {std::tuple{-1, 0, 0}, {25, 0, 0}, {3, 8, 0}, {3, 0, -1}})
        EXPECT_EQ(file->tile(zoom, x, y).error().code, Code::InvalidArgument);
}

TEST(Mbtiles, whatIsNoMapSaysSo) {
    const TempFolder folder;
    EXPECT_FALSE(MbtilesFile::open(folder / "none.mbtiles"));
    EXPECT_FALSE(MbtilesFile::open(folder.path()));
    std::ofstream(folder / "empty.mbtiles").close();
    EXPECT_FALSE(MbtilesFile::open(folder / "empty.mbtiles"));
    std::ofstream(folder / "text.mbtiles") << std::string(10'000, 'x');
    EXPECT_FALSE(MbtilesFile::open(folder / "text.mbtiles"));
    make(folder / "other.mbtiles", "CREATE TABLE t(a)");
    EXPECT_FALSE(MbtilesFile::open(folder / "other.mbtiles"));
    make(folder / "bare.mbtiles", "CREATE TABLE metadata(name, value); CREATE TABLE tiles(zoom_level, tile_column, "
                                  "tile_row, tile_data)");
    EXPECT_FALSE(MbtilesFile::open(folder / "bare.mbtiles")) << "not one tile";
}

TEST(Mbtiles, aViewThatCountsForEverIsBrokenOff) {
    const TempFolder folder;
    make(
        folder / "a.mbtiles",
        "CREATE TABLE metadata(name TEXT, value TEXT); CREATE VIEW tiles AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
        "SELECT i + 1 FROM n) SELECT 1 AS zoom_level, i AS tile_column, i AS tile_row, x'00' AS tile_data FROM n "
        "WHERE i < 0");
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_FALSE(MbtilesFile::open(folder / "a.mbtiles"));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20));
}

TEST(Mbtiles, damageAnywhereCrashesNothing) {
    const TempFolder folder;
    make(folder / "a.mbtiles", kMap);
    std::ifstream in(folder / "a.mbtiles", std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(in)), {});
    const std::size_t seen = std::min<std::size_t>(whole.size(), 24'000);
    for (std::size_t at = 0; at < seen; at += 61) {
        std::string broken = whole.substr(0, seen);
        broken[at] = static_cast<char>(broken[at] ^ 0xff);
        std::ofstream(folder / "b.mbtiles", std::ios::binary) << broken;
        if (auto file = MbtilesFile::open(folder / "b.mbtiles"))
            for (std::int64_t y = 0; y < 8; ++y)
                (void)file->tile(3, 6, y);
    }
}

} // namespace zhicha::test
