#pragma once
// The way to and around the site as GeoJSON (RFC 7946), and what speaks against it.
#include "sync-server/office/console/check_file.h"

namespace zhicha {

/** A FeatureCollection with the member `zhicha` (docs/CONSOLE_API.md §4). Positions WGS-84. */
[[nodiscard]] Result<nlohmann::json> checkTrackJson(LedgerReader &ledger, Names &names, const CheckFile &file);

} // namespace zhicha
