#include "sync-server/office/ledger/item_list.h"

#include "sync-server/office/signin/policy.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;
using rules::Index;
using rules::kNever;
using rules::kNone;

bool ItemScope::has(Index unit) const {
    return all || std::find(units.begin(), units.end(), unit) != units.end();
}

bool ItemScope::covers(const BookItem &item) const {
    return all || std::any_of(units.begin(), units.end(), [&](Index unit) { return item.isOf(unit); });
}

Result<ItemScope> ownItems(LedgerReader &ledger, const Book &book, const Uuid &person) {
    ItemScope scope;
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(person));
    ZHICHA_ASSIGN(const std::vector<RoleGrant> grants, allGrants(ledger));
    for (const RoleGrant &grant : grants) {
        if (grant.person != person || !grant.inForce)
            continue;
        if (grant.role == "unit_clerk") {
            const std::optional<Uuid> unit = grant.unit ? grant.unit : row ? row->uuid("unit") : std::nullopt;
            if (const Index index = unit ? book.unit(*unit) : kNone; index != kNone)
                scope.units.push_back(index);
        }
        // A unit names its vice mayor by name; the ledger file knows no person.
        if (grant.role == "vice_mayor" && row && !row->text("name").empty())
            for (Index unit = 0; unit < book.units.size(); ++unit)
                if (book.units[unit].isHere && book.units[unit].viceMayor == row->text("name"))
                    scope.units.push_back(unit);
    }
    return scope;
}

namespace {
bool plays(const BookItem &item, Index unit, const std::string &part) {
    if (part == "lead")
        return item.now.lead == unit;
    return item.isOf(unit) && (part.empty() || item.now.lead != unit);
}

class Filter {
public:
    Filter(const Book &book, const ItemListQuery &query) : m_query(query) {
        if (query.unit)
            m_unit = book.unit(*query.unit);
        if (!query.kind.empty())
            for (std::size_t i = 0; i < book.rules.itemKinds.size(); ++i)
                if (book.rules.itemKinds[i].id == query.kind)
                    m_kind = static_cast<int>(i);
        m_text = inLowerCase(query.text);
    }
    /** Everything but the lamp. */
    [[nodiscard]] bool takes(const BookItem &item) const {
        if (!m_query.scope.covers(item))
            return false;
        if (m_query.unit && (m_unit == kNone || !plays(item, m_unit, m_query.part)))
            return false;
        if (!m_query.unit && !m_query.part.empty() && !m_query.scope.all &&
            std::none_of(m_query.scope.units.begin(), m_query.scope.units.end(),
                         [&](Index unit) { return plays(item, unit, m_query.part); }))
            return false;
        if (m_query.source != 0 && item.of.source != m_query.source)
            return false;
        if (!m_query.kind.empty() && item.of.kind != m_kind)
            return false;
        if (!m_query.supervisor.empty() && item.supervisor != m_query.supervisor)
            return false;
        if ((m_query.from && item.now.due < *m_query.from) || (m_query.until && item.now.due > *m_query.until))
            return false;
        return m_text.empty() || item.words.find(m_text) != std::string::npos;
    }

private:
    const ItemListQuery &m_query;
    Index m_unit = kNone;
    int m_kind = -1;
    std::string m_text;
};

std::string dayOrNothing(rules::Day day) {
    return day == kNever ? std::string() : rules::dayText(day);
}
} // namespace

std::vector<Index> itemsOf(const Book &book, const ItemListQuery &query) {
    const Filter filter(book, query);
    std::vector<Index> out;
    for (const Index index : book.ordered(query.order))
        if (filter.takes(book.items[index]) &&
            (query.lamps.empty() || query.lamps.contains(book.items[index].now.lamp)))
            out.push_back(index);
    return out;
}

void putDay(json &out, const char *name, rules::Day day) {
    if (day != kNever)
        out[name] = rules::dayText(day);
}

