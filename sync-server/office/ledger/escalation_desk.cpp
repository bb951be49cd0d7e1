#include "sync-server/office/ledger/escalation_desk.h"

#include "shared/rules/escalation.h"
#include "sync-server/office/ledger/extra_fields.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;
using rules::Day;
using rules::Index;
using rules::kNever;
using rules::kNone;

namespace {
const rules::Clause &clauseOfAction(const rules::Rules &rules, const rules::DueAction &action) {
    const rules::Escalation &escalation = rules.escalation;
    return action.step == 0 ? escalation.urgeClause
                            : escalation.steps[static_cast<std::size_t>(action.step - 1)].clause;
}

/** Day by day, the first one not counted: what was counted, and where it came to. */
json countOf(const Book &book, const rules::DueAction &action) {
    const bool urge = action.step == 0;
    const Day from = urge ? action.since : action.stepBefore;
    const Day until = urge ? action.effectiveDue : action.since;
    json days = json::array();
    if (from == kNever || until - from > 60)
        return days;
    int n = 0;
    for (Day day = from; day <= until; ++day) {
        if (!book.calendar.hasYear(rules::yearOf(day)))
            return json::array();
        const bool work = book.calendar.isWorkday(day);
        json one{{"day", rules::dayText(day)}, {"work", work}};
        const bool counted = urge ? day < until : day > from && day < until;
        if (work && counted)
            one["n"] = ++n;
        days.push_back(std::move(one));
    }
    return days;
}

Result<json> stepsJson(LedgerReader &ledger, const BookItem &item, const rules::Rules &rules) {
    json out = json::array();
    for (const BookStep &step : item.steps) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(step.id));
        const rules::LadderStep &rule = rules.escalation.steps[static_cast<std::size_t>(step.step - 1)];
        json one{{"id", toText(step.id)}, {"step", step.step}, {"action", rule.action}, {"name", rule.name}};
        putDay(one, "on", step.on);
        if (row)
            putExtraText(one, *row, "document");
        out.push_back(std::move(one));
    }
    return out;
}

rules::Ledger ledgerOfOne(const Book &book, const BookItem &item) {
    rules::Ledger one;
    for (const BookUnit &unit : book.units)
        one.units.push_back(unit.of);
    one.items.push_back(item.of);
    for (const BookStep &step : item.steps)
        one.ladder.push_back({0, static_cast<std::uint8_t>(step.step), step.on, step.commitmentMetOn});
    return one;
}
} // namespace

std::optional<rules::DueAction> dueFor(const Book &book, const BookItem &item, Day day) {
    const rules::DueList list = rules::dueActions(book.rules, ledgerOfOne(book, item), book.calendar, day);
    return list.actions.empty() ? std::nullopt : std::optional(list.actions.front());
}

