#include "mobile/engine/store/run_table.h"

#include "shared/crypto/digest.h"

namespace zhicha {

namespace {
OwnRun runAt(const Statement &row) { // first, last, h, signature, refused
    OwnRun run;
    run.first = row.integer(0);
    run.last = row.integer(1);
    run.h = row.fixed<32>(2).value_or(Digest{});
    run.signature = row.fixed<64>(3).value_or(Signature{});
    run.refused = row.text(4);
    return run;
}
} // namespace

Status RunTable::addOwn(const OwnRun &run) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("INSERT INTO runs_own(first, last, h, signature) "
                                               "VALUES(?1, ?2, ?3, ?4)"));
    return write->bind(1, run.first).bind(2, run.last).bind(3, run.h).bind(4, run.signature).run();
}

Result<std::optional<OwnRun>> RunTable::ownCovering(std::int64_t seq) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT first, last, h, signature, refused FROM runs_own "
                                              "WHERE first <= ?1 ORDER BY first DESC LIMIT 1"));
    const ScopedReset done(*find);
    find->bind(1, seq);
    ZHICHA_ASSIGN(const bool found, find->step());
    if (!found || find->integer(1) < seq)
        return std::optional<OwnRun>();
    return std::optional(runAt(*find));
}

Result<std::int64_t> RunTable::lastCut() {
    return m_sql.database().readInteger("SELECT coalesce(max(last), 0) FROM runs_own");
}

Status RunTable::setRefused(std::int64_t first, std::string_view why) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("UPDATE runs_own SET refused = ?2 WHERE first = ?1"));
    return write->bind(1, first).bind(2, why).run();
}

Result<std::vector<OwnRun>> RunTable::refused() {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT first, last, h, signature, refused FROM runs_own "
                                              "WHERE refused != '' ORDER BY first"));
    std::vector<OwnRun> out;
    ZHICHA_TRY(find->forEach([&](const Statement &row) -> Status {
        out.push_back(runAt(row));
        return {};
    }));
    return out;
}

Status RunTable::addReceipt(std::int64_t generation, const Receipt &receipt, std::string_view checkpoint) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("INSERT INTO receipts VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) "
                                               "ON CONFLICT DO NOTHING"));
    const Bytes encoded = cbor::encode(receiptValue(receipt));
    return write->bind(1, generation)
        .bind(2, receipt.leaf.first)
        .bind(3, receipt.leaf.last)
        .bind(4, receipt.leaf.log)
        .bind(5, receipt.leaf.receivedAtMs)
        .bind(6, encoded)
        .bind(7, checkpoint)
        .run();
}

Result<std::int64_t> RunTable::acknowledged(std::int64_t generation, std::int64_t base) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT first, last FROM receipts WHERE generation = ?1 ORDER BY first"));
    std::int64_t mark = base;
    ZHICHA_TRY(find->bind(1, generation).forEach([&](const Statement &row) -> Status {
        if (row.integer(0) <= mark + 1)
            mark = std::max(mark, row.integer(1));
        return {};
    }));
    return mark;
}

Result<std::optional<StoredReceipt>> RunTable::receiptFor(std::int64_t seq) {
    ZHICHA_ASSIGN(Statement * find,
                  m_sql.get("SELECT generation, first, last, log, received_ms FROM receipts "
                            "WHERE first <= ?1 AND last >= ?1 ORDER BY generation DESC, first DESC LIMIT 1"));
    const ScopedReset done(*find);
    find->bind(1, seq);
    ZHICHA_ASSIGN(const bool found, find->step());
    if (!found)
        return std::optional<StoredReceipt>();
    return std::optional(
        StoredReceipt{find->integer(0), find->integer(1), find->integer(2), find->integer(3), find->integer(4)});
}

Status RunTable::addPulled(const RunBounds &bounds, const Signature &signature, std::int64_t log, std::int64_t origin,
                           bool lacking) {
    ZHICHA_ASSIGN(Statement * write,
                  m_sql.get("INSERT INTO runs_pulled VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
                            "ON CONFLICT DO UPDATE SET origin = CASE WHEN ?9 THEN origin ELSE excluded.origin END"));
    return write->bind(1, bounds.device.view())
        .bind(2, bounds.first)
        .bind(3, bounds.last)
        .bind(4, bounds.h)
        .bind(5, bounds.before)
        .bind(6, signature)
        .bind(7, log)
        .bind(8, origin)
        .bind(9, std::int64_t{lacking})
        .run();
}

