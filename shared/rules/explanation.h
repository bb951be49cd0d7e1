#pragma once
// Why a figure is what it is: each point with its item, document, date, rule, the notice's own words, and the reason
// it counts or does not. The explanations of a unit add up to its score exactly.
#include "shared/json/json_writer.h"
#include "shared/rules/assessor.h"
#include "shared/rules/escalation.h"

namespace zhicha::rules {

class Explainer {
public:
    /** All three outlive it; the assessor is settled. `itemsToo`: printUnit will be asked for. */
    Explainer(const Rules &rules, const Ledger &ledger, const Assessor &assessor, bool itemsToo);

    [[nodiscard]] std::string ref(const Entry &entry) const;
    [[nodiscard]] const std::string &ruleId(const Entry &entry) const;
    /** Adds item, document, clause, wording and why to an entry that is being written. */
    void printEntry(const Entry &entry, JsonWriter &out) const;
    /** Adds every item that the unit leads with what it brings, exactly, and the formula. TooLarge beyond exact
     *  arithmetic. */
    [[nodiscard]] Status printUnit(Index unit, JsonWriter &out) const;
    /** Which notice, and the readings chosen where it is open. */
    void printRules(JsonWriter &out) const;

private:
    [[nodiscard]] Result<Fraction> shareOf(Index item, const UnitStanding &standing) const;
    void printItem(Index item, const Fraction &share, JsonWriter &out) const;
    void printExtensions(const Item &item, JsonWriter &out) const;

    const Rules &m_rules;
    const Ledger &m_ledger;
    const Assessor &m_assessor;
    std::vector<std::vector<Index>> m_unitItems;
};

/** Adds what an action rests on to one that is being written. */
void printAction(const Rules &rules, const Ledger &ledger, const DueAction &action, JsonWriter &out);

} // namespace zhicha::rules
