#include "shared/sqlite/mbtiles.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include <sqlite3.h>

namespace zhicha {

namespace {
constexpr std::size_t kMaxValue = 500;
constexpr int kMaxMetadataRows = 1'000;
/** A tile by its index takes some hundred steps; a view that counts to infinity is broken off after a fraction of a
 *  second. */
constexpr int kMostSteps = 5'000'000;
} // namespace

Result<MbtilesFile> MbtilesFile::open(const std::string &path) {
    DatabaseOptions options;
    options.path = path;
    options.readOnly = true;
    options.mustExist = true;
    options.wal = false;
    options.cacheKib = 512;
    ZHICHA_ASSIGN(Database database, Database::open(options));
    sqlite3_progress_handler(
        database.handle(), kMostSteps, [](void *) { return 1; }, nullptr);
    MbtilesFile file(std::move(database));
    ZHICHA_TRY(file.readLayer(std::filesystem::path(path).stem().string()));
    return file;
}

Status MbtilesFile::readLayer(const std::string &name) {
    ZHICHA_ASSIGN(Statement all, m_database.prepare("SELECT CAST(name AS TEXT), CAST(value AS TEXT) FROM metadata "
                                                    "LIMIT 1000"));
    static_assert(kMaxMetadataRows == 1'000);
    std::map<std::string, std::string> values;
    ZHICHA_TRY(all.forEach([&](Statement &row) -> Status {
        values[std::string(row.text(0)).substr(0, kMaxValue)] = std::string(row.text(1)).substr(0, kMaxValue);
        return {};
    }));
    // The table itself must be there, so that a file without a map says so when it is chosen.
    ZHICHA_ASSIGN(Statement some, m_database.prepare("SELECT 1 FROM tiles LIMIT 1"));
    ZHICHA_ASSIGN(const bool any, some.step());
    if (!any)
        return fail(Code::StoreDamaged, "there is not one tile in this file", Retry::AfterUser);
    m_layer.title = values["name"].empty() ? name : values["name"];
    m_layer.attribution = values["attribution"];
    m_layer.crs = values["zhicha_crs"].empty() ? "CGCS2000" : values["zhicha_crs"];
    const std::string format = values["format"];
    m_layer.mediaType = format == "jpg" || format == "jpeg" ? "image/jpeg"
                        : format == "webp"                  ? "image/webp"
                                                            : "image/png";
    if (!values["minzoom"].empty())
        m_layer.minZoom = std::clamp(std::atoi(values["minzoom"].c_str()), 0, kDeepestZoom);
    if (!values["maxzoom"].empty())
        m_layer.maxZoom = std::clamp(std::atoi(values["maxzoom"].c_str()), m_layer.minZoom, kDeepestZoom);
    m_layer.bounds = values["bounds"];
    return {};
}

Result<Bytes> MbtilesFile::tile(int zoom, std::int64_t x, std::int64_t y) {
    if (zoom < 0 || zoom > kDeepestZoom || x < 0 || y < 0 || x >= (std::int64_t{1} << zoom) ||
        y >= (std::int64_t{1} << zoom))
        return fail(Code::InvalidArgument, "no such tile");
    ZHICHA_ASSIGN(Statement find, m_database.prepare("SELECT tile_data FROM tiles WHERE zoom_level = ?1 AND "
                                                     "tile_column = ?2 AND tile_row = ?3"));
    const std::int64_t row = (std::int64_t{1} << zoom) - 1 - y;
    ZHICHA_ASSIGN(const bool found, find.bind(1, zoom).bind(2, x).bind(3, row).step());
    if (!found || find.blob(0).size() > kMaxTileBytes)
        return Bytes();
    return toBytes(find.blob(0));
}

} // namespace zhicha
