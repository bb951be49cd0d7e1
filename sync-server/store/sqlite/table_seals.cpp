#include "sync-server/store/sqlite/table_seals.h"

#include "shared/oplog/cbor.h"

#include <algorithm>

namespace zhicha {

namespace {
/** The tables that are sealed, with all their columns; the first is the key. Whatever is not here follows from the log
 *  (sqlite_check.cpp) or is a seal. */
struct SealedTable {
    std::string_view name;
    std::array<std::string_view, 10> columns;
};
constexpr SealedTable kSealedTables[] = {
    {"accounts",
     {"person", "must_change", "totp_secret", "totp_pending", "totp_since_ms", "totp_step", "last_sign_in_ms",
      "last_address", "failures_since"}},
    {"alarms", {"number", "at_ms", "what", "detail"}},
    {"console_sessions",
     {"token", "person", "state", "created_ms", "seen_ms", "second_factor_ms", "address", "challenge",
      "challenge_until_ms", "ended"}},
    {"enrol_codes", {"code_digest", "person", "expires_at_ms", "used_by"}},
    {"photo_keys", {"photo", "key"}},
    {"security_keys",
     {"credential", "person", "rp_id", "algorithm", "public_key", "sign_count", "name", "added_ms", "last_used_ms"}},
    {"settings", {"name", "value"}},
    {"users", {"person", "name", "role", "unit", "password_hash"}},
};

const SealedTable &sealedTable(std::string_view name) {
    for (const SealedTable &table : kSealedTables)
        if (table.name == name)
            return table;
    ZHICHA_CHECK(false);
    return kSealedTables[0];
}

/** SELECT of a row: its key as text, then all its values in one text. */
std::string selectOf(const SealedTable &table) {
    std::string values;
    for (const std::string_view column : table.columns)
        if (!column.empty())
            values += (values.empty() ? "" : "||' '||") + columnAsText(std::string(column));
    return "SELECT " + columnAsText(std::string(table.columns[0])) + ", " + values + " FROM " + std::string(table.name);
}

std::string keyAsText(const SealedRowKey &key) {
    if (const auto *number = std::get_if<std::int64_t>(&key))
        return std::to_string(*number);
    if (const auto *text = std::get_if<std::string_view>(&key))
        return "t" + toHex(viewOf(*text));
    return "b" + toHex(std::get<ByteView>(key));
}
} // namespace

std::string columnAsText(const std::string &column) {
    return "CASE typeof(" + column + ") WHEN 'null' THEN '-' WHEN 'integer' THEN CAST(" + column +
           " AS TEXT) ELSE substr(typeof(" + column + "), 1, 1)||lower(hex(" + column + ")) END";
}

std::string readableKey(std::string_view key) {
    if (key.starts_with('b'))
        return std::string(key.substr(1));
    const auto text = key.starts_with('t') ? fromHex(key.substr(1)) : std::nullopt;
    const std::string plain = text ? std::string(text->begin(), text->end()) : std::string();
    return !plain.empty() && isUtf8(plain) ? plain : std::string(key);
}

void TableSeals::add(Sum &sum, const Digest &mac) {
    unsigned carry = 0;
    for (std::size_t i = sum.size(); i-- > 0;) {
        carry += static_cast<unsigned>(sum[i]) + mac[i];
        sum[i] = static_cast<std::uint8_t>(carry);
        carry >>= 8;
    }
}

void TableSeals::subtract(Sum &sum, const Digest &mac) {
    int borrow = 0;
    for (std::size_t i = sum.size(); i-- > 0;) {
        const int difference = static_cast<int>(sum[i]) - mac[i] - borrow;
        borrow = difference < 0 ? 1 : 0;
        sum[i] = static_cast<std::uint8_t>(difference);
    }
}

Result<Statement *> TableSeals::cached(const std::string &sql) {
    if (const auto it = m_statements.find(sql); it != m_statements.end())
        return &it->second;
    ZHICHA_ASSIGN(Statement statement, m_database.prepare(sql));
    return &m_statements.emplace(sql, std::move(statement)).first->second;
}

TableSeals::Row TableSeals::rowOf(std::string_view table, Statement &statement) const {
    Bytes content;
    cbor::Writer(content).array(3).text("row").text(table).text(statement.text(1));
    return {std::string(statement.text(0)), hmacSha256(*m_key, content)};
}

Digest TableSeals::totalMac(std::string_view table, const Total &total) const {
    Bytes content;
    cbor::Writer(content).array(4).text("table").text(table).integer(total.rows).bytes(total.sum);
    return hmacSha256(*m_key, content);
}

Result<std::optional<TableSeals::Row>> TableSeals::readRow(std::string_view table, const SealedRowKey &key) {
    const SealedTable &info = sealedTable(table);
    ZHICHA_ASSIGN(Statement * find, cached(selectOf(info) + " WHERE " + std::string(info.columns[0]) + " = ?1"));
    const ScopedReset done(*find);
    std::visit([&](const auto &value) { find->bind(1, value); }, key);
    ZHICHA_ASSIGN(const bool found, find->step());
    return found ? std::optional(rowOf(table, *find)) : std::nullopt;
}

Result<std::optional<Digest>> TableSeals::readSeal(std::string_view table, const std::string &rowKey) {
    ZHICHA_ASSIGN(Statement * find, cached("SELECT mac FROM row_seals WHERE table_name = ?1 AND row_key = ?2"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, table).bind(2, rowKey).step());
    return found ? find->fixed<32>(0) : std::nullopt;
}

Result<TableSeals::Total> TableSeals::readTotal(std::string_view table) {
    ZHICHA_ASSIGN(Statement * find, cached("SELECT row_count, mac_sum, mac FROM table_seals WHERE table_name = ?1"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, table).step());
    Total total;
    const auto sum = found ? find->fixed<32>(1) : std::nullopt;
    if (sum) {
        total.rows = find->integer(0);
        total.sum = *sum;
    }
    total.sound = sum && equalInConstantTime(find->blob(2), totalMac(table, total));
    return total;
}

Result<TableSeals::Total *> TableSeals::total(std::string_view table) {
    if (const auto it = m_totals.find(table); it != m_totals.end())
        return &it->second;
    ZHICHA_ASSIGN(const Total read, readTotal(table));
    return &m_totals.emplace(std::string(table), read).first->second;
}

Status TableSeals::replaceSeal(std::string_view table, const std::string &rowKey, const Row *after) {
    if (after == nullptr) {
        ZHICHA_ASSIGN(Statement * drop, cached("DELETE FROM row_seals WHERE table_name = ?1 AND row_key = ?2"));
        return drop->bind(1, table).bind(2, rowKey).run();
    }
    ZHICHA_ASSIGN(Statement * put, cached("INSERT OR REPLACE INTO row_seals VALUES(?1, ?2, ?3)"));
    return put->bind(1, table).bind(2, rowKey).bind(3, after->mac).run();
}

Status TableSeals::change(std::string_view table, const SealedRowKey &key, const std::function<Status()> &write) {
    if (!m_key)
        return write();
    if (!m_database.inTransaction())
        return fail(Code::Internal, "a sealed table is changed outside a transaction");
    const std::string rowKey = keyAsText(key);
    ZHICHA_ASSIGN(const std::optional<Row> before, readRow(table, key));
    ZHICHA_ASSIGN(const std::optional<Digest> seal, readSeal(table, rowKey));
    ZHICHA_TRY(write());
    if (before.has_value() != seal.has_value() || (before && !equalInConstantTime(before->mac, *seal)))
        return {};
    ZHICHA_ASSIGN(const std::optional<Row> after, readRow(table, key));
    ZHICHA_TRY(replaceSeal(table, rowKey, after ? &*after : nullptr));
    ZHICHA_ASSIGN(Total * sums, total(table));
    if (before) {
        subtract(sums->sum, before->mac);
        --sums->rows;
    }
    if (after) {
        add(sums->sum, after->mac);
        ++sums->rows;
    }
    sums->changed = true;
    return {};
}

Status TableSeals::beforeCommit() {
    for (auto &[table, sums] : m_totals) {
        if (!sums.changed || !sums.sound)
            continue;
        ZHICHA_ASSIGN(Statement * put, cached("INSERT OR REPLACE INTO table_seals VALUES(?1, ?2, ?3, ?4)"));
        const Digest mac = totalMac(table, sums);
        ZHICHA_TRY(put->bind(1, table).bind(2, sums.rows).bind(3, sums.sum).bind(4, mac).run());
        sums.changed = false;
    }
    return {};
}

Status TableSeals::forEachRow(std::string_view table, const std::function<Status(const Row &)> &visit) {
    ZHICHA_ASSIGN(Statement * all, cached(selectOf(sealedTable(table))));
    return all->forEach([&](Statement &row) { return visit(rowOf(table, row)); });
}

Status TableSeals::sealAll() {
    ZHICHA_TRY(m_database.execute("DELETE FROM row_seals; DELETE FROM table_seals;"));
    m_totals.clear();
    for (const SealedTable &table : kSealedTables)
        ZHICHA_TRY(sealTable(table.name));
    return {};
}

Status TableSeals::sealTablesOfConsole() {
    for (const std::string_view table : {"accounts", "console_sessions", "security_keys"})
        ZHICHA_TRY(sealTable(table));
    return {};
}

Status TableSeals::sealTable(std::string_view table) {
    Total &sums = m_totals[std::string(table)];
    sums = {};
    sums.changed = true;
    return forEachRow(table, [&](const Row &row) -> Status {
        add(sums.sum, row.mac);
        ++sums.rows;
        return replaceSeal(table, row.key, &row);
    });
}

Status TableSeals::checkTable(std::string_view table, const FaultReport &report) {
    const std::string name(table);
    std::map<std::string, Digest> seals;
    ZHICHA_ASSIGN(Statement * all, cached("SELECT row_key, mac FROM row_seals WHERE table_name = ?1"));
    ZHICHA_TRY(all->bind(1, table).forEach([&](Statement &row) -> Status {
        seals[std::string(row.text(0))] = row.fixed<32>(1).value_or(Digest{});
        return {};
    }));
    Total found;
    bool rowsFit = true;
    const auto fault = [&](const std::string &row, const std::string &what) {
        rowsFit = false;
        report({name, readableKey(row), "", what});
    };
    ZHICHA_TRY(forEachRow(table, [&](const Row &row) -> Status {
        add(found.sum, row.mac);
        ++found.rows;
        const auto seal = seals.find(row.key);
        if (seal == seals.end())
            fault(row.key, "a row that the server did not write");
        else if (!equalInConstantTime(seal->second, row.mac))
            fault(row.key, "a row was changed by hand");
        if (seal != seals.end())
            seals.erase(seal);
        return {};
    }));
    for (const auto &[key, mac] : seals)
        fault(key, "a row was removed by hand");
    ZHICHA_ASSIGN(const Total stored, readTotal(table));
    if (!stored.sound)
        report({name, "", "", "the seal of the whole table is missing or was changed by hand"});
    else if (rowsFit && (stored.rows != found.rows || stored.sum != found.sum))
        report({name, "", "", "rows were removed or put back as they once were, together with their seals"});
    return {};
}

Status TableSeals::check(const FaultReport &report) {
    if (!m_key) {
        report({"table_seals", "", "", "no key was given to check the office's tables with"});
        return {};
    }
    for (const SealedTable &table : kSealedTables)
        ZHICHA_TRY(checkTable(table.name, report));
    ZHICHA_ASSIGN(Statement * others,
                  cached("SELECT table_name FROM row_seals UNION SELECT table_name FROM table_seals"));
    return others->forEach([&](Statement &row) -> Status {
        const std::string name(row.text(0));
        const bool known = std::any_of(std::begin(kSealedTables), std::end(kSealedTables),
                                       [&](const SealedTable &table) { return table.name == name; });
        if (!known)
            report({name, "", "", "a seal of a table that has none"});
        return {};
    });
}

} // namespace zhicha
