#pragma once
// Where a check's people were, from what was recorded: track, fence, seats of units. WGS-84 throughout, whatever a site
// was written in.
#include "shared/geo/way.h"
#include "sync-server/office/console/check_file.h"

namespace zhicha {

struct TrackPoint {
    std::int64_t t = 0; ///< ms UTC, by the receiver
    LatLon at;
    std::optional<std::int64_t> accuracyMm;
    nlohmann::json flags = nlohmann::json::array();
    std::int64_t gapBeforeMs = 0; ///< 0 = none
};

struct SiteFence {
    std::optional<Fence> fence;
    nlohmann::json ring = nlohmann::json::array(); ///< [[lon, lat] …] for drawing; empty without a fence
};

struct UnitSeat {
    Uuid unit;
    LatLon at;
};

[[nodiscard]] nlohmann::json positionJson(LatLon at); ///< [lon, lat] in degrees
/** {lat, lon, …} of a fix or a seat; nullopt if it is no place. */
[[nodiscard]] std::optional<LatLon> placeOf(const cbor::Value *value);
/** Every point of every piece that is not void, by time. */
[[nodiscard]] std::vector<TrackPoint> trackOf(const CheckFile &file);
[[nodiscard]] SiteFence fenceOfSite(const EntityRow &site);
/** Of a site with a centre; of a polygon alone none is made up. */
[[nodiscard]] std::optional<LatLon> centreOfSite(const EntityRow &site);
/** The fence of the check's site as the ledger has it now. */
[[nodiscard]] Result<SiteFence> fenceOfCheck(LedgerReader &ledger, const CheckFile &file);
/** Of the site's unit and of the units that lead its items, each once. */
[[nodiscard]] Result<std::vector<UnitSeat>> seatsOfCheck(LedgerReader &ledger, const CheckFile &file);

} // namespace zhicha
