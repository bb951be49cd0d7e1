#pragma once
// Why a figure is what it is: each point with its item, document, date, rule, the notice's own words, and the reason
// it counts or does not. The explanations of a unit add up to its score exactly.
#include "shared/json/json_text.h"
#include "shared/rules/assessor.h"
#include "shared/rules/escalation.h"

namespace zhicha::rules {

class Explainer {
public:
    /** All three outlive it; the assessor is settled. `itemsToo`: explainUnit will be asked for. */
    Explainer(const Rules &rules, const Ledger &ledger, const Assessor &assessor, bool itemsToo);

    [[nodiscard]] std::string ref(const Entry &entry) const;
    [[nodiscard]] const std::string &ruleId(const Entry &entry) const;
    /** Adds item, document, clause, wording and why to an entry. */
    void explainEntry(const Entry &entry, JsonText &out) const;
    /** Every item that the unit leads with what it brings, exactly, and the formula. TooLarge beyond exact arithmetic.
     */
    [[nodiscard]] Result<JsonText> explainUnit(Index unit) const;
    /** Which notice, and the readings chosen where it is open. */
    [[nodiscard]] JsonText rulesJson() const;

private:
    [[nodiscard]] JsonText itemJson(Index item, const Fraction &share) const;
    [[nodiscard]] Result<JsonText> formulaJson(const UnitStanding &standing) const;

    const Rules &m_rules;
    const Ledger &m_ledger;
    const Assessor &m_assessor;
    std::vector<std::vector<Index>> m_unitItems;
};

/** Adds what an action rests on. */
void explainAction(const Rules &rules, const Ledger &ledger, const DueAction &action, JsonText &out);

} // namespace zhicha::rules