namespace {
PulledRun pulledAt(const Statement &row) { // device, first, last, h, before, signature, log
    PulledRun run;
    run.bounds.device = Uuid{row.fixed<16>(0).value_or(std::array<std::uint8_t, 16>{})};
    run.bounds.first = row.integer(1);
    run.bounds.last = row.integer(2);
    run.bounds.h = row.fixed<32>(3).value_or(Digest{});
    run.bounds.before = row.fixed<32>(4).value_or(Digest{});
    run.signature = row.fixed<64>(5).value_or(Signature{});
    run.log = row.integer(6);
    return run;
}
} // namespace

Result<std::vector<PulledRun>> RunTable::unseenSince(std::int64_t generation, std::size_t skip, std::size_t most) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT device, first, last, h, before, signature, log FROM runs_pulled "
                                              "WHERE origin < ?1 ORDER BY log, device, first, last, h "
                                              "LIMIT ?3 OFFSET ?2"));
    std::vector<PulledRun> out;
    ZHICHA_TRY(find->bind(1, generation)
                   .bind(2, static_cast<std::int64_t>(skip))
                   .bind(3, static_cast<std::int64_t>(most))
                   .forEach([&](const Statement &row) -> Status {
                       out.push_back(pulledAt(row));
                       return {};
                   }));
    return out;
}

Status RunTable::noteSeen(const RunBounds &bounds, std::int64_t generation) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("UPDATE runs_pulled SET origin = ?5 WHERE device = ?1 AND first = ?2 "
                                               "AND last = ?3 AND h = ?4"));
    return write->bind(1, bounds.device.view())
        .bind(2, bounds.first)
        .bind(3, bounds.last)
        .bind(4, bounds.h)
        .bind(5, generation)
        .run();
}

Result<std::optional<PulledRun>> RunTable::pulledCovering(const Uuid &device, std::int64_t seq) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT device, first, last, h, before, signature, log FROM runs_pulled "
                                              "WHERE device = ?1 AND first <= ?2 AND last >= ?2 LIMIT 1"));
    const ScopedReset done(*find);
    find->bind(1, device.view()).bind(2, seq);
    ZHICHA_ASSIGN(const bool found, find->step());
    return found ? std::optional(pulledAt(*find)) : std::nullopt;
}

Result<std::vector<StoredReceipt>> RunTable::receiptsBefore(std::int64_t generation, std::size_t most) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT generation, first, last, log, received_ms FROM receipts "
                                              "WHERE generation < ?1 ORDER BY generation DESC, log DESC LIMIT ?2"));
    std::vector<StoredReceipt> out;
    ZHICHA_TRY(
        find->bind(1, generation).bind(2, static_cast<std::int64_t>(most)).forEach([&](const Statement &row) -> Status {
            out.push_back({row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4)});
            return {};
        }));
    return out;
}

Result<std::string> RunTable::newestCheckpointBefore(std::int64_t generation) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT checkpoint FROM receipts WHERE generation < ?1 "
                                              "ORDER BY generation DESC, log DESC LIMIT 1"));
    const ScopedReset done(*find);
    find->bind(1, generation);
    ZHICHA_ASSIGN(const bool found, find->step());
    return found ? std::string(find->text(0)) : std::string();
}

Result<std::optional<ChainHead>> RunTable::lastPulled(const Uuid &device) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT last, h FROM runs_pulled WHERE device = ?1 "
                                              "ORDER BY last DESC LIMIT 1"));
    const ScopedReset done(*find);
    find->bind(1, device.view());
    ZHICHA_ASSIGN(const bool found, find->step());
    if (!found)
        return std::optional<ChainHead>();
    return std::optional(ChainHead{find->integer(0), find->fixed<32>(1).value_or(Digest{})});
}

Status RunTable::park(ByteView run, std::int64_t log, std::string_view code, std::string_view detail) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("INSERT OR REPLACE INTO runs_parked VALUES(?1, ?2, ?3, ?4, ?5)"));
    const Digest digest = sha256(run);
    return write->bind(1, digest).bind(2, log).bind(3, run).bind(4, code).bind(5, detail).run();
}

Status RunTable::unpark(ByteView run) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("DELETE FROM runs_parked WHERE digest = ?1"));
    const Digest digest = sha256(run);
    return write->bind(1, digest).run();
}

Result<std::vector<ParkedRun>> RunTable::parked() {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT log, run, code, detail FROM runs_parked ORDER BY log"));
    std::vector<ParkedRun> out;
    ZHICHA_TRY(find->forEach([&](const Statement &row) -> Status {
        out.push_back({row.integer(0), toBytes(row.blob(1)), std::string(row.text(2)), std::string(row.text(3))});
        return {};
    }));
    return out;
}

} // namespace zhicha
