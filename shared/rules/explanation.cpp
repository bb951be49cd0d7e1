#include "shared/rules/explanation.h"

#include "shared/rules/assessment.h"
#include "shared/rules/item_history.h"

#include <algorithm>

namespace zhicha::rules {

namespace {
void putClause(JsonWriter &out, const Clause &clause) {
    out.put("clause", clause.number);
    out.put("wording", clause.wording);
    if (!clause.reading.empty())
        out.put("reading", clause.reading);
}
void putDay(JsonWriter &out, std::string_view name, Day day) {
    out.putIf(day != kNever, name, day != kNever ? dayText(day) : "");
}

/** The reason in words, in both languages. */
struct Why {
    const char *zh;
    const char *en;
};
void putWhy(JsonWriter &out, const Why &why) {
    out.put("why", std::string_view(why.zh));
    out.put("why_en", std::string_view(why.en));
}
Why whyOf(NotCounted reason) {
    switch (reason) {
    case NotCounted::No:
        return {"计入：单位在当日是该事项的牵头或配合单位", "counts: the unit led the item on that day or cooperates"};
    case NotCounted::UnknownRule:
        return {"不计：没有这条规则，或该规则只能自动产生",
                "not counted: no such rule, or one that nobody enters by hand"};
    case NotCounted::NoItem:
        return {"不计：与督查事项无关", "not counted: not tied to an item of the ledger"};
    case NotCounted::Subordinate:
        return {"不计：受表彰的是下属单位", "not counted: the recipient is a subordinate unit"};
    case NotCounted::NotCooperating:
        return {"不计：单位不是该事项的配合单位，或当日是牵头单位",
                "not counted: the unit does not cooperate, or led that day"};
    case NotCounted::NotReportedByLead:
        return {"不计：不是由当日的牵头单位书面报告的", "not counted: not reported by the unit that led that day"};
    case NotCounted::NotResponsible:
        return {"不计：单位当日既不牵头也不配合该事项",
                "not counted: the unit neither led the item that day nor cooperates"};
    case NotCounted::LowerLevel:
        return {"不计：同一事项另有更高等级的认定", "not counted: a higher level on the same item counts"};
    }
    return {"", ""};
}
Why whyOf(EntrySource source) {
    switch (source) {
    case EntrySource::Event:
        break;
    case EntrySource::LateReport:
        return {"计入：到期次日仍未报送", "counts: not handed in by the day after it was due"};
    case EntrySource::LateReturnedReport:
        return {"计入：退回后到期次日仍未重报",
                "counts: returned, and not handed in again by the day after that was due"};
    case EntrySource::MonthlyRanking:
        return {"计入：该月排名在前列且无减分事项", "counts: among the first of the month, without demerit"};
    }
    return {"", ""};
}
Why whyOf(ItemStanding standing) {
    switch (standing) {
    case ItemStanding::Completed:
        return {"计入：本年度内完成", "in: completed within the year"};
    case ItemStanding::Unfinished:
        return {"计入：到期未完成，得 0 分", "in: due and not completed, earns 0"};
    case ItemStanding::IssuedLater:
        return {"不计：当日尚未交办", "out: not issued yet"};
    case ItemStanding::Withdrawn:
        return {"不计：已销号", "out: withdrawn"};
    case ItemStanding::CompletedEarlier:
        return {"不计：往年已完成", "out: completed in an earlier year"};
    case ItemStanding::NotYetDue:
        return {"不计：未到期", "out: neither completed nor due"};
    }
    return {"", ""};
}
} // namespace

Explainer::Explainer(const Rules &rules, const Ledger &ledger, const Assessor &assessor, bool itemsToo)
    : m_rules(rules), m_ledger(ledger), m_assessor(assessor) {
    if (!itemsToo)
        return;
    m_unitItems.resize(ledger.units.size());
    for (Index item = 0; item < ledger.items.size(); ++item) {
        const Index lead = assessor.leadOf(item);
        m_unitItems[lead].push_back(item);
        if (rules.cooperatingShare)
            for (const Index unit : ledger.items[item].cooperating)
                if (unit != lead)
                    m_unitItems[unit].push_back(item);
    }
}

std::string Explainer::ref(const Entry &entry) const {
    switch (entry.source) {
    case EntrySource::Event:
        return m_ledger.events[entry.index].id;
    case EntrySource::LateReport:
    case EntrySource::LateReturnedReport:
        return m_ledger.reports[entry.index].id;
    case EntrySource::MonthlyRanking:
        return "ranking:" + monthText(m_ledger.publications[entry.index].month);
    }
    return {};
}

const std::string &Explainer::ruleId(const Entry &entry) const {
    return entry.rule != kNone ? m_rules.pointRules[entry.rule].id : m_ledger.events[entry.index].ruleId;
}

void Explainer::printEntry(const Entry &entry, JsonWriter &out) const {
    if (entry.source == EntrySource::Event) {
        const Event &event = m_ledger.events[entry.index];
        out.putIf(!event.itemId.empty(), "item", event.itemId);
        out.put("document", event.document);
    } else if (entry.source == EntrySource::MonthlyRanking) {
        const Publication &publication = m_ledger.publications[entry.index];
        out.putNull("item");
        out.put("document",
                monthText(publication.month) + " 月排名通报（" + dayText(publication.publishedOn) + " 公布）");
        out.put("winners", std::string_view(publication.hasWinners ? "published" : "recomputed"));
    } else {
        const Report &report = m_ledger.reports[entry.index];
        out.put("item", m_ledger.items[report.item].id);
        out.put("document", report.id);
        const bool again = entry.source == EntrySource::LateReturnedReport;
        putDay(out, "due_on", again ? report.resubmitDueOn : report.dueOn);
        putDay(out, "submitted_on", again ? report.resubmittedOn : report.submittedOn);
    }
    if (entry.rule != kNone) {
        const PointRule &rule = m_rules.pointRules[entry.rule];
        const Clause *against = entry.reason == NotCounted::LowerLevel
                                    ? &m_rules.classes[rule.ruleClass].highestOnlyClause
                                : entry.reason == NotCounted::Subordinate ? &m_rules.subordinateClause
                                : entry.reason == NotCounted::NoItem      ? &m_rules.eventsClause
                                                                          : nullptr;
        putClause(out, rule.clause);
        if (against != nullptr) {
            out.put("not_counted_clause", against->number);
            out.put("not_counted_wording", against->wording);
        }
    }
    putWhy(out, entry.source == EntrySource::Event ? whyOf(entry.reason) : whyOf(entry.source));
}

void Explainer::printItem(Index index, const Fraction &share, JsonWriter &out) const {
    const Item &item = m_ledger.items[index];
    const ItemStanding standing = m_assessor.itemStanding(index);
    out.openObject();
    out.put("item", item.id);
    out.put("number", item.number);
    out.put("due_on", dayText(dueDateOf(m_rules, item).on(m_assessor.asOf())));
    putDay(out, "completed_on", item.completedOn);
    out.putFlag("in_scope", standing <= ItemStanding::Unfinished);
    out.put("earned", pointsText(standing == ItemStanding::Completed ? item.awarded : 0));
    out.put("item_score", fractionText(share));
    putWhy(out, whyOf(standing));
    putClause(out, standing == ItemStanding::Withdrawn ? m_rules.withdrawalClause : m_rules.scopeClause);
    if (!item.extensions.empty())
        printExtensions(item, out);
    out.closeObject();
}

void Explainer::printExtensions(const Item &item, JsonWriter &out) const {
    out.openList("extensions");
    const std::vector<ExtensionRefusal> verdicts = judgeExtensions(m_rules, item);
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        const bool counts = verdicts[i] == ExtensionRefusal::None;
        out.openObject();
        out.put("approved_on", dayText(item.extensions[i].approvedOn));
        out.put("new_due_on", dayText(item.extensions[i].newDueOn));
        out.putFlag("counted", counts && item.extensions[i].approvedOn <= m_assessor.asOf());
        out.putIf(!counts, "reason", extensionRefusalName(verdicts[i]));
        putClause(out, m_rules.extensionClause);
        out.closeObject();
    }
    out.closeList();
}

