#include "mobile/engine/store/track_table.h"

namespace zhicha {

namespace {
Result<TrackPoint> pointAt(const Statement &row) { // t, lat, lon, accuracy_mm, age_ms, flags, source, told
    const auto source = fixSourceFromName(row.text(6));
    if (!source || !isPlace(row.integer(1), row.integer(2)))
        return fail(Code::StoreDamaged, "a point of a track makes no sense");
    TrackPoint point;
    point.fix.t = row.integer(0);
    point.fix.at = {static_cast<std::int32_t>(row.integer(1)), static_cast<std::int32_t>(row.integer(2))};
    if (!row.isNull(3))
        point.fix.accuracyMm = row.integer(3);
    point.fix.ageMs = row.integer(4);
    point.fix.flags = static_cast<std::uint32_t>(row.integer(5));
    point.fix.source = *source;
    point.told = row.integer(7) != 0;
    return point;
}
} // namespace

Status TrackTable::add(const Uuid &check, const Fix &fix) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("INSERT INTO track_points(check_id, t, lat, lon, accuracy_mm, age_ms, "
                                               "flags, source) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
    return write->bind(1, check.view())
        .bind(2, fix.t)
        .bind(3, std::int64_t{fix.at.lat})
        .bind(4, std::int64_t{fix.at.lon})
        .bind(5, fix.accuracyMm)
        .bind(6, fix.ageMs)
        .bind(7, std::int64_t{fix.flags})
        .bind(8, fixSourceName(fix.source))
        .run();
}

Result<std::vector<TrackPoint>> TrackTable::points(const Uuid &check) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT t, lat, lon, accuracy_mm, age_ms, flags, source, told FROM "
                                              "track_points WHERE check_id = ?1 ORDER BY id"));
    std::vector<TrackPoint> out;
    ZHICHA_TRY(find->bind(1, check.view()).forEach([&](const Statement &row) -> Status {
        ZHICHA_ASSIGN(TrackPoint point, pointAt(row));
        out.push_back(std::move(point));
        return {};
    }));
    return out;
}

Result<std::optional<TrackPoint>> TrackTable::last(const Uuid &check) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT t, lat, lon, accuracy_mm, age_ms, flags, source, told FROM "
                                              "track_points WHERE check_id = ?1 ORDER BY id DESC LIMIT 1"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, check.view()).step());
    if (!found)
        return std::optional<TrackPoint>();
    ZHICHA_ASSIGN(TrackPoint point, pointAt(*find));
    return std::optional(std::move(point));
}

Result<std::int64_t> TrackTable::untold(const Uuid &check) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT count(*) FROM track_points WHERE check_id = ?1 AND told = 0"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, check.view()).step());
    return found ? find->integer(0) : 0;
}

Status TrackTable::tellAll(const Uuid &check) {
    ZHICHA_ASSIGN(Statement * drop, m_sql.get("DELETE FROM track_points WHERE check_id = ?1 AND id < "
                                              "(SELECT max(id) FROM track_points WHERE check_id = ?1)"));
    ZHICHA_TRY(drop->bind(1, check.view()).run());
    ZHICHA_ASSIGN(Statement * mark, m_sql.get("UPDATE track_points SET told = 1 WHERE check_id = ?1"));
    return mark->bind(1, check.view()).run();
}

Status TrackTable::remove(const Uuid &check) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("DELETE FROM track_points WHERE check_id = ?1"));
    return write->bind(1, check.view()).run();
}

} // namespace zhicha
