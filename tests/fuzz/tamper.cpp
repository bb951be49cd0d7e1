#include "tests/fuzz/tamper.h"

#include <algorithm>

namespace zhicha::test {

namespace {
constexpr int kMostEdits = 64;

struct Place {
    std::string table, column;
};

std::string quoted(const std::string &name) {
    std::string out = "\"";
    for (const char c : name)
        out += c == '"' ? "\"\"" : std::string(1, c);
    return out + "\"";
}

std::vector<std::pair<std::string, std::string>> pairsOf(Database &db, std::string_view sql) {
    std::vector<std::pair<std::string, std::string>> out;
    Statement query = db.prepare(sql).value();
    ZHICHA_CHECK(query.forEach([&](Statement &row) -> Status {
        out.emplace_back(row.text(0), row.text(1));
        return {};
    }));
    return out;
}

/** What the place holds now in its n-th row, one byte of it turned. */
Bytes turned(Database &db, const Place &place, std::int64_t number, FuzzInput &in) {
    auto query = db.prepare("SELECT " + quoted(place.column) + " FROM " + quoted(place.table) + " LIMIT 1 OFFSET ?1");
    Bytes value;
    if (query && query->bind(1, number).step().value_or(false))
        value = toBytes(query->blob(0));
    if (value.empty())
        return {in.byte()};
    value[in.upTo(value.size())] ^= in.byte();
    return value;
}

/** One value of one place, wherever that place holds what its n-th row holds. */
void changeOne(Database &db, const Place &place, FuzzInput &in) {
    const std::int64_t number = in.byte() % 16;
    const std::uint8_t how = in.byte();
    const std::string column = quoted(place.column);
    const std::string table = quoted(place.table);
    const Bytes bytes = how % 7 < 2 ? turned(db, place, number, in) : toBytes(in.bytes(how % 7 < 4 ? in.byte() : 8));
    auto update = db.prepare("UPDATE OR IGNORE " + table + " SET " + column + " = ?1 WHERE " + column + " IS (SELECT " +
                             column + " FROM " + table + " LIMIT 1 OFFSET ?2)");
    if (!update)
        return; // a column that SQLite computes itself
    switch (how % 7) {
    case 0:
    case 2:
        update->bind(1, bytes);
        break;
    case 1:
    case 3:
        update->bind(1, textOf(bytes));
        break;
    case 4: {
        std::uint64_t value = 0;
        for (const std::uint8_t byte : bytes)
            value = value << 8 | byte;
        update->bind(1, static_cast<std::int64_t>(value));
        break;
    }
    case 5:
        update->bind(1, static_cast<std::int64_t>(bytes.empty() ? 0 : static_cast<std::int8_t>(bytes[0])));
        break;
    default:
        update->bind(1, std::nullopt);
    }
    (void)update->bind(2, number).run().has_value();
}
} // namespace

std::uint8_t FuzzInput::byte() {
    if (m_left.empty())
        return 0;
    const std::uint8_t value = m_left[0];
    m_left = m_left.subspan(1);
    return value;
}

std::size_t FuzzInput::upTo(std::size_t count) {
    std::size_t value = byte();
    for (std::size_t rest = count; rest > 256; rest /= 256)
        value = value * 256 + byte();
    return value % count;
}

ByteView FuzzInput::bytes(std::size_t count) {
    const ByteView out = m_left.first(std::min(count, m_left.size()));
    m_left = m_left.subspan(out.size());
    return out;
}

void changeBytes(SimDisk &disk, const std::vector<std::string> &files, FuzzInput &in) {
    std::vector<std::size_t> sizes;
    std::size_t total = 0;
    for (const std::string &file : files)
        total += sizes.emplace_back(disk.content(file).size());
    for (int i = 0; i < kMostEdits && !in.empty() && total > 0; ++i) {
        std::size_t at = in.upTo(total);
        std::size_t file = 0;
        while (at >= sizes[file])
            at -= sizes[file++];
        const std::uint8_t bits = in.byte();
        for (int bit = 0; bit < 8; ++bit)
            if ((bits >> bit & 1) != 0)
                disk.flipBit(files[file], at, bit);
    }
}

void changeValues(const DatabaseOptions &options, FuzzInput &in) {
    Database db = Database::open(options).value();
    ZHICHA_CHECK(db.execute("PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON"));
    const auto triggers = pairsOf(db, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'");
    for (const auto &[name, sql] : triggers)
        ZHICHA_CHECK(db.execute("DROP TRIGGER " + quoted(name)));
    std::vector<Place> places;
    for (const auto &[table, column] :
         pairsOf(db, "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' "
                     "AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, p.cid"))
        places.push_back({table, column});
    for (int i = 0; i < kMostEdits && !in.empty(); ++i)
        changeOne(db, places[in.upTo(places.size())], in);
    for (const auto &[name, sql] : triggers)
        ZHICHA_CHECK(db.execute(sql));
}

} // namespace zhicha::test
