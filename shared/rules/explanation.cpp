#include "shared/rules/explanation.h"

#include "shared/rules/assessment.h"
#include "shared/rules/item_history.h"
#include "shared/rules/json_build.h"

#include <algorithm>

namespace zhicha::rules {

namespace {
void put(JsonText &object, std::string name, JsonText value) {
    object.members.emplace_back(std::move(name), std::move(value));
}
void put(JsonText &object, std::string name, std::string text) {
    put(object, std::move(name), jsonText(std::move(text)));
}
void putClause(JsonText &object, const Clause &clause) {
    put(object, "clause", clause.number);
    put(object, "wording", clause.wording);
    if (!clause.reading.empty())
        put(object, "reading", clause.reading);
}
JsonText dayOrNull(Day day) {
    return day == kNever ? jsonNull() : jsonText(dayText(day));
}

/** The reason in words, in both languages. */
struct Why {
    const char *zh;
    const char *en;
};
void putWhy(JsonText &object, const Why &why) {
    put(object, "why", std::string(why.zh));
    put(object, "why_en", std::string(why.en));
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

void Explainer::explainEntry(const Entry &entry, JsonText &out) const {
    if (entry.source == EntrySource::Event) {
        const Event &event = m_ledger.events[entry.index];
        put(out, "item", event.itemId.empty() ? jsonNull() : jsonText(event.itemId));
        put(out, "document", event.document);
    } else if (entry.source == EntrySource::MonthlyRanking) {
        const Publication &publication = m_ledger.publications[entry.index];
        put(out, "item", jsonNull());
        put(out, "document",
            monthText(publication.month) + " 月排名通报（" + dayText(publication.publishedOn) + " 公布）");
        put(out, "winners", std::string(publication.hasWinners ? "published" : "recomputed"));
    } else {
        const Report &report = m_ledger.reports[entry.index];
        put(out, "item", m_ledger.items[report.item].id);
        put(out, "document", report.id);
        const bool again = entry.source == EntrySource::LateReturnedReport;
        put(out, "due_on", dayText(again ? report.resubmitDueOn : report.dueOn));
        put(out, "submitted_on", dayOrNull(again ? report.resubmittedOn : report.submittedOn));
    }
    if (entry.rule != kNone) {
        const PointRule &rule = m_rules.pointRules[entry.rule];
        const RuleClass &ruleClass = m_rules.classes[rule.ruleClass];
        const Clause &clause = entry.reason == NotCounted::LowerLevel    ? ruleClass.highestOnlyClause
                               : entry.reason == NotCounted::Subordinate ? m_rules.subordinateClause
                               : entry.reason == NotCounted::NoItem      ? m_rules.eventsClause
                                                                         : rule.clause;
        putClause(out, rule.clause);
        if (&clause != &rule.clause) {
            put(out, "not_counted_clause", clause.number);
            put(out, "not_counted_wording", clause.wording);
        }
    }
    putWhy(out, entry.source == EntrySource::Event ? whyOf(entry.reason) : whyOf(entry.source));
}

JsonText Explainer::itemJson(Index index, const Fraction &share) const {
    const Item &item = m_ledger.items[index];
    const ItemStanding standing = m_assessor.itemStanding(index);
    const bool completed = standing == ItemStanding::Completed;
    JsonText out = jsonObject();
    put(out, "item", item.id);
    put(out, "number", item.number);
    put(out, "due_on", dayText(dueDateOf(m_rules, item).on(m_assessor.asOf())));
    put(out, "completed_on", dayOrNull(item.completedOn));
    put(out, "in_scope", jsonFlag(standing <= ItemStanding::Unfinished));
    put(out, "earned", pointsText(completed ? item.awarded : 0));
    put(out, "item_score", fractionText(share));
    putWhy(out, whyOf(standing));
    if (standing == ItemStanding::Withdrawn) {
        put(out, "clause", m_rules.withdrawalClause.number);
        put(out, "wording", m_rules.withdrawalClause.wording);
    } else {
        putClause(out, m_rules.scopeClause);
    }
    if (item.extensions.empty())
        return out;
    JsonText extensions = jsonList();
    const std::vector<ExtensionRefusal> verdicts = judgeExtensions(m_rules, item);
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        const bool counts = verdicts[i] == ExtensionRefusal::None;
        extensions.items.push_back(
            jsonObject({{"approved_on", jsonText(dayText(item.extensions[i].approvedOn))},
                        {"new_due_on", jsonText(dayText(item.extensions[i].newDueOn))},
                        {"counted", jsonFlag(counts && item.extensions[i].approvedOn <= m_assessor.asOf())},
                        {"reason", counts ? jsonNull() : jsonText(std::string(extensionRefusalName(verdicts[i])))},
                        {"clause", jsonText(m_rules.extensionClause.number)},
                        {"wording", jsonText(m_rules.extensionClause.wording)}}));
    }
    put(out, "extensions", std::move(extensions));
    return out;
}

Result<JsonText> Explainer::explainUnit(Index unit) const {
    const UnitStanding &standing = m_assessor.standings()[unit];
    JsonText items = jsonList();
    for (const Index index : m_unitItems[unit]) {
        Fraction share;
        if (m_assessor.itemStanding(index) == ItemStanding::Completed) {
            // Its part of the unit's total, through the same formula: the parts add up to item_score.
            ZHICHA_ASSIGN(const Fraction part, Fraction::of(m_ledger.items[index].awarded, standing.total));
            ZHICHA_ASSIGN(const Fraction factor, Fraction::of(m_rules.factor, kPoint));
            ZHICHA_ASSIGN(const Fraction full, times(part, factor));
            ZHICHA_ASSIGN(share, times(full, standing.efficacy));
        }
        items.items.push_back(itemJson(index, share));
    }
    ZHICHA_ASSIGN(JsonText formula, formulaJson(standing));
    return jsonObject({{"items", std::move(items)}, {"formula", std::move(formula)}});
}

Result<JsonText> Explainer::formulaJson(const UnitStanding &standing) const {
    JsonText out = jsonObject();
    put(out, "start", pointsText(m_rules.start));
    if (standing.items > 0) {
        put(out, "efficacy", fractionText(standing.efficacy));
        put(out, "item_score", fractionText(standing.itemScore));
        put(out, "score", fractionText(standing.score));
    }
    put(out, "clause", m_rules.formulaClause.number);
    put(out, "wording", m_rules.formulaClause.wording);
    put(out, "reading", m_rules.scoreClause.reading);
    return out;
}

JsonText Explainer::rulesJson() const {
    JsonText readings = jsonList();
    const auto add = [&](const Clause &clause) {
        if (!clause.reading.empty())
            readings.items.push_back(
                jsonObject({{"clause", jsonText(clause.number)}, {"reading", jsonText(clause.reading)}}));
    };
    for (const Group &group : m_rules.groups)
        add(group.clause);
    for (const Clause *clause : {&m_rules.scoreClause, &m_rules.scopeClause, &m_rules.monthlyClause,
                                 &m_rules.commendedClause, &m_rules.escalation.urgeClause, &m_rules.escalation.clause})
        add(*clause);
    for (const RuleClass &ruleClass : m_rules.classes)
        if (ruleClass.highestOnly)
            add(ruleClass.highestOnlyClause);
    return jsonObject({{"id", jsonText(m_rules.id)},
                       {"notice", jsonText(m_rules.notice)},
                       {"title", jsonText(m_rules.title)},
                       {"readings", std::move(readings)}});
}

void explainAction(const Rules &rules, const Ledger &ledger, const DueAction &action, JsonText &out) {
    const Escalation &escalation = rules.escalation;
    const bool urge = action.step == 0;
    put(out, "name", urge ? escalation.urgeName : escalation.steps[static_cast<std::size_t>(action.step - 1)].name);
    put(out, "number", ledger.items[action.item].number);
    put(out, "due_on", dayText(action.effectiveDue));
    if (action.stepBefore != kNever)
        put(out, "step_before_on", dayText(action.stepBefore));
    putClause(out, urge ? escalation.urgeClause : escalation.steps[static_cast<std::size_t>(action.step - 1)].clause);
}

} // namespace zhicha::rules
