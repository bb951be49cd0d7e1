#include "sync-server/office/ledger/book_keeping.h"

#include "shared/rules/official_number.h"
#include "sync-server/office/ledger/extra_fields.h"

#include <algorithm>

namespace zhicha {

using rules::Day;
using rules::Index;
using rules::kNever;
using rules::kNone;

namespace {
constexpr EntityType kTypes[] = {EntityType::Unit,     EntityType::Item,       EntityType::Extension,
                                 EntityType::Transfer, EntityType::Withdrawal, EntityType::Exemption,
                                 EntityType::Report,   EntityType::LadderStep, EntityType::Event,
                                 EntityType::Ranking,  EntityType::Request,    EntityType::RequestStep,
                                 EntityType::Order,    EntityType::OrderStep};
/** Kinds whose operations change what the book holds. */
constexpr std::string_view kPrefixes[] = {"unit.",   "item.",  "extension.", "transfer.", "withdrawal.", "exemption.",
                                          "report.", "event.", "ladder.",    "ranking.",  "request.",    "order."};
/** Past so many changed items sorting anew is cheaper than placing each. */
constexpr std::size_t kFewItems = 500;

bool isOfTheBook(std::string_view kind) {
    return kind == "entity.void" || std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                                                [&](std::string_view prefix) { return kind.starts_with(prefix); });
}

template <typename Rows>
void dropRow(Rows &rows, const Uuid &id) {
    std::erase_if(rows, [&](const auto &row) { return row.id == id; });
}

template <typename Row>
void putRow(std::vector<Placed<Row>> &rows, Placed<Row> row) {
    const auto later = [](const Placed<Row> &a, const Placed<Row> &b) { return a.log < b.log; };
    rows.insert(std::upper_bound(rows.begin(), rows.end(), row, later), std::move(row));
}

template <typename Row>
std::vector<Row> rowsOf(const std::vector<Placed<Row>> &placed) {
    std::vector<Row> rows;
    for (const Placed<Row> &one : placed)
        rows.push_back(one.row);
    return rows;
}
} // namespace

Status BookKeeping::bringUpTo(std::int64_t last, Day today) {
    const std::int64_t from = m_book.log;
    const bool anew = from == 0 || last < from;
    m_book.log = 0; // what fails half way is loaded anew the next time
    if (anew)
        ZHICHA_TRY(loadAll());
    else if (last > from)
        ZHICHA_TRY(loadSince(from + 1));
    arrange(today);
    m_book.log = last;
    return {};
}

Status BookKeeping::loadAll() {
    m_book.units.clear();
    m_book.items.clear();
    m_book.events.clear();
    m_book.publications.clear();
    m_book.m_units.clear();
    m_book.m_items.clear();
    m_book.requests.clear();
    m_book.m_requestOf.clear();
    m_book.orders.clear();
    m_book.m_orderOf.clear();
    m_book.m_orderNumbers.clear();
    m_book.m_ownerOf.clear();
    m_book.m_numbers.clear();
    for (auto &order : m_book.m_orders)
        order.clear();
    for (const EntityType type : kTypes)
        ZHICHA_TRY(
            m_ledger.forEachRowOfType(type, [&](const RowRecord &record) { return put(record.entity, record.row); }));
    return {};
}

Status BookKeeping::loadSince(std::int64_t from) {
    std::set<Uuid> touched;
    ZHICHA_TRY(m_ledger.forEachOperation(from, [&](const LogOperation &operation) -> Status {
        if (isOfTheBook(operation.kind))
            touched.insert(operation.entity);
        return {};
    }));
    std::vector<std::pair<EntityType, std::pair<Uuid, EntityRow>>> rows;
    for (const Uuid &id : touched) {
        ZHICHA_ASSIGN(std::optional<EntityRow> row, m_ledger.rowOf(id));
        if (row)
            rows.push_back({row->type, {id, std::move(*row)}});
    }
    for (const EntityType type : kTypes)
        for (const auto &[of, record] : rows)
            if (of == type)
                ZHICHA_TRY(put(record.first, record.second));
    return {};
}

