#include "shared/rules/escalation.h"

#include "shared/base/plant.h"
#include "shared/rules/item_history.h"

#include <algorithm>

namespace zhicha::rules {

namespace {
class Ladder {
public:
    Ladder(const Rules &rules, const Ledger &ledger, const WorkingCalendar &calendar, Day asOf)
        : m_rules(rules), m_ledger(ledger), m_calendar(calendar), m_asOf(asOf), m_firstRow(ledger.items.size() + 1) {
        // The rows of an item side by side: counted, then placed.
        for (const LadderRow &row : ledger.ladder)
            ++m_firstRow[row.item + 1];
        for (std::size_t i = 1; i < m_firstRow.size(); ++i)
            m_firstRow[i] += m_firstRow[i - 1];
        std::vector<std::uint32_t> next = m_firstRow;
        m_rows.resize(ledger.ladder.size());
        for (const LadderRow &row : ledger.ladder)
            m_rows[next[row.item]++] = &row;
    }

    DueList all() {
        m_out.asOf = m_asOf;
        for (Index i = 0; i < m_ledger.items.size(); ++i)
            judge(i);
        const auto idOf = [&](Index item) -> const std::string & { return m_ledger.items[item].id; };
        std::sort(m_out.actions.begin(), m_out.actions.end(), [&](const DueAction &a, const DueAction &b) {
            return a.since != b.since ? a.since < b.since : idOf(a.item) < idOf(b.item);
        });
        std::sort(m_out.undetermined.begin(), m_out.undetermined.end(),
                  [&](const Undetermined &a, const Undetermined &b) { return idOf(a.item) < idOf(b.item); });
        return std::move(m_out);
    }

private:
    void judge(Index index) {
        const Item &item = m_ledger.items[index];
        if (item.issuedOn > m_asOf || item.completedOn <= m_asOf || item.withdrawnOn <= m_asOf)
            return;
        DueAction action;
        action.item = index;
        action.unit = leadOn(item, m_asOf);
        action.effectiveDue = dueDateOf(m_rules, item).on(m_asOf);
        const bool onTime =
            plant("rules_due_day_is_overdue") ? m_asOf < action.effectiveDue : m_asOf <= action.effectiveDue;
        if (onTime)
            urge(action);
        else if (!isExempted(item, m_asOf))
            overdue(action);
    }

    void urge(DueAction action) {
        const Escalation &escalation = m_rules.escalation;
        if (action.effectiveDue - m_asOf > escalation.horizonDays)
            return;
        const auto begin = m_calendar.workdaysBefore(action.effectiveDue, escalation.urgeWorkdays);
        if (begin.missingYear)
            return undetermined(action, *begin.missingYear);
        action.since = begin.value;
        if (m_asOf >= action.since)
            m_out.actions.push_back(action);
    }

    void overdue(DueAction action) {
        const Recorded recorded = highestStep(action);
        const auto &steps = m_rules.escalation.steps;
        if (recorded.step == static_cast<int>(steps.size()) || recorded.commitmentMet)
            return;
        action.step = recorded.step + 1;
        if (recorded.step == 0) {
            action.since = action.effectiveDue + 1;
        } else {
            const int workdays = steps[static_cast<std::size_t>(recorded.step - 1)].mendWorkdays;
            const auto last = m_calendar.workdaysAfter(recorded.on, workdays, m_asOf);
            if (last.missingYear)
                return undetermined(action, *last.missingYear);
            if (!last.value || m_asOf <= *last.value)
                return; // there is still time to mend
            action.since = *last.value + 1;
            action.stepBefore = recorded.on;
        }
        const auto overdue = m_calendar.workdaysBetween(action.effectiveDue, m_asOf);
        if (overdue.missingYear)
            return undetermined(action, *overdue.missingYear);
        action.overdueWorkdays = overdue.value;
        m_out.actions.push_back(action);
    }

    struct Recorded {
        int step = 0;
        Day on;
        bool commitmentMet = false;
    };
    /** Only the highest step matters; of two records of one step, the later. */
    Recorded highestStep(const DueAction &action) const {
        const Escalation &escalation = m_rules.escalation;
        Recorded highest;
        const std::uint32_t first = m_firstRow[action.item];
        const std::uint32_t end = m_firstRow[action.item + 1];
        for (std::uint32_t i = first; i < end; ++i) {
            const LadderRow &row = *m_rows[i];
            const bool early = row.on <= action.effectiveDue && !escalation.stepsOnOrBeforeDueCount;
            if (row.on > m_asOf || early)
                continue;
            if (row.step > highest.step || (row.step == highest.step && row.on > highest.on)) {
                highest.step = row.step;
                highest.on = row.on;
            }
        }
        if (highest.step == 0 || !escalation.steps[static_cast<std::size_t>(highest.step - 1)].writtenCommitment)
            return highest;
        for (std::uint32_t i = first; i < end; ++i)
            highest.commitmentMet |= m_rows[i]->step == highest.step && m_rows[i]->commitmentMetOn <= m_asOf;
        return highest;
    }

    void undetermined(const DueAction &action, int year) { m_out.undetermined.push_back({action.item, year}); }

    const Rules &m_rules;
    const Ledger &m_ledger;
    const WorkingCalendar &m_calendar;
    Day m_asOf;
    std::vector<std::uint32_t> m_firstRow;
    std::vector<const LadderRow *> m_rows;
    DueList m_out;
};
} // namespace

DueList dueActions(const Rules &rules, const Ledger &ledger, const WorkingCalendar &calendar, Day asOf) {
    return Ladder(rules, ledger, calendar, asOf).all();
}

const std::string &actionName(const Rules &rules, const DueAction &action) {
    const Escalation &escalation = rules.escalation;
    return action.step == 0 ? escalation.urgeAction
                            : escalation.steps[static_cast<std::size_t>(action.step - 1)].action;
}

} // namespace zhicha::rules
