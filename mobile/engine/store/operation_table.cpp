#include "mobile/engine/store/operation_table.h"

#include "shared/ledger/erasure.h"

namespace zhicha {

namespace {
OperationBytes bytesAt(const Statement &row, int envelope, int body, int digest) {
    OperationBytes bytes;
    bytes.envelope = toBytes(row.blob(envelope));
    if (!row.isNull(body))
        bytes.body = toBytes(row.blob(body));
    bytes.bodyDigest = row.fixed<32>(digest).value_or(Digest{});
    return bytes;
}

StoredOperation storedAt(const Statement &row) { // device, seq, d, envelope, body, body_digest
    StoredOperation stored;
    stored.device = Uuid{row.fixed<16>(0).value_or(std::array<std::uint8_t, 16>{})};
    stored.seq = row.integer(1);
    stored.d = row.fixed<32>(2).value_or(Digest{});
    stored.bytes = bytesAt(row, 3, 4, 5);
    return stored;
}

std::optional<ByteView> viewOf(const std::optional<Uuid> &id) {
    return id ? std::optional<ByteView>(id->view()) : std::nullopt;
}
} // namespace

Status OperationTable::appendOwn(const StoredOperation &operation, const Envelope &envelope,
                                 const std::optional<Uuid> &check, const Digest &h) {
    ZHICHA_ASSIGN(Statement * write,
                  m_sql.get("INSERT INTO operations(device, seq, d, own, h, kind, entity, check_id, envelope, body, "
                            "body_digest) VALUES(?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"));
    const auto checkView = viewOf(check);
    const auto body = operation.bytes.body ? std::optional<ByteView>(*operation.bytes.body) : std::nullopt;
    return write->bind(1, operation.device.view())
        .bind(2, operation.seq)
        .bind(3, operation.d)
        .bind(4, h)
        .bind(5, envelope.kind)
        .bind(6, envelope.id.view())
        .bind(7, checkView)
        .bind(8, operation.bytes.envelope)
        .bind(9, body)
        .bind(10, operation.bytes.bodyDigest)
        .run();
}

Result<std::optional<ChainHead>> OperationTable::ownHead() {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT seq, h FROM operations WHERE own = 1 ORDER BY seq DESC LIMIT 1"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->step());
    if (!found)
        return std::optional<ChainHead>();
    return std::optional(ChainHead{find->integer(0), find->fixed<32>(1).value_or(Digest{})});
}

Result<std::optional<Digest>> OperationTable::ownHeadAt(std::int64_t seq) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT h FROM operations WHERE own = 1 AND seq = ?1"));
    const ScopedReset done(*find);
    find->bind(1, seq);
    ZHICHA_ASSIGN(const bool found, find->step());
    return found ? find->fixed<32>(0) : std::nullopt;
}

Result<std::optional<Digest>> OperationTable::ownDigestAt(std::int64_t seq) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT d FROM operations WHERE own = 1 AND seq = ?1"));
    const ScopedReset done(*find);
    find->bind(1, seq);
    ZHICHA_ASSIGN(const bool found, find->step());
    return found ? find->fixed<32>(0) : std::nullopt;
}

Result<std::vector<OperationBytes>> OperationTable::ownBytes(std::int64_t first, std::int64_t last) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT envelope, body, body_digest FROM operations "
                                              "WHERE own = 1 AND seq BETWEEN ?1 AND ?2 ORDER BY seq"));
    std::vector<OperationBytes> out;
    ZHICHA_TRY(find->bind(1, first).bind(2, last).forEach([&](const Statement &row) -> Status {
        out.push_back(bytesAt(row, 0, 1, 2));
        return {};
    }));
    return out;
}

#define ZHICHA_OWN_OPERATIONS "SELECT seq, d, h, kind, entity, outcome FROM operations "

namespace {
Status eachOwn(Statement &found, const std::function<Status(const OwnOperation &)> &visit) {
    return found.forEach([&](const Statement &row) -> Status {
        OwnOperation op;
        op.seq = row.integer(0);
        op.d = row.fixed<32>(1).value_or(Digest{});
        op.h = row.fixed<32>(2).value_or(Digest{});
        op.kind = row.text(3);
        op.entity = Uuid{row.fixed<16>(4).value_or(std::array<std::uint8_t, 16>{})};
        op.outcome = row.text(5);
        return visit(op);
    });
}
} // namespace

Status OperationTable::forEachOwn(std::int64_t first, const std::function<Status(const OwnOperation &)> &visit) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get(ZHICHA_OWN_OPERATIONS "WHERE own = 1 AND seq >= ?1 ORDER BY seq"));
    return eachOwn(find->bind(1, first), visit);
}

Status OperationTable::forEachOwnInCheck(const Uuid &check, const std::function<Status(const OwnOperation &)> &visit) {
    ZHICHA_ASSIGN(Statement * find,
                  m_sql.get(ZHICHA_OWN_OPERATIONS "WHERE (check_id = ?1 OR entity = ?1) AND own = 1 ORDER BY seq"));
    return eachOwn(find->bind(1, check.view()), visit);
}

