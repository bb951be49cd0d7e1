#include "mobile/models/map_controller.h"

#include "mobile/engine/record/track_pieces.h"
#include "mobile/models/check_rows.h"
#include "mobile/models/problem_text.h"
#include "mobile/models/text_format.h"
#include "shared/geo/distance.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace zhicha {

namespace {
constexpr int kCircleCorners = 72;
constexpr double kMetresPerDegree = 111'320;
constexpr std::int64_t kOnePlaceMm = 15'000; ///< what a receiver cannot tell apart is one pin

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
std::vector<MapController::Pin> pinsOf(const CheckReading &check) {
    std::vector<MapController::Pin> pins;
    for (const PhotoReading &photo : check.photos) {
        const auto at = photo.fix ? placeIn(*photo.fix) : std::nullopt;
        if (!at)
            continue;
        auto pin = std::find_if(pins.begin(), pins.end(),
                                [&](const auto &other) { return distanceMm(other.at, *at) <= kOnePlaceMm; });
        if (pin == pins.end()) {
            pin = pins.insert(pins.end(), MapController::Pin{});
            pin->at = *at;
            pin->photo = QString::fromStdString(toText(photo.id));
            pin->source = photoSource(photo);
            pin->meta = photo.shotAtMs ? text::clockSeconds(*photo.shotAtMs) : QString();
        }
        ++pin->count;
        for (const FindingReading &finding : check.findings)
            if (finding.id == photo.to && severityEnum(finding.severity) >= pin->severity) {
                pin->severity = severityEnum(finding.severity);
                pin->finding = QString::fromStdString(toText(finding.id));
                pin->title = text::fromUtf8(finding.text).simplified();
            }
    }
    return pins;
}
} // namespace

QString MapController::tileSource() const {
    const auto &layer = app().tiles().layer();
    if (!layer)
        return {};
    const QString title = text::fromUtf8(layer->title), attribution = text::fromUtf8(layer->attribution);
    return attribution.isEmpty() ? title : title + " · " + attribution;
}

QString MapController::tileSystem() const {
    return hasTiles() ? text::fromUtf8(app().tiles().layer()->crs) : QString();
}

QString MapController::tileTrouble() const {
    return app().tiles().trouble() ? problemText(*app().tiles().trouble()).what : QString();
}

Datum MapController::tileDatum() const {
    return hasTiles() && app().tiles().layer()->crs == datumName(Datum::Gcj02) ? Datum::Gcj02 : Datum::Wgs84;
}

int MapController::minZoom() const {
    return hasTiles() ? app().tiles().layer()->minZoom : 0;
}

int MapController::maxZoom() const {
    return hasTiles() ? app().tiles().layer()->maxZoom : 0;
}

std::vector<LatLon> MapController::tileBounds() const {
    std::vector<LatLon> corners;
    const QStringList sides = hasTiles() ? text::fromUtf8(app().tiles().layer()->bounds).split(u',') : QStringList();
    if (sides.size() != 4)
        return corners;
    for (const int from : {0, 2}) { // west,south,east,north
        const double lon = sides[from].toDouble(), lat = sides[from + 1].toDouble();
        if (std::abs(lon) > 180 || std::abs(lat) > 90)
            return {};
        corners.push_back({static_cast<std::int32_t>(lat * 1e7), static_cast<std::int32_t>(lon * 1e7)});
    }
    return corners;
}

void MapController::setCheck(const QString &check) {
    if (check == m_check)
        return;
    m_check = check;
    emit idChanged();
    reload();
}

MapController::MapController(QObject *parent) : PageController(parent) {
    connect(&app().tiles(), &TileThread::changed, this, &MapController::changed);
    connect(app().position(), &PositionModel::changed, this, &MapController::fixMoved);
    connect(&app().position()->track(), &TrackRecorder::kept, this, &MapController::append);
    connect(&app().position()->track(), &TrackRecorder::changed, this, [this] {
        if (m_check.isEmpty() && app().position()->onTheWay() == m_site.isEmpty())
            reload(); // somebody set out, or gave up
    });
}

Result<MapController::Loaded> MapController::load(StoreSession &session, const Uuid &check, const Uuid &journeySite) {
    Loaded loaded;
    if (journeySite.isNil()) {
        ZHICHA_ASSIGN(loaded.check, readCheck(session.store(), check));
    } else {
        loaded.check.site = journeySite;
        loaded.check.siteName = nameOf(session.store(), journeySite);
    }
    ZHICHA_ASSIGN(const std::optional<EntityRow> site, session.store().entities().row(loaded.check.site));
    if (site)
        loaded.fence = ringOf(*site);
    ZHICHA_ASSIGN(const std::vector<TrackPoint> points, session.store().track().points(check));
    for (const TrackPoint &point : points)
        if (!point.told)
            loaded.untold.push_back(point.fix);
    return loaded;
}

void MapController::read() {
    // On the way to a check there is no check yet, and a map of the way to it all the same.
    const bool journey = m_check.isEmpty() && app().position()->onTheWay();
    if (m_check.isEmpty() && !journey) {
        m_site.clear();
        m_fence.clear();
        m_track.clear();
        m_pins.clear();
        emit changed();
        readDone();
        return;
    }
    const UnderWay &underWay = app().position()->track().underWay();
    const Uuid check = journey ? underWay.check : idOf(m_check);
    const Uuid site = journey ? underWay.site : Uuid{};
    readWith([check, site](StoreSession &session) { return load(session, check, site); },
             [this](Loaded loaded) { take(std::move(loaded)); });
}

void MapController::take(Loaded loaded) {
    m_site = text::fromUtf8(loaded.check.siteName);
    m_fence = std::move(loaded.fence);
    m_track.clear();
    m_lastMs.reset();
    for (const cbor::Map &piece : loaded.check.track)
        m_track.push_back(pieceOf(piece));
    for (const Fix &fix : loaded.untold)
        append(fix);
    m_pins = pinsOf(loaded.check);
    emit changed();
}

void MapController::append(const Fix &fix) {
    const std::int64_t gap = m_lastMs && fix.t - *m_lastMs > kGapMs ? fix.t - *m_lastMs : 0;
    if (m_track.empty() || gap > 0)
        m_track.push_back({{}, gap});
    m_track.back().points.push_back(fix.at);
    m_lastMs = fix.t;
    emit fixMoved();
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
