#include "sync-server/office/console/check_track.h"

#include "shared/base/instant.h"
#include "shared/geo/distance.h"
#include "shared/geo/fence.h"
#include "shared/geo/gcj02.h"
#include "sync-server/office/console/check_detail.h"

#include <algorithm>
#include <cmath>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::int64_t kStopMs = 5 * 60 * 1000;
constexpr std::int64_t kStopMm = 60'000;
constexpr int kCircleCorners = 64;
constexpr std::size_t kMaxSeats = 50;

struct TrackPoint {
    std::int64_t t = 0;
    LatLon at;
    std::optional<std::int64_t> accuracyMm;
    json flags = json::array();
    std::int64_t gapBeforeMs = 0;
};

json position(LatLon at) {
    return json::array({static_cast<double>(at.lon) / 1e7, static_cast<double>(at.lat) / 1e7});
}

json feature(const char *kind, const char *geometry, json coordinates) {
    return {{"type", "Feature"},
            {"properties", {{"kind", kind}}},
            {"geometry", {{"type", geometry}, {"coordinates", std::move(coordinates)}}}};
}

std::optional<LatLon> placeOf(const cbor::Value *value) {
    const cbor::Map *map = value != nullptr ? value->map() : nullptr;
    if (map == nullptr)
        return std::nullopt;
    const auto lat = map->find("lat");
    const auto lon = map->find("lon");
    if (lat == map->end() || lon == map->end() || lat->second.integer() == nullptr ||
        lon->second.integer() == nullptr || !isPlace(*lat->second.integer(), *lon->second.integer()))
        return std::nullopt;
    return LatLon{static_cast<std::int32_t>(*lat->second.integer()), static_cast<std::int32_t>(*lon->second.integer())};
}

LatLon toWgs84(LatLon at, const std::string &crs) {
    return crs == "GCJ-02" ? convertTo(Datum::Wgs84, {at, Datum::Gcj02}).at : at;
}

/** Pieces in the order of their points' times: [[t, lat, lon, accuracy_mm, flags] …]. */
std::vector<TrackPoint> pointsOf(const CheckFile &file, json &sources) {
    std::vector<TrackPoint> points;
    for (const RowRecord *record : file.rowsOf(EntityType::Track)) {
        const std::string source = record->row.text("source");
        if (std::find(sources.begin(), sources.end(), source) == sources.end())
            sources.push_back(source);
        const cbor::Value *list = record->row.value("points");
        bool first = true;
        for (const cbor::Value &value : list != nullptr && list->array() != nullptr ? *list->array() : cbor::Array()) {
            const cbor::Array *part = value.array();
            if (part == nullptr || part->size() < 3 || (*part)[0].integer() == nullptr ||
                (*part)[1].integer() == nullptr || (*part)[2].integer() == nullptr ||
                !isPlace(*(*part)[1].integer(), *(*part)[2].integer()))
                continue;
            TrackPoint point;
            point.t = *(*part)[0].integer();
            point.at = {static_cast<std::int32_t>(*(*part)[1].integer()),
                        static_cast<std::int32_t>(*(*part)[2].integer())};
            if (part->size() > 3 && (*part)[3].integer() != nullptr)
                point.accuracyMm = *(*part)[3].integer();
            if (part->size() > 4)
                point.flags = plainJson((*part)[4]);
            if (first)
                point.gapBeforeMs = record->row.integer("gap_before_ms").value_or(0);
            first = false;
            points.push_back(std::move(point));
        }
    }
    std::stable_sort(points.begin(), points.end(), [](const TrackPoint &a, const TrackPoint &b) { return a.t < b.t; });
    return points;
}

class Track {
public:
    Track(LedgerReader &ledger, Names &names, const CheckFile &file) : m_ledger(ledger), m_names(names), m_file(file) {}

