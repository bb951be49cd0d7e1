#include "mobile/engine/record/track_keeper.h"

#include "mobile/engine/record/track_pieces.h"
#include "shared/base/plant.h"

#include <algorithm>

namespace zhicha {

namespace {
Result<Journey> journeyFrom(const Draft &draft) {
    Journey journey;
    journey.check = draft.id;
    const auto site = draft.content.find("site");
    const auto items = draft.content.find("items");
    const auto since = draft.content.find("since_ms");
    if (site == draft.content.end() || !site->second.uuid() || items == draft.content.end() ||
        items->second.array() == nullptr || since == draft.content.end() || since->second.integer() == nullptr)
        return fail(Code::StoreDamaged, "the draft of a check does not say where to");
    journey.site = *site->second.uuid();
    journey.sinceMs = *since->second.integer();
    for (const cbor::Value &item : *items->second.array())
        if (const auto id = item.uuid())
            journey.items.push_back(*id);
    return journey;
}
} // namespace

std::vector<Uuid> idsInOrder(ChainWriter &writer, std::size_t count) {
    std::vector<Uuid> ids(count);
    std::generate(ids.begin(), ids.end(), [&] { return writer.newId(); });
    std::sort(ids.begin(), ids.end());
    return ids;
}

Status appendTrack(ChainWriter &writer, const Uuid &check) {
    TrackTable &table = writer.store().track();
    ZHICHA_ASSIGN(const std::vector<TrackPoint> points, table.points(check));
    const Fix *before = nullptr;
    std::vector<Fix> fixes;
    for (const TrackPoint &point : points)
        if (point.told)
            before = &point.fix;
        else
            fixes.push_back(point.fix);
    if (fixes.empty())
        return {};
    std::vector<cbor::Map> pieces = trackPieces(fixes, before);
    const std::vector<Uuid> ids = idsInOrder(writer, pieces.size());
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        pieces[i]["check"] = check;
        ZHICHA_ASSIGN(const StoredOperation stored,
                      writer.append({"track.append", ids[i], std::move(pieces[i]), nullptr}));
    }
    return table.tellAll(check);
}

Result<Journey> TrackKeeper::setOff(const Uuid &site, const std::vector<Uuid> &items) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_store.entities().row(site));
    if (!row || (row->type != EntityType::Site && row->type != EntityType::SiteProposal))
        return fail(Code::NotFound, "no site with id " + toText(site) + " on this tablet");
    ZHICHA_ASSIGN(std::optional<Journey> journey, this->journey());
    const std::int64_t now = m_recorder.writer().clock().nowMs();
    if (!journey)
        journey = Journey{m_recorder.writer().newId(), site, items, now};
    journey->site = site;
    journey->items = items;
    cbor::Array list;
    for (const Uuid &item : items)
        list.emplace_back(item);
    Draft draft;
    draft.id = journey->check;
    draft.kind = kJourneyDraft;
    draft.content = {{"site", site}, {"items", std::move(list)}, {"since_ms", journey->sinceMs}};
    draft.updatedMs = now;
    ZHICHA_TRY(m_store.drafts().put(draft));
    return *std::move(journey);
}

Result<std::optional<Journey>> TrackKeeper::journey() {
    ZHICHA_ASSIGN(const std::vector<Draft> drafts, m_store.drafts().all());
    for (const Draft &draft : drafts) {
        if (draft.kind != kJourneyDraft)
            continue;
        ZHICHA_ASSIGN(Journey journey, journeyFrom(draft));
        return std::optional(std::move(journey));
    }
    return std::optional<Journey>();
}

Status TrackKeeper::giveUp(const Uuid &check) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_store.entities().row(check));
    if (row)
        return fail(Code::NotAllowed, "the check has started: its track stays");
    ZHICHA_ASSIGN(Transaction transaction, m_store.begin());
    ZHICHA_TRY(m_store.drafts().remove(check));
    ZHICHA_TRY(m_store.track().remove(check));
    return transaction.commit();
}

Result<bool> TrackKeeper::underWay(const Uuid &check) {
    ZHICHA_ASSIGN(const std::optional<Draft> draft, m_store.drafts().get(check));
    if (draft && draft->kind == kJourneyDraft)
        return true;
    const Status may = m_recorder.mayWriteInto(check);
    if (!may)
        return may.error().code == Code::NotFound || may.error().code == Code::NotAllowed ? Result<bool>(false)
                                                                                          : Result<bool>(may.error());
    if (plant("track_goes_on"))
        return true;
    ZHICHA_ASSIGN(const Identity identity, m_store.enrolledIdentity());
    ZHICHA_ASSIGN(const std::vector<KnownEntity> ends, m_store.entities().ofCheck(check, EntityType::Finish));
    for (const KnownEntity &end : ends)
        if (end.row.device == identity.device && !end.row.isVoid())
            return false;
    return true;
}

Result<bool> TrackKeeper::keep(const Uuid &check, const Fix &fix, const TrackTuning &tuning) {
    ZHICHA_ASSIGN(const bool open, underWay(check));
    if (!open)
        return fail(Code::NotAllowed, "a track is kept only while its check is under way");
    if (freshness(fix.ageMs) == Freshness::Unusable)
        return false;
    ZHICHA_ASSIGN(const std::optional<TrackPoint> last, m_store.track().last(check));
    if (last && fix.t >= last->fix.t && fix.t - last->fix.t < tuning.everyMs)
        return false;
    ZHICHA_TRY(m_store.track().add(check, fix));
    ZHICHA_ASSIGN(const std::int64_t untold, m_store.track().untold(check));
    if (untold >= tuning.piecePoints)
        ZHICHA_TRY(cut(check));
    return true;
}

Status TrackKeeper::cut(const Uuid &check) {
    if (!m_recorder.mayWriteInto(check))
        return {}; // on the way: the start of the check takes it along
    ZHICHA_ASSIGN(Transaction transaction, m_store.begin());
    ZHICHA_TRY(appendTrack(m_recorder.writer(), check));
    return transaction.commit();
}

} // namespace zhicha
