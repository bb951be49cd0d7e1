#include "sync-server/office/console/geo_export.h"

#include "shared/base/instant.h"
#include "sync-server/office/console/check_places.h"
#include "sync-server/office/console/conflict_list.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::int64_t kGeoPage = 200;

json geoFeature(const std::string &id, json geometry, json properties) {
    return {{"type", "Feature"}, {"id", id}, {"geometry", std::move(geometry)}, {"properties", std::move(properties)}};
}

/** Widens [west, south, east, north] by every position of a geometry's coordinates, however deep they are nested. */
void widen(std::optional<std::array<double, 4>> &box, const json &coordinates) {
    if (coordinates.empty() || coordinates.front().is_array()) {
        for (const json &inner : coordinates)
            widen(box, inner);
        return;
    }
    const double lon = coordinates[0], lat = coordinates[1];
    if (!box)
        box = {lon, lat, lon, lat};
    box = {std::min((*box)[0], lon), std::min((*box)[1], lat), std::max((*box)[2], lon), std::max((*box)[3], lat)};
}

json geoCollection(const char *layer, json features) {
    json out{{"type", "FeatureCollection"},
             {"zhicha", {{"crs", "WGS-84"}, {"layer", layer}, {"count", features.size()}}}};
    std::optional<std::array<double, 4>> box;
    for (const json &feature : features)
        if (feature["geometry"].is_object())
            widen(box, feature["geometry"]["coordinates"]);
    if (box) // of no position there is no box
        out["bbox"] = *box;
    out["features"] = std::move(features);
    return out;
}

Status withinMost(std::int64_t count, std::optional<std::int64_t> most) {
    return !most || count <= *most
               ? Status()
               : Status(fail(Code::TooLarge, "over " + std::to_string(*most) + " of them: narrow the query"));
}

std::string nameIn(const json &row, const char *field) {
    const auto found = row.find(field);
    return found != row.end() && found->is_object() ? found->value("name", "") : std::string();
}
} // namespace

Result<json> findingsGeoJson(LedgerReader &ledger, const FindingListQuery &query, std::optional<std::int64_t> most) {
    if (most) {
        ZHICHA_ASSIGN(const std::int64_t count, ledger.consoleIndex().findingCount(query, *most + 1));
        ZHICHA_TRY(withinMost(count, most));
    }
    json features = json::array();
    for (std::string cursor, more = "first"; !more.empty(); cursor = more) {
        ZHICHA_ASSIGN(ListPage page, listFindings(ledger, query, "geo", cursor, kGeoPage));
        for (json &row : page.rows) {
            ZHICHA_ASSIGN(const std::optional<EntityRow> entity,
                          ledger.rowOf(*uuidFromText(row["id"].get<std::string>())));
            json geometry(nullptr); // where nobody's position was taken, none is made up
            if (const auto at = entity ? placeOf(entity->value("fix")) : std::nullopt)
                geometry = {{"type", "Point"}, {"coordinates", positionJson(*at)}};
            json properties{
                {"check", row["check"]},       {"number", row.value("number", "")},
                {"site", nameIn(row, "site")}, {"unit", nameIn(row, "unit")},
                {"item", nameIn(row, "item")}, {"at", row.contains("span") ? row["span"].value("device", "") : ""},
                {"void", row["void"]}};
            for (const char *name : {"severity", "text"})
                if (row.contains(name))
                    properties[name] = row[name];
            features.push_back(geoFeature(row["id"], std::move(geometry), std::move(properties)));
        }
        more = page.next;
    }
    return geoCollection("findings", std::move(features));
}

namespace {
/** The pieces of a track between its gaps; a single point is a line of no length. */
json linesOf(const std::vector<TrackPoint> &points) {
    json lines = json::array();
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (i == 0 || points[i].gapBeforeMs > 0)
            lines.push_back(json::array());
        lines.back().push_back(positionJson(points[i].at));
    }
    for (json &line : lines)
        if (line.size() == 1)
            line.push_back(line.front());
    return lines;
}

Result<std::optional<json>> trackFeature(LedgerReader &ledger, Names &names, const CheckIndexRow &row) {
    ZHICHA_ASSIGN(const CheckFile file, loadCheckFile(ledger, row.check));
    const std::vector<TrackPoint> points = trackOf(file);
    if (points.empty())
        return std::optional<json>();
    json properties{{"number", row.number},
                    {"state", std::string(checkStateName(row.state))},
                    {"from", toRfc3339(points.front().t)},
                    {"to", toRfc3339(points.back().t)},
                    {"points", points.size()}};
    for (const auto &[name, id] : {std::pair("site", row.site), std::pair("unit", row.unit)})
        if (id) {
            ZHICHA_ASSIGN(properties[name], names.name(*id));
        }
    json geometry{{"type", "MultiLineString"}, {"coordinates", linesOf(points)}};
    return std::optional(geoFeature(toText(row.check), std::move(geometry), std::move(properties)));
}
} // namespace

