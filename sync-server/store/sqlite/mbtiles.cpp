#include "sync-server/store/sqlite/mbtiles.h"

#include "shared/sqlite/mbtiles.h"

#include <algorithm>
#include <filesystem>

namespace zhicha {

namespace {
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
        ZHICHA_ASSIGN(MbtilesFile file, open(layer));
        return file.tile(zoom, x, y);
    }

private:
    /** Also what keeps a path from leaving the folder. */
    static bool isName(const std::string &name) {
        return !name.empty() && name.size() <= 64 &&
               name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
                   std::string::npos;
    }

    Result<MbtilesFile> open(const std::string &layer) const {
        return MbtilesFile::open(m_folder + "/" + layer + ".mbtiles");
    }

    Result<TileLayer> readLayer(const std::string &id) const {
        ZHICHA_ASSIGN(const MbtilesFile file, open(id));
        const MbtilesLayer &said = file.layer();
        return TileLayer{id,           said.title,   said.attribution, said.crs, said.mediaType,
                         said.minZoom, said.maxZoom, said.bounds};
    }

    const std::string m_folder;
};
} // namespace

std::unique_ptr<TileSource> openMbtilesFolder(std::string folder) {
    return std::make_unique<MbtilesFolder>(std::move(folder));
}

} // namespace zhicha
