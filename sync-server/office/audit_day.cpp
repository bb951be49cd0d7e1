#include "sync-server/office/audit_day.h"

#include "shared/base/instant.h"

namespace zhicha {

namespace {
struct DayHead {
    std::string day;
    std::int64_t count = 0;
    Digest digest{};
};

Result<std::vector<DayHead>> headsInLedger(LedgerReader &ledger) {
    std::vector<DayHead> heads;
    const Status read = ledger.forEachRowOfType(EntityType::AuditHead, [&](const RowRecord &record) -> Status {
        const cbor::Value *digest = record.row.value("digest");
        if (digest != nullptr && digest->digest())
            heads.push_back({record.row.text("day"), record.row.integer("count").value_or(0), *digest->digest()});
        return {};
    });
    ZHICHA_TRY(read);
    return heads;
}

constexpr const char *kLastDaySetting = "console/audit_day";
} // namespace

Status putAuditHeads(Intake &intake) {
    LedgerWriter &ledger = intake.ledger();
    const std::string today = shanghaiDay(intake.clock().nowMs());
    ZHICHA_ASSIGN(const std::optional<std::string> lastDay, ledger.setting(kLastDaySetting));
    if (lastDay && *lastDay >= today)
        return {};
    ZHICHA_ASSIGN(const std::vector<DayHead> known, headsInLedger(ledger));
    std::int64_t from = 1;
    for (const DayHead &head : known)
        from = std::max(from, head.count + 1);
    std::map<std::string, DayHead> days;
    const Status read = ledger.audit().forEachAudit(from, [&](const AuditEntry &entry) -> Status {
        const std::string day = shanghaiDay(entry.atMs);
        if (day < today)
            days[day] = {day, entry.number, entry.h};
        return {};
    });
    ZHICHA_TRY(read);
    if (days.empty()) {
        // Nothing for the ledger: no leaf, no new checkpoint.
        ZHICHA_TRY(ledger.begin());
        if (const Status put = ledger.putSetting(kLastDaySetting, today); !put) {
            ledger.rollback();
            return put;
        }
        return ledger.commit();
    }
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
    for (const auto &[day, head] : days) {
        const auto appended = transaction->append(
            {"audit.head", transaction->newId(), {{"day", day}, {"count", head.count}, {"digest", head.digest}}});
        ZHICHA_TRY(appended ? Status() : Status(appended.error()));
    }
    ZHICHA_TRY(ledger.putSetting(kLastDaySetting, today));
    const auto committed = transaction->commit();
    return committed ? Status() : Status(committed.error());
}

Result<std::vector<AuditDamage>> checkAudit(LedgerReader &ledger) {
    std::vector<AuditDamage> damages;
    ZHICHA_ASSIGN(const std::vector<DayHead> heads, headsInLedger(ledger));
    std::map<std::int64_t, Digest> expected;
    for (const DayHead &head : heads)
        expected[head.count] = head.digest;
    Digest h{};
    std::int64_t number = 0;
    const Status read = ledger.audit().forEachAudit(1, [&](const AuditEntry &entry) -> Status {
        if (entry.number != ++number)
            damages.push_back({number, "an entry of the audit trail is missing"});
        number = entry.number;
        h = auditDigest(h, entry);
        if (h != entry.h)
            damages.push_back({entry.number, "an entry of the audit trail was changed"});
        h = entry.h;
        if (const auto it = expected.find(entry.number); it != expected.end() && it->second != entry.h)
            damages.push_back({entry.number, "the audit trail is not the one that the ledger names"});
        return {};
    });
    ZHICHA_TRY(read);
    if (!expected.empty() && number < expected.rbegin()->first)
        damages.push_back({number, "the end of the audit trail is missing"});
    return damages;
}

} // namespace zhicha
