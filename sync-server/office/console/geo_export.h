#pragma once
// Sites, tracks and findings as GeoJSON (RFC 7946) for other programs' maps. WGS-84 throughout: what a site says in
// GCJ-02 is converted, and says what it came from.
#include "sync-server/office/console/check_list.h"

#include <set>

namespace zhicha {

/** What one answer of the interface holds; a command has the whole ledger. */
inline constexpr std::int64_t kMostFeatures = 20'000;

/** A FeatureCollection with "zhicha": {"crs":"WGS-84","layer","count"}, and its "bbox" if anything in it has a place; a
 *  feature without one has the geometry null (RFC 7946 §3.2). TooLarge where the list has over `most` rows, before any
 * of them is read: narrow the query. */
[[nodiscard]] Result<nlohmann::json> findingsGeoJson(LedgerReader &ledger, const FindingListQuery &query,
                                                     std::optional<std::int64_t> most);
/** One feature for each check of the list that has positions: a LineString for each piece between gaps. */
[[nodiscard]] Result<nlohmann::json> tracksGeoJson(LedgerReader &ledger, CheckListQuery query,
                                                   std::optional<std::int64_t> most);
/** Sites with their fences: of a unit, or all; with `among`, those of the checks of these people alone. */
[[nodiscard]] Result<nlohmann::json> sitesGeoJson(LedgerReader &ledger, const std::optional<Uuid> &unit,
                                                  const std::optional<std::vector<Uuid>> &among,
                                                  std::optional<std::int64_t> most);

} // namespace zhicha
