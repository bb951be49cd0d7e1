#pragma once
// Seals of the tables that no operation describes: who may sign in, open codes, settings, alarms, keys of photos. A
// hand that changes, adds, removes or swaps rows there is found, because the key lies outside the database.
//
// Each row has a MAC (HMAC-SHA-256 over table and all its values); each table has the number of rows and the sum of
// their MACs mod 2^256, under a MAC of its own, so that a row cannot go together with its seal. Both change in the
// transaction that changes the row. What this cannot see: a whole table put back, seals included, as it once was.
#include "shared/crypto/digest.h"
#include "shared/sqlite/database.h"
#include "sync-server/store/ledger_store.h"

#include <functional>
#include <map>
#include <variant>

namespace zhicha {

using SealKey = std::array<std::uint8_t, 32>;
/** The value of a table's key column. */
using SealedRowKey = std::variant<std::string_view, ByteView, std::int64_t>;

/** A value of one column as text that tells type and content apart: "-" NULL, digits, "t" or "b" and hex. */
[[nodiscard]] std::string columnAsText(const std::string &column);

/** Such a text of a key for people: blobs in hex, text as it is. */
[[nodiscard]] std::string readableKey(std::string_view key);

/** Owner: the ledger store, in whose transactions everything but check() happens. Threads: its one. */
class TableSeals {
public:
    TableSeals(Database &database, std::optional<SealKey> key) : m_database(database), m_key(key) {}
    [[nodiscard]] bool hasKey() const { return m_key.has_value(); }
    /** Runs `write`, which inserts, changes or removes this one row, and seals what it left. A row that was not as
     *  sealed before stays unsealed, so that its edit is found later, too. `table` is one of the sealed ones. */
    Status change(std::string_view table, const SealedRowKey &key, const std::function<Status()> &write);
    /** Writes the sums that changed. */
    Status beforeCommit();
    /** The transaction was rolled back. */
    void forget() { m_totals.clear(); }
    /** Takes every row as it is. */
    Status sealAll();
    /** Takes the tables that migration 0003 made, in a ledger whose other tables were sealed before it. */
    Status sealTablesOfConsole();
    /** Every row and sum; reports what does not fit. */
    Status check(const FaultReport &report);
    void close() { m_statements.clear(); } ///< statements die before their database

private:
    using Sum = std::array<std::uint8_t, 32>;
    struct Total {
        std::int64_t rows = 0;
        Sum sum{};
        bool sound = true; ///< false: not as sealed; stays so
        bool changed = false;
    };
    struct Row {
        std::string key;
        Digest mac{};
    };

    Result<Statement *> cached(const std::string &sql);
    Result<std::optional<Row>> readRow(std::string_view table, const SealedRowKey &key);
    Result<std::optional<Digest>> readSeal(std::string_view table, const std::string &rowKey);
    Result<Total *> total(std::string_view table);
    Result<Total> readTotal(std::string_view table);
    Status replaceSeal(std::string_view table, const std::string &rowKey, const Row *after);
    Status sealTable(std::string_view table);
    Status checkTable(std::string_view table, const FaultReport &report);
    Status forEachRow(std::string_view table, const std::function<Status(const Row &)> &visit);
    [[nodiscard]] Row rowOf(std::string_view table, Statement &statement) const;
    [[nodiscard]] Digest totalMac(std::string_view table, const Total &total) const;
    static void add(Sum &sum, const Digest &mac);
    static void subtract(Sum &sum, const Digest &mac);

    Database &m_database;
    std::optional<SealKey> m_key;
    std::map<std::string, Statement> m_statements;
    std::map<std::string, Total, std::less<>> m_totals;
};

} // namespace zhicha
