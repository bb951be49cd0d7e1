#pragma once
// Map tiles of one *.mbtiles file (MBTiles 1.3: raster tiles, rows counted from the south). The file comes from
// outside.
#include "shared/sqlite/database.h"

namespace zhicha {

inline constexpr int kDeepestZoom = 24;
inline constexpr std::size_t kMaxTileBytes = 4u << 20;

struct MbtilesLayer {
    std::string title;
    std::string attribution; ///< with the approval number of the map
    std::string crs;         ///< WGS-84, CGCS2000 or GCJ-02; CGCS2000 where the file does not say
    std::string mediaType;   ///< image/png, image/jpeg or image/webp
    int minZoom = 0;
    int maxZoom = 18;
    std::string bounds; ///< "west,south,east,north" in degrees; "" = unknown
};

/** Owner: whoever opened it. Threads: the one that opened it.
 *  Errors:  NotFound, StoreDamaged (no such file, no map in it). A tile that is not there is no error.
 *  Input:   hostile: nothing in the file is trusted, views and all; a query that works for too long is broken off. */
class MbtilesFile {
public:
    [[nodiscard]] static Result<MbtilesFile> open(const std::string &path);
    [[nodiscard]] const MbtilesLayer &layer() const { return m_layer; }
    /** Empty bytes where there is no such tile. `y` counts from the north (XYZ). InvalidArgument for no tile at all. */
    [[nodiscard]] Result<Bytes> tile(int zoom, std::int64_t x, std::int64_t y);

private:
    explicit MbtilesFile(Database database) : m_database(std::move(database)) {}
    Status readLayer(const std::string &name);
    Database m_database;
    MbtilesLayer m_layer;
};

} // namespace zhicha