    Result<json> make() {
        m_about = {{"source", json::array()},
                   {"gaps", json::array()},
                   {"stops", json::array()},
                   {"plausibility", json::array()}};
        m_points = pointsOf(m_file, m_about["source"]);
        m_about["points"] = m_points.size();
        if (m_points.empty())
            m_about["none"] = "no_track";
        ZHICHA_TRY(addFence());
        addLines();
        addStops();
        addDoubts();
        addPhotos();
        ZHICHA_TRY(addSeats());
        if (const cbor::Value *arrival = m_file.view.check ? m_file.view.check->value("arrival") : nullptr;
            arrival != nullptr && arrival->map() != nullptr)
            if (const auto fix = arrival->map()->find("fix"); fix != arrival->map()->end())
                if (const auto at = placeOf(&fix->second)) {
                    json point = feature("arrival", "Point", position(*at));
                    point["properties"].update(fixJson(fix->second));
                    m_features.push_back(std::move(point));
                }
        return json{{"type", "FeatureCollection"}, {"crs", "WGS-84"}, {"features", m_features}, {"zhicha", m_about}};
    }

private:
    Status addFence() {
        const auto siteId = m_file.view.check ? m_file.view.check->uuid("site") : std::nullopt;
        if (!siteId)
            return {};
        ZHICHA_ASSIGN(const std::optional<EntityRow> site, m_ledger.rowOf(*siteId));
        if (!site || !site->integer("lat") || !site->integer("lon") ||
            !isPlace(*site->integer("lat"), *site->integer("lon")))
            return {};
        const LatLon centre = toWgs84(
            {static_cast<std::int32_t>(*site->integer("lat")), static_cast<std::int32_t>(*site->integer("lon"))},
            site->text("crs"));
        json ring = json::array();
        if (const auto radius = site->integer("radius_mm"); radius && *radius > 0) {
            const double metresPerDegree = 111'320.0;
            const double shrink = std::max(std::cos(centre.lat / 1e7 * M_PI / 180), 0.01);
            for (int i = 0; i <= kCircleCorners; ++i) {
                const double angle = 2 * M_PI * (i % kCircleCorners) / kCircleCorners;
                const double degrees = static_cast<double>(*radius) / 1000 / metresPerDegree;
                ring.push_back({centre.lon / 1e7 + degrees * std::cos(angle) / shrink,
                                centre.lat / 1e7 + degrees * std::sin(angle)});
            }
            if (auto fence = Fence::circle(centre, *radius))
                m_fence = std::move(*fence);
        } else if (const cbor::Value *polygon = site->value("polygon");
                   polygon != nullptr && polygon->array() != nullptr) {
            std::vector<LatLon> corners;
            for (const cbor::Value &corner : *polygon->array())
                if (const cbor::Array *pair = corner.array();
                    pair != nullptr && pair->size() == 2 && (*pair)[0].integer() != nullptr &&
                    (*pair)[1].integer() != nullptr && isPlace(*(*pair)[0].integer(), *(*pair)[1].integer()))
                    corners.push_back(toWgs84({static_cast<std::int32_t>(*(*pair)[0].integer()),
                                               static_cast<std::int32_t>(*(*pair)[1].integer())},
                                              site->text("crs")));
            for (const LatLon &corner : corners)
                ring.push_back(position(corner));
            if (!corners.empty())
                ring.push_back(position(corners.front()));
            if (auto fence = Fence::polygon(std::move(corners)))
                m_fence = std::move(*fence);
        }
        if (!ring.empty())
            m_features.push_back(feature("fence", "Polygon", json::array({std::move(ring)})));
        return {};
    }

