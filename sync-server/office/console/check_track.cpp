#include "sync-server/office/console/check_track.h"

#include "shared/base/instant.h"
#include "shared/geo/distance.h"
#include "sync-server/office/console/check_detail.h"
#include "sync-server/office/console/check_places.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;

namespace {
json feature(const char *kind, const char *geometry, json coordinates) {
    return {{"type", "Feature"},
            {"properties", {{"kind", kind}}},
            {"geometry", {{"type", geometry}, {"coordinates", std::move(coordinates)}}}};
}

class Track {
public:
    Track(LedgerReader &ledger, Names &names, const CheckFile &file) : m_ledger(ledger), m_names(names), m_file(file) {}

    Result<json> make() {
        m_about = {{"source", json::array()},
                   {"gaps", json::array()},
                   {"stops", json::array()},
                   {"plausibility", json::array()}};
        m_points = trackOf(m_file);
        for (const RowRecord *record : m_file.rowsOf(EntityType::Track))
            if (const std::string source = record->row.text("source");
                std::find(m_about["source"].begin(), m_about["source"].end(), source) == m_about["source"].end())
                m_about["source"].push_back(source);
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
                    json point = feature("arrival", "Point", positionJson(*at));
                    point["properties"].update(fixJson(fix->second));
                    m_features.push_back(std::move(point));
                }
        return json{{"type", "FeatureCollection"}, {"crs", "WGS-84"}, {"features", m_features}, {"zhicha", m_about}};
    }

private:
    Status addFence() {
        ZHICHA_ASSIGN(SiteFence site, fenceOfCheck(m_ledger, m_file));
        m_fence = std::move(site.fence);
        if (!site.ring.empty())
            m_features.push_back(feature("fence", "Polygon", json::array({std::move(site.ring)})));
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
            coordinates.push_back(positionJson(point.at));
            json &properties = line["properties"];
            properties["times"].push_back(toRfc3339(point.t));
            properties["accuracy_mm"].push_back(point.accuracyMm ? json(*point.accuracyMm) : json(nullptr));
            properties["flags"].push_back(point.flags);
        }
        close();
    }

    void addStops() {
        std::vector<TimedPlace> places;
        for (const TrackPoint &point : m_points)
            places.push_back({point.t, point.at});
        for (const WayStop &stop : wayOf(places, m_fence).stops) {
            json out{{"lat", stop.at.lat / 1e7},
                     {"lon", stop.at.lon / 1e7},
                     {"from", toRfc3339(stop.fromMs)},
                     {"to", toRfc3339(stop.untilMs)},
                     {"seconds", (stop.untilMs - stop.fromMs) / 1000}};
            json point = feature("stop", "Point", positionJson(stop.at));
            point["properties"].update(out);
            m_features.push_back(std::move(point));
            m_about["stops"].push_back(std::move(out));
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
                json point = feature("photo", "Point", positionJson(*at));
                point["properties"]["digest"] = toHex(*photo->row.value("sha256")->bytes());
                m_features.push_back(std::move(point));
            }
    }

    /** Seats of the units that may have been told, with how near the track came. */
    Status addSeats() {
        ZHICHA_ASSIGN(const std::vector<UnitSeat> seats, seatsOfCheck(m_ledger, m_file));
        for (const UnitSeat &seat : seats) {
            json point = feature("unit_seat", "Point", positionJson(seat.at));
            ZHICHA_ASSIGN(point["properties"]["name"], m_names.name(seat.unit));
            std::optional<std::int64_t> nearest;
            for (const TrackPoint &on : m_points) {
                const std::int64_t away = distanceMm(on.at, seat.at);
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
