#include "mobile/models/track_recorder.h"

#include "mobile/engine/record/track_pieces.h"
#include "mobile/engine/record/track_replay.h"
#include "mobile/models/check_closure.h"
#include "mobile/models/check_reading.h"

namespace zhicha {

namespace {
/** The check that the app calls the current one: the chosen one if it is still open, else the newest open one. */
Result<Uuid> openCheck(LocalStore &store) {
    ZHICHA_ASSIGN(const std::vector<OwnCheck> checks, ownChecks(store));
    ZHICHA_ASSIGN(const std::optional<Bytes> current, store.state().get(statekey::kCurrentCheck));
    Uuid found;
    for (const OwnCheck &check : checks)
        if (!check.finished && (found == Uuid{} || (current && uuidFromBytes(*current) == check.id)))
            found = check.id;
    return found;
}

Status readPlace(LocalStore &store, UnderWay &out) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> site, store.entities().row(out.site));
    if (site) {
        out.siteName = site->text("name");
        out.fence = fenceOf(*site);
    }
    ZHICHA_ASSIGN(const std::vector<TrackPoint> points, store.track().points(out.check));
    for (const TrackPoint &point : points)
        out.points.push_back(point.fix);
    return {};
}
} // namespace

Result<UnderWay> readUnderWay(StoreSession &session) {
    LocalStore &store = session.store();
    UnderWay out;
    if (!store.identity() || !store.identity()->enrolled)
        return out;
    ZHICHA_ASSIGN(out.check, openCheck(store));
    if (out.check != Uuid{}) {
        out.started = true;
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, store.entities().row(out.check));
        out.site = row ? row->uuid("site").value_or(Uuid{}) : Uuid{};
        ZHICHA_ASSIGN(out.sinceMs, bornAtMs(store, out.check));
        ZHICHA_TRY(readPlace(store, out));
        return out;
    }
    ZHICHA_ASSIGN(const std::optional<Journey> journey, TrackKeeper(session.recorder()).journey());
    if (!journey)
        return out;
    out.check = journey->check;
    out.site = journey->site;
    out.items = journey->items;
    out.sinceMs = journey->sinceMs;
    ZHICHA_TRY(readPlace(store, out));
    return out;
}

TrackRecorder::TrackRecorder(StoreThread &store, PositionReceiver &receiver, QObject *parent)
    : QObject(parent), m_store(store), m_receiver(receiver) {
    connect(&receiver, &PositionReceiver::heard, this, &TrackRecorder::heard);
}

TrackRecorder::~TrackRecorder() {
    m_receiver.want(this, false);
}

void TrackRecorder::refresh() {
    if (m_asked) {
        m_again = true;
        return;
    }
    m_asked = true;
    m_store.run(this, readUnderWay, [this](Result<UnderWay> found) {
        m_asked = false;
        if (found)
            take(*std::move(found));
        else if (found.error().code != Code::StoreLocked)
            m_trouble = found.error();
        if (std::exchange(m_again, false))
            refresh();
    });
}

void TrackRecorder::clear() {
    take({});
}

void TrackRecorder::take(UnderWay underWay) {
    const bool same = underWay.check == m_underWay.check && underWay.site == m_underWay.site;
    m_underWay = std::move(underWay);
    if (!same) {
        m_meter.reset();
        m_reading.reset();
        m_leftMs = 0;
        m_trouble.reset();
        if (m_underWay.fence)
            m_meter.emplace(*m_underWay.fence);
        for (const Fix &fix : m_underWay.points) // what was walked before a crash counts
            stepTo(fix);
        if (!following())
            m_lastFix.reset();
    }
    m_underWay.points.clear();
    m_receiver.want(this, following());
    emit changed();
}

void TrackRecorder::stepTo(const Fix &fix) {
    if (!m_meter)
        return;
    const bool arrived = m_meter->arrival().has_value();
    m_reading = m_meter->feed(fix);
    if (m_reading->relation != FenceRelation::Outside)
        m_leftMs = 0;
    else if (arrived && m_leftMs == 0)
        m_leftMs = fix.t;
}

void TrackRecorder::heard(const HeardFix &heard) {
    if (!following())
        return;
    m_lastFix = heard;
    const Fix fix = heard.at(monotonicMs());
    stepTo(fix);
    emit changed();
    m_store.run(
        this,
        [check = m_underWay.check, fix, tuning = m_tuning](StoreSession &session) {
            return TrackKeeper(session.recorder()).keep(check, fix, tuning);
        },
        [this, fix](const Result<bool> &done) {
            m_trouble.reset();
            if (done && *done)
                emit kept(fix);
            else if (!done && done.error().code == Code::NotAllowed)
                refresh(); // it was finished meanwhile
            else if (!done && done.error().code != Code::StoreLocked)
                m_trouble = done.error();
        });
}

void TrackRecorder::setOff(const Uuid &site, const std::vector<Uuid> &items) {
    m_store.run(
        this, [site, items](StoreSession &session) { return TrackKeeper(session.recorder()).setOff(site, items); },
        [this](const Result<Journey> &journey) {
            if (!journey)
                m_trouble = journey.error();
            refresh();
        });
}

void TrackRecorder::giveUp() {
    m_store.run(
        this,
        [check = m_underWay.check](StoreSession &session) { return TrackKeeper(session.recorder()).giveUp(check); },
        [this](const Status &) { refresh(); });
}

std::optional<cbor::Map> TrackRecorder::arrivalFields() const {
    if (!following() || !m_lastFix)
        return std::nullopt;
    const Fix now = m_lastFix->at(monotonicMs());
    if (freshness(now.ageMs) == Freshness::Unusable)
        return std::nullopt;
    const std::optional<Fix> arrived = arrival();
    cbor::Map fields{{"fix", fixValue(arrived ? *arrived : now)}, {"dwell_s", dwellMs() / 1000}};
    if (m_meter)
        fields["inside"] = arrived.has_value(); // without a fence it cannot be said
    return fields;
}

} // namespace zhicha
