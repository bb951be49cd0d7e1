#include "mobile/engine/store/tablet_fold.h"

namespace zhicha {

Status TabletFold::operationsOf(const Uuid &entity, const std::function<Status(StoredOperation)> &visit) {
    return m_operations.ofEntity(entity, visit);
}

Status TabletFold::entitiesWrittenBy(const Uuid &device, std::int64_t fromSeq,
                                     const std::function<Status(const Uuid &)> &visit) {
    return m_operations.entitiesWrittenBy(device, fromSeq, visit);
}

Result<bool> TabletFold::mayHoldOperationsOf(const Uuid &) {
    return true; // a lookup of its own would cost as much as reading them
}

Result<DeviceFacts> TabletFold::deviceFacts(const Uuid &device) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT enrolled, server, generation, trusted_upto, disputed_from "
                                              "FROM devices WHERE device = ?1"));
    const ScopedReset done(*find);
    find->bind(1, device.view());
    ZHICHA_ASSIGN(const bool found, find->step());
    DeviceFacts facts;
    if (!found)
        return facts;
    facts.enrolled = find->integer(0) != 0;
    facts.server = find->integer(1) != 0;
    facts.generation = find->integer(2);
    facts.trustedUpto = find->integer(3);
    facts.disputedFrom = find->integer(4);
    return facts;
}

Status TabletFold::setDeviceFacts(const Uuid &device, const DeviceFacts &facts) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("INSERT OR REPLACE INTO devices VALUES(?1, ?2, ?3, ?4, ?5, ?6)"));
    return write->bind(1, device.view())
        .bind(2, facts.enrolled ? 1 : 0)
        .bind(3, facts.server ? 1 : 0)
        .bind(4, facts.generation)
        .bind(5, facts.trustedUpto)
        .bind(6, facts.disputedFrom)
        .run();
}

Result<std::optional<Digest>> TabletFold::claimOf(const Uuid &entity) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT kept FROM claims WHERE entity = ?1"));
    const ScopedReset done(*find);
    find->bind(1, entity.view());
    ZHICHA_ASSIGN(const bool found, find->step());
    return found ? find->fixed<32>(0) : std::nullopt;
}

Status TabletFold::setClaim(const Uuid &entity, const Digest &kept) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("INSERT OR REPLACE INTO claims VALUES(?1, ?2)"));
    return write->bind(1, entity.view()).bind(2, kept).run();
}

Result<std::optional<EntityRow>> TabletFold::row(const Uuid &entity) {
    return m_entities.row(entity);
}

Status TabletFold::putRow(const Uuid &entity, const std::optional<EntityRow> &row) {
    return m_entities.put(entity, row);
}

} // namespace zhicha
