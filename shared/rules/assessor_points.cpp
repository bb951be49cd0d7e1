// The entries of a unit: events by their documents, late reports by the calendar (附件2).
#include "shared/rules/assessor.h"

#include "shared/base/plant.h"
#include "shared/rules/item_history.h"

#include <algorithm>

namespace zhicha::rules {

std::string_view notCountedName(NotCounted reason) {
    switch (reason) {
    case NotCounted::No:
        return "";
    case NotCounted::UnknownRule:
        return "unknown_rule";
    case NotCounted::NoItem:
        return "no_item";
    case NotCounted::Subordinate:
        return "subordinate";
    case NotCounted::NotCooperating:
        return "not_cooperating";
    case NotCounted::NotReportedByLead:
        return "not_reported_by_lead";
    case NotCounted::NotResponsible:
        return "not_responsible";
    case NotCounted::LowerLevel:
        return "lower_level";
    }
    return "";
}

namespace {
bool cooperates(const Item &item, Index unit) {
    return std::find(item.cooperating.begin(), item.cooperating.end(), unit) != item.cooperating.end();
}
} // namespace

/** Everything but the comparison with other levels, which depends on the time that is looked at. */
NotCounted Assessor::judge(const Event &event) const {
    if (event.rule == kNone)
        return NotCounted::UnknownRule;
    if (event.item == kNone)
        return NotCounted::NoItem;
    const PointRule &rule = m_rules.pointRules[event.rule];
    if (event.subordinate && rule.points > 0)
        return NotCounted::Subordinate;
    const Item &item = m_ledger.items[event.item];
    const Index lead = leadIn(m_facts[event.item], event.on);
    if (rule.chargedToCooperating) {
        if (!cooperates(item, event.unit) || lead == event.unit)
            return NotCounted::NotCooperating;
        return event.reportedBy == lead ? NotCounted::No : NotCounted::NotReportedByLead;
    }
    return lead == event.unit || cooperates(item, event.unit) ? NotCounted::No : NotCounted::NotResponsible;
}

void Assessor::collectEntries(Index unit) {
    UnitEntries &out = m_entries[unit];
    out.rows.clear();
    for (const Index index : m_unitEvents[unit]) {
        const Event &event = m_ledger.events[index];
        const std::int64_t points = event.rule != kNone ? m_rules.pointRules[event.rule].points : 0;
        out.rows.push_back({{event.on, EntrySource::Event, judge(event), index, event.rule, points}, kNone});
    }
    const auto charge = [&](Index report, EntrySource source, std::optional<std::uint32_t> rule, Day due, Day done) {
        // Handed in by then, or not due at all: nothing. Which is known at the close of the day after.
        if (rule && due != kNever && done > due)
            out.rows.push_back(
                {{due + 1, source, NotCounted::No, report, *rule, m_rules.pointRules[*rule].points}, kNone});
    };
    for (const Index index : m_unitReports[unit]) {
        const Report &report = m_ledger.reports[index];
        charge(index, EntrySource::LateReport, m_rules.reportLate, report.dueOn, report.submittedOn);
        charge(index, EntrySource::LateReturnedReport, m_rules.reportReturnedLate, report.resubmitDueOn,
               report.resubmittedOn);
    }
    numberRivals(out);
}

/** Entries of one item in a class of which only the highest counts get one number. */
void Assessor::numberRivals(UnitEntries &entries) const {
    std::vector<EntryFacts *> candidates;
    for (EntryFacts &row : entries.rows)
        if (row.entry.source == EntrySource::Event && row.entry.reason == NotCounted::No &&
            m_rules.classes[m_rules.pointRules[row.entry.rule].ruleClass].highestOnly)
            candidates.push_back(&row);
    const auto keyOf = [&](const EntryFacts &row) {
        return std::pair(m_ledger.events[row.entry.index].item, m_rules.pointRules[row.entry.rule].ruleClass);
    };
    std::sort(candidates.begin(), candidates.end(),
              [&](const EntryFacts *a, const EntryFacts *b) { return keyOf(*a) < keyOf(*b); });
    entries.rivalries = 0;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const bool same = i > 0 && keyOf(*candidates[i]) == keyOf(*candidates[i - 1]);
        entries.rivalries += same ? 0 : 1;
        candidates[i]->rivals = entries.rivalries - 1;
    }
}

