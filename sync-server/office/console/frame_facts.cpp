// The frame's head and health, the audit trail's pages.
#include "shared/base/instant.h"
#include "sync-server/office/console/check_chains.h"
#include "sync-server/office/console/office_lists.h"
#include "sync-server/office/console/troubles.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::int64_t kLateBackupMs = 26 * 60 * 60 * 1000LL;
constexpr std::int64_t kMostBadge = 999;

struct LastTimes {
    std::int64_t size = 0;
    std::int64_t checkpointMs = 0;
    std::int64_t backupMs = 0;
    std::int64_t verifiedMs = 0;
};

Result<LastTimes> lastTimes(LedgerReader &ledger) {
    LastTimes out;
    ZHICHA_ASSIGN(out.size, ledger.leafCount());
    if (out.size > 0) {
        ZHICHA_ASSIGN(const std::optional<LeafRecord> leaf, ledger.leaf(out.size - 1));
        out.checkpointMs = leaf ? leaf->leaf.receivedAtMs : 0;
    }
    const Status read = ledger.forEachRowOfType(EntityType::Backup, [&](const RowRecord &record) -> Status {
        if (!record.row.birth)
            return {};
        ZHICHA_ASSIGN(const std::optional<LogOperation> made,
                      ledger.operationByDigest(record.entity, *record.row.birth));
        const auto envelope =
            made ? decodeEnvelope(made->operation.bytes.envelope) : Result<Envelope>(fail(Code::NotFound, "no birth"));
        if (envelope)
            out.backupMs = std::max(out.backupMs, envelope->time.estimateMs);
        out.verifiedMs = std::max(out.verifiedMs, record.row.integer("verified_at").value_or(0));
        return {};
    });
    ZHICHA_TRY(read);
    return out;
}

json healthItem(const char *kind, bool ok, const std::string &zh, const std::string &en, std::int64_t atMs) {
    json out{{"kind", kind}, {"ok", ok}, {"words", zh}, {"words_en", en}};
    if (atMs > 0)
        out["at"] = toRfc3339(atMs);
    return out;
}

Result<std::int64_t> countState(LedgerReader &ledger, CheckListQuery::View view, std::optional<CheckState> state) {
    CheckListQuery query;
    query.view = view;
    query.state = state;
    return ledger.consoleIndex().checkCount(query, kCountedUpTo + 1);
}

} // namespace

Result<json> healthJson(LedgerReader &ledger, std::int64_t nowMs) {
    ZHICHA_ASSIGN(const LastTimes times, lastTimes(ledger));
    json items = json::array();
    ZHICHA_ASSIGN(const std::int64_t proven, provenSize(ledger));
    const bool agrees = times.size > 0 && proven == times.size;
    items.push_back(healthItem("checkpoint", agrees, agrees ? "账本与检查点一致" : "账本与检查点不符，请立即核查",
                               agrees ? "ledger and checkpoint agree" : "ledger and checkpoint differ: look at once",
                               times.checkpointMs));
    const bool backed = times.backupMs > 0 && nowMs - times.backupMs <= kLateBackupMs;
    items.push_back(healthItem("backup", backed,
                               times.backupMs == 0 ? "还没有备份"
                               : backed            ? "备份已做"
                                                   : "备份超过 26 小时",
                               times.backupMs == 0 ? "no backup yet"
                               : backed            ? "backed up"
                                                   : "the backup is over 26 h old",
                               times.backupMs));
    ZHICHA_ASSIGN(const Troubles troubles, standingTroubles(ledger));
    const auto forks = static_cast<std::int64_t>(troubles.forked.size());
    std::int64_t mismatches = 0;
    for (const CheckTrouble &trouble : troubles.mismatches)
        mismatches += trouble.count;
    items.push_back(healthItem("forks", forks == 0, forks == 0 ? "没有分叉" : "分叉 " + std::to_string(forks) + " 起",
                               forks == 0 ? "no forks" : std::to_string(forks) + " fork(s)", 0));
    items.push_back(healthItem(
        "mismatches", mismatches == 0,
        mismatches == 0 ? "照片指纹全部相符" : "照片指纹不符 " + std::to_string(mismatches) + " 张",
        mismatches == 0 ? "every photo matches its digest" : std::to_string(mismatches) + " photo(s) differ", 0));
    return json{{"items", std::move(items)}};
}

