// Who may see what: log numbers in the scope of a device (docs/PROTOCOL.md "Pulling").
#include "sync-server/store/sqlite/sqlite_ledger_impl.h"

namespace zhicha {

namespace {
Result<std::vector<std::int64_t>> readLogs(Statement &statement) {
    std::vector<std::int64_t> logs;
    ZHICHA_TRY(statement.forEach([&](Statement &row) -> Status {
        logs.push_back(row.integer(0));
        return {};
    }));
    return logs;
}
} // namespace

Result<Audience> SqliteLedger::audienceOf(std::int64_t log) {
    ZHICHA_ASSIGN(Statement * find,
                  cached("SELECT o.check_id, o.everyone, c.device FROM operations o LEFT JOIN chains c "
                         "ON c.device_no = o.audience_no WHERE o.log = ?1"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, log).step());
    if (!found)
        return fail(Code::NotFound, "no operation has this log number");
    Audience audience;
    audience.everyone = find->integer(1) != 0;
    if (!find->isNull(0))
        audience.check = uuidFromBytes(find->blob(0));
    if (!find->isNull(2))
        audience.device = uuidFromBytes(find->blob(2));
    return audience;
}

Status SqliteLedger::setAudience(std::int64_t log, const Audience &audience) {
    std::optional<std::int64_t> number;
    if (audience.device) {
        ZHICHA_ASSIGN(number, deviceNumber(*audience.device));
    }
    ZHICHA_ASSIGN(Statement * set, cached("UPDATE operations SET check_id = ?2, everyone = ?3, audience_no = ?4 WHERE "
                                          "log = ?1"));
    set->bind(1, log).bind(3, audience.everyone ? 1 : 0).bind(4, number);
    if (audience.check)
        set->bind(2, audience.check->bytes);
    else
        set->bind(2, std::nullopt);
    return set->run();
}

Result<std::vector<std::int64_t>> SqliteLedger::visibleLogs(const Uuid &device, std::int64_t after, std::int64_t upto,
                                                            std::int64_t limit) {
    ZHICHA_ASSIGN(const std::int64_t number, deviceNumber(device));
    ZHICHA_ASSIGN(Statement * find, cached(R"sql(
        SELECT log FROM (
          SELECT log FROM operations WHERE everyone = 1 AND log > ?2 AND log <= ?3
          UNION SELECT log FROM operations WHERE audience_no = ?1 AND log > ?2 AND log <= ?3 AND device_no <> ?1
          UNION SELECT o.log FROM scopes s CROSS JOIN operations o ON o.check_id = s.entity
                WHERE s.device_no = ?1 AND o.log > ?2 AND o.log <= ?3 AND o.device_no <> ?1)
        ORDER BY log LIMIT ?4)sql"));
    return readLogs(find->bind(1, number).bind(2, after).bind(3, upto).bind(4, limit));
}

Result<std::vector<std::int64_t>> SqliteLedger::logsOfCheck(const Uuid &check, std::int64_t after, std::int64_t upto,
                                                            std::int64_t limit) {
    ZHICHA_ASSIGN(Statement * find, cached("SELECT log FROM operations WHERE check_id = ?1 AND log > ?2 AND log <= ?3 "
                                           "ORDER BY log LIMIT ?4"));
    return readLogs(find->bind(1, check.bytes).bind(2, after).bind(3, upto).bind(4, limit));
}

Result<std::vector<LedgerReader::Granted>> SqliteLedger::grants(const Uuid &device, std::int64_t after,
                                                                std::int64_t upto) {
    ZHICHA_ASSIGN(const std::int64_t number, deviceNumber(device));
    ZHICHA_ASSIGN(Statement * find,
                  cached("SELECT entity, log FROM scopes WHERE device_no = ?1 AND log > ?2 AND log <= "
                         "?3 ORDER BY log"));
    std::vector<Granted> granted;
    ZHICHA_TRY(find->bind(1, number).bind(2, after).bind(3, upto).forEach([&](Statement &row) -> Status {
        granted.push_back({uuidFromBytes(row.blob(0)).value_or(Uuid{}), row.integer(1)});
        return {};
    }));
    return granted;
}

Result<bool> SqliteLedger::inScope(const Uuid &device, const Uuid &check) {
    ZHICHA_ASSIGN(const std::int64_t number, deviceNumber(device));
    ZHICHA_ASSIGN(Statement * find, cached("SELECT 1 FROM scopes WHERE device_no = ?1 AND entity = ?2"));
    const ScopedReset done(*find);
    return find->bind(1, number).bind(2, check.bytes).step();
}

Result<std::vector<Uuid>> SqliteLedger::readersOf(const Uuid &check) {
    ZHICHA_ASSIGN(Statement * find, cached("SELECT c.device FROM scopes s JOIN chains c ON c.device_no = s.device_no "
                                           "WHERE s.entity = ?1 ORDER BY c.device"));
    std::vector<Uuid> readers;
    ZHICHA_TRY(find->bind(1, check.bytes).forEach([&](Statement &row) -> Status {
        readers.push_back(uuidFromBytes(row.blob(0)).value_or(Uuid{}));
        return {};
    }));
    return readers;
}

Status SqliteLedger::removeScope(const Uuid &device, const Uuid &entity) {
    ZHICHA_ASSIGN(const std::int64_t number, deviceNumber(device));
    ZHICHA_ASSIGN(Statement * gone, cached("DELETE FROM scopes WHERE device_no = ?1 AND entity = ?2"));
    return gone->bind(1, number).bind(2, entity.bytes).run();
}

Status SqliteLedger::addScope(const Uuid &device, const Uuid &entity, std::int64_t grantLog) {
    ZHICHA_ASSIGN(const std::int64_t number, deviceNumber(device));
    // A later grant replaces an own start's 0, so that what came before the start is delivered too.
    ZHICHA_ASSIGN(Statement * put, cached("INSERT INTO scopes VALUES(?1, ?2, ?3) ON CONFLICT DO UPDATE SET log = "
                                          "max(log, excluded.log)"));
    return put->bind(1, number).bind(2, entity.bytes).bind(3, grantLog).run();
}

Status SqliteLedger::forEachEntityInScope(const Uuid &device,
                                          const std::function<Status(const Uuid &, const Digest &)> &visit) {
    ZHICHA_ASSIGN(const std::int64_t number, deviceNumber(device));
    ZHICHA_ASSIGN(Statement * all, cached(R"sql(
        SELECT e.entity, e.hash FROM entities e WHERE e.entity IN (
          SELECT entity FROM operations WHERE everyone = 1
          UNION SELECT entity FROM operations WHERE audience_no = ?1
          UNION SELECT entity FROM operations WHERE device_no = ?1
          UNION SELECT o.entity FROM scopes s JOIN operations o ON o.check_id = s.entity WHERE s.device_no = ?1)
        ORDER BY e.entity)sql"));
    return all->bind(1, number).forEach([&](Statement &row) -> Status {
        const auto entity = uuidFromBytes(row.blob(0));
        const auto hash = row.fixed<32>(1);
        if (!entity || !hash)
            return fail(Code::StoreDamaged, "a folded row's hash does not read");
        return visit(*entity, *hash);
    });
}

} // namespace zhicha
