// The desk: what waits for this person, by role (design 10 §8).
#include "shared/base/instant.h"
#include "sync-server/office/console/check_file.h"
#include "sync-server/office/console/conflict_list.h"
#include "sync-server/office/console/office_lists.h"
#include "sync-server/office/console/troubles.h"
#include "sync-server/office/papers/handed_drafts.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::size_t kShown = 3;
constexpr std::int64_t kMostDeadlines = 20;
constexpr std::int64_t kDayOfDeskMs = 24 * 60 * 60 * 1000LL;

std::string roleWords(const std::string &role) {
    static const std::map<std::string, std::string> kWords{{"inspector", "督查员"},    {"team_lead", "组长"},
                                                           {"reviewer", "审核员"},     {"chief", "主任"},
                                                           {"unit_clerk", "承办人"},   {"vice_mayor", "分管副市长"},
                                                           {"mayor", "市长"},          {"administrator", "系统管理员"},
                                                           {"security", "安全管理员"}, {"auditor", "审计员"}};
    const auto it = kWords.find(role);
    return it == kWords.end() ? role : it->second;
}

class Desk {
public:
    Desk(LedgerReader &ledger, const Uuid &viewer, std::int64_t nowMs)
        : m_ledger(ledger), m_names(ledger), m_viewer(viewer), m_nowMs(nowMs) {}

    /** Reviewer and chief; `issues`: papers. */
    Result<json> office(bool issues) {
        using View = CheckListQuery::View;
        ZHICHA_TRY(paperDrafts(issues));
        ZHICHA_TRY(figure("to_review", View::Todo));
        ZHICHA_TRY(conflicts());
        ZHICHA_TRY(group("replied", View::Replied, std::nullopt, "督查员已答复", "the inspector has answered"));
        ZHICHA_TRY(
            group("to_review", View::Todo, CheckState::ToReview, "照片齐全，待审", "complete, waits for review"));
        ZHICHA_TRY(group("changed_after_acceptance", View::All, CheckState::ChangedAfterAcceptance, "采信后又有更新",
                         "changed after its acceptance"));
        ZHICHA_ASSIGN(const Troubles troubles, standingTroubles(m_ledger));
        ZHICHA_TRY(checkTroubles("photo_mismatch", troubles.mismatches, "张原图与登记的指纹不符",
                                 "original(s) differ from their fingerprint"));
        ZHICHA_TRY(forks(troubles));
        ZHICHA_TRY(checkTroubles("join_waits", troubles.joins, "人等待准许加入", "wait(s) to be admitted"));
        ZHICHA_TRY(deadlines());
        ZHICHA_TRY(health());
        return finish();
    }

    /** Own team's checks and tablets, nothing of others. */
    Result<json> teamLead() {
        using View = CheckListQuery::View;
        ZHICHA_ASSIGN(m_among, teamOf(m_ledger, m_viewer));
        ZHICHA_TRY(figure("to_review", View::Todo));
        ZHICHA_TRY(group("returned", View::Returned, std::nullopt, "办公室退回提问，待答复",
                         "returned with a question, waits for an answer"));
        ZHICHA_TRY(group("to_review", View::Todo, CheckState::PhotosArriving, "照片还没有到齐",
                         "photos have not all arrived"));
        ZHICHA_TRY(group("changed_after_acceptance", View::All, CheckState::ChangedAfterAcceptance, "采信后又有更新",
                         "changed after its acceptance"));
        ZHICHA_TRY(deadlines());
        return finish();
    }

    /** Roles to confirm, sign-in alarms, tablets. */
    Result<json> security() {
        ZHICHA_TRY(rolesToConfirm());
        ZHICHA_TRY(signInAlarms());
        ZHICHA_ASSIGN(const Troubles troubles, standingTroubles(m_ledger));
        ZHICHA_TRY(forks(troubles));
        ZHICHA_TRY(health());
        return finish();
    }

private:
    Result<json> finish() {
        ZHICHA_TRY(devices());
        ZHICHA_TRY(outToday());
        return std::move(m_out);
    }
    Status health() {
        ZHICHA_ASSIGN(m_out["health"], healthJson(m_ledger, m_nowMs));
        return {};
    }

    CheckListQuery query(CheckListQuery::View view, std::optional<CheckState> state) const {
        CheckListQuery out;
        out.view = view;
        out.state = state;
        out.order = CheckListQuery::Order::Wait;
        out.among = m_among;
        return out;
    }