json lampJson(const Book &book, const ItemNow &now) {
    json out{{"colour", std::string(lampName(now.lamp))}};
    if (now.workdays >= 0)
        out[now.lamp == Lamp::Red ? "overdue_workdays" : "left_workdays"] = now.workdays;
    if (now.step > 0) {
        const rules::LadderStep &step = book.rules.escalation.steps[static_cast<std::size_t>(now.step - 1)];
        out["step"] = {{"number", now.step}, {"action", step.action}, {"name", step.name}};
    }
    putDay(out, "exempt_until", now.exemptUntil);
    if (now.extended)
        out["extended"] = true;
    if (now.reportLate)
        out["why"] = "report_late";
    else if (now.reportReturned)
        out["why"] = "report_returned";
    else if (now.orderOverdue)
        out["why"] = "order_overdue";
    else if (now.recheckFailed)
        out["why"] = "recheck_failed";
    if (now.withdrawalAsked)
        out["withdrawal_asked"] = true;
    return out;
}

Result<json> itemRowJson(LedgerReader &ledger, Names &names, const Book &book, const BookItem &item) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(item.id));
    if (!row)
        return fail(Code::NotFound, "no such item");
    json out{{"id", toText(item.id)},
             {"number", item.of.number},
             {"title", item.title},
             {"source", item.of.source},
             {"kind", book.rules.itemKinds[item.of.kind].id},
             {"issued_on", dayOrNothing(item.of.issuedOn)},
             {"due_on", dayOrNothing(item.of.dueOn)},
             {"effective_due_on", dayOrNothing(item.now.due)},
             {"responsible_person", row->text("responsible_person")},
             {"supervisor", item.supervisor},
             {"lamp", lampJson(book, item.now)}};
    for (const char *name : {"content", "requirement", "standard", "effect", "source_document"})
        if (const std::string text = row->text(name); !text.empty())
            out[name] = text;
    ZHICHA_ASSIGN(out["lead"], names.ref(book.units[item.now.lead].id));
    out["cooperating"] = json::array();
    for (const Index unit : item.of.cooperating) {
        ZHICHA_ASSIGN(json ref, names.ref(book.units[unit].id));
        out["cooperating"].push_back(std::move(ref));
    }
    putDay(out, "completed_on", item.of.completedOn);
    putDay(out, "withdrawn_on", item.of.withdrawnOn);
    if (item.of.completedOn != kNever)
        out["awarded"] = rules::pointsText(item.of.awarded);
    return out;
}

Result<ItemPage> listItems(LedgerReader &ledger, const Book &book, const ItemListQuery &query,
                           std::string_view queryText, std::string_view cursor, std::int64_t limit) {
    ZHICHA_ASSIGN(const std::optional<PageMark> after, readCursor(cursor, queryText));
    ItemPage out;
    const Filter filter(book, query);
    const std::vector<Index> &order = book.ordered(query.order);
    std::array<std::int64_t, kLamps> counts{};
    std::vector<Index> found;
    bool more = false;
    // A page begins behind the item that the last one ended with, wherever that stands by now.
    const BookItem *last = after ? book.item(after->id) : nullptr;
    const Index lastIndex = last != nullptr ? static_cast<Index>(last - book.items.data()) : kNone;
    if (after && last == nullptr)
        return fail(Code::InvalidArgument, "after: not a cursor of this list");
    std::int64_t count = 0;
    for (const Index index : order) {
        const BookItem &item = book.items[index];
        if (!filter.takes(item))
            continue;
        if (out.supervisors.size() < kMostSupervisors && !item.supervisor.empty())
            out.supervisors.insert(item.supervisor);
        ++counts[static_cast<std::size_t>(item.now.lamp)];
        if (!query.lamps.empty() && !query.lamps.contains(item.now.lamp))
            continue;
        ++count;
        if (lastIndex != kNone && !book.isBefore(query.order, lastIndex, index))
            continue;
        if (found.size() < static_cast<std::size_t>(limit))
            found.push_back(index);
        else
            more = true;
    }
    out.page.count = std::min(count, kCountedUpTo);
    out.page.capped = count > kCountedUpTo;
    Names names(ledger);
    for (const Index index : found) {
        ZHICHA_ASSIGN(json row, itemRowJson(ledger, names, book, book.items[index]));
        out.page.rows.push_back(std::move(row));
    }
    if (more)
        out.page.next = writeCursor({0, "", book.items[found.back()].id}, queryText);
    out.lamps = json::object();
    for (std::size_t i = 0; i < kLamps; ++i)
        out.lamps[std::string(lampName(static_cast<Lamp>(i)))] = counts[i];
    return out;
}

} // namespace zhicha
