// The desk, the frame's head and health, the audit trail's pages.
#include "shared/base/instant.h"
#include "sync-server/office/console/check_file.h"
#include "sync-server/office/console/conflict_list.h"
#include "sync-server/office/console/office_lists.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::int64_t kLateCheckpointMs = 15 * 60 * 1000;
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

std::int64_t waiting(const std::vector<RoleGrant> &grants) {
    return std::count_if(grants.begin(), grants.end(),
                         [](const RoleGrant &grant) { return !grant.ended && !grant.inForce; });
}
} // namespace

Result<json> healthJson(LedgerReader &ledger, std::int64_t nowMs) {
    ZHICHA_ASSIGN(const LastTimes times, lastTimes(ledger));
    json items = json::array();
    items.push_back(healthItem("checkpoint", times.size > 0, "账本与检查点一致", "ledger and checkpoint agree",
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
    std::int64_t forks = 0;
    std::int64_t mismatches = 0;
    const Status alarms = ledger.forEachAlarm([&](const Alarm &alarm) -> Status {
        forks += alarm.what == "fork" ? 1 : 0;
        mismatches += alarm.what == "photo_mismatch" ? 1 : 0;
        return {};
    });
    ZHICHA_TRY(alarms);
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
        badge("people", waiting(grants));
    }
    return out;
}

namespace {
class Desk {
public:
    Desk(LedgerReader &ledger, const Uuid &viewer, std::int64_t nowMs)
        : m_ledger(ledger), m_names(ledger), m_viewer(viewer), m_nowMs(nowMs) {}

    Result<json> office() {
        using View = CheckListQuery::View;
        ZHICHA_TRY(figure("to_review", View::Todo));
        ZHICHA_TRY(conflicts());
        ZHICHA_TRY(group("replied", View::Replied, std::nullopt, "督查员已答复", "the inspector has answered"));
        ZHICHA_TRY(
            group("to_review", View::Todo, CheckState::ToReview, "照片齐全，待审", "complete, waits for review"));
        ZHICHA_TRY(group("changed_after_acceptance", View::All, CheckState::ChangedAfterAcceptance, "采信后又有更新",
                         "changed after its acceptance"));
        ZHICHA_TRY(alarms());
        ZHICHA_TRY(devices());
        ZHICHA_TRY(outToday());
        return finish();
    }

    Result<json> security() {
        ZHICHA_ASSIGN(const std::vector<RoleGrant> grants, allGrants(m_ledger));
        json rows = json::array();
        for (const RoleGrant &grant : grants) {
            if (grant.ended || grant.inForce || rows.size() == 3)
                continue;
            json row{{"id", toText(grant.grant)},        {"why", grant.role}, {"why_en", grant.role},
                     {"since", toRfc3339(grant.fromMs)}, {"to", "/people"},   {"items", json::array()}};
            ZHICHA_ASSIGN(row["what"], m_names.name(grant.person));
            rows.push_back(std::move(row));
        }
        if (waiting(grants) > 0)
            m_out["groups"].push_back({{"kind", "roles_to_confirm"}, {"count", waiting(grants)}, {"rows", rows}});
        ZHICHA_TRY(devices());
        return finish();
    }

private:
    Result<json> finish() {
        ZHICHA_ASSIGN(m_out["health"], healthJson(m_ledger, m_nowMs));
        return std::move(m_out);
    }

    Status figure(const char *kind, CheckListQuery::View view) {
        CheckListQuery query;
        query.view = view;
        ZHICHA_ASSIGN(const std::int64_t count, m_ledger.consoleIndex().checkCount(query, kCountedUpTo + 1));
        ZHICHA_ASSIGN(const std::vector<CheckIndexRow> oldest,
                      m_ledger.consoleIndex().checkPage(query, std::nullopt, 1));
        json out{{"kind", kind}, {"count", std::min(count, kCountedUpTo)}, {"capped", count > kCountedUpTo}};
        if (!oldest.empty())
            out["oldest_at"] = toRfc3339(oldest.front().waitingMs);
        m_out["figures"].push_back(std::move(out));
        return {};
    }

    Status group(const char *kind, CheckListQuery::View view, std::optional<CheckState> state, const char *why,
                 const char *whyEn) {
        CheckListQuery query;
        query.view = view;
        query.state = state;
        query.order = CheckListQuery::Order::Wait;
        ZHICHA_ASSIGN(const std::int64_t count, m_ledger.consoleIndex().checkCount(query, kCountedUpTo + 1));
        if (count == 0)
            return {};
        ZHICHA_ASSIGN(const std::vector<CheckIndexRow> oldest,
                      m_ledger.consoleIndex().checkPage(query, std::nullopt, 3));
        json rows = json::array();
        for (const CheckIndexRow &row : oldest) {
            ZHICHA_ASSIGN(json entry, checkRowJson(m_names, row));
            entry.update({{"what", "check"},
                          {"why", why},
                          {"why_en", whyEn},
                          {"since", toRfc3339(row.waitingMs)},
                          {"check", toText(row.check)},
                          {"to", "/checks/" + toText(row.check)}});
            rows.push_back(std::move(entry));
        }
        m_out["groups"].push_back({{"kind", kind},
                                   {"count", std::min(count, kCountedUpTo)},
                                   {"oldest_at", toRfc3339(oldest.front().waitingMs)},
                                   {"rows", std::move(rows)}});
        return {};
    }

    Status conflicts() {
        ZHICHA_ASSIGN(ListPage page, listConflictRows(m_ledger, "", std::nullopt, m_viewer, "desk", "", 3));
        json figure{{"kind", "conflicts"}, {"count", page.count}, {"capped", page.capped}};
        if (!page.rows.empty())
            figure["oldest_at"] = page.rows.front()["since"];
        m_out["figures"].push_back(figure);
        if (page.rows.empty())
            return {};
        for (json &row : page.rows) {
            std::string why;
            for (const json &value : row["values"])
                why +=
                    (why.empty() ? "" : "、") + value["actor"].value("name", "") + "“" + value.value("words", "") + "”";
            row.update({{"what", "conflict"},
                        {"why", why},
                        {"why_en", why},
                        {"items", json::array()},
                        {"to", "/conflicts/" + row["id"].get<std::string>()}});
        }
        m_out["groups"].push_back({{"kind", "conflicts"},
                                   {"count", page.count},
                                   {"oldest_at", page.rows.front()["since"]},
                                   {"rows", std::move(page.rows)}});
        return {};
    }

    /** Forks, mismatches and joins that wait: what nobody sees unless it is shown. */
    Status alarms() {
        std::map<std::string, std::vector<Alarm>> kinds;
        const Status read = m_ledger.forEachAlarm([&](const Alarm &alarm) -> Status {
            kinds[alarm.what].push_back(alarm);
            return {};
        });
        ZHICHA_TRY(read);
        const std::pair<const char *, const char *> kShown[]{
            {"photo_mismatch", "photo_mismatch"}, {"fork", "disputed"}, {"join_waits", "join_waits"}};
        for (const auto &[what, kind] : kShown) {
            const auto it = kinds.find(what);
            if (it == kinds.end())
                continue;
            json rows = json::array();
            for (const Alarm &alarm : it->second)
                if (rows.size() < 3)
                    rows.push_back({{"id", std::to_string(alarm.number)},
                                    {"what", what},
                                    {"why", alarm.detail},
                                    {"why_en", alarm.detail},
                                    {"since", toRfc3339(alarm.atMs)},
                                    {"items", json::array()},
                                    {"to", "/checks?view=all"}});
            m_out["groups"].push_back({{"kind", kind},
                                       {"count", it->second.size()},
                                       {"oldest_at", toRfc3339(it->second.front().atMs)},
                                       {"rows", std::move(rows)}});
        }
        return {};
    }

    Status devices() {
        ZHICHA_ASSIGN(const json rows, deviceRows(m_ledger, m_nowMs, std::nullopt));
        for (const json &row : rows)
            if (row["state"] == "silent")
                m_out["silent_devices"].push_back(row);
        m_out["figures"].push_back(
            {{"kind", "silent_devices"}, {"count", m_out["silent_devices"].size()}, {"capped", false}});
        return {};
    }

    Status outToday() {
        CheckListQuery query;
        query.view = CheckListQuery::View::All;
        query.state = CheckState::UnderWay;
        query.order = CheckListQuery::Order::New;
        ZHICHA_ASSIGN(const std::int64_t count, m_ledger.consoleIndex().checkCount(query, kCountedUpTo));
        m_out["out_today"] = {{"checks", count}};
        return {};
    }

    LedgerReader &m_ledger;
    Names m_names;
    const Uuid m_viewer;
    const std::int64_t m_nowMs;
    json m_out{{"figures", json::array()},
               {"groups", json::array()},
               {"deadlines", json::array()},
               {"silent_devices", json::array()}};
};
} // namespace

Result<json> deskJson(LedgerReader &ledger, const std::set<std::string> &roles, const Uuid &viewer,
                      std::int64_t nowMs) {
    Desk desk(ledger, viewer, nowMs);
    return mayUse(roles, Resource::Checks, Verb::Review) != Reach::None ? desk.office() : desk.security();
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
