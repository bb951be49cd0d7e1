#include "mobile/models/start_controller.h"

#include "mobile/engine/record/track_replay.h"
#include "mobile/models/check_closure.h"
#include "mobile/models/check_reading.h"
#include "mobile/models/text_format.h"
#include "mobile/models/ui.h"

#include <algorithm>
#include <set>

namespace zhicha {

namespace {
/** Items of a unit, those due first on top; all chosen: what the site's unit owes is what one looks at. */
Result<std::map<Uuid, std::vector<ChoiceRow>>> itemsByUnit(LocalStore &store) {
    std::map<Uuid, std::vector<std::pair<std::string, ChoiceRow>>> found;
    const std::int64_t now = systemClock().nowMs();
    ZHICHA_TRY(store.entities().forEachOfType(EntityType::Item, [&](const Uuid &id, const EntityRow &row) -> Status {
        const auto lead = row.uuid("lead");
        if (!lead || row.isVoid() || row.value("on") != nullptr) // completed
            return {};
        ChoiceRow choice{textOf(id), text::fromUtf8(row.text("number")), text::fromUtf8(row.text("title")),
                         text::officialDay(row.text("due_on"), now), true};
        found[*lead].emplace_back(row.text("due_on"), std::move(choice));
        return {};
    }));
    std::map<Uuid, std::vector<ChoiceRow>> out;
    for (auto &[unit, rows] : found) {
        std::stable_sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
        for (auto &[due, row] : rows)
            out[unit].push_back(std::move(row));
    }
    return out;
}

Result<std::vector<JoinRow>> joinableChecks(LocalStore &store) {
    ZHICHA_ASSIGN(const std::vector<OwnCheck> own, ownChecks(store));
    std::set<Uuid> known;
    for (const OwnCheck &check : own)
        known.insert(check.id);
    std::vector<std::pair<Uuid, EntityRow>> others;
    ZHICHA_TRY(store.entities().forEachOfType(EntityType::Check, [&](const Uuid &id, const EntityRow &row) -> Status {
        if (!known.contains(id) && !row.isVoid())
            others.emplace_back(id, row);
        return {};
    }));
    std::vector<JoinRow> rows;
    for (auto it = others.rbegin(); it != others.rend(); ++it) {
        ZHICHA_ASSIGN(const std::vector<KnownEntity> closure, store.entities().ofCheck(it->first));
        ZHICHA_ASSIGN(const CheckState state, closureState(store, it->first, it->second, closure));
        if (state != CheckState::UnderWay)
            continue;
        ZHICHA_ASSIGN(const std::optional<EntityRow> device,
                      it->second.device ? store.entities().row(*it->second.device)
                                        : Result<std::optional<EntityRow>>(std::optional<EntityRow>()));
        ZHICHA_ASSIGN(const std::int64_t at, bornAtMs(store, it->first));
        rows.push_back({textOf(it->first), text::fromUtf8(nameOf(store, it->second.uuid("site"))),
                        text::fromUtf8(nameOf(store, device ? device->uuid("person") : std::nullopt)),
                        text::when(at, systemClock().nowMs())});
    }
    return rows;
}

Result<Uuid> startNow(StoreSession &session, CheckStart start, const std::string &log) {
    if (!log.empty()) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> site, session.store().entities().row(start.site));
        ZHICHA_ASSIGN(TrackReplay replay, replayTrack(log, site ? fenceOf(*site) : std::nullopt));
        start.arrival = std::move(replay.arrival);
        start.track = std::move(replay.pieces);
    }
    return session.recorder().startCheck(start);
}
} // namespace

StartController::StartController(QObject *parent) : PageController(parent) {
    connect(app().position(), &PositionModel::changed, this, [this] {
        takeJourney();
        emit wayChanged();
    });
}

Result<StartController::Loaded> StartController::load(LocalStore &store) {
    Loaded loaded;
    ZHICHA_ASSIGN(const auto items, itemsByUnit(store));
    ZHICHA_ASSIGN(loaded.sites, readSites(store));
    for (const SiteRow &site : loaded.sites)
        if (const auto found = site.unitId ? items.find(*site.unitId) : items.end(); found != items.end())
            loaded.itemsOfSite[site.key] = found->second;
    ZHICHA_ASSIGN(loaded.joinable, joinableChecks(store));
    return loaded;
}

void StartController::read() {
    readWith([](StoreSession &session) { return load(session.store()); },
             [this](Loaded loaded) {
                 m_all = std::move(loaded.sites);
                 m_itemsOfSite = std::move(loaded.itemsOfSite);
                 m_joinable.set(std::move(loaded.joinable));
                 takeJourney();
                 filter();
             });
}

/** A journey that was begun before this page was opened, or before the app was killed, goes on here. */
void StartController::takeJourney() {
    if (!onTheWay() || !m_site.isEmpty() || m_all.empty())
        return;
    const UnderWay &journey = app().position()->track().underWay();
    setSite(textOf(journey.site));
    std::vector<ChoiceRow> rows = m_items.rows();
    for (ChoiceRow &row : rows)
        row.chosen = std::find(journey.items.begin(), journey.items.end(), idOf(row.key)) != journey.items.end();
    m_items.set(std::move(rows));
    emit changed();
}

