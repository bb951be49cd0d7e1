// The console's lists: rows that are made anew whenever what they show has changed.
#include "shared/base/search_words.h"
#include "shared/oplog/cbor.h"
#include "sync-server/store/sqlite/index_query.h"
#include "sync-server/store/sqlite/sqlite_ledger_impl.h"

namespace zhicha {

namespace {
int graverOf(const CheckIndexRow &row) {
    return row.critical > 0 ? 3 : row.major > 0 ? 2 : row.minor > 0 ? 1 : 0;
}

cbor::Array idsOf(const std::vector<Uuid> &ids) {
    return {ids.begin(), ids.end()};
}

Bytes contentOf(const CheckIndexRow &row) {
    return cbor::encode(cbor::Map{{"minor", row.minor},
                                  {"major", row.major},
                                  {"critical", row.critical},
                                  {"declared", row.declared},
                                  {"arrived", row.arrived},
                                  {"mismatches", row.mismatches},
                                  {"people", idsOf(row.people)},
                                  {"items", idsOf(row.items)},
                                  {"attestation", cbor::Array(row.attestation.begin(), row.attestation.end())},
                                  {"details", row.details}});
}

Status readContent(ByteView bytes, CheckIndexRow &row) {
    ZHICHA_ASSIGN(const cbor::Value value, cbor::decode(bytes));
    const cbor::Map &map = *value.map();
    const auto number = [&](std::string_view name) { return *map.find(name)->second.integer(); };
    row.minor = number("minor");
    row.major = number("major");
    row.critical = number("critical");
    row.declared = number("declared");
    row.arrived = number("arrived");
    row.mismatches = number("mismatches");
    for (const cbor::Value &id : *map.find("people")->second.array())
        row.people.push_back(*id.uuid());
    for (const cbor::Value &id : *map.find("items")->second.array())
        row.items.push_back(*id.uuid());
    for (const cbor::Value &cell : *map.find("attestation")->second.array())
        row.attestation.push_back(*cell.text());
    row.details = *map.find("details")->second.text();
    return {};
}

Result<CheckIndexRow> readCheck(Statement &columns) {
    CheckIndexRow row;
    const auto check = uuidFromBytes(columns.blob(0));
    if (!check)
        return fail(Code::StoreDamaged, "a row of the checks' list does not read");
    row.check = *check;
    row.number = columns.text(1);
    row.state = static_cast<CheckState>(columns.integer(2));
    row.site = maybeId(columns, 3);
    row.unit = maybeId(columns, 4);
    row.receivedMs = columns.integer(5);
    row.waitingMs = columns.integer(6);
    row.lastLog = columns.integer(7);
    row.exception = columns.integer(8) != 0;
    row.imported = columns.integer(9);
    row.spanWidthMs = columns.integer(10);
    row.conflicts = columns.integer(11);
    ZHICHA_TRY(readContent(columns.blob(12), row));
    row.place = columns.integer(13);
    return row;
}

template <typename Id>
void bindId(Statement &statement, int position, const std::optional<Id> &id) {
    if (id)
        statement.bind(position, id->bytes);
    else
        statement.bind(position, std::nullopt);
}
} // namespace

Status SqliteLedger::putCheckIndex(const CheckIndexRow &row, std::string_view searchText) {
    ZHICHA_ASSIGN(
        Statement * put,
        cached("INSERT INTO console_checks(check_id, number, state, todo, site, unit, received_ms, waiting_ms, "
               "last_log, severity, exception, imported, span_width_ms, conflicts, content) "
               "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) "
               "ON CONFLICT(check_id) DO UPDATE SET number = ?2, state = ?3, todo = ?4, site = ?5, unit = ?6, "
               "received_ms = ?7, waiting_ms = ?8, last_log = ?9, severity = ?10, exception = ?11, "
               "imported = ?12, span_width_ms = ?13, conflicts = ?14, content = ?15"));
    const Bytes content = contentOf(row);
    put->bind(1, row.check.bytes).bind(2, row.number).bind(3, static_cast<int>(row.state));
    put->bind(4, waitsForOffice(row.state) ? 1 : 0).bind(7, row.receivedMs).bind(8, row.waitingMs);
    bindId(*put, 5, row.site);
    bindId(*put, 6, row.unit);
    put->bind(9, row.lastLog).bind(10, graverOf(row)).bind(11, row.exception ? 1 : 0).bind(12, row.imported);
    ZHICHA_TRY(put->bind(13, row.spanWidthMs).bind(14, row.conflicts).bind(15, content).run());
    ZHICHA_ASSIGN(Statement * find, cached("SELECT check_no FROM console_checks WHERE check_id = ?1"));
    std::int64_t number = 0;
    ZHICHA_TRY(find->bind(1, row.check.bytes).forEach([&](Statement &found) -> Status {
        number = found.integer(0);
        return {};
    }));
    for (const char *sql :
         {"DELETE FROM console_check_people WHERE check_no = ?1", "DELETE FROM console_check_items WHERE check_no = ?1",
          "DELETE FROM console_check_text WHERE rowid = ?1"}) {
        ZHICHA_ASSIGN(Statement * drop, cached(sql));
        ZHICHA_TRY(drop->bind(1, number).run());
    }
    ZHICHA_ASSIGN(Statement * person,
                  cached("INSERT OR IGNORE INTO console_check_people(person, check_no, check_id, received_ms, "
                         "waiting_ms, number) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"));
    person->bind(2, number).bind(3, row.check.bytes).bind(4, row.receivedMs).bind(5, row.waitingMs);
    person->bind(6, row.number);
    for (const Uuid &id : row.people)
        ZHICHA_TRY(person->bind(1, id.bytes).run());
    ZHICHA_ASSIGN(Statement * item, cached("INSERT OR IGNORE INTO console_check_items VALUES(?1, ?2)"));
    for (const Uuid &id : row.items)
        ZHICHA_TRY(item->bind(1, id.bytes).bind(2, number).run());
    ZHICHA_ASSIGN(Statement * text, cached("INSERT INTO console_check_text(rowid, words) VALUES(?1, ?2)"));
    const std::string words = indexWords(searchText);
    return text->bind(1, number).bind(2, words).run();
}

Result<std::optional<CheckIndexRow>> SqliteLedger::checkIndex(const Uuid &check) {
    ZHICHA_ASSIGN(Statement * find, cached(ZHICHA_CHECK_LIST_COLUMNS "FROM console_checks c WHERE c.check_id = ?1"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, check.bytes).step());
    if (!found)
        return std::optional<CheckIndexRow>();
    ZHICHA_ASSIGN(CheckIndexRow row, readCheck(*find));
    return std::optional(std::move(row));
}

Result<std::vector<CheckIndexRow>> SqliteLedger::checkRows(const std::string &sql, const CheckListQuery &query,
                                                           const std::optional<PageMark> &mark, std::int64_t limit) {
    ZHICHA_ASSIGN(Statement * page, composed(sql));
    const QueryTexts texts(query);
    texts.bind(*page, query, mark);
    page->bind(page->position(":limit"), limit);
    std::vector<CheckIndexRow> rows;
    ZHICHA_TRY(page->forEach([&](Statement &columns) -> Status {
        ZHICHA_ASSIGN(CheckIndexRow row, readCheck(columns));
        rows.push_back(std::move(row));
        return {};
    }));
    return rows;
}

Result<Narrowed> SqliteLedger::narrowedBy(const CheckListQuery &query) {
    const std::optional<CheckListQuery> rest = restOf(query);
    if (!rest)
        return Narrowed::Little;
    ZHICHA_ASSIGN(const std::int64_t left, checkCount(*rest, kFewChecks));
    return left < kFewChecks ? Narrowed::Much : Narrowed::Little;
}

Result<std::vector<CheckIndexRow>> SqliteLedger::checkPage(const CheckListQuery &query,
                                                           const std::optional<PageMark> &after, std::int64_t limit) {
    ZHICHA_ASSIGN(const Narrowed narrowed, narrowedBy(query));
    return checkRows(checkPageSql(query, narrowed, after.has_value(), true), query, after, limit);
}

Result<std::vector<CheckIndexRow>> SqliteLedger::checkPageBefore(const CheckListQuery &query, const PageMark &mark,
                                                                 std::int64_t limit) {
    ZHICHA_ASSIGN(const Narrowed narrowed, narrowedBy(query));
    return checkRows(checkPageSql(query, narrowed, true, false), query, mark, limit);
}

Result<std::int64_t> SqliteLedger::checkCount(const CheckListQuery &query, std::int64_t most) {
    ZHICHA_ASSIGN(const Narrowed narrowed, narrowedBy(query));
    ZHICHA_ASSIGN(Statement * count, composed(checkCountSql(query, narrowed)));
    const ScopedReset done(*count);
    const QueryTexts texts(query);
    texts.bind(*count, query, std::nullopt);
    ZHICHA_ASSIGN(const bool found, count->bind(count->position(":limit"), most).step());
    return found ? count->integer(0) : 0;
}

PageMark markOf(const CheckIndexRow &row, const CheckListQuery &query) {
    if (!query.text.empty())
        return {row.place, {}, row.check};
    switch (query.order) {
    case CheckListQuery::Order::Wait:
        return {row.waitingMs, {}, row.check};
    case CheckListQuery::Order::New:
        return {row.receivedMs, {}, row.check};
    default:
        return {0, row.number, row.check};
    }
}

Result<std::vector<Uuid>> SqliteLedger::checksOfDevice(const Uuid &device) {
    std::vector<Uuid> checks;
    const auto number = deviceNumber(device);
    if (!number)
        return checks;
    ZHICHA_ASSIGN(Statement * all, cached("SELECT DISTINCT check_id FROM operations WHERE device_no = ?1 AND check_id "
                                          "IS NOT NULL"));
    ZHICHA_TRY(all->bind(1, *number).forEach([&](Statement &row) -> Status {
        if (const auto id = uuidFromBytes(row.blob(0)))
            checks.push_back(*id);
        return {};
    }));
    return checks;
}

Result<std::vector<Uuid>> SqliteLedger::checksOfSite(const Uuid &site) {
    std::vector<Uuid> checks;
    ZHICHA_ASSIGN(Statement * all, cached("SELECT check_id FROM console_checks WHERE site = ?1"));
    ZHICHA_TRY(all->bind(1, site.bytes).forEach([&](Statement &row) -> Status {
        if (const auto id = uuidFromBytes(row.blob(0)))
            checks.push_back(*id);
        return {};
    }));
    return checks;
}

Status SqliteLedger::forgetConsoleIndex() {
    return m_database.execute("DELETE FROM console_checks; DELETE FROM console_check_people; DELETE FROM "
                              "console_check_items; DELETE FROM console_findings; DELETE FROM console_finding_people; "
                              "DELETE FROM console_contested; "
                              "DELETE FROM console_check_text; "
                              "DELETE FROM console_finding_text");
}

} // namespace zhicha