    Status figure(const char *kind, CheckListQuery::View view) {
        const CheckListQuery asked = query(view, std::nullopt);
        ZHICHA_ASSIGN(const std::int64_t count, m_ledger.consoleIndex().checkCount(asked, kCountedUpTo + 1));
        ZHICHA_ASSIGN(const std::vector<CheckIndexRow> oldest,
                      m_ledger.consoleIndex().checkPage(asked, std::nullopt, 1));
        json out{{"kind", kind}, {"count", std::min(count, kCountedUpTo)}, {"capped", count > kCountedUpTo}};
        if (!oldest.empty())
            out["oldest_at"] = toRfc3339(oldest.front().waitingMs);
        m_out["figures"].push_back(std::move(out));
        return {};
    }

    Status group(const char *kind, CheckListQuery::View view, std::optional<CheckState> state, const char *why,
                 const char *whyEn) {
        const CheckListQuery asked = query(view, state);
        ZHICHA_ASSIGN(const std::int64_t count, m_ledger.consoleIndex().checkCount(asked, kCountedUpTo + 1));
        if (count == 0)
            return {};
        ZHICHA_ASSIGN(const std::vector<CheckIndexRow> oldest,
                      m_ledger.consoleIndex().checkPage(asked, std::nullopt, kShown));
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
        add(kind, std::min(count, kCountedUpTo), std::move(rows));
        return {};
    }

    /** The oldest row comes first. */
    void add(const char *kind, std::int64_t count, json rows) {
        if (rows.empty())
            return;
        const json oldest = rows.front()["since"];
        m_out["groups"].push_back({{"kind", kind}, {"count", count}, {"oldest_at", oldest}, {"rows", std::move(rows)}});
    }

    static json line(const std::string &id, const std::string &what, const std::string &why, const std::string &whyEn,
                     std::int64_t sinceMs, const std::string &to) {
        return {{"id", id},
                {"what", what},
                {"why", why},
                {"why_en", whyEn},
                {"to", to},
                {"since", toRfc3339(sinceMs)},
                {"items", json::array()}};
    }

    Status conflicts() {
        ZHICHA_ASSIGN(ListPage page, listConflictRows(m_ledger, "", std::nullopt, m_viewer, "desk", "", kShown));
        json figure{{"kind", "conflicts"}, {"count", page.count}, {"capped", page.capped}};
        if (!page.rows.empty())
            figure["oldest_at"] = page.rows.front()["since"];
        m_out["figures"].push_back(figure);
        for (json &row : page.rows) {
            std::string why;
            std::string whyEn;
            for (const json &value : row["values"]) {
                const std::string name = value["actor"].value("name", "");
                why += (why.empty() ? "" : "、") + name + "“" + value.value("words", "") + "”";
                whyEn += (whyEn.empty() ? "" : ", ") + name + " “" + value.value("words_en", "") + "”";
            }
            row.update({{"what", "conflict"},
                        {"why", why},
                        {"why_en", whyEn},
                        {"items", json::array()},
                        {"to", "/conflicts/" + row["id"].get<std::string>()}});
        }
        add("conflicts", page.count, std::move(page.rows));
        return {};
    }

    Status checkTroubles(const char *kind, const std::vector<CheckTrouble> &troubles, const std::string &zh,
                         const std::string &en) {
        json rows = json::array();
        for (std::size_t i = 0; i < troubles.size() && i < kShown; ++i) {
            const CheckTrouble &trouble = troubles[i];
            const std::string id = toText(trouble.check);
            const std::string count = std::to_string(trouble.count);
            json row = line(id, id, count + " " + zh, count + " " + en, trouble.sinceMs, "/checks/" + id);
            ZHICHA_ASSIGN(const std::optional<CheckIndexRow> known, m_ledger.consoleIndex().checkIndex(trouble.check));
            if (known) {
                ZHICHA_ASSIGN(json shown, checkRowJson(m_names, *known));
                shown.update(row);
                row = std::move(shown);
            }
            row["check"] = id;
            rows.push_back(std::move(row));
        }
        add(kind, static_cast<std::int64_t>(troubles.size()), std::move(rows));
        return {};
    }

