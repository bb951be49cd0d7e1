#pragma once
// Fixes of a check under way that are not in an operation yet.
#include "mobile/engine/store/sql.h"
#include "shared/base/ids.h"
#include "shared/geo/fix.h"

namespace zhicha {

struct TrackPoint {
    Fix fix;
    bool told = false; ///< in a track.append already; kept as the last one of its check
};

/** Threads: the store's. Each call is one durable statement outside a transaction, or part of the caller's. */
class TrackTable {
public:
    explicit TrackTable(Sql &sql) : m_sql(sql) {}
    Status add(const Uuid &check, const Fix &fix);
    /** In the order in which they came. */
    Result<std::vector<TrackPoint>> points(const Uuid &check);
    Result<std::optional<TrackPoint>> last(const Uuid &check);
    Result<std::int64_t> untold(const Uuid &check);
    /** All of them are in operations now: the last one stays, as told. */
    Status tellAll(const Uuid &check);
    Status remove(const Uuid &check);

private:
    Sql &m_sql;
};

} // namespace zhicha
