#include "shared/rules/assessor.h"

#include "shared/base/plant.h"
#include "shared/rules/item_history.h"

#include <algorithm>

namespace zhicha::rules {

Assessor::Assessor(const Rules &rules, const Ledger &ledger, Day asOf) : m_rules(rules), m_ledger(ledger) {
    m_windows.push_back({firstOfYear(yearOf(asOf)), asOf, std::nullopt, {}, {}, {}, false});
    m_facts.reserve(ledger.items.size());
    for (const Item &item : ledger.items)
        m_facts.push_back(factsOf(item, kNone));
    if (rules.cooperatingShare)
        for (const Item &item : ledger.items)
            m_shares.push_back(item.cooperating);
    m_itemEvents.resize(ledger.items.size(), kNone);
    m_unitEvents.resize(ledger.units.size());
    m_unitReports.resize(ledger.units.size());
    m_entries.resize(ledger.units.size());
    m_standings.resize(ledger.units.size());
    for (Index i = 0; i < ledger.events.size(); ++i) {
        const Event &event = ledger.events[i];
        m_eventUnit.push_back(event.unit);
        m_eventItem.push_back(event.item);
        if (event.unit != kNone)
            m_unitEvents[event.unit].push_back(i);
        m_nextEvent.push_back(kNone);
        if (event.unit != kNone && event.item != kNone)
            linkEvent(event.item, i);
    }
    for (Index i = 0; i < ledger.reports.size(); ++i) {
        m_reportUnit.push_back(ledger.reports[i].unit);
        if (ledger.reports[i].unit != kNone)
            m_unitReports[ledger.reports[i].unit].push_back(i);
    }
    for (Index unit = 0; unit < ledger.units.size(); ++unit)
        collectEntries(unit);
    sumItems(m_windows.back());
    for (Index unit = 0; unit < ledger.units.size(); ++unit)
        m_windows.back().points.push_back(pointsIn(unit, m_windows.back()));
    makeWindows();
}

// --- items ---------------------------------------------------------------------------------------------------------

Assessor::ItemFacts Assessor::factsOf(const Item &item, Index slot) {
    const DueDate due = dueDateOf(m_rules, item);
    ItemFacts facts{item.issuedOn,  item.completedOn, item.withdrawnOn, due.original, due.extendedFrom,
                    due.extendedTo, item.awarded,     item.lead,        slot};
    if (slot == kNone && !item.transfers.empty()) {
        facts.transfers = static_cast<Index>(m_transfers.size());
        m_transfers.emplace_back();
    }
    if (facts.transfers != kNone)
        m_transfers[facts.transfers] = effectiveTransfers(item);
    return facts;
}

ItemStanding Assessor::standingIn(const ItemFacts &facts, const Window &window) const {
    if (facts.issuedOn > window.until)
        return ItemStanding::IssuedLater;
    if (facts.withdrawnOn <= window.until)
        return ItemStanding::Withdrawn;
    if (facts.completedOn <= window.until)
        return facts.completedOn >= window.from ? ItemStanding::Completed : ItemStanding::CompletedEarlier;
    const Day due = window.until >= facts.extendedFrom ? facts.extendedTo : facts.due;
    const bool counts = due <= window.until || m_rules.unfinished == Unfinished::WhenIssued;
    return counts ? ItemStanding::Unfinished : ItemStanding::NotYetDue;
}

Index Assessor::leadIn(const ItemFacts &facts, Day day) const {
    Index lead = facts.lead;
    if (facts.transfers != kNone)
        for (const Transfer &transfer : m_transfers[facts.transfers])
            if (transfer.on <= day)
                lead = transfer.to;
    return lead;
}

void Assessor::addItem(Window &window, Index item, Turn turn) const {
    const ItemFacts &facts = m_facts[item];
    const ItemStanding standing = standingIn(facts, window);
    if (standing > ItemStanding::Unfinished)
        return;
    const bool completed = standing == ItemStanding::Completed;
    const auto add = [&](Index unit) {
        UnitSum &sum = window.sums[unit];
        const bool more = turn == Turn::Add;
        sum.items += more ? 1u : 0u - 1u;
        sum.completed += !completed ? 0u : more ? 1u : 0u - 1u;
        sum.earned += !completed ? 0 : more ? facts.awarded : -facts.awarded;
    };
    const Index lead = leadIn(facts, window.until);
    add(lead);
    if (m_rules.cooperatingShare)
        for (const Index unit : m_shares[item])
            if (unit != lead)
                add(unit);
}

void Assessor::sumItems(Window &window) const {
    window.sums.assign(m_ledger.units.size(), {});
    for (Index item = 0; item < m_facts.size(); ++item)
        addItem(window, item, Turn::Add);
}

ItemStanding Assessor::itemStanding(Index item) const {
    return standingIn(m_facts[item], m_windows.back());
}

Index Assessor::leadOf(Index item) const {
    return leadIn(m_facts[item], asOf());
}

// --- windows -------------------------------------------------------------------------------------------------------

Day Assessor::datedOn(const Publication &publication) const {
    return m_rules.rankingDated == RankingDated::Publication ? publication.publishedOn : publication.month.last();
}

/** A publication on or before the month's last day is ignored. */
bool Assessor::countsIn(const Publication &publication, const Window &window) const {
    const Day on = datedOn(publication);
    return publication.publishedOn > publication.month.last() && publication.publishedOn <= window.until &&
           window.from <= on && on <= window.until;
}

Assessor::Window Assessor::windowOf(Month month) const {
    const bool monthOnly = m_rules.monthlyScore == MonthlyScore::Month;
    return {monthOnly ? month.first() : firstOfYear(month.year), month.last(), month, {}, {}, {}, false};
}

/** The months whose winners are wanted: those published in the year asked for, and what their own figures rest on. */
std::vector<Month> Assessor::wantedMonths() const {
    std::vector<Month> wanted;
    const auto want = [&](Month month) {
        if (wanted.size() <= kMostMonths && std::find(wanted.begin(), wanted.end(), month) == wanted.end())
            wanted.push_back(month);
    };
    for (const Publication &publication : m_ledger.publications)
        if (countsIn(publication, m_windows.back()))
            want(publication.month);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const Window window = windowOf(wanted[i]);
        for (const Publication &publication : m_ledger.publications)
            if (!publication.hasWinners && countsIn(publication, window))
                want(publication.month);
    }
    return wanted;
}