Result<json> escalationJson(LedgerReader &ledger, const Book &book, Day asOf) {
    std::vector<Index> places;
    const rules::Ledger all = book.asLedger(&places);
    const rules::DueList list = rules::dueActions(book.rules, all, book.calendar, asOf);
    Names names(ledger);
    json out{{"as_of", rules::dayText(asOf)}, {"today", rules::dayText(book.today)},
             {"ladder", json::array()},       {"actions", json::array()},
             {"exempt", json::array()},       {"undetermined", json::array()}};
    for (std::size_t i = 0; i < book.rules.escalation.steps.size(); ++i) {
        const rules::LadderStep &step = book.rules.escalation.steps[i];
        out["ladder"].push_back({{"step", i + 1}, {"action", step.action}, {"name", step.name}});
    }
    for (const rules::DueAction &action : list.actions) {
        const BookItem &item = book.items[places[action.item]];
        const rules::Clause &clause = clauseOfAction(book.rules, action);
        const auto &steps = book.rules.escalation.steps;
        json one{{"action", rules::actionName(book.rules, action)},
                 {"step", action.step},
                 {"name", action.step == 0 ? book.rules.escalation.urgeName
                                           : steps[static_cast<std::size_t>(action.step - 1)].name},
                 {"commitment", action.step > 0 && steps[static_cast<std::size_t>(action.step - 1)].writtenCommitment},
                 {"since", rules::dayText(action.since)},
                 {"overdue_workdays", action.overdueWorkdays},
                 {"due_on", rules::dayText(action.effectiveDue)},
                 {"clause", {{"number", clause.number}, {"wording", clause.wording}}},
                 {"count", countOf(book, action)}};
        putDay(one, "step_before_on", action.stepBefore);
        ZHICHA_ASSIGN(one["item"], names.ref(item.id));
        ZHICHA_ASSIGN(one["unit"], names.ref(book.units[action.unit].id));
        ZHICHA_ASSIGN(one["steps"], stepsJson(ledger, item, book.rules));
        out["actions"].push_back(std::move(one));
    }
    for (const rules::Undetermined &one : list.undetermined) {
        ZHICHA_ASSIGN(json ref, names.ref(book.items[places[one.item]].id));
        out["undetermined"].push_back({{"item", std::move(ref)}, {"year", one.year}});
    }
    for (const Index place : places) {
        const ItemNow now = book.standing(book.items[place], asOf);
        if (now.exemptUntil == kNever || book.items[place].of.issuedOn > asOf)
            continue;
        ZHICHA_ASSIGN(json ref, names.ref(book.items[place].id));
        out["exempt"].push_back({{"item", std::move(ref)}, {"until", rules::dayText(now.exemptUntil)}});
    }
    return out;
}

Result<json> recordStep(const LedgerAct &act, const Uuid &item, const StepRecord &record, Refusal &refusal) {
    ZHICHA_TRY(requireRole(act.intake.ledger(), act.actor, "reviewer"));
    ZHICHA_TRY(checkWords("document", record.document));
    if (!record.commitment.empty())
        ZHICHA_TRY(checkWords("commitment", record.commitment));
    const auto on = rules::dayFromText(record.on);
    if (!on || *on > act.today())
        return fail(Code::InvalidArgument, "on: a day until today");
    const auto commitmentDue = rules::dayFromText(record.commitmentDueOn);
    if (!record.commitmentDueOn.empty() && (!commitmentDue || *commitmentDue < *on))
        return fail(Code::InvalidArgument, "commitment_due_on: a day from then on");
    const auto fits = act.look<bool>([&](const Book &book) -> Result<bool> {
        ZHICHA_ASSIGN(const BookItem *found, shownItem(book, item));
        const auto due = dueFor(book, *found, *on);
        if (!due || due->step != record.step || record.step == 0) {
            refusal = {"not_due", due ? clauseOfAction(book.rules, *due) : book.rules.escalation.clause};
            return fail(Code::WrongUsage, "another step, or none, was due on that day");
        }
        const bool takes = book.rules.escalation.steps[static_cast<std::size_t>(record.step - 1)].writtenCommitment;
        if (!takes && (!record.commitment.empty() || !record.commitmentDueOn.empty()))
            return fail(Code::InvalidArgument, "commitment: this step takes none");
        return true;
    });
    ZHICHA_TRY(fits ? Status() : Status(fits.error()));
    cbor::Map fields{{"item", item},
                     {"step", std::int64_t{record.step}},
                     {"on", record.on},
                     {"extra", cbor::Map{{"document", extraOfText(record.document)}}}};
    if (!record.commitment.empty())
        fields["commitment"] = record.commitment;
    if (!record.commitmentDueOn.empty())
        fields["commitment_due_on"] = record.commitmentDueOn;
    ZHICHA_TRY(act.write({{"ladder.record", act.request, std::move(fields)}}));
    return json{{"item", toText(item)}, {"step", record.step}, {"on", record.on}};
}

