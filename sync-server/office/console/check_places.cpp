#include "sync-server/office/console/check_places.h"

#include "shared/geo/gcj02.h"
#include "sync-server/office/console/check_detail.h"

#include <algorithm>
#include <cmath>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr int kCircleCorners = 64;
constexpr std::size_t kMostSeats = 50;

std::optional<LatLon> place(const std::int64_t *lat, const std::int64_t *lon) {
    if (lat == nullptr || lon == nullptr || !isPlace(*lat, *lon))
        return std::nullopt;
    return LatLon{static_cast<std::int32_t>(*lat), static_cast<std::int32_t>(*lon)};
}

LatLon toWgs84(LatLon at, const std::string &crs) {
    return crs == "GCJ-02" ? convertTo(Datum::Wgs84, {at, Datum::Gcj02}).at : at;
}

/** [t, lat, lon, accuracy_mm, flags] */
std::optional<TrackPoint> pointOf(const cbor::Value &value) {
    const cbor::Array *part = value.array();
    if (part == nullptr || part->size() < 3 || (*part)[0].integer() == nullptr)
        return std::nullopt;
    const auto at = place((*part)[1].integer(), (*part)[2].integer());
    if (!at)
        return std::nullopt;
    TrackPoint point;
    point.t = *(*part)[0].integer();
    point.at = *at;
    if (part->size() > 3 && (*part)[3].integer() != nullptr)
        point.accuracyMm = *(*part)[3].integer();
    if (part->size() > 4)
        point.flags = plainJson((*part)[4]);
    return point;
}

SiteFence circleOf(LatLon centre, std::int64_t radiusMm) {
    SiteFence out;
    constexpr double kMetresPerDegree = 111'320.0;
    const double shrink = std::max(std::cos(centre.lat / 1e7 * M_PI / 180), 0.01);
    const double degrees = static_cast<double>(radiusMm) / 1000 / kMetresPerDegree;
    for (int i = 0; i <= kCircleCorners; ++i) {
        const double angle = 2 * M_PI * (i % kCircleCorners) / kCircleCorners;
        out.ring.push_back(
            {centre.lon / 1e7 + degrees * std::cos(angle) / shrink, centre.lat / 1e7 + degrees * std::sin(angle)});
    }
    if (auto fence = Fence::circle(centre, radiusMm))
        out.fence = std::move(*fence);
    return out;
}

SiteFence polygonOf(const cbor::Array &list, const std::string &crs) {
    SiteFence out;
    std::vector<LatLon> corners;
    for (const cbor::Value &corner : list)
        if (const cbor::Array *pair = corner.array(); pair != nullptr && pair->size() == 2)
            if (const auto at = place((*pair)[0].integer(), (*pair)[1].integer()))
                corners.push_back(toWgs84(*at, crs));
    for (const LatLon &corner : corners)
        out.ring.push_back(positionJson(corner));
    if (!corners.empty())
        out.ring.push_back(positionJson(corners.front()));
    if (auto fence = Fence::polygon(std::move(corners)))
        out.fence = std::move(*fence);
    return out;
}
} // namespace

json positionJson(LatLon at) {
    return json::array({static_cast<double>(at.lon) / 1e7, static_cast<double>(at.lat) / 1e7});
}

std::optional<LatLon> placeOf(const cbor::Value *value) {
    const cbor::Map *map = value != nullptr ? value->map() : nullptr;
    if (map == nullptr)
        return std::nullopt;
    const auto number = [&](std::string_view name) -> const std::int64_t * {
        const auto it = map->find(name);
        return it == map->end() ? nullptr : it->second.integer();
    };
    return place(number("lat"), number("lon"));
}

std::vector<TrackPoint> trackOf(const CheckFile &file) {
    std::vector<TrackPoint> points;
    for (const RowRecord *record : file.rowsOf(EntityType::Track)) {
        const cbor::Value *list = record->row.value("points");
        std::int64_t gapMs = record->row.integer("gap_before_ms").value_or(0);
        for (const cbor::Value &value : list != nullptr && list->array() != nullptr ? *list->array() : cbor::Array())
            if (auto point = pointOf(value)) {
                point->gapBeforeMs = std::exchange(gapMs, 0);
                points.push_back(std::move(*point));
            }
    }
    std::stable_sort(points.begin(), points.end(), [](const TrackPoint &a, const TrackPoint &b) { return a.t < b.t; });
    return points;
}

Result<SiteFence> fenceOfCheck(LedgerReader &ledger, const CheckFile &file) {
    const auto id = file.view.check ? file.view.check->uuid("site") : std::nullopt;
    if (!id)
        return SiteFence();
    ZHICHA_ASSIGN(const std::optional<EntityRow> site, ledger.rowOf(*id));
    return site ? fenceOfSite(*site) : SiteFence();
}

SiteFence fenceOfSite(const EntityRow &site) {
    if (const cbor::Value *polygon = site.value("polygon"); polygon != nullptr && polygon->array() != nullptr)
        return polygonOf(*polygon->array(), site.text("crs"));
    const auto radius = site.integer("radius_mm");
    const auto centre = centreOfSite(site);
    return centre && radius && *radius > 0 ? circleOf(*centre, *radius) : SiteFence();
}

std::optional<LatLon> centreOfSite(const EntityRow &site) {
    const auto lat = site.integer("lat");
    const auto lon = site.integer("lon");
    const auto at = lat && lon ? place(&*lat, &*lon) : std::nullopt;
    return at ? std::optional(toWgs84(*at, site.text("crs"))) : std::nullopt;
}

Result<std::vector<UnitSeat>> seatsOfCheck(LedgerReader &ledger, const CheckFile &file) {
    std::vector<UnitSeat> seats;
    if (!file.view.check)
        return seats;
    std::vector<Uuid> sources; // the site, then the items
    if (const auto site = file.view.check->uuid("site"))
        sources.push_back(*site);
    if (const cbor::Value *items = file.view.check->value("items"); items != nullptr && items->array() != nullptr)
        for (const cbor::Value &item : *items->array())
            if (const auto id = item.uuid())
                sources.push_back(*id);
    std::vector<Uuid> units;
    for (const Uuid &source : sources) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(source));
        const auto unit = row ? row->uuid(row->type == EntityType::Item ? "lead" : "unit") : std::nullopt;
        if (!unit || units.size() == kMostSeats || std::find(units.begin(), units.end(), *unit) != units.end())
            continue;
        units.push_back(*unit);
        ZHICHA_ASSIGN(const std::optional<EntityRow> unitRow, ledger.rowOf(*unit));
        if (const auto at = unitRow ? placeOf(unitRow->value("seat")) : std::nullopt)
            seats.push_back({*unit, *at});
    }
    return seats;
}

} // namespace zhicha