Status OperationTable::forEachOwnTroubled(const std::function<Status(const OwnOperation &)> &visit) {
    ZHICHA_ASSIGN(
        Statement * find,
        m_sql.get(ZHICHA_OWN_OPERATIONS
                  "WHERE own = 1 AND seq IN (SELECT seq FROM operations WHERE own = 1 AND outcome NOT IN ('', "
                  "'applied', 'duplicate') UNION SELECT o.seq FROM runs_own AS r CROSS JOIN operations AS o INDEXED BY "
                  "operations_own WHERE r.refused != '' AND o.own = 1 AND o.seq BETWEEN r.first AND r.last) ORDER BY "
                  "seq"));
    return eachOwn(*find, visit);
}

Result<std::vector<Uuid>> OperationTable::newestOwnChecks(std::size_t most) {
    // A check stands in its own start as the entity, in everything else of it as the check.
    ZHICHA_ASSIGN(
        Statement * find,
        m_sql.get("SELECT max((SELECT coalesce(max(check_id), x'') FROM operations WHERE own = 1 AND check_id "
                  "IS NOT NULL AND check_id < ?1), (SELECT coalesce(max(entity), x'') FROM operations WHERE "
                  "own = 1 AND kind = 'check.start' AND entity < ?1))"));
    std::vector<Uuid> checks;
    Bytes before(17, 0xff); // after every id
    while (checks.size() < most) {
        const ScopedReset done(*find);
        find->bind(1, ByteView(before));
        ZHICHA_ASSIGN(const bool found, find->step());
        const auto check = found ? uuidFromBytes(find->blob(0)) : std::nullopt;
        if (!check)
            break;
        checks.push_back(*check);
        before.assign(check->bytes.begin(), check->bytes.end());
    }
    return checks;
}

Result<std::optional<StoredOperation>> OperationTable::ownBirth(const Uuid &entity, std::string_view kind) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT device, seq, d, envelope, body, body_digest FROM operations "
                                              "WHERE entity = ?1 AND own = 1 AND kind = ?2 ORDER BY seq LIMIT 1"));
    const ScopedReset done(*find);
    find->bind(1, entity.view()).bind(2, kind);
    ZHICHA_ASSIGN(const bool found, find->step());
    return found ? std::optional(storedAt(*find)) : std::nullopt;
}

Status OperationTable::setOutcome(std::int64_t seq, std::string_view outcome) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("UPDATE operations SET outcome = ?2 WHERE own = 1 AND seq = ?1"));
    return write->bind(1, seq).bind(2, outcome).run();
}

Result<OperationTable::Stored> OperationTable::storePulled(const Uuid &device, std::int64_t seq,
                                                           const RunElement &element, const std::optional<Uuid> &check,
                                                           const std::optional<Envelope> &envelope) {
    bool known = false;
    bool other = false;
    bool hasBody = false;
    bool hasEnvelope = false;
    {
        ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT d, body IS NOT NULL, envelope IS NOT NULL FROM operations "
                                                  "WHERE device = ?1 AND seq = ?2"));
        ZHICHA_TRY(find->bind(1, device.view()).bind(2, seq).forEach([&](const Statement &row) -> Status {
            const bool same = sameBytes(row.blob(0), element.d);
            known = known || same;
            other = other || !same;
            hasBody = hasBody || (same && row.integer(1) != 0);
            hasEnvelope = hasEnvelope || (same && row.integer(2) != 0);
            return {};
        }));
    }
    const OperationBytes *bytes = element.operation ? &*element.operation : nullptr;
    const std::optional<ByteView> head = bytes != nullptr ? std::optional<ByteView>(bytes->envelope) : std::nullopt;
    const std::optional<ByteView> body =
        bytes != nullptr && bytes->body ? std::optional<ByteView>(*bytes->body) : std::nullopt;
    const std::optional<ByteView> digest = bytes != nullptr ? std::optional<ByteView>(bytes->bodyDigest) : std::nullopt;
    const std::optional<ByteView> entity = envelope ? std::optional<ByteView>(envelope->id.view()) : std::nullopt;
    const std::string_view kind = envelope ? std::string_view(envelope->kind) : std::string_view();
    const auto checkView = viewOf(check);
    if (known && (hasBody || bytes == nullptr || (hasEnvelope && !bytes->body)))
        return bytes == nullptr && hasBody ? Stored::HeldAlone : Stored::Known;
    if (known) {
        ZHICHA_ASSIGN(
            Statement * fill,
            m_sql.get("UPDATE operations SET kind = ?4, entity = ?5, check_id = ?6, envelope = ?7, body = ?8, "
                      "body_digest = ?9 WHERE device = ?1 AND seq = ?2 AND d = ?3"));
        ZHICHA_TRY(fill->bind(1, device.view())
                       .bind(2, seq)
                       .bind(3, element.d)
                       .bind(4, kind)
                       .bind(5, entity)
                       .bind(6, checkView)
                       .bind(7, head)
                       .bind(8, body)
                       .bind(9, digest)
                       .run());
        return Stored::BodyFilled;
    }
    ZHICHA_ASSIGN(Statement * write,
                  m_sql.get("INSERT INTO operations(device, seq, d, own, kind, entity, check_id, envelope, body, "
                            "body_digest) VALUES(?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, ?8, ?9)"));
    ZHICHA_TRY(write->bind(1, device.view())
                   .bind(2, seq)
                   .bind(3, element.d)
                   .bind(4, kind)
                   .bind(5, entity)
                   .bind(6, checkView)
                   .bind(7, head)
                   .bind(8, body)
                   .bind(9, digest)
                   .run());
    return other ? Stored::Fork : Stored::New;
}