    Status forks(const Troubles &troubles) {
        json rows = json::array();
        for (std::size_t i = 0; i < troubles.forked.size() && i < kShown; ++i) {
            const ForkedDevice &fork = troubles.forked[i];
            const std::string from = std::to_string(fork.fromSeq);
            ZHICHA_ASSIGN(const std::string name, m_names.deviceName(fork.device));
            rows.push_back(line(toText(fork.device), name, "第 " + from + " 条起有两份不同的记录",
                                "two different records from number " + from + " on", fork.sinceMs, "/devices"));
        }
        add("disputed", static_cast<std::int64_t>(troubles.forked.size()), std::move(rows));
        return {};
    }

    Status rolesToConfirm() {
        ZHICHA_ASSIGN(std::vector<RoleGrant> grants, allGrants(m_ledger));
        std::erase_if(grants, [](const RoleGrant &grant) { return grant.ended || grant.inForce; });
        std::sort(grants.begin(), grants.end(),
                  [](const RoleGrant &a, const RoleGrant &b) { return a.fromMs < b.fromMs; });
        json rows = json::array();
        for (std::size_t i = 0; i < grants.size() && i < kShown; ++i) {
            const RoleGrant &grant = grants[i];
            ZHICHA_ASSIGN(const std::string name, m_names.name(grant.person));
            rows.push_back(line(toText(grant.grant), name, "授予" + roleWords(grant.role) + "，确认后生效",
                                "granted " + grant.role + ", holds once confirmed", grant.fromMs, "/people"));
        }
        add("roles_to_confirm", static_cast<std::int64_t>(grants.size()), std::move(rows));
        return {};
    }

    /** Drafts of papers: for whoever may issue, and those that came back to their drafter. */
    Status paperDrafts(bool issues) {
        ZHICHA_ASSIGN(std::vector<HandedDraft> drafts, handedDrafts(m_ledger));
        json toIssue = json::array(), returned = json::array();
        std::int64_t waiting = 0, back = 0;
        for (const HandedDraft &draft : drafts) {
            if (draft.returned ? draft.drafter != m_viewer : !issues)
                continue;
            json &rows = draft.returned ? returned : toIssue;
            ++(draft.returned ? back : waiting);
            if (rows.size() == kShown)
                continue;
            const std::string id = toText(draft.id);
            rows.push_back(draft.returned
                               ? line(id, draft.title, draft.returnedBy + "退回：" + draft.reason,
                                      "returned by " + draft.returnedBy + ": " + draft.reason, draft.sinceMs,
                                      "/papers?view=waiting&draft=" + id)
                               : line(id, draft.title, draft.drafterName + "报签", "handed on by " + draft.drafterName,
                                      draft.sinceMs, "/papers?view=waiting&draft=" + id));
        }
        if (issues) {
            json figure{{"kind", "papers_to_issue"}, {"count", waiting}, {"capped", false}};
            if (waiting > 0)
                figure["oldest_at"] = toIssue.front()["since"];
            m_out["figures"].push_back(std::move(figure));
        }
        add("papers_to_issue", waiting, std::move(toIssue));
        add("papers_returned", back, std::move(returned));
        return {};
    }

    /** Accounts that were locked by failed attempts within a day, each once, by its last lock. */
    Status signInAlarms() {
        AuditFilter filter;
        filter.result = "refused";
        filter.fromMs = m_nowMs - kDayOfDeskMs;
        ZHICHA_ASSIGN(const std::vector<AuditEntry> entries, m_ledger.audit().auditPage(filter, 0, kCountedUpTo));
        std::map<std::string, AuditEntry> locked;
        for (const AuditEntry &entry : entries)
            if (entry.code == "locked")
                locked.emplace(entry.person ? toText(*entry.person) : entry.address, entry);
        std::vector<AuditEntry> sorted;
        for (auto &[who, entry] : locked)
            sorted.push_back(std::move(entry));
        std::sort(sorted.begin(), sorted.end(),
                  [](const AuditEntry &a, const AuditEntry &b) { return a.atMs < b.atMs; });
        json rows = json::array();
        for (std::size_t i = 0; i < sorted.size() && i < kShown; ++i) {
            const AuditEntry &entry = sorted[i];
            const bool known = entry.person.has_value();
            rows.push_back(line(std::to_string(entry.number), known ? entry.name : entry.address,
                                known ? "连续输错，账号已锁定" : "此地址连续尝试登录被拒",
                                known ? "locked after failed attempts" : "refused after many attempts from here",
                                entry.atMs, "/people"));
        }
        add("sign_in_alarms", static_cast<std::int64_t>(sorted.size()), std::move(rows));
        return {};
    }

