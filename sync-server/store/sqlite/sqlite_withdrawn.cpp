// What was erased or is not given out.
#include "shared/crypto/digest.h"
#include "shared/ledger/erasure.h"
#include "sync-server/store/sqlite/sqlite_ledger_impl.h"

namespace zhicha {

namespace {
constexpr std::int64_t kInMemoryBytes = 64 << 20; ///< a larger ledger is copied through a file of the system's

Result<Withdrawal> readWithdrawal(Statement &row) {
    const auto digest = row.fixed<32>(0);
    const auto check = uuidFromBytes(row.blob(2));
    const auto order = uuidFromBytes(row.blob(3));
    if (!digest || !check || !order || row.integer(1) < 0 || row.integer(1) > 2)
        return fail(Code::StoreDamaged, "what was withdrawn does not read");
    return Withdrawal{*digest, static_cast<Withdrawal::What>(row.integer(1)), *check, *order, row.integer(4)};
}
} // namespace

Result<std::optional<Withdrawal>> SqliteLedger::withdrawal(Withdrawal::What what, const Digest &digest) {
    ZHICHA_ASSIGN(
        Statement * find,
        cached("SELECT digest, what, check_id, order_id, log FROM withdrawn WHERE digest = ?1 AND what = ?2"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, digest).bind(2, static_cast<int>(what)).step());
    if (!found)
        return std::optional<Withdrawal>();
    ZHICHA_ASSIGN(const Withdrawal one, readWithdrawal(*find));
    return std::optional(one);
}

Result<bool> SqliteLedger::anyWithdrawal() {
    ZHICHA_ASSIGN(const std::int64_t any, readCount("SELECT EXISTS(SELECT 1 FROM withdrawn)"));
    return any != 0;
}

Status SqliteLedger::forEachWithdrawal(const std::function<Status(const Withdrawal &)> &visit) {
    ZHICHA_ASSIGN(Statement * all,
                  cached("SELECT digest, what, check_id, order_id, log FROM withdrawn ORDER BY digest, what"));
    return all->forEach([&](Statement &row) -> Status {
        ZHICHA_ASSIGN(const Withdrawal one, readWithdrawal(row));
        return visit(one);
    });
}

Status SqliteLedger::forEachErasureAsked(const std::function<Status(const Uuid &)> &visit) {
    ZHICHA_ASSIGN(Statement * all, cached("SELECT entity FROM operations WHERE kind = 'body.erase_ask' ORDER BY log"));
    return all->forEach([&](Statement &row) -> Status {
        const auto entity = uuidFromBytes(row.blob(0));
        return entity ? visit(*entity) : fail(Code::StoreDamaged, "an operation's entity does not read");
    });
}

Status SqliteLedger::noteWithdrawal(const Withdrawal &withdrawal) {
    ZHICHA_ASSIGN(Statement * put,
                  cached("INSERT INTO withdrawn VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(digest, what) DO UPDATE SET "
                         "check_id = excluded.check_id, order_id = excluded.order_id, log = excluded.log "
                         "WHERE withdrawn.log = 0 AND excluded.log > 0"));
    return put->bind(1, withdrawal.digest)
        .bind(2, static_cast<int>(withdrawal.what))
        .bind(3, withdrawal.check.bytes)
        .bind(4, withdrawal.order.bytes)
        .bind(5, withdrawal.log)
        .run();
}

Status SqliteLedger::dropExpectedWithdrawals() {
    return m_database.execute("DELETE FROM withdrawn WHERE log = 0");
}

Result<std::set<Uuid>> SqliteLedger::eraseBodies(const std::set<Digest> &operations, const Uuid &check) {
    struct Found {
        std::int64_t log = 0;
        Digest bodyDigest{};
    };
    std::vector<Found> found;
    std::set<Uuid> entities;
    // What lost its body before says no more which check it belongs to: a ledger that is folded anew finds it by that.
    ZHICHA_ASSIGN(Statement * all,
                  cached("SELECT log, d, entity, body, body_digest, kind FROM operations WHERE check_id = ?1 UNION ALL "
                         "SELECT log, d, entity, body, body_digest, kind FROM operations WHERE body IS NULL AND "
                         "check_id IS NOT ?1"));
    ZHICHA_TRY(all->bind(1, check.bytes).forEach([&](Statement &row) -> Status {
        const auto d = row.fixed<32>(1);
        if (!d || !operations.contains(*d) || !bodyMayGo(row.text(5)))
            return {};
        if (const auto entity = uuidFromBytes(row.blob(2)))
            entities.insert(*entity);
        found.push_back({row.integer(0), row.isNull(3) ? row.fixed<32>(4).value_or(Digest{}) : sha256(row.blob(3))});
        return {};
    }));
    ZHICHA_ASSIGN(Statement * erase, cached("UPDATE operations SET body = NULL, body_digest = ?2, check_id = CASE WHEN "
                                            "everyone = 0 AND audience_no IS NULL THEN coalesce(check_id, ?3) ELSE "
                                            "check_id END WHERE log = ?1"));
    for (const Found &one : found)
        ZHICHA_TRY(erase->bind(1, one.log).bind(2, one.bodyDigest).bind(3, check.bytes).run());
    return entities;
}

Status SqliteLedger::dropPhotoKey(const Digest &photo) {
    ZHICHA_ASSIGN(Statement * drop, cached("DELETE FROM photo_keys WHERE photo = ?1"));
    return m_seals.change("photo_keys", ByteView(photo), [&] { return drop->bind(1, photo).run(); });
}

Status SqliteLedger::scrub() {
    ZHICHA_CHECK(!m_transaction);
    // A word that went stays in the segments of the index until they are merged.
    ZHICHA_TRY(m_database.execute("INSERT INTO console_check_text(console_check_text) VALUES('optimize'); "
                                  "INSERT INTO console_finding_text(console_finding_text) VALUES('optimize');"));
    // Answers kept for a repeated request, and what officers have half typed about it, may quote what went.
    ZHICHA_TRY(m_database.execute(
        "DELETE FROM console_answers; DELETE FROM drafts WHERE replace(id, '-', '') IN (SELECT lower(hex(entity)) FROM "
        "operations WHERE d IN (SELECT digest FROM withdrawn WHERE what = 0) UNION SELECT lower(hex(check_id)) FROM "
        "withdrawn WHERE what < 2);"));
    ZHICHA_ASSIGN(const std::int64_t pages, m_database.readInteger("PRAGMA page_count"));
    ZHICHA_ASSIGN(const std::int64_t pageSize, m_database.readInteger("PRAGMA page_size"));
    const bool large = pages * pageSize > kInMemoryBytes;
    if (large)
        ZHICHA_TRY(m_database.execute("PRAGMA temp_store=FILE"));
    const Status written = m_database.execute("VACUUM");
    if (large)
        ZHICHA_TRY(m_database.execute("PRAGMA temp_store=MEMORY"));
    ZHICHA_TRY(Status(written));
    return m_database.checkpoint();
}

} // namespace zhicha
