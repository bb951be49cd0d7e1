#include "shared/rules/assessment.h"

#include "shared/rules/explanation.h"
#include "shared/rules/json_build.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace zhicha::rules {

std::string pointsText(std::int64_t points) {
    const auto fraction = Fraction::of(points, kPoint);
    const auto text = roundedText(*fraction, 2);
    ZHICHA_CHECK(text.has_value()); // 64 bits over kPoint always fit
    return *text;
}

namespace {
JsonText entryJson(const Explainer &explainer, const Entry &entry, bool explain) {
    const bool counted = entry.reason == NotCounted::No;
    JsonText out = jsonObject({{"ref", jsonText(explainer.ref(entry))},
                               {"rule", jsonText(explainer.ruleId(entry))},
                               {"on", jsonText(dayText(entry.on))},
                               {"points", jsonText(pointsText(entry.points))},
                               {"counted", jsonFlag(counted)},
                               {"reason", counted ? jsonNull() : jsonText(std::string(notCountedName(entry.reason)))}});
    if (explain)
        explainer.explainEntry(entry, out);
    return out;
}

/** The texts that can be too large for exact rounding; everything else of a unit cannot fail. */
struct ScoreTexts {
    std::string efficacy, itemScore, score;
};
Result<ScoreTexts> scoreTexts(const UnitStanding &standing) {
    ScoreTexts texts;
    ZHICHA_ASSIGN(texts.efficacy, roundedText(standing.efficacy, 4));
    ZHICHA_ASSIGN(texts.itemScore, roundedText(standing.itemScore, 2));
    ZHICHA_ASSIGN(texts.score, roundedText(standing.score, 2));
    return texts;
}

Result<JsonText> unitJson(const Rules &rules, const Ledger &ledger, const Assessor &assessor,
                          const Explainer &explainer, Index unit, bool explain) {
    const UnitStanding &standing = assessor.standings()[unit];
    const bool rated = standing.items > 0;
    ZHICHA_ASSIGN(const ScoreTexts texts, rated ? scoreTexts(standing) : Result<ScoreTexts>(ScoreTexts{}));
    const auto ifRated = [&](const std::string &text) { return rated ? jsonText(text) : jsonNull(); };
    std::vector<JsonText> entries;
    for (const Entry &entry : assessor.entriesOf(unit))
        entries.push_back(entryJson(explainer, entry, explain));
    JsonText out = jsonObject({{"id", jsonText(ledger.units[unit].id)},
                               {"group", jsonText(rules.groups[ledger.units[unit].group].id)},
                               {"items", jsonNumber(standing.items)},
                               {"earned", jsonText(pointsText(standing.earned))},
                               {"total", jsonText(pointsText(standing.total))},
                               {"efficacy", ifRated(texts.efficacy)},
                               {"item_score", ifRated(texts.itemScore)},
                               {"merits", jsonText(pointsText(standing.merits))},
                               {"demerits", jsonText(pointsText(standing.demerits))},
                               {"score", ifRated(texts.score)},
                               {"rank", rated ? jsonNumber(standing.rank) : jsonNull()},
                               {"all_completed", jsonFlag(standing.allCompleted())},
                               {"events", jsonList(std::move(entries))}});
    if (explain) {
        ZHICHA_ASSIGN(JsonText explanation, explainer.explainUnit(unit));
        out.members.emplace_back("explanation", std::move(explanation));
    }
    return out;
}

JsonText unitIds(const Ledger &ledger, const std::vector<Index> &units) {
    JsonText out = jsonList();
    for (const Index unit : units)
        out.items.push_back(jsonText(ledger.units[unit].id));
    return out;
}

JsonText differencesJson(const Ledger &ledger, const std::vector<RankingDifference> &differences) {
    JsonText out = jsonList();
    for (const RankingDifference &difference : differences) {
        const Publication &publication = ledger.publications[difference.publication];
        out.items.push_back(jsonObject({{"month", jsonText(monthText(publication.month))},
                                        {"published", unitIds(ledger, publication.winners)},
                                        {"recomputed", unitIds(ledger, difference.recomputed)}}));
    }
    return out;
}
} // namespace

Result<Figures> assessLedger(const Rules &rules, const Ledger &ledger, const AssessRequest &request) {
    Assessor assessor(rules, ledger, request.asOf);
    ZHICHA_TRY(assessor.settle());
    const Explainer explainer(rules, ledger, assessor, request.explain);
    std::vector<Index> order(ledger.units.size());
    std::iota(order.begin(), order.end(), Index{0});
    std::sort(order.begin(), order.end(), [&](Index a, Index b) { return ledger.units[a].id < ledger.units[b].id; });
    JsonText units = jsonList();
    for (const Index unit : order) {
        ZHICHA_ASSIGN(JsonText json, unitJson(rules, ledger, assessor, explainer, unit, request.explain));
        units.items.push_back(std::move(json));
    }
    Figures figures;
    figures.json = jsonObject({{"as_of", jsonText(dayText(request.asOf))}, {"units", std::move(units)}});
    if (request.commend)
        figures.json.members.emplace_back("commended", unitIds(ledger, assessor.commended(*request.commend)));
    const std::vector<RankingDifference> differences = assessor.rankingDifferences();
    for (const RankingDifference &difference : differences) {
        const std::string month = monthText(ledger.publications[difference.publication].month);
        figures.warnings.push_back(month +
                                   " 公布的月排名与按现台账重算的不同，仍按公布的计 · the published ranking of " +
                                   month + " differs from what the ledger gives today; the published one counts");
    }
    if (request.explain) {
        figures.json.members.emplace_back("rules", explainer.rulesJson());
        figures.json.members.emplace_back("ranking_differences", differencesJson(ledger, differences));
    }
    return figures;
}

Figures dueLedger(const Rules &rules, const Ledger &ledger, const WorkingCalendar &calendar, Day asOf, bool explain) {
    const DueList due = dueActions(rules, ledger, calendar, asOf);
    JsonText actions = jsonList();
    for (const DueAction &action : due.actions) {
        actions.items.push_back(jsonObject({{"item", jsonText(ledger.items[action.item].id)},
                                            {"unit", jsonText(ledger.units[action.unit].id)},
                                            {"action", jsonText(actionName(rules, action))},
                                            {"since", jsonText(dayText(action.since))},
                                            {"overdue_workdays", jsonNumber(action.overdueWorkdays)}}));
        if (explain)
            explainAction(rules, ledger, action, actions.items.back());
    }
    Figures figures;
    figures.json = jsonObject({{"as_of", jsonText(dayText(asOf))}, {"actions", std::move(actions)}});
    if (due.undetermined.empty())
        return figures;
    JsonText undetermined = jsonList();
    std::map<int, int> years;
    for (const Undetermined &one : due.undetermined) {
        undetermined.items.push_back(
            jsonObject({{"item", jsonText(ledger.items[one.item].id)}, {"year", jsonNumber(one.year)}}));
        ++years[one.year];
    }
    figures.json.members.emplace_back("undetermined", std::move(undetermined));
    for (const auto &[year, count] : years)
        figures.warnings.push_back(std::to_string(year) + " 年没有工作日表，" + std::to_string(count) +
                                   " 个事项未定，其余照列；用 --calendar 给出新表 · no holiday table for " +
                                   std::to_string(year) + ": " + std::to_string(count) +
                                   " items undetermined, the rest stands; give a newer table with --calendar");
    return figures;
}

} // namespace zhicha::rules