    Status devices() {
        ZHICHA_ASSIGN(const json rows, deviceRows(m_ledger, m_nowMs, m_among));
        json figure{{"kind", "silent_devices"}, {"capped", false}};
        for (const json &row : rows) // the longest silent first
            if (row["state"] == "silent")
                m_out["silent_devices"].push_back(row);
        figure["count"] = m_out["silent_devices"].size();
        if (!m_out["silent_devices"].empty() && m_out["silent_devices"].front().contains("last_contact"))
            figure["oldest_at"] = m_out["silent_devices"].front()["last_contact"];
        m_out["figures"].push_back(std::move(figure));
        return {};
    }

    /** Checks under way of which something came today, and the tablets that they are on. */
    Status outToday() {
        CheckListQuery asked = query(CheckListQuery::View::All, CheckState::UnderWay);
        asked.order = CheckListQuery::Order::New;
        ZHICHA_ASSIGN(const std::vector<CheckIndexRow> rows,
                      m_ledger.consoleIndex().checkPage(asked, std::nullopt, kCountedUpTo));
        std::set<std::string> tablets;
        std::int64_t checks = 0;
        std::optional<std::int64_t> sinceMs;
        const std::string today = shanghaiDay(m_nowMs);
        for (const CheckIndexRow &row : rows) {
            if (shanghaiDay(row.waitingMs) != today)
                continue;
            ++checks;
            sinceMs = std::min(sinceMs.value_or(row.receivedMs), row.receivedMs);
            ZHICHA_ASSIGN(const json shown, checkRowJson(m_names, row));
            if (shown.contains("devices"))
                for (const json &device : shown["devices"])
                    tablets.insert(device.get<std::string>());
        }
        m_out["out_today"] = {{"checks", checks}, {"devices", tablets.size()}};
        if (sinceMs)
            m_out["out_today"]["since"] = toRfc3339(*sinceMs);
        return {};
    }

    /** Until when answers are awaited, soonest first. */
    Status deadlines() {
        ZHICHA_ASSIGN(const std::vector<CheckIndexRow> rows,
                      m_ledger.consoleIndex().checkPage(query(CheckListQuery::View::Returned, std::nullopt),
                                                        std::nullopt, kCountedUpTo));
        std::vector<std::pair<std::string, json>> due;
        for (const CheckIndexRow &row : rows) {
            const json details = json::parse(row.details, nullptr, false);
            const auto at = details.is_object() && details.contains("due_at")
                                ? fromRfc3339(details["due_at"].get<std::string>())
                                : std::nullopt;
            if (at)
                due.emplace_back(shanghaiDay(*at), json{{"on", shanghaiDay(*at)},
                                                        {"what", "等督查员答复"},
                                                        {"what_en", "an answer is awaited"},
                                                        {"check", toText(row.check)},
                                                        {"number", row.number}});
        }
        std::stable_sort(due.begin(), due.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
        for (std::int64_t i = 0; i < kMostDeadlines && i < static_cast<std::int64_t>(due.size()); ++i)
            m_out["deadlines"].push_back(std::move(due[static_cast<std::size_t>(i)].second));
        return {};
    }

    LedgerReader &m_ledger;
    Names m_names;
    const Uuid m_viewer;
    const std::int64_t m_nowMs;
    std::optional<std::vector<Uuid>> m_among; ///< only checks and tablets of these
    json m_out{{"figures", json::array()},
               {"groups", json::array()},
               {"deadlines", json::array()},
               {"silent_devices", json::array()}};
};
} // namespace

Result<json> deskJson(LedgerReader &ledger, const std::set<std::string> &roles, const Uuid &viewer,
                      std::int64_t nowMs) {
    Desk desk(ledger, viewer, nowMs);
    if (mayUse(roles, Resource::Checks, Verb::Review) != Reach::None)
        return desk.office(mayUse(roles, Resource::Papers, Verb::Issue) != Reach::None);
    return mayUse(roles, Resource::Desk, Verb::Read) == Reach::Team ? desk.teamLead() : desk.security();
}

} // namespace zhicha
