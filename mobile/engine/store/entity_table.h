#pragma once
// Folded rows, as the screens and the state hash want them.
#include "mobile/engine/store/entity_changes.h"
#include "mobile/engine/store/sql.h"
#include "shared/ledger/row.h"

#include <functional>

namespace zhicha {

struct KnownEntity {
    Uuid id;
    EntityRow row;
};

/** Threads: the store's. Errors: SQLite's, StoreDamaged. */
class EntityTable {
public:
    explicit EntityTable(Sql &sql) : m_sql(sql) {}
    Result<std::optional<EntityRow>> row(const Uuid &entity);
    Status put(const Uuid &entity, const std::optional<EntityRow> &row);
    Status forEachOfType(EntityType type, const std::function<Status(const Uuid &, const EntityRow &)> &visit);
    /** Everything of a check's closure but the check itself; of one type, or of all with Unknown. */
    Result<std::vector<KnownEntity>> ofCheck(const Uuid &check, EntityType type = EntityType::Unknown);
    /** Ids whose text form starts with `prefix` (lower-case hex, hyphens allowed), of the given types; at most two. */
    Result<std::vector<Uuid>> withPrefix(std::string_view prefix, const std::vector<EntityType> &types);
    /** Over every row, in ascending order of entity id. */
    Result<Digest> stateHash();
    Result<std::int64_t> count();
    [[nodiscard]] const EntityChanges &changes() const { return m_changes; }

private:
    Sql &m_sql;
    EntityChanges m_changes;
};

} // namespace zhicha