/** All months of the year that are over are kept up to date, so that a ranking published next costs no pass over the
 *  items; and the December before. */
std::vector<Month> Assessor::keptMonths() const {
    std::vector<Month> kept;
    for (Month month{std::max(1, yearOf(asOf()) - 1), 12}; month.last() < asOf();
         month = month.month == 12 ? Month{month.year + 1, 1} : Month{month.year, month.month + 1})
        kept.push_back(month);
    return kept;
}

void Assessor::makeWindows() {
    const std::vector<Month> wanted = wantedMonths();
    m_tooManyMonths = wanted.size() > kMostMonths;
    std::vector<Month> months = keptMonths();
    if (!m_tooManyMonths)
        months.insert(months.end(), wanted.begin(), wanted.end());
    for (const Month month : months) {
        if (windowOfMonth(month) != nullptr)
            continue;
        Window window = windowOf(month);
        sumItems(window);
        for (Index unit = 0; unit < m_ledger.units.size(); ++unit)
            window.points.push_back(pointsIn(unit, window));
        const auto at = std::find_if(m_windows.begin(), m_windows.end(),
                                     [&](const Window &other) { return !other.month || other.until > window.until; });
        m_windows.insert(at, std::move(window));
    }
    for (Window &window : m_windows)
        window.wanted = window.month && std::find(wanted.begin(), wanted.end(), *window.month) != wanted.end();
}

const Assessor::Window *Assessor::windowOfMonth(Month month) const {
    const auto at =
        std::find_if(m_windows.begin(), m_windows.end(), [&](const Window &window) { return window.month == month; });
    return at != m_windows.end() ? &*at : nullptr;
}

const std::vector<Index> &Assessor::winnersOf(const Publication &publication) const {
    if (publication.hasWinners)
        return publication.winners;
    const Window *window = windowOfMonth(publication.month);
    ZHICHA_CHECK(window != nullptr); // makeWindows made one for each that counts
    return window->winners;
}

// --- changes -------------------------------------------------------------------------------------------------------

void Assessor::unitAdded() {
    m_unitEvents.emplace_back();
    m_unitReports.emplace_back();
    m_entries.emplace_back();
    m_standings.emplace_back();
    for (Window &window : m_windows) {
        window.sums.emplace_back();
        window.points.emplace_back();
    }
}

