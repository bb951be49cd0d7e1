#include "sync-server/office/papers/paper_facts.h"

#include "sync-server/office/check_view.h"
#include "sync-server/office/export_file.h"

#include <algorithm>

namespace zhicha {

Result<PaperFacts> PaperFacts::load(LedgerReader &reader, const rules::Rules &rules) {
    PaperFacts facts;
    ZHICHA_ASSIGN(const std::string file, exportLedgerFile(reader));
    ZHICHA_ASSIGN(facts.m_ledger, rules::readLedger(rules, file));
    ZHICHA_TRY(reader.forEachRowOfType(EntityType::Unit, [&](const RowRecord &record) -> Status {
        if (record.row.isVoid())
            return {};
        facts.m_units[record.row.text("code")] = record.entity;
        facts.m_unitNames[record.entity] = record.row.text("name");
        return {};
    }));
    return facts;
}

std::optional<Uuid> PaperFacts::unitId(rules::Index unit) const {
    const auto it = unit < m_ledger.units.size() ? m_units.find(m_ledger.units[unit].id) : m_units.end();
    return it == m_units.end() ? std::nullopt : std::optional(it->second);
}

std::string PaperFacts::unitName(rules::Index unit) const {
    return unit < m_ledger.units.size() ? m_ledger.units[unit].name : std::string();
}

std::string PaperFacts::unitName(const Uuid &unit) const {
    const auto it = m_unitNames.find(unit);
    return it == m_unitNames.end() ? toText(unit) : it->second;
}

std::vector<Uuid> PaperFacts::allUnits() const {
    std::vector<Uuid> units;
    for (const rules::Unit &unit : m_ledger.units)
        if (const auto it = m_units.find(unit.id); it != m_units.end())
            units.push_back(it->second);
    return units;
}

Result<RowRecord> PaperFacts::findItem(LedgerReader &reader, const std::string &text) const {
    ZHICHA_ASSIGN(const Uuid ledgerId, ledgerIdOf(reader));
    const Uuid id = uuidFromText(text).value_or(derivedId(ledgerId, "item", text));
    std::vector<RowRecord> found;
    ZHICHA_TRY(reader.forEachRowOfType(EntityType::Item, [&](const RowRecord &record) -> Status {
        if (!record.row.isVoid() && (record.entity == id || record.row.text("number") == text))
            found.push_back(record);
        return {};
    }));
    if (found.empty() || text.empty())
        return fail(Code::NotFound, "no item " + text);
    if (found.size() > 1)
        return fail(Code::Ambiguous, std::to_string(found.size()) + " items have the number " + text);
    return std::move(found.front());
}

Result<rules::Index> PaperFacts::indexOf(const EntityRow &item) const {
    const std::string code = item.text("code");
    for (rules::Index i = 0; i < m_ledger.items.size(); ++i)
        if (m_ledger.items[i].id == code)
            return i;
    return fail(Code::StoreDamaged, "the ledger file lacks the item " + code);
}

Result<std::vector<RecordedStep>> PaperFacts::stepsOf(LedgerReader &reader, const rules::Rules &rules, const Uuid &item,
                                                      rules::Day due, rules::Day day) const {
    std::vector<RecordedStep> steps;
    ZHICHA_TRY(reader.forEachRowOfType(EntityType::LadderStep, [&](const RowRecord &record) -> Status {
        const EntityRow &row = record.row;
        const auto on = rules::dayFromText(row.text("on"));
        if (row.isVoid() || row.uuid("item") != item || !on || *on > day)
            return {};
        if (*on <= due && !rules.escalation.stepsOnOrBeforeDueCount)
            return {};
        steps.push_back({static_cast<int>(row.integer("step").value_or(0)), *on, row.text("commitment"),
                         row.text("commitment_due_on")});
        return {};
    }));
    std::sort(steps.begin(), steps.end(), [](const RecordedStep &a, const RecordedStep &b) {
        return std::pair(a.step, a.on) < std::pair(b.step, b.on);
    });
    return steps;
}

} // namespace zhicha
