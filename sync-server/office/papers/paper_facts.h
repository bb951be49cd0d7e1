#pragma once
// What the ledger says as of a day, as papers need it: the figures' own ledger beside the rows it was made of.
#include "shared/rules/escalation.h"
#include "shared/rules/item_history.h"
#include "sync-server/office/office.h"

namespace zhicha {

/** A recorded step of the ladder with what was written down of it. */
struct RecordedStep {
    int step = 0;
    rules::Day on;
    std::string commitment;
    std::string commitmentDueOn;
};

/** Owner: whoever drafts a paper, on its reader. */
class PaperFacts {
public:
    [[nodiscard]] static Result<PaperFacts> load(LedgerReader &reader, const rules::Rules &rules);

    [[nodiscard]] const rules::Ledger &ledger() const { return m_ledger; }
    [[nodiscard]] std::optional<Uuid> unitId(rules::Index unit) const;
    [[nodiscard]] std::string unitName(rules::Index unit) const;
    [[nodiscard]] std::string unitName(const Uuid &unit) const;
    [[nodiscard]] std::vector<Uuid> allUnits() const;

    /** By UUID, code or official number. NotFound, also for a void one. */
    [[nodiscard]] Result<RowRecord> findItem(LedgerReader &reader, const std::string &text) const;
    [[nodiscard]] Result<rules::Index> indexOf(const EntityRow &item) const;
    /** Steps recorded up to the day and counting by the notice, in order. */
    [[nodiscard]] Result<std::vector<RecordedStep>> stepsOf(LedgerReader &reader, const rules::Rules &rules,
                                                            const Uuid &item, rules::Day due, rules::Day day) const;

private:
    rules::Ledger m_ledger;
    std::map<std::string, Uuid> m_units; ///< by code
    std::map<Uuid, std::string> m_unitNames;
};

} // namespace zhicha