Result<std::set<Uuid>> OperationTable::dropBodies(const std::set<Digest> &operations, const Uuid &check) {
    std::vector<std::int64_t> found;
    std::set<Uuid> entities;
    // An amendment that came before the birth of what it amends knows its check by the folded row alone.
    ZHICHA_ASSIGN(Statement * all,
                  m_sql.get("SELECT id, d, entity, kind FROM operations WHERE body IS NOT NULL AND (check_id = ?1 OR "
                            "entity IN (SELECT id FROM entities WHERE check_id = ?1))"));
    ZHICHA_TRY(all->bind(1, check.view()).forEach([&](const Statement &row) -> Status {
        const auto d = row.fixed<32>(1);
        const auto entity = uuidFromBytes(row.blob(2));
        if (!d || !entity || !operations.contains(*d) || !bodyMayGo(row.text(3)))
            return {};
        found.push_back(row.integer(0));
        entities.insert(*entity);
        return {};
    }));
    ZHICHA_ASSIGN(Statement * drop, m_sql.get("UPDATE operations SET body = NULL WHERE id = ?1"));
    for (const std::int64_t id : found)
        ZHICHA_TRY(drop->bind(1, id).run());
    return entities;
}

Status OperationTable::elements(const Uuid &device, std::int64_t first, std::int64_t last,
                                const std::function<Status(std::int64_t, RunElement)> &visit) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT seq, d, envelope, body, body_digest FROM operations WHERE "
                                              "device = ?1 AND seq BETWEEN ?2 AND ?3 ORDER BY seq, id"));
    return find->bind(1, device.view()).bind(2, first).bind(3, last).forEach([&](const Statement &row) -> Status {
        RunElement element;
        element.d = row.fixed<32>(1).value_or(Digest{});
        if (!row.isNull(2))
            element.operation = bytesAt(row, 2, 3, 4);
        return visit(row.integer(0), std::move(element));
    });
}

Status OperationTable::ofEntity(const Uuid &entity, const std::function<Status(StoredOperation)> &visit) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT device, seq, d, envelope, body, body_digest FROM operations "
                                              "WHERE entity = ?1"));
    return find->bind(1, entity.view()).forEach([&](const Statement &row) { return visit(storedAt(row)); });
}

Status OperationTable::entitiesWrittenBy(const Uuid &device, std::int64_t fromSeq,
                                         const std::function<Status(const Uuid &)> &visit) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT DISTINCT entity FROM operations "
                                              "WHERE device = ?1 AND seq >= ?2 AND entity IS NOT NULL"));
    return find->bind(1, device.view()).bind(2, fromSeq).forEach([&](const Statement &row) -> Status {
        const auto id = uuidFromBytes(row.blob(0));
        return id ? visit(*id) : Status(fail(Code::StoreDamaged, "an entity id of another length"));
    });
}

Result<std::map<Uuid, std::int64_t>> OperationTable::lastInCheck(const Uuid &check) {
    ZHICHA_ASSIGN(Statement * find,
                  m_sql.get("SELECT device, max(seq) FROM operations WHERE check_id = ?1 GROUP BY device"));
    std::map<Uuid, std::int64_t> out;
    ZHICHA_TRY(find->bind(1, check.view()).forEach([&](const Statement &row) -> Status {
        if (const auto device = uuidFromBytes(row.blob(0)))
            out[*device] = row.integer(1);
        return {};
    }));
    return out;
}

Result<std::vector<OperationTable::Placed>> OperationTable::inCheck(const Uuid &check) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT device, seq, kind FROM operations WHERE check_id = ?1"));
    std::vector<Placed> out;
    ZHICHA_TRY(find->bind(1, check.view()).forEach([&](const Statement &row) -> Status {
        if (const auto device = uuidFromBytes(row.blob(0)))
            out.push_back({*device, row.integer(1), std::string(row.text(2))});
        return {};
    }));
    return out;
}

} // namespace zhicha