Status BookKeeping::put(const Uuid &id, const EntityRow &row) {
    switch (row.type) {
    case EntityType::Unit:
        putUnit(id, row);
        return {};
    case EntityType::Item:
        putItem(id, row);
        return {};
    case EntityType::Event:
        putEvent(id, row);
        return {};
    case EntityType::Ranking:
        putPublication(id, row);
        return {};
    case EntityType::Request:
        return putRequest(id, row);
    case EntityType::RequestStep:
        putRequestWord(id, row);
        return {};
    case EntityType::Order:
        return putOrder(id, row);
    case EntityType::OrderStep:
        return putOrderStep(id, row);
    default:
        return putOfItem(id, row);
    }
}

void BookKeeping::putUnit(const Uuid &id, const EntityRow &row) {
    BookUnit &unit = m_book.units[unitIndex(id)];
    unit.of.id = row.text("code");
    unit.of.name = row.text("name");
    unit.viceMayor = row.text("vice_mayor");
    unit.isHere = !row.isVoid();
    const auto &groups = m_book.rules.groups;
    const auto group = std::find_if(groups.begin(), groups.end(),
                                    [&](const rules::Group &one) { return one.id == row.text("group"); });
    unit.of.group = static_cast<std::uint8_t>(group == groups.end() ? 0 : group - groups.begin());
}

void BookKeeping::putItem(const Uuid &id, const EntityRow &row) {
    const Index index = itemIndex(id);
    BookItem &item = m_book.items[index];
    m_touched.insert(index);
    item.isHere = true;
    item.isVoid = row.isVoid();
    item.title = row.text("title");
    item.supervisor = row.text("supervisor");
    item.of.id = row.text("code");
    item.of.number = row.text("number");
    if (const auto number = rules::officialNumberFromText(item.of.number)) {
        item.year = number->year;
        item.number = number->number;
        if (number->prefix == m_book.rules.itemNumberPrefix)
            m_book.m_numbers[item.year] = std::max(m_book.m_numbers[item.year], item.number);
    }
    item.of.source = static_cast<std::uint8_t>(std::clamp<std::int64_t>(row.integer("source").value_or(1), 1, 99));
    const auto &kinds = m_book.rules.itemKinds;
    const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                   [&](const rules::ItemKind &one) { return one.id == row.text("kind"); });
    item.of.kind = static_cast<std::uint8_t>(kind == kinds.end() ? 0 : kind - kinds.begin());
    if (const auto lead = row.uuid("lead"))
        item.of.lead = unitIndex(*lead);
    item.of.cooperating = unitList(row, "cooperating");
    item.of.issuedOn = dayOr(row, "issued_on", Day{0});
    item.of.dueOn = dayOr(row, "due_on", Day{0});
    item.of.completedOn = dayOr(row, "on", kNever);
    item.of.awarded = static_cast<std::int32_t>(m_book.rules.itemPoints);
    if (const std::string awarded = row.text("awarded"); !awarded.empty())
        if (const auto points = rules::exactDecimal(awarded, rules::kPointDigits))
            item.of.awarded = static_cast<std::int32_t>(*points);
    item.words = inLowerCase(item.of.number + '\n' + item.title + '\n' + row.text("content") + '\n' +
                             row.text("requirement") + '\n' + row.text("standard") + '\n' + row.text("effect") + '\n' +
                             row.text("responsible_person") + '\n' + item.supervisor);
}

