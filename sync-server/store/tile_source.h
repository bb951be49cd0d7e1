#pragma once
// Map tiles from files of the office: nothing is ever asked of anybody else's server.
#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace zhicha {

struct TileLayer {
    std::string id; ///< the file's name without its ending
    std::string title;
    std::string attribution; ///< with the approval number of the map
    std::string crs;         ///< WGS-84, CGCS2000 or GCJ-02
    std::string mediaType;   ///< image/png, image/jpeg or image/webp
    int minZoom = 0;
    int maxZoom = 18;
    std::string bounds; ///< "west,south,east,north" in degrees; "" = unknown
};

/** Threads: any. */
class TileSource {
public:
    virtual ~TileSource() = default;
    virtual Result<std::vector<TileLayer>> layers() const = 0;
    /** Empty bytes where the layer has no such tile. `y` counts from the north (XYZ). NotFound for an unknown layer. */
    virtual Result<Bytes> tile(const std::string &layer, int zoom, std::int64_t x, std::int64_t y) const = 0;
};

} // namespace zhicha