Result<json> meetCommitment(const LedgerAct &act, const Uuid &item, const Uuid &step, const std::string &on) {
    ZHICHA_TRY(requireRole(act.intake.ledger(), act.actor, "reviewer"));
    const auto day = rules::dayFromText(on);
    if (!day || *day > act.today())
        return fail(Code::InvalidArgument, "on: a day until today");
    const auto fits = act.look<bool>([&](const Book &book) -> Result<bool> {
        ZHICHA_ASSIGN(const BookItem *found, shownItem(book, item));
        const auto at =
            std::find_if(found->steps.begin(), found->steps.end(), [&](const BookStep &one) { return one.id == step; });
        if (at == found->steps.end())
            return fail(Code::NotFound, "no such step");
        if (!book.rules.escalation.steps[static_cast<std::size_t>(at->step - 1)].writtenCommitment)
            return fail(Code::WrongUsage, "this step takes no commitment");
        if (at->commitmentMetOn != kNever)
            return fail(Code::AlreadyDone, "the commitment is met already");
        return *day >= at->on ? Result<bool>(true) : fail(Code::InvalidArgument, "on: before the step");
    });
    ZHICHA_TRY(fits ? Status() : Status(fits.error()));
    ZHICHA_TRY(act.write({{"ladder.commitment_met", step, {{"commitment_met_on", on}}}}));
    return json{{"item", toText(item)}, {"on", on}};
}

Result<json> enterEvent(const LedgerAct &act, const EventEntry &entry) {
    ZHICHA_TRY(requireRole(act.intake.ledger(), act.actor, "reviewer"));
    ZHICHA_TRY(checkWords("document", entry.document));
    const auto on = rules::dayFromText(entry.on);
    if (!on || *on > act.today())
        return fail(Code::InvalidArgument, "on: a day until today");
    const std::string code = act.codeFor("p");
    const auto points = act.look<std::int64_t>([&](const Book &book) -> Result<std::int64_t> {
        ZHICHA_TRY(Status(shownItem(book, entry.item) ? Status() : fail(Code::NotFound, "no such item")));
        const auto rule = book.rules.ruleForEvents(entry.rule);
        if (!rule)
            return fail(Code::InvalidArgument, "rule: none that is entered by hand");
        if (book.unit(entry.unit) == kNone || (entry.reportedBy && book.unit(*entry.reportedBy) == kNone))
            return fail(Code::InvalidArgument, "unit: no such unit");
        return book.rules.pointRules[*rule].points;
    });
    ZHICHA_TRY(points ? Status() : Status(points.error()));
    cbor::Map fields{{"code", code},   {"unit", entry.unit}, {"rule", entry.rule},
                     {"on", entry.on}, {"item", entry.item}, {"document", entry.document}};
    if (entry.subordinate)
        fields["recipient"] = "subordinate";
    if (entry.reportedBy)
        fields["reported_by"] = *entry.reportedBy;
    const Uuid id = derivedId(act.intake.keys().ledger, "event", code);
    ZHICHA_TRY(act.write({{"event.enter", id, std::move(fields)}}));
    json answer{{"event", toText(id)}, {"points", rules::pointsText(*points)}};
    // Entered is not yet counted: the notice says so, and the entry stays with the reason.
    const auto counted = act.look<std::string>([&](const Book &book) -> Result<std::string> {
        const rules::Ledger ledger = book.asLedger();
        rules::Assessor assessor(book.rules, ledger, book.today);
        ZHICHA_TRY(assessor.settle());
        for (const rules::Entry &one : assessor.entriesOf(book.unit(entry.unit)))
            if (one.source == rules::EntrySource::Event && ledger.events[one.index].id == code)
                return std::string(rules::notCountedName(one.reason));
        return std::string("another_year");
    });
    ZHICHA_TRY(counted ? Status() : Status(counted.error()));
    answer["counted"] = counted->empty();
    if (!counted->empty())
        answer["reason"] = *counted;
    return answer;
}

json pointRulesJson(const rules::Rules &rules) {
    json out = json::array();
    for (const rules::PointRule &rule : rules.pointRules)
        if (rule.automatic == rules::Automatic::No)
            out.push_back({{"id", rule.id},
                           {"class", rules.classes[rule.ruleClass].name},
                           {"points", rules::pointsText(rule.points)},
                           {"to_cooperating", rule.chargedToCooperating},
                           {"clause", {{"number", rule.clause.number}, {"wording", rule.clause.wording}}}});
    return out;
}

} // namespace zhicha