Result<json> tracksGeoJson(LedgerReader &ledger, CheckListQuery query, std::optional<std::int64_t> most) {
    if (most) {
        ZHICHA_ASSIGN(const std::int64_t count, ledger.consoleIndex().checkCount(query, *most + 1));
        ZHICHA_TRY(withinMost(count, most));
    }
    query.order = CheckListQuery::Order::New;
    Names names(ledger);
    json features = json::array();
    std::optional<PageMark> after;
    for (;;) {
        ZHICHA_ASSIGN(const std::vector<CheckIndexRow> rows, ledger.consoleIndex().checkPage(query, after, kGeoPage));
        for (const CheckIndexRow &row : rows) {
            ZHICHA_ASSIGN(std::optional<json> feature, trackFeature(ledger, names, row));
            if (feature)
                features.push_back(*std::move(feature));
        }
        if (rows.size() < static_cast<std::size_t>(kGeoPage))
            return geoCollection("tracks", std::move(features));
        after = markOf(rows.back(), query);
    }
}

namespace {
bool isOnEarth(const json &position) {
    return std::abs(position[0].get<double>()) <= 180 && std::abs(position[1].get<double>()) <= 90;
}

/** Twice the signed area in degrees: over 0 when the ring runs against the clock. */
double windingOf(const json &ring) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        sum += ring[i][0].get<double>() * ring[i + 1][1].get<double>() -
               ring[i + 1][0].get<double>() * ring[i][1].get<double>();
    return sum;
}

/** The fence as a ring that runs against the clock (RFC 7946 §3.1.6); where there is none, or it makes no polygon, the
 *  centre; null where there is none either. */
json siteGeometry(const EntityRow &site) {
    SiteFence fence = fenceOfSite(site);
    json &ring = fence.ring;
    if (fence.fence && ring.size() >= 4 && std::all_of(ring.begin(), ring.end(), isOnEarth)) {
        if (windingOf(ring) < 0)
            std::reverse(ring.begin(), ring.end());
        return {{"type", "Polygon"}, {"coordinates", json::array({ring})}};
    }
    if (const auto at = centreOfSite(site))
        return {{"type", "Point"}, {"coordinates", positionJson(*at)}};
    return nullptr;
}

/** Sites where one of these people made a check. */
Result<std::set<Uuid>> sitesOfPeople(LedgerReader &ledger, const std::vector<Uuid> &among) {
    CheckListQuery query;
    query.view = CheckListQuery::View::All;
    query.order = CheckListQuery::Order::New;
    query.among = among;
    std::set<Uuid> sites;
    std::optional<PageMark> after;
    for (;;) {
        ZHICHA_ASSIGN(const std::vector<CheckIndexRow> rows, ledger.consoleIndex().checkPage(query, after, kGeoPage));
        for (const CheckIndexRow &row : rows)
            if (row.site)
                sites.insert(*row.site);
        if (rows.size() < static_cast<std::size_t>(kGeoPage))
            return sites;
        after = markOf(rows.back(), query);
    }
}
} // namespace

Result<json> sitesGeoJson(LedgerReader &ledger, const std::optional<Uuid> &unit,
                          const std::optional<std::vector<Uuid>> &among, std::optional<std::int64_t> most) {
    std::set<Uuid> own;
    if (among) {
        ZHICHA_ASSIGN(own, sitesOfPeople(ledger, *among));
    }
    Names names(ledger);
    json features = json::array();
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Site, [&](const RowRecord &record) -> Status {
        const EntityRow &row = record.row;
        if (row.isVoid() || (among && !own.contains(record.entity)) || (unit && row.uuid("unit") != unit))
            return {};
        json properties{{"name", row.text("name")}, {"code", row.text("code")}};
        if (const auto at = centreOfSite(row))
            properties["centre"] = positionJson(*at);
        if (const std::string crs = row.text("crs"); !crs.empty() && crs != "WGS-84")
            properties["converted_from"] = crs;
        if (const auto radius = row.integer("radius_mm"))
            properties["radius_m"] = static_cast<double>(*radius) / 1000;
        if (const auto of = row.uuid("unit")) {
            ZHICHA_ASSIGN(properties["unit"], names.name(*of));
        }
        features.push_back(geoFeature(toText(record.entity), siteGeometry(row), std::move(properties)));
        return withinMost(static_cast<std::int64_t>(features.size()), most);
    }));
    return geoCollection("sites", std::move(features));
}

} // namespace zhicha
