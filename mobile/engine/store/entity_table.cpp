#include "mobile/engine/store/entity_table.h"

#include <algorithm>

namespace zhicha {

Result<std::optional<EntityRow>> EntityTable::row(const Uuid &entity) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT row FROM entities WHERE id = ?1"));
    const ScopedReset done(*find);
    find->bind(1, entity.view());
    ZHICHA_ASSIGN(const bool found, find->step());
    if (!found)
        return std::optional<EntityRow>();
    ZHICHA_ASSIGN(EntityRow row, decodeRow(find->blob(0)));
    return std::optional(std::move(row));
}

Status EntityTable::put(const Uuid &entity, const std::optional<EntityRow> &row) {
    if (!row) {
        m_changes.forget();
        ZHICHA_ASSIGN(Statement * remove, m_sql.get("DELETE FROM entities WHERE id = ?1"));
        return remove->bind(1, entity.view()).run();
    }
    ZHICHA_ASSIGN(Statement * write,
                  m_sql.get("INSERT INTO entities VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(id) DO UPDATE SET "
                            "type = excluded.type, check_id = excluded.check_id, hash = excluded.hash, "
                            "row = excluded.row"));
    m_changes.note({entity, row->type, row->check});
    const Bytes encoded = encodeRow(*row);
    const Digest hash = rowHash(entity, encoded);
    const std::optional<ByteView> check = row->check ? std::optional<ByteView>(row->check->view()) : std::nullopt;
    return write->bind(1, entity.view())
        .bind(2, static_cast<std::int64_t>(row->type))
        .bind(3, check)
        .bind(4, hash)
        .bind(5, encoded)
        .run();
}

Status EntityTable::forEachOfType(EntityType type,
                                  const std::function<Status(const Uuid &, const EntityRow &)> &visit) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT id, row FROM entities WHERE type = ?1 ORDER BY id"));
    std::vector<KnownEntity> all; // read first: the visitor may ask the table again
    ZHICHA_TRY(find->bind(1, static_cast<std::int64_t>(type)).forEach([&](const Statement &found) -> Status {
        ZHICHA_ASSIGN(EntityRow row, decodeRow(found.blob(1)));
        all.push_back({uuidFromBytes(found.blob(0)).value_or(Uuid{}), std::move(row)});
        return {};
    }));
    for (const KnownEntity &entity : all)
        ZHICHA_TRY(visit(entity.id, entity.row));
    return {};
}

Result<std::vector<KnownEntity>> EntityTable::ofCheck(const Uuid &check, EntityType type) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT id, row FROM entities WHERE check_id = ?1 AND id != ?1 "
                                              "AND (?2 = 0 OR type = ?2) ORDER BY id"));
    std::vector<KnownEntity> out;
    find->bind(1, check.view()).bind(2, static_cast<std::int64_t>(type));
    ZHICHA_TRY(find->forEach([&](const Statement &found) -> Status {
        ZHICHA_ASSIGN(EntityRow row, decodeRow(found.blob(1)));
        out.push_back({uuidFromBytes(found.blob(0)).value_or(Uuid{}), std::move(row)});
        return {};
    }));
    return out;
}

Result<std::vector<Uuid>> EntityTable::withPrefix(std::string_view prefix, const std::vector<EntityType> &types) {
    std::string digits;
    for (const char c : prefix)
        if (c != '-')
            digits.push_back(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
    std::string lowest = digits;
    lowest.resize(32, '0');
    const auto from = fromHex(lowest);
    std::vector<Uuid> out;
    if (!from || digits.size() > 32)
        return out;
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT id, type FROM entities WHERE id >= ?1 ORDER BY id"));
    const ScopedReset done(*find);
    find->bind(1, *from);
    while (out.size() < 2) {
        ZHICHA_ASSIGN(const bool found, find->step());
        if (!found || !toHex(find->blob(0)).starts_with(digits))
            break;
        const auto type = static_cast<EntityType>(find->integer(1));
        if (types.empty() || std::find(types.begin(), types.end(), type) != types.end())
            out.push_back(uuidFromBytes(find->blob(0)).value_or(Uuid{}));
    }
    return out;
}

Result<Digest> EntityTable::stateHash() {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT id, hash FROM entities ORDER BY id"));
    StateHash hash;
    ZHICHA_TRY(find->forEach([&](const Statement &row) -> Status {
        const auto id = uuidFromBytes(row.blob(0));
        const auto rowDigest = row.fixed<32>(1);
        if (!id || !rowDigest)
            return fail(Code::StoreDamaged, "a folded row without its hash");
        hash.add(*id, *rowDigest);
        return {};
    }));
    return hash.digest();
}

Result<std::int64_t> EntityTable::count() {
    return m_sql.database().readInteger("SELECT count(*) FROM entities");
}

} // namespace zhicha
