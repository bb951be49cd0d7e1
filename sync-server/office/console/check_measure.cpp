#include "sync-server/office/console/check_measure.h"

#include "shared/geo/distance.h"
#include "shared/geo/dwell.h"
#include "sync-server/office/console/check_detail.h"
#include "sync-server/office/console/check_places.h"

#include <algorithm>
#include <cstdio>

namespace zhicha {

using nlohmann::json;

namespace {
std::string minutesText(std::int64_t ms) {
    return std::to_string((ms + 30'000) / 60'000);
}

std::string lengthText(std::int64_t mm) {
    char text[32];
    if (mm >= 1'000'000)
        std::snprintf(text, sizeof text, "%.1f km", static_cast<double>(mm) / 1e6);
    else
        std::snprintf(text, sizeof text, "%lld m", static_cast<long long>((mm + 500) / 1000));
    return text;
}

void say(Measured &out, const std::string &zh, const std::string &en) {
    out.words += (out.words.empty() ? "" : "，") + zh;
    out.wordsEn += (out.wordsEn.empty() ? "" : ", ") + en;
}

/** When and where the site was reached, as far as fixes show it. */
struct Arrival {
    std::optional<std::int64_t> atMs;
    std::optional<bool> inside; ///< absent: no fence, or too near its line to say
    std::optional<std::int64_t> accuracyMm;
    std::int64_t distanceMm = 0; ///< to the fence's line, where outside
    std::int64_t dwellMs = 0;
    json flags = json::array();
    json basis = json::array();
};

class Measuring {
public:
    Measuring(LedgerReader &ledger, const CheckFile &file) : m_ledger(ledger), m_file(file) {}

    Result<std::array<Measured, 6>> all() {
        m_points = trackOf(m_file);
        ZHICHA_ASSIGN(SiteFence site, fenceOfCheck(m_ledger, m_file));
        m_fence = std::move(site.fence);
        ZHICHA_ASSIGN(m_seats, seatsOfCheck(m_ledger, m_file));
        const Arrival arrival = arrived();
        std::array<Measured, 6> out;
        out[2] = firstPhoto(arrival);
        out[4] = way();
        out[5] = straight(arrival);
        for (Measured &measured : out)
            if (measured.mark == MeasuredMark::Impossible)
                say(measured, "本机测不到 · 仅凭督查员的话",
                    "the tablet cannot measure this; the inspectors' word alone");
        return out;
    }

private:
    Fix fixOf(const TrackPoint &point) const {
        Fix fix;
        fix.t = point.t;
        fix.at = point.at;
        fix.accuracyMm = point.accuracyMm;
        return fix;
    }

    /** The track first: it shows the way in and the stay; else the fix of the start; else those of photos. */
    Arrival arrived() const {
        Arrival out;
        if (m_fence && !m_points.empty()) {
            // Whoever leaves again has been there: the longest stay counts.
            DwellMeter meter(*m_fence);
            std::optional<Fix> arrival;
            json flags = json::array();
            for (const TrackPoint &point : m_points) {
                meter.feed(fixOf(point));
                if (!meter.arrival() || (arrival && meter.dwellMs() <= out.dwellMs))
                    continue;
                if (!arrival || arrival->t != meter.arrival()->t)
                    flags = point.flags;
                arrival = meter.arrival();
                out.dwellMs = meter.dwellMs();
            }
            if (arrival) {
                read(out, *arrival, std::move(flags));
                out.basis = trackIds();
                return out;
            }
        }
        const cbor::Value *said = m_file.view.check ? m_file.view.check->value("arrival") : nullptr;
        if (said != nullptr && said->map() != nullptr)
            if (const auto fix = said->map()->find("fix"); fix != said->map()->end() && take(out, fix->second)) {
                out.basis.push_back(toText(m_file.view.id));
                return out;
            }
        if (!m_points.empty()) { // somebody was on the way; the nearest that they came
            read(out, fixOf(nearest()), nearest().flags);
            out.basis = trackIds();
            return out;
        }
        for (const RowRecord *photo : m_file.rowsOf(EntityType::Photo))
            if (const cbor::Value *fix = photo->row.value("fix");
                photo->row.text("origin") == "camera" && fix != nullptr && take(out, *fix)) {
                out.basis.push_back(toText(photo->entity));
                return out;
            }
        return out;
    }

    bool take(Arrival &out, const cbor::Value &value) const {
        const auto at = placeOf(&value);
        if (!at)
            return false;
        Fix fix;
        fix.at = *at;
        const auto t = value.map()->find("t");
        const auto accuracy = value.map()->find("accuracy_mm");
        if (t != value.map()->end() && t->second.integer() != nullptr)
            fix.t = *t->second.integer();
        if (accuracy != value.map()->end() && accuracy->second.integer() != nullptr)
            fix.accuracyMm = *accuracy->second.integer();
        const auto flags = value.map()->find("flags");
        read(out, fix, flags == value.map()->end() ? json::array() : plainJson(flags->second));
        return true;
    }

    void read(Arrival &out, const Fix &fix, json flags) const {
        out.atMs = fix.t;
        out.accuracyMm = fix.accuracyMm;
        out.flags = flags.is_array() ? std::move(flags) : json::array();
        if (!m_fence)
            return;
        const FenceReading reading = m_fence->read(fix);
        if (reading.relation != FenceRelation::Edge)
            out.inside = reading.relation == FenceRelation::Inside;
        out.distanceMm = reading.relation == FenceRelation::Outside ? reading.boundaryMm : 0;
    }

    const TrackPoint &nearest() const {
        const auto away = [&](const TrackPoint &point) {
            if (!m_fence)
                return std::int64_t{0};
            const FenceReading reading = m_fence->read(point.at, std::nullopt);
            return reading.centreInside ? 0 : reading.boundaryMm;
        };
        const TrackPoint *best = &m_points.front();
        std::int64_t least = away(*best);
        for (const TrackPoint &point : m_points)
            if (const std::int64_t now = away(point); now < least || (!m_fence && point.t >= best->t)) {
                best = &point;
                least = now;
            }
        return *best;
    }

    json trackIds() const {
        json ids = json::array();
        for (const RowRecord *record : m_file.rowsOf(EntityType::Track))
            ids.push_back(toText(record->entity));
        return ids;
    }

    /** 直插现场 */
    static Measured straight(const Arrival &arrival) {
        Measured out;
        if (!arrival.atMs)
            return out;
        out.basis = arrival.basis;
        out.figures["flags"] = arrival.flags;
        if (arrival.accuracyMm)
            out.figures["accuracy_mm"] = *arrival.accuracyMm;
        out.mark = MeasuredMark::Partly;
        if (!arrival.inside) {
            say(out, "有定位，是否在围栏内不能断定", "located; whether inside the fence cannot be said");
        } else if (*arrival.inside) {
            out.figures["inside"] = true;
            out.mark = arrival.flags.empty() ? MeasuredMark::Supports : MeasuredMark::Partly;
            say(out, "到达时在围栏内", "inside the fence on arrival");
        } else {
            out.figures["inside"] = false;
            out.figures["distance_mm"] = arrival.distanceMm;
            out.mark = MeasuredMark::Against;
            say(out, "定位在围栏外 " + lengthText(arrival.distanceMm),
                lengthText(arrival.distanceMm) + " outside the fence");
        }
        if (arrival.accuracyMm && *arrival.accuracyMm > 0)
            say(out, "精度 ±" + lengthText(*arrival.accuracyMm), "accuracy ±" + lengthText(*arrival.accuracyMm));
        if (arrival.dwellMs > 0) {
            out.figures["dwell_s"] = arrival.dwellMs / 1000;
            say(out, "围栏内停留 " + minutesText(arrival.dwellMs) + " 分",
                "stayed inside for " + minutesText(arrival.dwellMs) + " min");
        }
        if (!arrival.flags.empty())
            say(out, "定位可疑", "position in doubt");
        return out;
    }

    /** 直奔基层 */
    Measured way() const {
        Measured out;
        if (m_points.size() < 2)
            return out;
        std::vector<TimedPlace> places;
        std::int64_t gaps = 0, gapMs = 0, nearUnit = 0;
        for (const TrackPoint &point : m_points) {
            places.push_back({point.t, point.at});
            gaps += point.gapBeforeMs > 0 ? 1 : 0;
            gapMs += point.gapBeforeMs;
        }
        const Way gone = wayOf(places, m_fence);
        for (const WayStop &stop : gone.stops)
            nearUnit += std::any_of(m_seats.begin(), m_seats.end(),
                                    [&](const UnitSeat &seat) { return distanceMm(seat.at, stop.at) <= kNearSeatMm; });
        out.figures = {
            {"track_mm", gone.lengthMm}, {"stops", gone.stops.size()}, {"stop_ms", gone.stoppedMs()}, {"gaps", gaps},
            {"gap_ms", gapMs},           {"stops_near_unit", nearUnit}};
        out.basis = trackIds();
        out.mark = nearUnit > 0                      ? MeasuredMark::Against
                   : gone.stops.empty() && gaps == 0 ? MeasuredMark::Supports
                                                     : MeasuredMark::Partly;
        say(out, "航迹 " + lengthText(gone.lengthMm), "track of " + lengthText(gone.lengthMm));
        const std::string count = std::to_string(gone.stops.size());
        const std::string time = minutesText(gone.stoppedMs());
        if (gone.stops.empty())
            say(out, "途中未停留", "no stop on the way");
        else
            say(out, "途中停留 " + count + " 次共 " + time + " 分" + (nearUnit > 0 ? "，在责任单位附近" : ""),
                count + " stop(s), " + time + " min" + (nearUnit > 0 ? ", near the unit responsible" : ""));
        say(out, gaps == 0 ? "航迹无缺口" : "缺口 " + std::to_string(gaps) + " 处共 " + minutesText(gapMs) + " 分",
            gaps == 0 ? "no gap" : std::to_string(gaps) + " gap(s), " + minutesText(gapMs) + " min");
        return out;
    }

    /** 不听汇报: it shows when work began, not that nobody reported. */
    Measured firstPhoto(const Arrival &arrival) const {
        Measured out;
        std::optional<std::pair<std::int64_t, Uuid>> first;
        for (const RowRecord *photo : m_file.rowsOf(EntityType::Photo))
            if (const auto shot = photo->row.integer("shot_at"); shot && photo->row.text("origin") == "camera")
                first = std::min(first.value_or(std::pair(*shot, photo->entity)), std::pair(*shot, photo->entity));
        if (!arrival.atMs || !first)
            return out;
        const std::int64_t after = std::max<std::int64_t>(first->first - *arrival.atMs, 0);
        out.mark = MeasuredMark::Partly;
        out.figures["first_photo_ms"] = after;
        out.basis = arrival.basis;
        out.basis.push_back(toText(first->second));
        say(out, "到达后 " + minutesText(after) + " 分拍第一张照片",
            "first photo " + minutesText(after) + " min after arrival");
        return out;
    }

    LedgerReader &m_ledger;
    const CheckFile &m_file;
    std::vector<TrackPoint> m_points;
    std::optional<Fence> m_fence;
    std::vector<UnitSeat> m_seats;
};
} // namespace

std::string_view measuredMarkName(MeasuredMark mark) {
    static constexpr std::string_view kNames[]{"supports", "partly", "against", "impossible"};
    return kNames[static_cast<std::size_t>(mark)];
}

Result<std::array<Measured, 6>> measureCheck(LedgerReader &ledger, const CheckFile &file) {
    return Measuring(ledger, file).all();
}

std::string attestationCell(const EntityRow *row, const Measured &measured) {
    const std::string said = row != nullptr ? row->text("said") : "";
    if (said != "kept")
        return said.empty() ? "missing" : said;
    return measured.mark == MeasuredMark::Impossible ? "unmeasured"
           : measured.mark == MeasuredMark::Against  ? "against"
                                                     : "kept";
}

Result<std::vector<std::string>> attestationCells(LedgerReader &ledger, const CheckFile &file) {
    ZHICHA_ASSIGN(const auto measured, measureCheck(ledger, file));
    std::vector<std::string> cells(6, "missing");
    for (const RowRecord *record : file.rowsOf(EntityType::Attestation))
        if (const auto clause = record->row.integer("clause"); clause && *clause >= 1 && *clause <= 6) {
            const auto at = static_cast<std::size_t>(*clause - 1);
            cells[at] = attestationCell(&record->row, measured[at]);
        }
    return cells;
}

} // namespace zhicha
