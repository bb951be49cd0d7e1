#include "shared/rules/assessment.h"

#include "shared/rules/explanation.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace zhicha::rules {

std::string pointsText(std::int64_t points) {
    // Halves away from zero, as roundedText does it: points are far smaller than 64 bits.
    constexpr std::int64_t kHundredth = kPoint / 100;
    const std::int64_t hundredths = ((points < 0 ? -points : points) + kHundredth / 2) / kHundredth;
    std::string out = std::to_string(hundredths);
    if (out.size() < 3)
        out.insert(0, 3 - out.size(), '0');
    out.insert(out.size() - 2, ".");
    return points < 0 && hundredths != 0 ? "-" + out : out;
}

namespace {
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

class Printer {
public:
    Printer(const Rules &rules, const Ledger &ledger, const Assessor &assessor, const AssessRequest &request)
        : m_rules(rules), m_ledger(ledger), m_assessor(assessor), m_request(request),
          m_explainer(rules, ledger, assessor, request.explain), m_out(request.lines) {}

    Result<Figures> print() {
        m_out.openObject();
        m_out.put("as_of", dayText(m_request.asOf));
        m_out.openList("units");
        std::vector<Index> order(m_ledger.units.size());
        std::iota(order.begin(), order.end(), Index{0});
        std::sort(order.begin(), order.end(),
                  [&](Index a, Index b) { return m_ledger.units[a].id < m_ledger.units[b].id; });
        for (const Index unit : order)
            ZHICHA_TRY(printUnit(unit));
        m_out.closeList();
        if (m_request.commend)
            printUnits("commended", m_assessor.commended(*m_request.commend));
        const std::vector<RankingDifference> differences = m_assessor.rankingDifferences();
        if (m_request.explain) {
            m_explainer.printRules(m_out);
            printDifferences(differences);
        }
        m_out.closeObject();
        Figures figures;
        figures.json = m_out.take();
        for (const RankingDifference &difference : differences)
            figures.warnings.push_back(warningOf(difference));
        return figures;
    }

private:
    Status printUnit(Index unit) {
        const UnitStanding &standing = m_assessor.standings()[unit];
        const bool rated = standing.items > 0;
        ZHICHA_ASSIGN(const ScoreTexts texts, rated ? scoreTexts(standing) : Result<ScoreTexts>(ScoreTexts{}));
        m_out.openObject();
        m_out.put("id", m_ledger.units[unit].id);
        m_out.put("group", m_rules.groups[m_ledger.units[unit].group].id);
        m_out.put("items", std::int64_t{standing.items});
        m_out.put("earned", pointsText(standing.earned));
        m_out.put("total", pointsText(standing.total));
        m_out.putIf(rated, "efficacy", texts.efficacy);
        m_out.putIf(rated, "item_score", texts.itemScore);
        m_out.put("merits", pointsText(standing.merits));
        m_out.put("demerits", pointsText(standing.demerits));
        m_out.putIf(rated, "score", texts.score);
        if (rated)
            m_out.put("rank", std::int64_t{standing.rank});
        else
            m_out.putNull("rank");
        m_out.putFlag("all_completed", standing.allCompleted());
        m_out.openList("events");
        for (const Entry &entry : m_assessor.entriesOf(unit))
            printEntry(entry);
        m_out.closeList();
        if (m_request.explain)
            ZHICHA_TRY(m_explainer.printUnit(unit, m_out));
        m_out.closeObject();
        return {};
    }

    void printEntry(const Entry &entry) {
        const bool counted = entry.reason == NotCounted::No;
        m_out.openObject();
        m_out.put("ref", m_explainer.ref(entry));
        m_out.put("rule", m_explainer.ruleId(entry));
        m_out.put("on", dayText(entry.on));
        m_out.put("points", pointsText(entry.points));
        m_out.putFlag("counted", counted);
        m_out.putIf(!counted, "reason", notCountedName(entry.reason));
        if (m_request.explain)
            m_explainer.printEntry(entry, m_out);
        m_out.closeObject();
    }

    void printUnits(std::string_view name, const std::vector<Index> &units) {
        m_out.openList(name);
        for (const Index unit : units)
            m_out.text(m_ledger.units[unit].id);
        m_out.closeList();
    }

    void printDifferences(const std::vector<RankingDifference> &differences) {
        m_out.openList("ranking_differences");
        for (const RankingDifference &difference : differences) {
            const Publication &publication = m_ledger.publications[difference.publication];
            m_out.openObject();
            m_out.put("month", monthText(publication.month));
            printUnits("published", publication.winners);
            printUnits("recomputed", difference.recomputed);
            m_out.closeObject();
        }
        m_out.closeList();
    }

    std::string warningOf(const RankingDifference &difference) const {
        const std::string month = monthText(m_ledger.publications[difference.publication].month);
        return month + " 公布的月排名与按现台账重算的不同，仍按公布的计 · the published ranking of " + month +
               " differs from what the ledger gives today; the published one counts";
    }

    const Rules &m_rules;
    const Ledger &m_ledger;
    const Assessor &m_assessor;
    const AssessRequest &m_request;
    Explainer m_explainer;
    JsonWriter m_out;
};
} // namespace

Result<Figures> assessLedger(const Rules &rules, const Ledger &ledger, const AssessRequest &request) {
    Assessor assessor(rules, ledger, request.asOf);
    ZHICHA_TRY(assessor.settle());
    return Printer(rules, ledger, assessor, request).print();
}

Figures dueLedger(const Rules &rules, const Ledger &ledger, const WorkingCalendar &calendar,
                  const DueRequest &request) {
    const DueList due = dueActions(rules, ledger, calendar, request.asOf);
    JsonWriter out(request.lines);
    out.openObject();
    out.put("as_of", dayText(request.asOf));
    out.openList("actions");
    for (const DueAction &action : due.actions) {
        out.openObject();
        out.put("item", ledger.items[action.item].id);
        out.put("unit", ledger.units[action.unit].id);
        out.put("action", actionName(rules, action));
        out.put("since", dayText(action.since));
        out.put("overdue_workdays", std::int64_t{action.overdueWorkdays});
        if (request.explain)
            printAction(rules, ledger, action, out);
        out.closeObject();
    }
    out.closeList();
    Figures figures;
    std::map<int, int> years;
    if (!due.undetermined.empty()) {
        out.openList("undetermined");
        for (const Undetermined &one : due.undetermined) {
            out.openObject();
            out.put("item", ledger.items[one.item].id);
            out.put("year", std::int64_t{one.year});
            out.closeObject();
            ++years[one.year];
        }
        out.closeList();
    }
    out.closeObject();
    figures.json = out.take();
    for (const auto &[year, count] : years)
        figures.warnings.push_back(std::to_string(year) + " 年没有工作日表，" + std::to_string(count) +
                                   " 个事项未定，其余照列；用 --calendar 给出新表 · no holiday table for " +
                                   std::to_string(year) + ": " + std::to_string(count) +
                                   " items undetermined, the rest stands; give a newer table with --calendar");
    return figures;
}

} // namespace zhicha::rules