    /** One line between gaps, so that a gap is drawn as one. */
    void addLines() {
        json line;
        json coordinates = json::array();
        const auto close = [&] {
            if (coordinates.empty())
                return;
            if (coordinates.size() == 1)
                coordinates.push_back(coordinates.front());
            line["geometry"]["coordinates"] = std::move(coordinates);
            m_features.push_back(std::move(line));
            coordinates = json::array();
        };
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            const TrackPoint &point = m_points[i];
            if (i == 0 || point.gapBeforeMs > 0) {
                close();
                line = feature("track", "LineString", json::array());
                json &properties = line["properties"];
                properties.update({{"times", json::array()}, {"accuracy_mm", json::array()}, {"flags", json::array()}});
                if (point.gapBeforeMs > 0) {
                    properties["gap_before_s"] = point.gapBeforeMs / 1000;
                    m_about["gaps"].push_back({{"from", toRfc3339(point.t - point.gapBeforeMs)},
                                               {"to", toRfc3339(point.t)},
                                               {"seconds", point.gapBeforeMs / 1000}});
                }
            }
            coordinates.push_back(position(point.at));
            json &properties = line["properties"];
            properties["times"].push_back(toRfc3339(point.t));
            properties["accuracy_mm"].push_back(point.accuracyMm ? json(*point.accuracyMm) : json(nullptr));
            properties["flags"].push_back(point.flags);
        }
        close();
    }

    void addStops() {
        for (std::size_t from = 0; from < m_points.size();) {
            std::size_t to = from;
            while (to + 1 < m_points.size() && distanceMm(m_points[from].at, m_points[to + 1].at) <= kStopMm)
                ++to;
            const bool outside =
                !m_fence || m_fence->read(m_points[from].at, std::nullopt).relation == FenceRelation::Outside;
            const std::int64_t time = m_points[to].t - m_points[from].t;
            if (outside && time >= kStopMs) {
                json stop{{"lat", m_points[from].at.lat / 1e7},
                          {"lon", m_points[from].at.lon / 1e7},
                          {"from", toRfc3339(m_points[from].t)},
                          {"to", toRfc3339(m_points[to].t)},
                          {"seconds", time / 1000}};
                json point = feature("stop", "Point", position(m_points[from].at));
                point["properties"].update(stop);
                m_features.push_back(std::move(point));
                m_about["stops"].push_back(std::move(stop));
            }
            from = to + 1;
        }
    }

    /** Each reason once, with how often and when first. */
    void addDoubts() {
        static const std::map<std::string, std::pair<std::string, std::string>> kWords{
            {"mock", {"模拟定位", "simulated position"}},
            {"jump", {"位置跳变", "position jumps"}},
            {"frozen", {"坐标长时间不变", "position frozen"}},
            {"few_satellites", {"卫星数不足", "too few satellites"}}};
        std::map<std::string, std::pair<std::int64_t, std::int64_t>> counts;
        for (const TrackPoint &point : m_points)
            if (point.flags.is_array())
                for (const json &flag : point.flags)
                    if (flag.is_string()) {
                        auto &[count, first] = counts[flag.get<std::string>()];
                        first = count++ == 0 ? point.t : first;
                    }
        for (const auto &[rule, seen] : counts) {
            const auto words = kWords.find(rule);
            const std::string times = std::to_string(seen.first);
            m_about["plausibility"].push_back(
                {{"rule", rule},
                 {"t", toRfc3339(seen.second)},
                 {"detail", (words == kWords.end() ? rule : words->second.first) + " " + times + " 处"},
                 {"detail_en", (words == kWords.end() ? rule : words->second.second) + ", " + times + " points"}});
        }
    }

    void addPhotos() {
        for (const RowRecord *photo : m_file.rowsOf(EntityType::Photo))
            if (const auto at = placeOf(photo->row.value("fix"))) {
                json point = feature("photo", "Point", position(*at));
                point["properties"]["digest"] = toHex(*photo->row.value("sha256")->bytes());
                m_features.push_back(std::move(point));
            }
    }

    /** Seats of the unit and of its items' leads, with how near the track came. */
    Status addSeats() {
        std::vector<Uuid> units;
        if (const auto site = m_file.view.check ? m_file.view.check->uuid("site") : std::nullopt) {
            ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_ledger.rowOf(*site));
            if (const auto unit = row ? row->uuid("unit") : std::nullopt)
                units.push_back(*unit);
        }
        for (const Uuid &unit : units) {
            ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_ledger.rowOf(unit));
            const auto at = row ? placeOf(row->value("seat")) : std::nullopt;
            if (!at || m_features.size() > kMaxSeats * 100)
                continue;
            json point = feature("unit_seat", "Point", position(*at));
            ZHICHA_ASSIGN(point["properties"]["name"], m_names.name(unit));
            std::optional<std::int64_t> nearest;
            for (const TrackPoint &on : m_points) {
                const std::int64_t away = distanceMm(on.at, *at);
                nearest = std::min(nearest.value_or(away), away);
            }
            if (nearest)
                point["properties"]["nearest_m"] = *nearest / 1000;
            m_features.push_back(std::move(point));
        }
        return {};
    }

    LedgerReader &m_ledger;
    Names &m_names;
    const CheckFile &m_file;
    std::vector<TrackPoint> m_points;
    std::optional<Fence> m_fence;
    json m_features = json::array();
    json m_about;
};
} // namespace

Result<json> checkTrackJson(LedgerReader &ledger, Names &names, const CheckFile &file) {
    return Track(ledger, names, file).make();
}

} // namespace zhicha
