// The store against itself and against another that received the same log.
#include "sync-server/store/sqlite/sqlite_ledger_impl.h"

#include <charconv>

namespace zhicha {

namespace {
/** Everything that follows from the log. `envelope` and `body` are left out: their digest is `d`. Tables that are in
 *  neither this list nor that of table_seals.cpp do not exist. */
struct ComparedTable {
    const char *name;
    std::size_t keys; ///< the first columns name the row
    std::vector<std::string> columns;
};
const std::vector<ComparedTable> &comparedTables() {
    static const std::vector<ComparedTable> kTables{
        {"sqlite_schema", 1, {"name", "type", "tbl_name", "sql"}},
        {"chains",
         1,
         {"device_no", "device", "person", "suite", "sign_key", "server", "generation", "head_seq", "head_h"}},
        {"operations",
         1,
         {"log", "device_no", "seq", "branch", "d", "kind", "entity", "check_id", "body_digest", "outcome", "everyone",
          "audience_no"}},
        {"leaves",
         1,
         {"leaf_index", "device_no", "first", "last", "branch", "new_from", "before", "h", "log", "received_at_ms",
          "suite", "signature"}},
        {"tree", 2, {"level", "node_index", "hash"}},
        {"entities", 1, {"entity", "type", "check_id", "hash", "row"}},
        {"claims", 1, {"entity", "kept"}},
        {"device_facts", 1, {"device", "enrolled", "server", "generation", "trusted_upto", "disputed_from"}},
        {"scopes", 2, {"device_no", "entity", "log"}},
        {"photos", 3, {"photo", "device", "check_id", "size_bytes", "preview", "received"}},
        {"withdrawn", 2, {"digest", "what", "check_id", "order_id", "log"}},
    };
    return kTables;
}

/** What an operation was answered when it arrived cannot be told again once a body beside it is gone. */
Result<std::string> outcomeColumn(Database &database) {
    ZHICHA_ASSIGN(const std::int64_t erased,
                  database.readInteger("SELECT EXISTS(SELECT 1 FROM withdrawn WHERE what = 0)"));
    return columnAsText(erased == 0 ? "outcome"
                                    : "(CASE WHEN entity IN (SELECT entity FROM operations WHERE d IN (SELECT digest "
                                      "FROM withdrawn WHERE what = 0)) THEN '' ELSE outcome END)");
}

Result<Statement> selectAll(Database &database, const ComparedTable &table) {
    ZHICHA_ASSIGN(const std::string outcome, outcomeColumn(database));
    std::string values, order;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        values += (i == 0 ? "" : ", ") + (table.columns[i] == "outcome" ? outcome : columnAsText(table.columns[i]));
        if (i < table.keys)
            order += (i == 0 ? "" : ", ") + table.columns[i];
    }
    return database.prepare("SELECT " + values + " FROM " + table.name + " ORDER BY " + order);
}

/** In the order of the table: numbers by value, blobs and text by bytes (hex keeps their order). */
int compareKeys(std::string_view a, std::string_view b) {
    std::int64_t x = 0, y = 0;
    const auto [endA, errorA] = std::from_chars(a.data(), a.data() + a.size(), x);
    const auto [endB, errorB] = std::from_chars(b.data(), b.data() + b.size(), y);
    if (errorA == std::errc() && errorB == std::errc())
        return x < y ? -1 : x > y ? 1 : 0;
    return a.compare(b);
}

int compareRows(const ComparedTable &table, Statement &a, Statement &b) {
    for (std::size_t i = 0; i < table.keys; ++i)
        if (const int order = compareKeys(a.text(static_cast<int>(i)), b.text(static_cast<int>(i))); order != 0)
            return order;
    return 0;
}

std::string rowName(const ComparedTable &table, Statement &row) {
    std::string name;
    for (std::size_t i = 0; i < table.keys; ++i)
        name += (i == 0 ? "" : "/") + readableKey(row.text(static_cast<int>(i)));
    return name;
}

/** Both in the order of their keys, side by side. */
Status compareTable(const ComparedTable &table, Statement &mine, Statement &expected, const FaultReport &report) {
    ZHICHA_ASSIGN(bool here, mine.step());
    ZHICHA_ASSIGN(bool there, expected.step());
    while (here || there) {
        const int order = !here ? 1 : !there ? -1 : compareRows(table, mine, expected);
        if (order < 0)
            report({table.name, rowName(table, mine), "", "a row that the log does not give"});
        if (order > 0)
            report({table.name, rowName(table, expected), "", "a row that the log gives is missing"});
        for (std::size_t i = table.keys; order == 0 && i < table.columns.size(); ++i)
            if (mine.text(static_cast<int>(i)) != expected.text(static_cast<int>(i)))
                report({table.name, rowName(table, mine), table.columns[i], "not what the log gives"});
        if (order <= 0) {
            ZHICHA_ASSIGN(here, mine.step());
        }
        if (order >= 0) {
            ZHICHA_ASSIGN(there, expected.step());
        }
    }
    return {};
}

/** FTS5 checks itself with what an earlier read of this connection left in memory, and takes another connection's
 *  commits since then for damage (seen with SQLite 3.53). Opening a query makes it read its structure anew. */
Status refreshSearch(Database &database) {
    std::vector<std::string> tables;
    ZHICHA_ASSIGN(Statement names,
                  database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%USING fts5%'"));
    ZHICHA_TRY(names.forEach([&](Statement &row) -> Status {
        tables.emplace_back(row.text(0));
        return {};
    }));
    for (const std::string &table : tables)
        ZHICHA_TRY(database.execute("SELECT rowid FROM " + table + " LIMIT 1"));
    return {};
}
} // namespace

Status SqliteLedger::hold() {
    ZHICHA_TRY(m_database.execute("BEGIN"));
    const auto first = readCount("SELECT count(*) FROM sqlite_schema"); // the snapshot is taken by the first read
    if (!first)
        release();
    return first ? Status() : Status(first.error());
}

void SqliteLedger::release() {
    // A read transaction has nothing to lose; if it is over already, there is nothing to end.
    if (m_database.inTransaction())
        static_cast<void>(m_database.execute("ROLLBACK"));
}

Status SqliteLedger::selfCheck(const FaultReport &report) {
    ZHICHA_TRY(refreshSearch(m_database));
    ZHICHA_ASSIGN(Statement pages, m_database.prepare("PRAGMA integrity_check"));
    ZHICHA_TRY(pages.forEach([&](Statement &row) -> Status {
        if (row.text(0) != "ok")
            report({"", "", "", "SQLite: " + std::string(row.text(0))});
        return {};
    }));
    return m_seals.check(report);
}

Status SqliteLedger::compareWith(LedgerReader &expected, const FaultReport &report) {
    auto *other = dynamic_cast<SqliteLedger *>(&expected);
    if (other == nullptr)
        return fail(Code::Internal, "only stores of one kind can be compared");
    for (const ComparedTable &table : comparedTables()) {
        ZHICHA_ASSIGN(Statement mine, selectAll(m_database, table));
        ZHICHA_ASSIGN(Statement theirs, selectAll(other->m_database, table));
        ZHICHA_TRY(compareTable(table, mine, theirs, report));
    }
    return {};
}

} // namespace zhicha
