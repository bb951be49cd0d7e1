// The audit trail: appended, chained, paged; the triggers refuse everything else.
#include "shared/crypto/digest.h"
#include "shared/oplog/cbor.h"
#include "sync-server/store/sqlite/sqlite_ledger_impl.h"

namespace zhicha {

namespace {
#define ZHICHA_AUDIT_COLUMNS                                                                                           \
    "SELECT number, at_ms, person, name, act, object_kind, object, result, code, address, h FROM audit "

AuditEntry readEntry(Statement &row) {
    AuditEntry entry;
    entry.number = row.integer(0);
    entry.atMs = row.integer(1);
    if (!row.isNull(2))
        entry.person = uuidFromBytes(row.blob(2));
    entry.name = row.text(3);
    entry.act = row.text(4);
    entry.objectKind = row.text(5);
    entry.object = row.text(6);
    entry.result = row.text(7);
    entry.code = row.text(8);
    entry.address = row.text(9);
    entry.h = row.fixed<32>(10).value_or(Digest{});
    return entry;
}

std::string whereOf(const AuditFilter &filter) {
    std::string sql = "WHERE number < :before";
    if (filter.person)
        sql += " AND person = :person";
    if (filter.act)
        sql += " AND act = :act";
    if (filter.result)
        sql += *filter.result == "refused" ? " AND result = 'refused'" : " AND result = 'ok'";
    if (filter.fromMs)
        sql += " AND at_ms >= :from";
    if (filter.untilMs)
        sql += " AND at_ms < :until";
    return sql;
}

void bindFilter(Statement &statement, const AuditFilter &filter, std::int64_t before) {
    statement.bind(statement.position(":before"), before > 0 ? before : std::numeric_limits<std::int64_t>::max());
    if (filter.person)
        statement.bind(statement.position(":person"), filter.person->bytes);
    if (filter.act)
        statement.bind(statement.position(":act"), *filter.act);
    if (filter.fromMs)
        statement.bind(statement.position(":from"), *filter.fromMs);
    if (filter.untilMs)
        statement.bind(statement.position(":until"), *filter.untilMs);
}
} // namespace

Digest auditDigest(const Digest &before, const AuditEntry &entry) {
    const cbor::Array content{entry.number, entry.atMs,   entry.person ? cbor::Value(*entry.person) : cbor::Value(),
                              entry.name,   entry.act,    entry.objectKind,
                              entry.object, entry.result, entry.code,
                              entry.address};
    return taggedDigest("zhicha/v1/audit", {before, cbor::encode(content)});
}

Result<AuditHead> SqliteLedger::auditHead() {
    ZHICHA_ASSIGN(Statement * last, cached("SELECT number, h FROM audit ORDER BY number DESC LIMIT 1"));
    const ScopedReset done(*last);
    ZHICHA_ASSIGN(const bool found, last->step());
    return found ? AuditHead{last->integer(0), last->fixed<32>(1).value_or(Digest{})} : AuditHead();
}

Status SqliteLedger::appendAudit(AuditEntry entry) {
    ZHICHA_ASSIGN(const AuditHead head, auditHead());
    entry.number = head.number + 1;
    entry.h = auditDigest(head.h, entry);
    ZHICHA_ASSIGN(Statement * put, cached("INSERT INTO audit VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"));
    put->bind(1, entry.number).bind(2, entry.atMs);
    if (entry.person)
        put->bind(3, entry.person->bytes);
    else
        put->bind(3, std::nullopt);
    put->bind(4, entry.name).bind(5, entry.act).bind(6, entry.objectKind).bind(7, entry.object);
    const Status stored =
        put->bind(8, entry.result).bind(9, entry.code).bind(10, entry.address).bind(11, entry.h).run();
    // A number that is there already, a trigger that refuses: no request of anybody's is at fault, the file is.
    const bool refused =
        !stored && (stored.error().code == Code::AlreadyDone || stored.error().code == Code::NotAllowed ||
                    stored.error().code == Code::InvalidArgument);
    if (refused)
        return fail(Code::StoreDamaged, stored.error().detail);
    return stored;
}

Status SqliteLedger::appendCarried() {
    if (!m_carried)
        return {};
    if (const Status put = appendAudit(m_carried()); !put)
        return fail(put.error().code, "nothing was done: the audit trail cannot be written: " + put.error().detail,
                    put.error().retry);
    return {};
}

Result<std::vector<AuditEntry>> SqliteLedger::auditPage(const AuditFilter &filter, std::int64_t before,
                                                        std::int64_t limit) {
    ZHICHA_ASSIGN(Statement * page,
                  composed(ZHICHA_AUDIT_COLUMNS + whereOf(filter) + " ORDER BY number DESC LIMIT :limit"));
    bindFilter(*page, filter, before);
    page->bind(page->position(":limit"), limit);
    std::vector<AuditEntry> entries;
    ZHICHA_TRY(page->forEach([&](Statement &row) -> Status {
        entries.push_back(readEntry(row));
        return {};
    }));
    return entries;
}

Result<std::int64_t> SqliteLedger::auditCount(const AuditFilter &filter, std::int64_t most) {
    ZHICHA_ASSIGN(Statement * count,
                  composed("SELECT count(*) FROM (SELECT 1 FROM audit " + whereOf(filter) + " LIMIT :limit)"));
    const ScopedReset done(*count);
    bindFilter(*count, filter, 0);
    ZHICHA_ASSIGN(const bool found, count->bind(count->position(":limit"), most).step());
    return found ? count->integer(0) : 0;
}

Status SqliteLedger::forEachAudit(std::int64_t from, const std::function<Status(const AuditEntry &)> &visit) {
    ZHICHA_ASSIGN(Statement * all, cached(ZHICHA_AUDIT_COLUMNS "WHERE number >= ?1 ORDER BY number"));
    return all->bind(1, from).forEach([&](Statement &row) { return visit(readEntry(row)); });
}

} // namespace zhicha