void Assessor::itemChanged(Index item) {
    const bool known = item < m_facts.size();
    if (known && !plant("rules_change_adds_twice"))
        for (Window &window : m_windows)
            addItem(window, item, Turn::Take);
    const ItemFacts facts = factsOf(m_ledger.items[item], known ? m_facts[item].transfers : kNone);
    if (known) {
        m_facts[item] = facts;
    } else {
        m_facts.push_back(facts);
        m_itemEvents.push_back(kNone);
    }
    if (m_rules.cooperatingShare) {
        m_shares.resize(m_facts.size());
        m_shares[item] = m_ledger.items[item].cooperating;
    }
    for (Window &window : m_windows)
        addItem(window, item, Turn::Add);
    // Who led it on which day decides about its events.
    std::vector<Index> units;
    for (Index event = m_itemEvents[item]; event != kNone; event = m_nextEvent[event])
        units.push_back(m_eventUnit[event]);
    std::sort(units.begin(), units.end());
    units.erase(std::unique(units.begin(), units.end()), units.end());
    for (const Index unit : units)
        entriesChanged(unit);
}

void Assessor::linkEvent(Index item, Index event) {
    m_nextEvent[event] = m_itemEvents[item];
    m_itemEvents[item] = event;
}

void Assessor::unlinkEvent(Index item, Index event) {
    Index *at = &m_itemEvents[item];
    while (*at != event)
        at = &m_nextEvent[*at];
    *at = m_nextEvent[event];
}

namespace {
void moveTo(std::vector<std::vector<Index>> &lists, Index before, Index now, Index row) {
    if (before != kNone)
        std::erase(lists[before], row);
    if (now != kNone)
        lists[now].push_back(row);
}
} // namespace

void Assessor::eventChanged(Index event) {
    const Event &now = m_ledger.events[event];
    if (event >= m_eventUnit.size()) {
        m_eventUnit.push_back(kNone);
        m_eventItem.push_back(kNone);
        m_nextEvent.push_back(kNone);
    }
    const Index unitBefore = m_eventUnit[event];
    const Index itemBefore = m_eventItem[event];
    moveTo(m_unitEvents, unitBefore, now.unit, event);
    if (unitBefore != kNone && itemBefore != kNone)
        unlinkEvent(itemBefore, event);
    if (now.unit != kNone && now.item != kNone)
        linkEvent(now.item, event);
    m_eventUnit[event] = now.unit;
    m_eventItem[event] = now.item;
    entriesChanged(unitBefore);
    if (now.unit != unitBefore)
        entriesChanged(now.unit);
}

void Assessor::reportChanged(Index report) {
    const Index now = m_ledger.reports[report].unit;
    if (report >= m_reportUnit.size())
        m_reportUnit.push_back(kNone);
    const Index before = m_reportUnit[report];
    moveTo(m_unitReports, before, now, report);
    m_reportUnit[report] = now;
    entriesChanged(before);
    if (now != before)
        entriesChanged(now);
}

void Assessor::publicationChanged() {
    makeWindows();
}

void Assessor::entriesChanged(Index unit) {
    if (unit == kNone)
        return;
    collectEntries(unit);
    for (Window &window : m_windows)
        window.points[unit] = pointsIn(unit, window);
}

std::size_t Assessor::memoryBytes() const {
    std::size_t bytes = m_facts.capacity() * sizeof(ItemFacts) + m_standings.capacity() * sizeof(UnitStanding);
    bytes += (m_eventUnit.capacity() + m_reportUnit.capacity() + m_eventItem.capacity()) * sizeof(Index);
    for (const auto &transfers : m_transfers)
        bytes += sizeof(std::vector<Transfer>) + transfers.capacity() * sizeof(Transfer);
    for (const auto &shares : m_shares)
        bytes += sizeof(std::vector<Index>) + shares.capacity() * sizeof(Index);
    for (const Window &window : m_windows)
        bytes += window.sums.capacity() * sizeof(UnitSum) + window.points.capacity() * sizeof(UnitPoints);
    for (const UnitEntries &entries : m_entries)
        bytes += entries.rows.capacity() * sizeof(EntryFacts);
    for (const auto *lists : {&m_unitEvents, &m_unitReports})
        for (const auto &list : *lists)
            bytes += sizeof(std::vector<Index>) + list.capacity() * sizeof(Index);
    bytes += (m_itemEvents.capacity() + m_nextEvent.capacity()) * sizeof(Index);
    return bytes;
}

} // namespace zhicha::rules
