#pragma once
// Where a site is, as the ledger has it now. WGS-84 whatever it was written in.
#include "sync-server/office/console/check_places.h"

namespace zhicha {

[[nodiscard]] SiteFence fenceOfSite(const EntityRow &site);
/** Of a site with a centre; of a polygon alone none is made up. */
[[nodiscard]] std::optional<LatLon> centreOfSite(const EntityRow &site);

} // namespace zhicha
