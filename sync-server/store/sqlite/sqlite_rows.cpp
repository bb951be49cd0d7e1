// What is derived: folded rows, claims, facts about chains, photos that are awaited.
#include "sync-server/store/sqlite/sqlite_ledger_impl.h"

#include <unordered_set>

namespace zhicha {

Status SqliteLedger::operationsOf(const Uuid &entity, const std::function<Status(StoredOperation)> &visit) {
    // A fork's run may bring operations again that another branch of the same chain brought: one is one.
    std::unordered_set<Digest, DigestHash> seen;
    return forEachOperationOfEntity(entity, [&](const LogOperation &operation) {
        return seen.insert(operation.operation.d).second ? visit(operation.operation) : Status();
    });
}

Status SqliteLedger::entitiesWrittenBy(const Uuid &device, std::int64_t fromSeq,
                                       const std::function<Status(const Uuid &)> &visit) {
    const auto number = deviceNumber(device);
    if (!number)
        return number.error().code == Code::NotFound ? Status() : Status(number.error());
    ZHICHA_ASSIGN(Statement * all, cached("SELECT DISTINCT entity FROM operations WHERE device_no = ?1 AND seq >= ?2"));
    return all->bind(1, *number).bind(2, fromSeq).forEach([&](Statement &row) -> Status {
        const auto entity = uuidFromBytes(row.blob(0));
        return entity ? visit(*entity) : fail(Code::StoreDamaged, "an operation's entity does not read");
    });
}

Result<bool> SqliteLedger::mayHoldOperationsOf(const Uuid &entity) {
    // The batch's own operations are in the table already, so one is not enough to say that there are more; two are.
    // An entity with a folded row surely has an earlier one.
    ZHICHA_ASSIGN(Statement * find,
                  cached("SELECT count(*) FROM (SELECT 1 FROM operations WHERE entity = ?1 LIMIT 2)"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, entity.bytes).step());
    return !found || find->integer(0) != 1;
}

Result<DeviceFacts> SqliteLedger::deviceFacts(const Uuid &device) {
    ZHICHA_ASSIGN(Statement * find, cached("SELECT enrolled, server, generation, trusted_upto, disputed_from FROM "
                                           "device_facts WHERE device = ?1"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, device.bytes).step());
    DeviceFacts facts;
    if (found)
        facts = {find->integer(0) != 0, find->integer(1) != 0, find->integer(2), find->integer(3), find->integer(4)};
    return facts;
}

Status SqliteLedger::setDeviceFacts(const Uuid &device, const DeviceFacts &facts) {
    ZHICHA_ASSIGN(Statement * put, cached("INSERT OR REPLACE INTO device_facts VALUES(?1, ?2, ?3, ?4, ?5, ?6)"));
    return put->bind(1, device.bytes)
        .bind(2, facts.enrolled ? 1 : 0)
        .bind(3, facts.server ? 1 : 0)
        .bind(4, facts.generation)
        .bind(5, facts.trustedUpto)
        .bind(6, facts.disputedFrom)
        .run();
}

Result<std::optional<Digest>> SqliteLedger::claimOf(const Uuid &entity) {
    ZHICHA_ASSIGN(Statement * find, cached("SELECT kept FROM claims WHERE entity = ?1"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, entity.bytes).step());
    return found ? find->fixed<32>(0) : std::nullopt;
}

Status SqliteLedger::setClaim(const Uuid &entity, const Digest &kept) {
    ZHICHA_ASSIGN(Statement * put, cached("INSERT OR REPLACE INTO claims VALUES(?1, ?2)"));
    return put->bind(1, entity.bytes).bind(2, kept).run();
}

Result<std::optional<EntityRow>> SqliteLedger::rowOf(const Uuid &entity) {
    ZHICHA_ASSIGN(Statement * find, cached("SELECT row FROM entities WHERE entity = ?1"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, entity.bytes).step());
    if (!found)
        return std::optional<EntityRow>();
    ZHICHA_ASSIGN(EntityRow row, decodeRow(find->blob(0)));
    return std::optional(std::move(row));
}

Status SqliteLedger::putRow(const Uuid &entity, const std::optional<EntityRow> &row) {
    if (!row) {
        ZHICHA_ASSIGN(Statement * drop, cached("DELETE FROM entities WHERE entity = ?1"));
        return drop->bind(1, entity.bytes).run();
    }
    const Bytes encoded = encodeRow(*row);
    const Digest hash = rowHash(entity, encoded);
    ZHICHA_ASSIGN(Statement * put, cached("INSERT OR REPLACE INTO entities VALUES(?1, ?2, ?3, ?4, ?5)"));
    put->bind(1, entity.bytes).bind(2, static_cast<int>(row->type)).bind(4, hash).bind(5, encoded);
    if (row->check)
        put->bind(3, row->check->bytes);
    else
        put->bind(3, std::nullopt);
    return put->run();
}

Status SqliteLedger::visitRows(Statement &statement, const std::function<Status(const RowRecord &)> &visit) {
    return statement.forEach([&](Statement &columns) -> Status {
        const auto entity = uuidFromBytes(columns.blob(0));
        const auto hash = columns.fixed<32>(2);
        if (!entity || !hash)
            return fail(Code::StoreDamaged, "a folded row does not read");
        ZHICHA_ASSIGN(EntityRow row, decodeRow(columns.blob(1)));
        return visit({*entity, std::move(row), *hash});
    });
}

Status SqliteLedger::forEachRow(const std::optional<Uuid> &after,
                                const std::function<Status(const RowRecord &)> &visit) {
    ZHICHA_ASSIGN(Statement * all, cached("SELECT entity, row, hash FROM entities WHERE entity > ?1 ORDER BY entity"));
    const Bytes from = after ? toBytes(after->bytes) : Bytes();
    return visitRows(all->bind(1, from), visit);
}

Status SqliteLedger::forEachRowOfType(EntityType type, const std::function<Status(const RowRecord &)> &visit) {
    // Only what belongs to no check, and checks themselves, are asked for by type: those have the index.
    ZHICHA_ASSIGN(Statement * all,
                  cached("SELECT entity, row, hash FROM entities WHERE type = ?1 AND (check_id IS NULL "
                         "OR type = 17) ORDER BY entity"));
    return visitRows(all->bind(1, static_cast<int>(type)), visit);
}

Status SqliteLedger::forEachRowOfCheck(const Uuid &check, const std::function<Status(const RowRecord &)> &visit) {
    ZHICHA_ASSIGN(Statement * all,
                  cached("SELECT entity, row, hash FROM entities WHERE check_id = ?1 ORDER BY entity"));
    return visitRows(all->bind(1, check.bytes), visit);
}

Result<Digest> SqliteLedger::stateHash() {
    StateHash hash;
    ZHICHA_ASSIGN(Statement * all, cached("SELECT entity, hash FROM entities ORDER BY entity"));
    ZHICHA_TRY(all->forEach([&](Statement &row) -> Status {
        const auto entity = uuidFromBytes(row.blob(0));
        const auto rowDigest = row.fixed<32>(1);
        if (!entity || !rowDigest)
            return fail(Code::StoreDamaged, "a folded row's hash does not read");
        hash.add(*entity, *rowDigest);
        return {};
    }));
    return hash.digest();
}

namespace {
PhotoExpectation readPhoto(Statement &row) {
    return {row.fixed<32>(0).value_or(Digest{}),
            uuidFromBytes(row.blob(1)).value_or(Uuid{}),
            uuidFromBytes(row.blob(2)).value_or(Uuid{}),
            row.integer(3),
            row.integer(4) != 0,
            row.integer(5) != 0};
}
} // namespace

Result<std::vector<PhotoExpectation>> SqliteLedger::photoExpectations(const Digest &photo) {
    ZHICHA_ASSIGN(Statement * find, cached("SELECT photo, device, check_id, size_bytes, preview, received FROM photos "
                                           "WHERE photo = ?1"));
    std::vector<PhotoExpectation> out;
    ZHICHA_TRY(find->bind(1, photo).forEach([&](Statement &row) -> Status {
        out.push_back(readPhoto(row));
        return {};
    }));
    return out;
}

Status SqliteLedger::forEachExpectedPhoto(const std::function<Status(const PhotoExpectation &)> &visit) {
    ZHICHA_ASSIGN(Statement * all,
                  cached("SELECT photo, device, check_id, size_bytes, preview, received FROM photos ORDER BY photo"));
    return all->forEach([&](Statement &row) { return visit(readPhoto(row)); });
}

Result<std::map<Uuid, PhotoCount>> SqliteLedger::photoCounts() {
    ZHICHA_ASSIGN(Statement * all, cached("SELECT device, count(*), sum(received) FROM photos WHERE preview = 0 "
                                          "GROUP BY device"));
    std::map<Uuid, PhotoCount> counts;
    ZHICHA_TRY(all->forEach([&](Statement &row) -> Status {
        if (const auto device = uuidFromBytes(row.blob(0)))
            counts[*device] = {row.integer(1), row.integer(2)};
        return {};
    }));
    return counts;
}

Status SqliteLedger::expectPhoto(const PhotoExpectation &photo) {
    ZHICHA_ASSIGN(Statement * put, cached("INSERT INTO photos VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING"));
    return put->bind(1, photo.photo)
        .bind(2, photo.device.bytes)
        .bind(3, photo.check.bytes)
        .bind(4, photo.size)
        .bind(5, photo.preview ? 1 : 0)
        .bind(6, photo.received ? 1 : 0)
        .run();
}

Status SqliteLedger::markReceived(const Digest &photo) {
    ZHICHA_ASSIGN(Statement * set, cached("UPDATE photos SET received = 1 WHERE photo = ?1"));
    return set->bind(1, photo).run();
}

Status SqliteLedger::forgetFold() {
    return m_database.execute("DELETE FROM entities; DELETE FROM claims; DELETE FROM device_facts; DELETE FROM scopes; "
                              "DELETE FROM photos; UPDATE withdrawn SET log = 0;");
}

} // namespace zhicha
