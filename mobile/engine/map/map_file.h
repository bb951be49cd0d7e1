#pragma once
// The base map that a tablet carries: one MBTiles file, with what must stand beside every map that is shown.
#include "shared/base/bytes.h"
#include "shared/base/result.h"

#include <memory>

namespace zhicha {

class MbtilesFile;

struct MapLayer {
    std::string title;
    std::string attribution; ///< with the approval number of the map
    std::string crs;         ///< WGS-84, CGCS2000 or GCJ-02
    int minZoom = 0;
    int maxZoom = 18;
    std::string bounds; ///< "west,south,east,north" in degrees; "" = unknown
};

/** Owner: the thread of the tiles, which opened it. Errors and input: shared/sqlite/mbtiles.h. */
class MapFile {
public:
    [[nodiscard]] static Result<MapFile> open(const std::string &path);
    MapFile(MapFile &&) noexcept;
    ~MapFile();
    [[nodiscard]] MapLayer layer() const;
    [[nodiscard]] Result<Bytes> tile(int zoom, std::int64_t x, std::int64_t y); ///< empty where there is none

private:
    explicit MapFile(std::unique_ptr<MbtilesFile> file);
    std::unique_ptr<MbtilesFile> m_file;
};

} // namespace zhicha