Status BookKeeping::putOfItem(const Uuid &id, const EntityRow &row) {
    dropFromOwner(id);
    const auto owner = row.uuid("item");
    if (!owner || row.isVoid())
        return {};
    const Index index = itemIndex(*owner);
    m_touched.insert(index);
    m_book.m_ownerOf[id] = index;
    BookItem &item = m_book.items[index];
    const auto isSigned = [&](std::string_view name) { return !row.text(name).empty(); };
    switch (row.type) {
    case EntityType::Extension: {
        ZHICHA_ASSIGN(const std::int64_t log, birthLog(id, row));
        putRow(
            item.extensions,
            {id, log, {dayOr(row, "approved_on", kNever), dayOr(row, "new_due_on", Day{0}), isSigned("approved_by")}});
        break;
    }
    case EntityType::Transfer: {
        ZHICHA_ASSIGN(const std::int64_t log, birthLog(id, row));
        const Index to = unitIndex(row.uuid("to").value_or(Uuid{}));
        putRow(item.transfers,
               {id, log, {dayOr(row, "on", kNever), to, isSigned("signed_from") && isSigned("signed_to")}});
        break;
    }
    case EntityType::Withdrawal: {
        ZHICHA_ASSIGN(const std::int64_t log, birthLog(id, row));
        const bool both = isSigned("reviewed_by") && isSigned("agreed_by");
        putRow(item.withdrawals, {id, log, both ? dayOr(row, "on", kNever) : kNever});
        break;
    }
    case EntityType::Exemption: {
        ZHICHA_ASSIGN(const std::int64_t log, birthLog(id, row));
        putRow(item.exemptions,
               {id, log, {dayOr(row, "from", kNever), dayOr(row, "until", Day{0}), isSigned("approved_by")}});
        break;
    }
    case EntityType::Report:
        putReport(index, id, row);
        break;
    case EntityType::LadderStep:
        item.steps.push_back({id, static_cast<int>(row.integer("step").value_or(1)), dayOr(row, "on", kNever),
                              dayOr(row, "commitment_met_on", kNever)});
        break;
    default:
        break;
    }
    return {};
}

void BookKeeping::putReport(Index item, const Uuid &id, const EntityRow &row) {
    BookReport report;
    report.id = id;
    report.code = row.text("code");
    report.what = extraText(row, "what");
    report.unit = unitIndex(row.uuid("unit").value_or(Uuid{}));
    report.dueOn = dayOr(row, "due_on", Day{0});
    report.submittedOn = dayOr(row, "submitted_on", kNever);
    report.returnedOn = dayOr(row, "returned_on", kNever);
    report.resubmitDueOn = dayOr(row, "resubmit_due_on", kNever);
    report.resubmittedOn = dayOr(row, "resubmitted_on", kNever);
    report.acceptedOn = dayOr(row, "accepted_on", kNever);
    auto &reports = m_book.items[item].reports;
    const auto later = [](const BookReport &a, const BookReport &b) {
        return a.dueOn != b.dueOn ? a.dueOn < b.dueOn : a.code < b.code;
    };
    reports.insert(std::upper_bound(reports.begin(), reports.end(), report, later), std::move(report));
}

void BookKeeping::putEvent(const Uuid &id, const EntityRow &row) {
    m_book.events.erase(id);
    if (row.isVoid() || row.text("code").empty())
        return;
    BookEvent event;
    event.id = id;
    event.of.id = row.text("code");
    event.of.unit = unitIndex(row.uuid("unit").value_or(Uuid{}));
    event.of.ruleId = row.text("rule");
    event.of.rule = m_book.rules.ruleForEvents(event.of.ruleId).value_or(kNone);
    event.of.on = dayOr(row, "on", Day{0});
    event.item = row.uuid("item");
    if (event.item)
        event.of.itemId = m_book.items[itemIndex(*event.item)].of.id;
    else
        event.of.itemId = extraText(row, "item");
    event.of.document = row.text("document");
    event.of.subordinate = row.text("recipient") == "subordinate";
    if (const auto by = row.uuid("reported_by"))
        event.of.reportedBy = unitIndex(*by);
    m_book.events.emplace(id, std::move(event));
}

