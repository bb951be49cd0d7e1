#include "mobile/engine/map/map_file.h"

#include "shared/sqlite/mbtiles.h"

namespace zhicha {

MapFile::MapFile(std::unique_ptr<MbtilesFile> file) : m_file(std::move(file)) {}
MapFile::MapFile(MapFile &&) noexcept = default;
MapFile::~MapFile() = default;

Result<MapFile> MapFile::open(const std::string &path) {
    ZHICHA_ASSIGN(MbtilesFile file, MbtilesFile::open(path));
    return MapFile(std::make_unique<MbtilesFile>(std::move(file)));
}

MapLayer MapFile::layer() const {
    const MbtilesLayer &said = m_file->layer();
    return {said.title, said.attribution, said.crs, said.minZoom, said.maxZoom, said.bounds};
}

Result<Bytes> MapFile::tile(int zoom, std::int64_t x, std::int64_t y) {
    return m_file->tile(zoom, x, y);
}

} // namespace zhicha
