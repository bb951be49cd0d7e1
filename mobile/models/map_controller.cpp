#include "mobile/models/map_controller.h"

#include "mobile/models/text_format.h"
#include "shared/geo/distance.h"
#include "shared/geo/gcj02.h"

#include <cmath>
#include <numbers>

namespace zhicha {

namespace {
constexpr int kCircleCorners = 72;
constexpr double kMetresPerDegree = 111'320;

/** A place of the row in WGS-84. */
std::optional<LatLon> placeOf(const EntityRow &site, std::int64_t lat, std::int64_t lon) {
    if (!isPlace(lat, lon))
        return std::nullopt;
    const LatLon at{static_cast<std::int32_t>(lat), static_cast<std::int32_t>(lon)};
    return site.text("crs") == datumName(Datum::Gcj02) ? convertTo(Datum::Wgs84, {at, Datum::Gcj02}).at : at;
}

std::vector<LatLon> ringOf(const EntityRow &site) {
    std::vector<LatLon> ring;
    if (const cbor::Value *polygon = site.value("polygon"); polygon != nullptr && polygon->array() != nullptr) {
        for (const cbor::Value &corner : *polygon->array())
            if (corner.array() != nullptr && corner.array()->size() == 2 && (*corner.array())[0].integer() != nullptr &&
                (*corner.array())[1].integer() != nullptr)
                if (const auto at = placeOf(site, *(*corner.array())[0].integer(), *(*corner.array())[1].integer()))
                    ring.push_back(*at);
        return ring;
    }
    const auto lat = site.integer("lat");
    const auto lon = site.integer("lon");
    const auto radius = site.integer("radius_mm");
    const auto centre = lat && lon ? placeOf(site, *lat, *lon) : std::nullopt;
    if (!centre || !radius)
        return ring;
    const double metres = static_cast<double>(*radius) / 1000;
    const double shrink = std::cos(centre->lat / 1e7 * std::numbers::pi / 180);
    for (int i = 0; i < kCircleCorners; ++i) {
        const double angle = 2 * std::numbers::pi * i / kCircleCorners;
        const double north = metres * std::cos(angle) / kMetresPerDegree;
        const double east = metres * std::sin(angle) / (kMetresPerDegree * std::max(shrink, 0.01));
        ring.push_back({static_cast<std::int32_t>(centre->lat + north * 1e7),
                        static_cast<std::int32_t>(centre->lon + east * 1e7)});
    }
    return ring;
}

MapController::Piece pieceOf(const cbor::Map &track) {
    MapController::Piece piece;
    if (const auto gap = track.find("gap_before_ms"); gap != track.end() && gap->second.integer() != nullptr)
        piece.gapBeforeMs = *gap->second.integer();
    const auto points = track.find("points");
    if (points == track.end() || points->second.array() == nullptr)
        return piece;
    for (const cbor::Value &value : *points->second.array()) {
        const cbor::Array *point = value.array();
        if (point != nullptr && point->size() >= 3 && (*point)[1].integer() != nullptr &&
            (*point)[2].integer() != nullptr && isPlace(*(*point)[1].integer(), *(*point)[2].integer()))
            piece.points.push_back(
                {static_cast<std::int32_t>(*(*point)[1].integer()), static_cast<std::int32_t>(*(*point)[2].integer())});
    }
    return piece;
}
} // namespace

void MapController::setCheck(const QString &check) {
    if (check == m_check)
        return;
    m_check = check;
    emit idChanged();
    reload();
}

void MapController::read() {
    if (m_check.isEmpty()) {
        m_site.clear();
        m_fence.clear();
        m_track.clear();
        emit changed();
        readDone();
        return;
    }
    readWith(
        [check = idOf(m_check)](StoreSession &session) -> Result<std::pair<CheckReading, std::vector<LatLon>>> {
            ZHICHA_ASSIGN(CheckReading reading, readCheck(session.store(), check));
            ZHICHA_ASSIGN(const std::optional<EntityRow> site, session.store().entities().row(reading.site));
            return std::pair(std::move(reading), site ? ringOf(*site) : std::vector<LatLon>());
        },
        [this](std::pair<CheckReading, std::vector<LatLon>> read) { take(read.first, std::move(read.second)); });
}

void MapController::take(const CheckReading &check, std::vector<LatLon> fence) {
    m_site = text::fromUtf8(check.siteName);
    m_fence = std::move(fence);
    m_track.clear();
    for (const cbor::Map &piece : check.track)
        m_track.push_back(pieceOf(piece));
    emit changed();
}

QString MapController::site() const {
    return m_site;
}

QString MapController::length() const {
    std::int64_t mm = 0;
    for (const Piece &piece : m_track)
        for (std::size_t i = 1; i < piece.points.size(); ++i)
            mm += distanceMm(piece.points[i - 1], piece.points[i]);
    return mm == 0 ? QString() : text::distance(mm);
}

QString MapController::gaps() const {
    std::int64_t count = 0, ms = 0;
    for (const Piece &piece : m_track)
        if (piece.gapBeforeMs > 0) {
            ++count;
            ms += piece.gapBeforeMs;
        }
    return count == 0 ? QString() : tr("缺口\u00a0%1\u00a0处，共 %2").arg(count).arg(text::duration(ms));
}

QString MapController::centre() const {
    const LatLon *at = !m_fence.empty() ? &m_fence.front() : nullptr;
    if (at == nullptr && !m_track.empty() && !m_track.front().points.empty())
        at = &m_track.front().points.front();
    return at == nullptr ? QString() : text::place(at->lat, at->lon);
}

} // namespace zhicha