void BookKeeping::putPublication(const Uuid &id, const EntityRow &row) {
    m_book.publications.erase(id);
    const auto month = rules::monthFromText(row.text("month"));
    if (row.isVoid() || !month)
        return;
    rules::Publication publication;
    publication.month = *month;
    publication.publishedOn = dayOr(row, "published_on", kNever);
    publication.hasWinners = row.value("winners") != nullptr;
    publication.winners = unitList(row, "winners");
    m_book.publications.emplace(id, std::move(publication));
}

void BookKeeping::dropFromOwner(const Uuid &id) {
    const auto owner = m_book.m_ownerOf.find(id);
    if (owner == m_book.m_ownerOf.end())
        return;
    BookItem &item = m_book.items[owner->second];
    m_touched.insert(owner->second);
    dropRow(item.extensions, id);
    dropRow(item.transfers, id);
    dropRow(item.withdrawals, id);
    dropRow(item.exemptions, id);
    dropRow(item.reports, id);
    dropRow(item.steps, id);
    m_book.m_ownerOf.erase(owner);
}

void BookKeeping::settle(BookItem &item) const {
    item.of.extensions = rowsOf(item.extensions);
    item.of.transfers = rowsOf(item.transfers);
    item.of.exemptions = rowsOf(item.exemptions);
    item.of.withdrawnOn = item.withdrawals.empty() ? kNever : item.withdrawals.back().row; // of several the last holds
}

void BookKeeping::arrange(Day today) {
    const bool anotherDay = !(m_book.today == today);
    m_book.today = today;
    const auto &items = m_book.items;
    std::vector<bool> moved(items.size(), anotherDay);
    for (const Index index : m_touched) {
        moved[index] = true;
        settle(m_book.items[index]);
    }
    std::vector<Index> shown;
    for (Index i = 0; i < items.size(); ++i) {
        if (!moved[i])
            continue;
        m_book.items[i].now = m_book.standing(items[i], today);
        if (items[i].isShown())
            shown.push_back(i);
    }
    for (std::size_t n = 0; n < kItemOrders; ++n) {
        std::vector<Index> &order = m_book.m_orders[n];
        const auto before = [&, by = static_cast<ItemOrder>(n)](Index a, Index b) { return m_book.isBefore(by, a, b); };
        std::erase_if(order, [&](Index i) { return moved[i]; });
        if (shown.size() <= kFewItems) {
            for (const Index i : shown)
                order.insert(std::upper_bound(order.begin(), order.end(), i, before), i);
        } else {
            order.insert(order.end(), shown.begin(), shown.end());
            std::sort(order.begin(), order.end(), before);
        }
    }
}

Index BookKeeping::unitIndex(const Uuid &id) {
    const auto [at, added] = m_book.m_units.emplace(id, static_cast<Index>(m_book.units.size()));
    if (added) {
        m_book.units.emplace_back();
        m_book.units.back().id = id;
    }
    return at->second;
}

Index BookKeeping::itemIndex(const Uuid &id) {
    const auto [at, added] = m_book.m_items.emplace(id, static_cast<Index>(m_book.items.size()));
    if (added) {
        m_book.items.emplace_back();
        m_book.items.back().id = id;
    }
    return at->second;
}

std::vector<Index> BookKeeping::unitList(const EntityRow &row, std::string_view name) {
    std::vector<Index> units;
    const cbor::Value *list = row.value(name);
    if (list == nullptr || list->array() == nullptr)
        return units;
    for (const cbor::Value &value : *list->array())
        if (const auto id = value.uuid()) {
            const Index unit = unitIndex(*id);
            if (std::find(units.begin(), units.end(), unit) == units.end())
                units.push_back(unit);
        }
    return units;
}

Day BookKeeping::dayOr(const EntityRow &row, std::string_view name, Day absent) {
    return rules::dayFromText(row.text(name)).value_or(absent);
}

Result<std::int64_t> BookKeeping::birthLog(const Uuid &id, const EntityRow &row) {
    if (!row.birth)
        return 0;
    ZHICHA_ASSIGN(const std::optional<LogOperation> birth, m_ledger.operationByDigest(id, *row.birth));
    return birth ? birth->log : 0;
}

} // namespace zhicha
