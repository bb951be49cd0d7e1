// The log: chains, operations, leaves.
#include "shared/crypto/digest.h"
#include "sync-server/store/sqlite/sqlite_ledger_impl.h"

namespace zhicha {

namespace {
#define ZHICHA_OPERATION_COLUMNS                                                                                       \
    "SELECT o.log, c.device, o.seq, o.branch, o.d, o.kind, o.entity, o.check_id, o.envelope, o.body, "                 \
    "o.body_digest, o.outcome FROM operations o JOIN chains c USING(device_no) "
#define ZHICHA_LEAF_COLUMNS                                                                                            \
    "SELECT l.leaf_index, c.device, l.first, l.last, l.branch, l.new_from, l.before, l.h, l.log, l.received_at_ms, "   \
    "l.suite, l.signature FROM leaves l JOIN chains c USING(device_no) "

Result<LogOperation> readOperation(Statement &row) {
    LogOperation out;
    const auto device = uuidFromBytes(row.blob(1));
    const auto d = row.fixed<32>(4);
    const auto entity = uuidFromBytes(row.blob(6));
    if (!device || !d || !entity)
        return fail(Code::StoreDamaged, "operation " + std::to_string(row.integer(0)) + " does not read");
    out.log = row.integer(0);
    out.operation.device = *device;
    out.operation.seq = row.integer(2);
    out.branch = row.integer(3);
    out.operation.d = *d;
    out.kind = row.text(5);
    out.entity = *entity;
    if (!row.isNull(7))
        out.check = uuidFromBytes(row.blob(7));
    out.operation.bytes.envelope = toBytes(row.blob(8));
    if (!row.isNull(9)) {
        out.operation.bytes.body = toBytes(row.blob(9));
        out.operation.bytes.bodyDigest = sha256(row.blob(9));
    } else {
        out.operation.bytes.bodyDigest = row.fixed<32>(10).value_or(Digest{});
    }
    out.outcome = row.text(11);
    return out;
}

Result<ChainRecord> readChain(Statement &row) {
    ChainRecord chain;
    const auto device = uuidFromBytes(row.blob(0));
    const auto key = row.fixed<32>(3);
    const auto h = row.fixed<32>(7);
    if (!device || !key || !h)
        return fail(Code::StoreDamaged, "a chain's record does not read");
    chain.device = *device;
    if (!row.isNull(1))
        chain.person = uuidFromBytes(row.blob(1));
    chain.suite = static_cast<std::uint8_t>(row.integer(2));
    chain.key = *key;
    chain.server = row.integer(4) != 0;
    chain.generation = row.integer(5);
    chain.head = {row.integer(6), *h};
    return chain;
}
} // namespace

Status SqliteLedger::visitOperations(Statement &statement, const std::function<Status(const LogOperation &)> &visit) {
    return statement.forEach([&](Statement &row) -> Status {
        ZHICHA_ASSIGN(const LogOperation operation, readOperation(row));
        return visit(operation);
    });
}

Result<std::optional<LogOperation>> SqliteLedger::oneOperation(Statement &statement) {
    std::optional<LogOperation> found;
    ZHICHA_TRY(visitOperations(statement, [&](const LogOperation &operation) -> Status {
        found = operation;
        return {};
    }));
    return found;
}

Status SqliteLedger::visitLeaves(Statement &statement, const std::function<Status(const LeafRecord &)> &visit) {
    return statement.forEach([&](Statement &row) -> Status {
        LeafRecord record;
        const auto device = uuidFromBytes(row.blob(1));
        const auto before = row.fixed<32>(6);
        const auto h = row.fixed<32>(7);
        const auto signature = row.fixed<64>(11);
        if (!device || !before || !h || !signature)
            return fail(Code::StoreDamaged, "leaf " + std::to_string(row.integer(0)) + " does not read");
        record.index = row.integer(0);
        record.leaf = {m_ledger, *device, row.integer(2), row.integer(3), *h, row.integer(8), row.integer(9)};
        record.branch = row.integer(4);
        record.newFrom = row.integer(5);
        record.before = *before;
        record.suite = static_cast<std::uint8_t>(row.integer(10));
        record.signature = *signature;
        return visit(record);
    });
}

Result<std::optional<ChainRecord>> SqliteLedger::chain(const Uuid &device) {
    ZHICHA_ASSIGN(Statement * find, cached("SELECT device, person, suite, sign_key, server, generation, head_seq, "
                                           "head_h FROM chains WHERE device = ?1"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, device.bytes).step());
    if (!found)
        return std::optional<ChainRecord>();
    ZHICHA_ASSIGN(ChainRecord chain, readChain(*find));
    return std::optional(std::move(chain));
}

Status SqliteLedger::forEachChain(const std::function<Status(const ChainRecord &)> &visit) {
    ZHICHA_ASSIGN(Statement * all,
                  cached("SELECT device, person, suite, sign_key, server, generation, head_seq, head_h "
                         "FROM chains ORDER BY device_no"));
    return all->forEach([&](Statement &row) -> Status {
        ZHICHA_ASSIGN(const ChainRecord chain, readChain(row));
        return visit(chain);
    });
}

Status SqliteLedger::putChain(const ChainRecord &chain) {
    ZHICHA_ASSIGN(Statement * put,
                  cached("INSERT INTO chains(device, person, suite, sign_key, server, generation, head_seq, head_h) "
                         "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
    put->bind(1, chain.device.bytes).bind(3, chain.suite).bind(4, chain.key).bind(5, chain.server ? 1 : 0);
    if (chain.person)
        put->bind(2, chain.person->bytes);
    else
        put->bind(2, std::nullopt);
    return put->bind(6, chain.generation).bind(7, chain.head.seq).bind(8, chain.head.h).run();
}

Status SqliteLedger::setHead(const Uuid &device, const ChainHead &head) {
    ZHICHA_ASSIGN(Statement * set, cached("UPDATE chains SET head_seq = ?2, head_h = ?3 WHERE device = ?1"));
    return set->bind(1, device.bytes).bind(2, head.seq).bind(3, head.h).run();
}

Result<std::int64_t> SqliteLedger::lastLog() {
    return readCount("SELECT ifnull(max(log), 0) FROM operations");
}
Result<std::int64_t> SqliteLedger::leafCount() {
    return readCount("SELECT ifnull(max(leaf_index) + 1, 0) FROM leaves");
}

Result<std::optional<LeafRecord>> SqliteLedger::leaf(std::int64_t index) {
    ZHICHA_ASSIGN(Statement * find, cached(ZHICHA_LEAF_COLUMNS "WHERE l.leaf_index = ?1"));
    std::optional<LeafRecord> found;
    ZHICHA_TRY(visitLeaves(find->bind(1, index), [&](const LeafRecord &record) -> Status {
        found = record;
        return {};
    }));
    return found;
}

Status SqliteLedger::forEachLeaf(std::int64_t from, const std::function<Status(const LeafRecord &)> &visit) {
    ZHICHA_ASSIGN(Statement * all, cached(ZHICHA_LEAF_COLUMNS "WHERE l.leaf_index >= ?1 ORDER BY l.leaf_index"));
    return visitLeaves(all->bind(1, from), visit);
}

Result<std::vector<LeafRecord>> SqliteLedger::leavesOf(const Uuid &device, std::int64_t first, std::int64_t last) {
    ZHICHA_ASSIGN(const std::int64_t number, deviceNumber(device));
    // A run holds at most 500 operations, so that the index bounds the search from below too.
    ZHICHA_ASSIGN(Statement * find,
                  cached(ZHICHA_LEAF_COLUMNS "WHERE l.device_no = ?1 AND l.first <= ?3 AND l.first > ?2 - 500 AND "
                                             "l.last >= ?2 ORDER BY l.leaf_index"));
    std::vector<LeafRecord> leaves;
    ZHICHA_TRY(visitLeaves(find->bind(1, number).bind(2, first).bind(3, last), [&](const LeafRecord &record) -> Status {
        leaves.push_back(record);
        return {};
    }));
    return leaves;
}

Result<std::vector<LeafRecord>> SqliteLedger::forkLeavesOf(const Uuid &device) {
    ZHICHA_ASSIGN(const std::int64_t number, deviceNumber(device));
    ZHICHA_ASSIGN(Statement * find,
                  cached(ZHICHA_LEAF_COLUMNS "WHERE l.device_no = ?1 AND l.branch <> 0 AND l.branch > 0 ORDER BY "
                                             "l.leaf_index")); // the first condition is that of the index
    std::vector<LeafRecord> leaves;
    ZHICHA_TRY(visitLeaves(find->bind(1, number), [&](const LeafRecord &record) -> Status {
        leaves.push_back(record);
        return {};
    }));
    return leaves;
}

Result<std::optional<LogOperation>> SqliteLedger::newestOfKind(const Uuid &device, const std::string &kind) {
    ZHICHA_ASSIGN(const std::int64_t number, deviceNumber(device));
    // What tablets say of themselves is asked for with every page of tablets, and has an index of its own.
    if (kind == "device.health") {
        ZHICHA_ASSIGN(Statement * health,
                      cached(ZHICHA_OPERATION_COLUMNS "WHERE o.device_no = ?1 AND o.kind = 'device.health' AND "
                                                      "o.branch = 0 ORDER BY o.seq DESC LIMIT 1"));
        return oneOperation(health->bind(1, number));
    }
    ZHICHA_ASSIGN(Statement * find,
                  cached(ZHICHA_OPERATION_COLUMNS
                         "WHERE o.device_no = ?1 AND o.seq > (SELECT head_seq FROM chains WHERE device_no = ?1) - 5000 "
                         "AND o.branch = 0 AND o.kind = ?2 ORDER BY o.seq DESC LIMIT 1"));
    return oneOperation(find->bind(1, number).bind(2, kind));
}

Result<std::vector<LogOperation>> SqliteLedger::operationsOfChain(const Uuid &device, std::int64_t branch,
                                                                  std::int64_t first, std::int64_t last) {
    std::vector<LogOperation> out;
    const auto number = deviceNumber(device);
    if (!number)
        return number.error().code == Code::NotFound ? Result<std::vector<LogOperation>>(out) : number.error();
    ZHICHA_ASSIGN(Statement * find,
                  cached(ZHICHA_OPERATION_COLUMNS
                         "WHERE o.device_no = ?1 AND o.seq BETWEEN ?3 AND ?4 AND o.branch = ?2 ORDER BY o.seq"));
    ZHICHA_TRY(visitOperations(find->bind(1, *number).bind(2, branch).bind(3, first).bind(4, last),
                               [&](const LogOperation &operation) -> Status {
                                   out.push_back(operation);
                                   return {};
                               }));
    return out;
}

Result<std::optional<LogOperation>> SqliteLedger::operationAt(std::int64_t log) {
    ZHICHA_ASSIGN(Statement * find, cached(ZHICHA_OPERATION_COLUMNS "WHERE o.log = ?1"));
    return oneOperation(find->bind(1, log));
}

Result<std::optional<LogOperation>> SqliteLedger::operationByDigest(const Uuid &entity, const Digest &d) {
    ZHICHA_ASSIGN(Statement * find, cached(ZHICHA_OPERATION_COLUMNS "WHERE o.entity = ?1 AND o.d = ?2"));
    return oneOperation(find->bind(1, entity.bytes).bind(2, d));
}

Status SqliteLedger::forEachOperation(std::int64_t fromLog, const std::function<Status(const LogOperation &)> &visit) {
    ZHICHA_ASSIGN(Statement * all, cached(ZHICHA_OPERATION_COLUMNS "WHERE o.log >= ?1 ORDER BY o.log"));
    return visitOperations(all->bind(1, fromLog), visit);
}

Status SqliteLedger::operationsFrom(std::int64_t fromLog, std::size_t limit,
                                    const std::function<Status(const LogOperation &)> &visit) {
    ZHICHA_ASSIGN(Statement * some, cached(ZHICHA_OPERATION_COLUMNS "WHERE o.log >= ?1 ORDER BY o.log LIMIT ?2"));
    return visitOperations(some->bind(1, fromLog).bind(2, static_cast<std::int64_t>(limit)), visit);
}

Status SqliteLedger::forEachOperationOfEntity(const Uuid &entity,
                                              const std::function<Status(const LogOperation &)> &visit) {
    ZHICHA_ASSIGN(Statement * all, cached(ZHICHA_OPERATION_COLUMNS "WHERE o.entity = ?1 ORDER BY o.log"));
    return visitOperations(all->bind(1, entity.bytes), visit);
}

Status SqliteLedger::forEachOperationOfCheck(const Uuid &check,
                                             const std::function<Status(const LogOperation &)> &visit) {
    ZHICHA_ASSIGN(Statement * all, cached(ZHICHA_OPERATION_COLUMNS "WHERE o.check_id = ?1 ORDER BY o.log"));
    return visitOperations(all->bind(1, check.bytes), visit);
}

Status SqliteLedger::appendOperation(const LogOperation &operation, const Audience &audience) {
    const StoredOperation &stored = operation.operation;
    ZHICHA_ASSIGN(const std::int64_t number, deviceNumber(stored.device));
    std::optional<std::int64_t> audienceNumber;
    if (audience.device) {
        ZHICHA_ASSIGN(audienceNumber, deviceNumber(*audience.device));
    }
    ZHICHA_ASSIGN(Statement * put,
                  cached("INSERT INTO operations VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"));
    put->bind(1, operation.log).bind(2, number).bind(3, stored.seq).bind(4, operation.branch).bind(5, stored.d);
    put->bind(6, operation.kind).bind(7, operation.entity.bytes).bind(9, stored.bytes.envelope);
    if (audience.check)
        put->bind(8, audience.check->bytes);
    else
        put->bind(8, std::nullopt);
    if (stored.bytes.body)
        put->bind(10, *stored.bytes.body).bind(11, std::nullopt);
    else
        put->bind(10, std::nullopt).bind(11, stored.bytes.bodyDigest);
    put->bind(12, operation.outcome).bind(13, audience.everyone ? 1 : 0);
    if (audienceNumber)
        put->bind(14, *audienceNumber);
    else
        put->bind(14, std::nullopt);
    ZHICHA_TRY(put->run());
    if (!audience.check)
        return {};
    // What came before its entity's birth knew no check; now it has one, for whoever has or gains the check.
    ZHICHA_ASSIGN(Statement * file, cached("UPDATE operations SET check_id = ?2 WHERE entity = ?1 AND check_id IS NULL "
                                           "AND everyone = 0 AND audience_no IS NULL AND log < ?3"));
    return file->bind(1, operation.entity.bytes).bind(2, audience.check->bytes).bind(3, operation.log).run();
}

Status SqliteLedger::setOutcome(std::int64_t log, const std::string &outcome) {
    ZHICHA_ASSIGN(Statement * set, cached("UPDATE operations SET outcome = ?2 WHERE log = ?1"));
    return set->bind(1, log).bind(2, outcome).run();
}

Status SqliteLedger::appendLeaf(const LeafRecord &record) {
    ZHICHA_ASSIGN(const std::int64_t number, deviceNumber(record.leaf.device));
    ZHICHA_TRY(merkleAppend(*this, record.index, leafHash(record.leaf)));
    ZHICHA_ASSIGN(Statement * put,
                  cached("INSERT INTO leaves VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"));
    return put->bind(1, record.index)
        .bind(2, number)
        .bind(3, record.leaf.first)
        .bind(4, record.leaf.last)
        .bind(5, record.branch)
        .bind(6, record.newFrom)
        .bind(7, record.before)
        .bind(8, record.leaf.h)
        .bind(9, record.leaf.log)
        .bind(10, record.leaf.receivedAtMs)
        .bind(11, record.suite)
        .bind(12, record.signature)
        .run();
}

} // namespace zhicha