bool StartController::onTheWay() const {
    return app().position()->onTheWay();
}

int StartController::way() const {
    if (!onTheWay() || !app().position()->usable())
        return static_cast<int>(ui::StartWay::WithoutFix);
    const TrackRecorder &track = app().position()->track();
    const bool there =
        track.arrival().has_value() || !track.underWay().fence; // a proposal has no fence to stand outside of
    return static_cast<int>(there ? ui::StartWay::Inside : ui::StartWay::Outside);
}

std::vector<Uuid> StartController::chosenItems() const {
    std::vector<Uuid> items;
    for (const ChoiceRow &row : m_items.rows())
        if (row.chosen)
            items.push_back(idOf(row.key));
    return items;
}

void StartController::setOff() {
    if (!m_site.isEmpty())
        app().position()->track().setOff(idOf(m_site), chosenItems());
}

void StartController::giveUp() {
    app().position()->track().giveUp();
    setSite({});
}

void StartController::filter() {
    m_sites.set(sitesWith(m_all, m_query));
    emit changed();
}

void StartController::setQuery(const QString &query) {
    if (query == m_query)
        return;
    m_query = query;
    emit queryChanged();
    filter();
}

void StartController::setSite(const QString &site) {
    if (site == m_site)
        return;
    m_site = site;
    const auto items = m_itemsOfSite.find(site);
    m_items.set(items == m_itemsOfSite.end() ? std::vector<ChoiceRow>() : items->second);
    if (onTheWay() && !site.isEmpty() && idOf(site) != app().position()->track().underWay().site)
        setOff(); // another site: the same journey goes there
    emit changed();
}

QString StartController::siteName() const {
    const auto it = std::find_if(m_all.begin(), m_all.end(), [this](const SiteRow &row) { return row.key == m_site; });
    return it == m_all.end() ? QString() : it->name;
}

QString StartController::siteUnit() const {
    const auto it = std::find_if(m_all.begin(), m_all.end(), [this](const SiteRow &row) { return row.key == m_site; });
    return it == m_all.end() ? QString() : it->unit;
}

int StartController::chosenCount() const {
    const auto &rows = m_items.rows();
    return static_cast<int>(std::count_if(rows.begin(), rows.end(), [](const ChoiceRow &row) { return row.chosen; }));
}

void StartController::toggleItem(const QString &item) {
    std::vector<ChoiceRow> rows = m_items.rows();
    for (ChoiceRow &row : rows)
        if (row.key == item)
            row.chosen = !row.chosen;
    m_items.set(std::move(rows));
    emit changed();
}

void StartController::setReason(const QString &reason) {
    if (reason == m_reason)
        return;
    m_reason = reason;
    emit changed();
}

void StartController::setLog(const QString &log) {
    if (log == m_log)
        return;
    m_log = log;
    emit changed();
}

void StartController::start() {
    const bool withFix = way() != static_cast<int>(ui::StartWay::WithoutFix);
    if (m_site.isEmpty() || (m_reason.trimmed().isEmpty() && m_log.isEmpty() && !withFix))
        return;
    CheckStart start;
    start.site = idOf(m_site);
    start.items = chosenItems();
    if (onTheWay())
        start.id = app().position()->track().underWay().check;
    if (withFix)
        start.arrival = app().position()->track().arrivalFields();
    if (!start.arrival)
        start.noFixReason = m_reason.trimmed().toStdString();
    if (!start.arrival && start.noFixReason.empty())
        start.noFixReason = "定位记录中没有有效位置"; // counts only where the log has no fix
    write([start, log = m_log.toStdString()](StoreSession &session) { return startNow(session, start, log); },
          [this](const Result<Uuid> &check) {
              if (check)
                  emit started(textOf(*check));
          });
}

void StartController::join(const QString &check) {
    joinBy(check, {});
}

void StartController::joinBy(const QString &check, const QString &invite) {
    std::optional<Bytes> bytes;
    if (!invite.isEmpty()) {
        bytes = fromHex(invite.toStdString());
        if (!bytes)
            return show(fail(Code::InvalidArgument, "this is no invite", Retry::AfterUser));
    }
    write(
        [id = idOf(check), bytes](StoreSession &session) -> Result<Uuid> {
            ZHICHA_ASSIGN(const Uuid joined, session.recorder().joinCheck(id, bytes));
            ZHICHA_TRY(session.store().state().put(statekey::kCurrentCheck, joined.view()));
            return joined;
        },
        [this](const Result<Uuid> &joined) {
            if (joined)
                emit started(textOf(*joined));
        });
}

void StartController::propose(const QString &name, const QString &note) {
    SiteProposal proposal;
    proposal.name = name.trimmed().toStdString();
    if (!note.trimmed().isEmpty())
        proposal.note = note.trimmed().toStdString();
    if (proposal.name.empty())
        return;
    write([proposal](StoreSession &session) { return session.recorder().proposeSite(proposal); },
          [this](const Result<Uuid> &site) {
              if (site) {
                  m_site = textOf(*site);
                  emit changed();
              }
          });
}

} // namespace zhicha
