#include "sync-server/store/sqlite/mbtiles.h"

#include "shared/sqlite/database.h"
#include "shared/sqlite/statement.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

namespace zhicha {

namespace {
constexpr std::size_t kMaxTileBytes = 4u << 20;
constexpr int kDeepestZoom = 24;
constexpr std::size_t kMaxLayers = 50;

class MbtilesFolder final : public TileSource {
public:
    explicit MbtilesFolder(std::string folder) : m_folder(std::move(folder)) {}

    Result<std::vector<TileLayer>> layers() const override {
        std::vector<TileLayer> out;
        std::error_code error;
        std::vector<std::filesystem::path> files;
        for (const auto &entry : std::filesystem::directory_iterator(m_folder, error))
            if (entry.path().extension() == ".mbtiles" && isName(entry.path().stem().string()))
                files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        for (const auto &file : files) {
            const auto layer = readLayer(file.stem().string());
            if (layer && out.size() < kMaxLayers) // a broken file is no reason to show no map at all
                out.push_back(*layer);
        }
        return out;
    }

    Result<Bytes> tile(const std::string &layer, int zoom, std::int64_t x, std::int64_t y) const override {
        if (!isName(layer))
            return fail(Code::NotFound, "no such layer");
        if (zoom < 0 || zoom > kDeepestZoom || x < 0 || y < 0 || x >= (std::int64_t{1} << zoom) ||
            y >= (std::int64_t{1} << zoom))
            return fail(Code::InvalidArgument, "no such tile");
        ZHICHA_ASSIGN(Database database, open(layer));
        ZHICHA_ASSIGN(Statement find, database.prepare("SELECT tile_data FROM tiles WHERE zoom_level = ?1 AND "
                                                       "tile_column = ?2 AND tile_row = ?3"));
        const std::int64_t row = (std::int64_t{1} << zoom) - 1 - y;
        ZHICHA_ASSIGN(const bool found, find.bind(1, zoom).bind(2, x).bind(3, row).step());
        if (!found || find.blob(0).size() > kMaxTileBytes)
            return Bytes();
        return toBytes(find.blob(0));
    }

private:
    /** Also what keeps a path from leaving the folder. */
    static bool isName(const std::string &name) {
        return !name.empty() && name.size() <= 64 &&
               name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
                   std::string::npos;
    }

    Result<Database> open(const std::string &layer) const {
        DatabaseOptions options;
        options.path = m_folder + "/" + layer + ".mbtiles";
        options.readOnly = true;
        options.mustExist = true;
        options.wal = false;
        options.cacheKib = 512;
        return Database::open(options);
    }

    Result<TileLayer> readLayer(const std::string &id) const {
        ZHICHA_ASSIGN(Database database, open(id));
        ZHICHA_ASSIGN(Statement all, database.prepare("SELECT name, value FROM metadata"));
        std::map<std::string, std::string> values;
        ZHICHA_TRY(all.forEach([&](Statement &row) -> Status {
            values[std::string(row.text(0))] = std::string(row.text(1)).substr(0, 500);
            return {};
        }));
        TileLayer layer;
        layer.id = id;
        layer.title = values["name"].empty() ? id : values["name"];
        layer.attribution = values["attribution"];
        layer.crs = values["zhicha_crs"].empty() ? "CGCS2000" : values["zhicha_crs"];
        const std::string format = values["format"];
        layer.mediaType = format == "jpg" || format == "jpeg" ? "image/jpeg"
                          : format == "webp"                  ? "image/webp"
                                                              : "image/png";
        if (!values["minzoom"].empty())
            layer.minZoom = std::clamp(std::atoi(values["minzoom"].c_str()), 0, kDeepestZoom);
        if (!values["maxzoom"].empty())
            layer.maxZoom = std::clamp(std::atoi(values["maxzoom"].c_str()), 0, kDeepestZoom);
        layer.bounds = values["bounds"];
        return layer;
    }

    const std::string m_folder;
};
} // namespace

std::unique_ptr<TileSource> openMbtilesFolder(std::string folder) {
    return std::make_unique<MbtilesFolder>(std::move(folder));
}

} // namespace zhicha