const std::string &Assessor::refId(const Entry &entry) const {
    return entry.source == EntrySource::Event ? m_ledger.events[entry.index].id : m_ledger.reports[entry.index].id;
}

/** The higher level is that of more points; equal ones: the earlier, then the smaller id. */
bool Assessor::isHigher(const Entry &a, const Entry &b) const {
    const std::int64_t mine = a.points < 0 ? -a.points : a.points;
    const std::int64_t other = b.points < 0 ? -b.points : b.points;
    if (mine != other)
        return mine > other;
    return a.on != b.on ? a.on < b.on : refId(a) < refId(b);
}

/** `take(entry, reason)` for each entry dated in the window. */
template <typename Take>
void Assessor::forEntries(const UnitEntries &entries, const Window &window, Take &&take) const {
    std::vector<const Entry *> highest(entries.rivalries, nullptr);
    const auto isIn = [&](const Entry &entry) { return window.from <= entry.on && entry.on <= window.until; };
    for (const EntryFacts &row : entries.rows)
        if (row.rivals != kNone && isIn(row.entry)) {
            const Entry *&best = highest[row.rivals];
            best = best == nullptr || isHigher(row.entry, *best) ? &row.entry : best;
        }
    for (const EntryFacts &row : entries.rows)
        if (isIn(row.entry))
            take(row.entry,
                 row.rivals != kNone && highest[row.rivals] != &row.entry && !plant("rules_every_level_counts")
                     ? NotCounted::LowerLevel
                     : row.entry.reason);
}

Assessor::UnitPoints Assessor::pointsIn(Index unit, const Window &window) const {
    UnitPoints points;
    const Day monthFirst = window.month ? window.month->first() : kNever;
    forEntries(m_entries[unit], window, [&](const Entry &entry, NotCounted reason) {
        if (reason != NotCounted::No)
            return;
        (entry.points > 0 ? points.merits : points.demerits) += entry.points;
        points.demeritInMonth = points.demeritInMonth || (entry.points < 0 && entry.on >= monthFirst);
    });
    return points;
}

std::vector<Entry> Assessor::entriesOf(Index unit) const {
    const Window &window = m_windows.back();
    std::vector<Entry> entries;
    forEntries(m_entries[unit], window, [&](Entry entry, NotCounted reason) {
        entry.reason = reason;
        entries.push_back(entry);
    });
    for (Index i = 0; i < m_ledger.publications.size() && m_rules.monthlyRanking; ++i) {
        const Publication &publication = m_ledger.publications[i];
        if (!countsIn(publication, window))
            continue;
        const std::vector<Index> &winners = winnersOf(publication);
        if (std::find(winners.begin(), winners.end(), unit) != winners.end())
            entries.push_back({datedOn(publication), EntrySource::MonthlyRanking, NotCounted::No, i,
                               *m_rules.monthlyRanking, m_rules.pointRules[*m_rules.monthlyRanking].points});
    }
    const auto ruleId = [&](const Entry &entry) -> const std::string & {
        return entry.rule != kNone ? m_rules.pointRules[entry.rule].id : m_ledger.events[entry.index].ruleId;
    };
    const auto ref = [&](const Entry &entry) {
        return entry.source == EntrySource::MonthlyRanking
                   ? "ranking:" + monthText(m_ledger.publications[entry.index].month)
                   : refId(entry);
    };
    std::sort(entries.begin(), entries.end(), [&](const Entry &a, const Entry &b) {
        if (a.on != b.on)
            return a.on < b.on;
        return ruleId(a) != ruleId(b) ? ruleId(a) < ruleId(b) : ref(a) < ref(b);
    });
    return entries;
}

} // namespace zhicha::rules
