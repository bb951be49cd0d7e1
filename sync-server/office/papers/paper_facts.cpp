#include "sync-server/office/papers/paper_facts.h"

#include "sync-server/office/check_view.h"

#include <algorithm>

namespace zhicha {

std::optional<Uuid> PaperFacts::unitId(rules::Index unit) const {
    return unit < m_book.units.size() && m_book.units[unit].isHere ? std::optional(m_book.units[unit].id)
                                                                   : std::nullopt;
}

std::string PaperFacts::unitName(rules::Index unit) const {
    return unit < m_book.units.size() ? m_book.units[unit].of.name : std::string();
}

std::string PaperFacts::unitName(const Uuid &unit) const {
    const rules::Index index = m_book.unit(unit);
    return index == rules::kNone ? toText(unit) : unitName(index);
}

std::vector<Uuid> PaperFacts::allUnits() const {
    std::map<std::string, Uuid> byCode;
    for (const BookUnit &unit : m_book.units)
        if (unit.isHere)
            byCode.emplace(unit.of.id, unit.id);
    std::vector<Uuid> units;
    for (const auto &[code, id] : byCode)
        units.push_back(id);
    return units;
}

Result<const BookItem *> PaperFacts::findItem(LedgerReader &reader, const std::string &text) const {
    ZHICHA_ASSIGN(const Uuid ledgerId, ledgerIdOf(reader));
    const BookItem *found = m_book.item(uuidFromText(text).value_or(derivedId(ledgerId, "item", text)));
    for (const BookItem &item : m_book.items) {
        if (!item.isShown() || item.of.number != text || &item == found || text.empty())
            continue;
        if (found != nullptr)
            return fail(Code::Ambiguous, "several items have the number " + text);
        found = &item;
    }
    return found != nullptr ? Result<const BookItem *>(found) : fail(Code::NotFound, "no item " + text);
}

Result<rules::Index> PaperFacts::indexOf(const BookItem &item) const {
    for (rules::Index i = 0; i < m_ledger.items.size(); ++i)
        if (m_ledger.items[i].id == item.of.id)
            return i;
    return fail(Code::StoreDamaged, "the ledger lacks the item " + item.of.id);
}

Result<std::vector<RecordedStep>> PaperFacts::stepsOf(LedgerReader &reader, const BookItem &item, rules::Day due,
                                                      rules::Day day) const {
    std::vector<RecordedStep> steps;
    for (const BookStep &step : item.steps) {
        if (step.on > day || (step.on <= due && !m_book.rules.escalation.stepsOnOrBeforeDueCount))
            continue;
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, reader.rowOf(step.id));
        if (row)
            steps.push_back({step.step, step.on, row->text("commitment"), row->text("commitment_due_on")});
    }
    std::sort(steps.begin(), steps.end(), [](const RecordedStep &a, const RecordedStep &b) {
        return std::pair(a.step, a.on) < std::pair(b.step, b.on);
    });
    return steps;
}

} // namespace zhicha