/** An item's part of the unit's total, through the same formula: the parts add up to item_score. */
Result<Fraction> Explainer::shareOf(Index item, const UnitStanding &standing) const {
    if (m_assessor.itemStanding(item) != ItemStanding::Completed)
        return Fraction();
    ZHICHA_ASSIGN(const Fraction part, Fraction::of(m_ledger.items[item].awarded, standing.total));
    ZHICHA_ASSIGN(const Fraction factor, Fraction::of(m_rules.factor, kPoint));
    ZHICHA_ASSIGN(const Fraction full, times(part, factor));
    return times(full, standing.efficacy);
}

Status Explainer::printUnit(Index unit, JsonWriter &out) const {
    const UnitStanding &standing = m_assessor.standings()[unit];
    out.openObject("explanation");
    out.openList("items");
    for (const Index index : m_unitItems[unit]) {
        ZHICHA_ASSIGN(const Fraction share, shareOf(index, standing));
        printItem(index, share, out);
    }
    out.closeList();
    out.openObject("formula");
    out.put("start", pointsText(m_rules.start));
    if (standing.items > 0) {
        out.put("efficacy", fractionText(standing.efficacy));
        out.put("item_score", fractionText(standing.itemScore));
        out.put("score", fractionText(standing.score));
    }
    putClause(out, m_rules.formulaClause);
    out.put("reading", m_rules.scoreClause.reading);
    out.closeObject();
    out.closeObject();
    return {};
}

void Explainer::printRules(JsonWriter &out) const {
    out.openObject("rules");
    out.put("id", m_rules.id);
    out.put("notice", m_rules.notice);
    out.put("title", m_rules.title);
    out.openList("readings");
    const auto add = [&](const Clause &clause) {
        if (clause.reading.empty())
            return;
        out.openObject();
        out.put("clause", clause.number);
        out.put("reading", clause.reading);
        out.closeObject();
    };
    for (const Group &group : m_rules.groups)
        add(group.clause);
    for (const Clause *clause : {&m_rules.scoreClause, &m_rules.scopeClause, &m_rules.monthlyClause,
                                 &m_rules.commendedClause, &m_rules.escalation.urgeClause, &m_rules.escalation.clause})
        add(*clause);
    for (const RuleClass &ruleClass : m_rules.classes)
        if (ruleClass.highestOnly)
            add(ruleClass.highestOnlyClause);
    out.closeList();
    out.closeObject();
}

void printAction(const Rules &rules, const Ledger &ledger, const DueAction &action, JsonWriter &out) {
    const Escalation &escalation = rules.escalation;
    const bool urge = action.step == 0;
    const auto &steps = escalation.steps;
    out.put("name", urge ? escalation.urgeName : steps[static_cast<std::size_t>(action.step - 1)].name);
    out.put("number", ledger.items[action.item].number);
    out.put("due_on", dayText(action.effectiveDue));
    if (action.stepBefore != kNever)
        out.put("step_before_on", dayText(action.stepBefore));
    putClause(out, urge ? escalation.urgeClause : steps[static_cast<std::size_t>(action.step - 1)].clause);
}

} // namespace zhicha::rules
