#pragma once
// Tiles from *.mbtiles files of one folder (MBTiles 1.3: raster tiles, rows counted from the south).
#include "sync-server/store/tile_source.h"

#include <memory>

namespace zhicha {

/** `folder` need not be there: then there are no layers. Each call opens the file anew, so that one may be replaced
 *  while serving. */
[[nodiscard]] std::unique_ptr<TileSource> openMbtilesFolder(std::string folder);

} // namespace zhicha