Result<json> headJson(LedgerReader &ledger, const std::set<std::string> &roles, std::int64_t nowMs) {
    ZHICHA_ASSIGN(const LastTimes times, lastTimes(ledger));
    ZHICHA_ASSIGN(const std::int64_t log, ledger.lastLog());
    json out{{"log", log}, {"today", shanghaiDay(nowMs)}, {"badges", json::object()}, {"new_rows", json::object()}};
    out["checkpoint"] = {{"size", times.size}, {"at", toRfc3339(times.checkpointMs)}};
    if (times.backupMs > 0)
        out["backup"] = {{"at", toRfc3339(times.backupMs)}};
    if (times.verifiedMs > 0)
        out["backup"]["verified_at"] = toRfc3339(times.verifiedMs);
    // A checkpoint is made with every commit: it is late only where there would be something to sign.
    out["health"] = times.backupMs > 0 && nowMs - times.backupMs > kLateBackupMs ? "late_backup" : "ok";
    const auto badge = [&](const char *name, std::int64_t count) {
        if (count > 0)
            out["badges"][name] = std::min(count, kMostBadge);
    };
    if (mayUse(roles, Resource::Checks, Verb::Review) != Reach::None) {
        ZHICHA_ASSIGN(const std::int64_t todo, countState(ledger, CheckListQuery::View::Todo, std::nullopt));
        badge("checks", todo);
        ZHICHA_ASSIGN(const std::int64_t contested,
                      ledger.consoleIndex().contestedCount("", std::nullopt, kCountedUpTo));
        badge("conflicts", contested);
    }
    if (mayUse(roles, Resource::Devices, Verb::Read) == Reach::All) {
        ZHICHA_ASSIGN(const json devices, deviceRows(ledger, nowMs, std::nullopt));
        badge("devices", std::count_if(devices.begin(), devices.end(), [](const json &row) {
                  return row["state"] == "silent" || row["state"] == "disputed";
              }));
    }
    if (mayUse(roles, Resource::People, Verb::Confirm) != Reach::None) {
        ZHICHA_ASSIGN(const std::vector<RoleGrant> grants, allGrants(ledger));
        badge("people", std::count_if(grants.begin(), grants.end(),
                                      [](const RoleGrant &grant) { return !grant.ended && !grant.inForce; }));
    }
    return out;
}

Result<ListPage> auditRows(LedgerReader &ledger, const AuditFilter &filter, std::string_view queryText,
                           std::string_view cursor, std::int64_t limit) {
    ZHICHA_ASSIGN(const std::optional<PageMark> after, readCursor(cursor, queryText));
    ZHICHA_ASSIGN(const std::vector<AuditEntry> entries,
                  ledger.audit().auditPage(filter, after ? after->at : 0, limit + 1));
    ZHICHA_ASSIGN(const std::int64_t count, ledger.audit().auditCount(filter, kCountedUpTo + 1));
    ListPage page;
    page.capped = count > kCountedUpTo;
    page.count = std::min(count, kCountedUpTo);
    for (std::size_t i = 0; i < entries.size() && i < static_cast<std::size_t>(limit); ++i) {
        const AuditEntry &entry = entries[i];
        json row{{"number", entry.number}, {"at", toRfc3339(entry.atMs)}, {"act", entry.act},
                 {"result", entry.result}, {"address", entry.address},    {"h", toHex(entry.h)}};
        row["actor"] = {{"name", entry.name}};
        if (entry.person)
            row["actor"]["id"] = toText(*entry.person);
        if (!entry.objectKind.empty())
            row["object"] = {{"kind", entry.objectKind}, {"id", entry.object}};
        if (!entry.code.empty())
            row["code"] = entry.code;
        page.rows.push_back(std::move(row));
    }
    if (entries.size() > static_cast<std::size_t>(limit))
        page.next = writeCursor({entries[static_cast<std::size_t>(limit - 1)].number, {}, {}}, queryText);
    return page;
}

} // namespace zhicha
