#include "sync-server/office/import_file.h"

#include "shared/base/instant.h"
#include "sync-server/office/ledger_file.h"
#include "sync-server/office/ledger_rows.h"
#include "sync-server/office/papers/paper_plan.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace zhicha {

namespace {

constexpr const char *kReason = "导入台账文件 · import of a ledger file";

struct Planned {
    std::string place;
    ServerOperation operation;
};

struct FileList {
    std::string name; ///< in the file, and of its counts
    std::string type;
    std::string kind; ///< that bears a row
    const std::vector<FileEntry> &entries;
};

bool isReviewers(std::string_view kind) {
    constexpr std::string_view kKinds[] = {"site.put",   "item.register", "item.complete", "event.enter",
                                           "report.ask", "report.submit", "report.return"};
    return std::find(std::begin(kKinds), std::end(kKinds), kind) != std::end(kKinds);
}

cbor::Map extraOf(const EntityRow &row) {
    const cbor::Value *extra = row.value("extra");
    return extra != nullptr && extra->map() != nullptr ? *extra->map() : cbor::Map();
}

/** Names of the fields that a file can carry and that are not the same. */
std::vector<std::string> differences(const cbor::Map &before, const cbor::Map &after) {
    std::vector<std::string> names;
    for (const auto &[name, value] : after)
        if (const auto it = before.find(name); it == before.end() || !(it->second == value))
            names.push_back(name);
    for (const auto &[name, value] : before)
        if (!after.contains(name) && !isOutsideFile(name))
            names.push_back(name);
    return names;
}

class Import {
public:
    Import(Intake &intake, const Actor &actor) : m_intake(intake), m_actor(actor) {}

    Result<nlohmann::json> run(std::string_view text, bool dryRun) {
        const KnowsEntity knows = [this](std::string_view type, const Uuid &entity) -> Result<bool> {
            ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_intake.ledger().rowOf(entity));
            return row && row->type == (type == "unit" ? EntityType::Unit : EntityType::Item);
        };
        ZHICHA_ASSIGN(const LedgerFile file, readLedgerFile(m_intake.keys().ledger, text, knows));
        ZHICHA_TRY(plan(file));
        ZHICHA_TRY(requireRoles());
        if (dryRun) {
            m_answer["dry_run"] = true;
            m_answer["changes"] = m_changes;
            return m_answer;
        }
        if (!m_planned.empty())
            ZHICHA_TRY(write());
        return m_answer;
    }

private:
    Status plan(const LedgerFile &file) {
        for (const FileEntry &item : file.items) {
            m_itemCodes[item.id] = item.code;
            m_itemsOfFile.push_back(item.id);
        }
        ZHICHA_TRY(planTop(file.extra));
        ZHICHA_TRY(planCoded({"units", "unit", "unit.put", file.units}));
        ZHICHA_TRY(planCoded({"sites", "site", "site.put", file.sites}));
        ZHICHA_TRY(planCoded({"items", "item", "item.register", file.items}));
        ZHICHA_TRY(planPlain({"extensions", "extension", "extension.grant", file.extensions}, true));
        ZHICHA_TRY(planPlain({"transfers", "transfer", "transfer.grant", file.transfers}, true));
        ZHICHA_TRY(planPlain({"withdrawals", "withdrawal", "withdrawal.grant", file.withdrawals}, true));
        ZHICHA_TRY(planPlain({"exemptions", "exemption", "exemption.grant", file.exemptions}, true));
        ZHICHA_TRY(planCoded({"events", "event", "event.enter", file.events}));
        ZHICHA_TRY(planCoded({"reports", "report", "report.ask", file.reports}));
        ZHICHA_TRY(planPlain({"ladder", "ladder_step", "ladder.record", file.ladder}, file.hasLadder));
        ZHICHA_TRY(planCoded({"published_rankings", "ranking", "ranking.publish", file.rankings}));
        return planPapers(file);
    }

    /** A paper is taken in as it was issued, under its number; one that is here already must be the same. */
    Status planPapers(const LedgerFile &file) {
        if (file.papers.empty())
            return {};
        auto &counts = m_answer["papers"] = {{"new", 0}, {"changed", 0}, {"same", 0}};
        ZHICHA_ASSIGN(PaperPlan plan, PaperPlan::over(m_intake.ledger(), m_intake.keys().ledger));
        for (const FileEntry &entry : file.papers) {
            ZHICHA_ASSIGN(const bool isNew, plan.issue(entry));
            const char *what = isNew ? "new" : "same";
            counts[what] = counts[what].get<int>() + 1;
            if (isNew)
                note("paper", entry.code, what, {});
        }
        for (const FileEntry &entry : file.papers)
            ZHICHA_TRY(plan.revoke(entry));
        for (const FileEntry &entry : file.receipts)
            ZHICHA_TRY(plan.receive(entry));
        for (PlannedPaper &step : plan.take())
            add(step.place, step.kind, step.id, std::move(step.fields));
        return {};
    }

    Status requireRoles() {
        LedgerWriter &ledger = m_intake.ledger();
        const auto isReviewersStep = [](const Planned &step) { return isReviewers(step.operation.kind); };
        if (!std::all_of(m_planned.begin(), m_planned.end(), isReviewersStep))
            ZHICHA_TRY(requireRole(ledger, m_actor, "chief administrator"));
        if (std::any_of(m_planned.begin(), m_planned.end(), isReviewersStep))
            ZHICHA_TRY(requireRole(ledger, m_actor, "reviewer administrator"));
        return {};
    }

    void add(const std::string &place, const std::string &kind, const Uuid &id, cbor::Map fields, Base base = {}) {
        m_planned.push_back({place, {kind, id, std::move(fields), std::move(base), m_actor.person}});
    }

    /** Unknown fields beside the lists live with the ledger's own row. */
    Status planTop(const cbor::Map &extra) {
        if (extra.empty())
            return {};
        const Uuid &id = m_intake.keys().ledger;
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_intake.ledger().rowOf(id));
        if (!row)
            return fail(Code::StoreDamaged, "the ledger's own row is missing");
        cbor::Map fields = fieldsOfKind(*row, *findKind("ledger.open"));
        cbor::Map merged = extraOf(*row);
        for (const auto &[name, value] : extra)
            merged[name] = value;
        if (merged == extraOf(*row))
            return {};
        fields["extra"] = merged;
        add("the file", "ledger.open", id, std::move(fields));
        note("ledger", "", "changed", {"extra"});
        return {};
    }

    Status planCoded(const FileList &list) {
        auto &counts = m_answer[list.name] = {{"new", 0}, {"changed", 0}, {"same", 0}};
        for (const FileEntry &entry : list.entries) {
            ZHICHA_ASSIGN(const std::optional<EntityRow> found, m_intake.ledger().rowOf(entry.id));
            const EntityRow row = found.value_or(EntityRow{});
            const cbor::Map before = fieldsOfKind(row, *findKind(list.kind));
            std::vector<std::string> changed = differences(before, entry.fields);
            if (found && !changed.empty() && list.type == "item")
                ZHICHA_TRY(planCorrection(entry, changed));
            else if (!changed.empty())
                planPut(list, entry, before);
            const std::vector<std::string> later = list.type == "item"     ? planCompletion(entry, row)
                                                   : list.type == "report" ? planReportDays(entry, row)
                                                                           : std::vector<std::string>();
            changed.insert(changed.end(), later.begin(), later.end());
            const char *what = !found ? "new" : !changed.empty() ? "changed" : "same";
            counts[what] = counts[what].get<int>() + 1;
            if (what != std::string_view("same"))
                note(list.type, entry.code, what, found ? changed : std::vector<std::string>());
        }
        return {};
    }

    void planPut(const FileList &list, const FileEntry &entry, const cbor::Map &before) {
        cbor::Map fields = entry.fields;
        for (const auto &[name, value] : before)
            if (isOutsideFile(name))
                fields.emplace(name, value);
        add(entry.place, list.kind, entry.id, std::move(fields));
    }

    Status planCorrection(const FileEntry &entry, const std::vector<std::string> &changed) {
        cbor::Map fields{{"reason", kReason}};
        for (const std::string &name : changed) {
            if (findKind("item.correct")->field(name) == nullptr)
                return fail(Code::InvalidArgument,
                            entry.place + "." + name + ": other than in the ledger, where it never changes");
            const auto value = entry.fields.find(name);
            fields[name] = value != entry.fields.end() ? value->second : cbor::Value();
        }
        add(entry.place, "item.correct", entry.id, std::move(fields));
        return {};
    }

    /** The file completes the item, completes it otherwise than before, or no longer does. */
    std::vector<std::string> planCompletion(const FileEntry &entry, const EntityRow &row) {
        const bool wasAwarded = row.value("awarded") != nullptr;
        cbor::Map before;
        for (const char *name : {"on", "awarded"})
            if (const cbor::Value *value = row.value(name))
                before[name] = *value;
        if (before == entry.changes)
            return {};
        if (entry.changes.empty()) {
            add(entry.place, "item.reopen", entry.id,
                {{"reopened_on", shanghaiDay(m_intake.clock().nowMs())}, {"reason", kReason}});
        } else {
            cbor::Map fields = entry.changes;
            if (wasAwarded)
                fields.emplace("awarded", cbor::Value()); // cleared: 20 again
            add(entry.place, "item.complete", entry.id, std::move(fields));
        }
        return {"completed_on"};
    }

    std::vector<std::string> planReportDays(const FileEntry &entry, const EntityRow &row) {
        std::vector<std::string> changed;
        cbor::Map submitted, returned;
        for (const char *name : {"submitted_on", "returned_on", "resubmit_due_on", "resubmitted_on"}) {
            const auto now = entry.changes.find(name);
            const cbor::Value *before = row.value(name);
            if (now == entry.changes.end() ? before == nullptr : before != nullptr && *before == now->second)
                continue;
            changed.emplace_back(name);
            cbor::Map &fields = findKind("report.submit")->field(name) != nullptr ? submitted : returned;
            fields[name] = now != entry.changes.end() ? now->second : cbor::Value();
        }
        if (!submitted.empty())
            add(entry.place, "report.submit", entry.id, std::move(submitted));
        if (!returned.empty())
            add(entry.place, "report.return", entry.id, std::move(returned));
        return changed;
    }

    /** Rows without codes: those of one item are held against the file's, in their order.
     *  `covered`: the file says everything about the items that it lists, so that a row of theirs which it lacks goes.
     *  Of each item, what the ledger and the file have in common from the first row on stays; the rest is made void and
     *  written anew, since the order of the rows may decide. */
    Status planPlain(const FileList &list, bool covered) {
        m_answer[list.name] = {{"new", 0}, {"removed", 0}, {"same", 0}};
        std::map<Uuid, std::vector<const FileEntry *>> wanted;
        if (covered)
            for (const Uuid &item : m_itemsOfFile)
                wanted[item];
        for (const FileEntry &entry : list.entries)
            wanted[*entry.fields.find("item")->second.uuid()].push_back(&entry);
        ZHICHA_ASSIGN(const auto held, heldOf(list, wanted));
        std::set<const FileEntry *> kept;
        for (const auto &[item, entries] : wanted) {
            const auto rows = held.find(item);
            if (rows != held.end())
                keepOrRemove(list, entries, rows->second, kept);
        }
        for (const FileEntry &entry : list.entries)
            if (!kept.contains(&entry))
                planNew(list, entry);
        return {};
    }

    using Held = std::map<Uuid, std::vector<RowRecord>>;
    Result<Held> heldOf(const FileList &list, const std::map<Uuid, std::vector<const FileEntry *>> &wanted) {
        Held held;
        if (wanted.empty())
            return held;
        ZHICHA_ASSIGN(std::vector<RowRecord> rows, rowsInOrder(m_intake.ledger(), findKind(list.kind)->entity));
        for (RowRecord &record : rows)
            if (const auto item = record.row.uuid("item"); item && wanted.contains(*item))
                held[*item].push_back(std::move(record));
        return held;
    }

    void keepOrRemove(const FileList &list, const std::vector<const FileEntry *> &entries,
                      const std::vector<RowRecord> &rows, std::set<const FileEntry *> &kept) {
        std::size_t same = 0;
        for (; same < rows.size() && same < entries.size() && isSame(list, *entries[same], rows[same].row); ++same) {
            kept.insert(entries[same]);
            planMet(list, *entries[same], rows[same]);
        }
        for (std::size_t i = same; i < rows.size(); ++i) {
            const FieldRow *standing = rows[i].row.field("void");
            add(list.name, "entity.void", rows[i].entity, {{"void", true}, {"reason", kReason}},
                {{"void", standing != nullptr ? standing->writes : std::vector<Digest>()}});
            count(list, "removed");
            note(list.type, itemCode(*rows[i].row.uuid("item")), "removed", {});
        }
    }

    static bool isSame(const FileList &list, const FileEntry &entry, const EntityRow &row) {
        const bool takenBack = row.value("commitment_met_on") != nullptr && entry.changes.empty();
        return !takenBack && differences(fieldsOfKind(row, *findKind(list.kind)), entry.fields).empty();
    }

    /** A written commitment of the third step that is met now, or on another day. */
    void planMet(const FileList &list, const FileEntry &entry, const RowRecord &record) {
        const auto met = entry.changes.find("commitment_met_on");
        const cbor::Value *before = record.row.value("commitment_met_on");
        if (met == entry.changes.end() || (before != nullptr && *before == met->second))
            return count(list, "same");
        add(entry.place, "ladder.commitment_met", record.entity, entry.changes);
        note(list.type, itemCode(*record.row.uuid("item")), "changed", {"commitment_met_on"});
        auto &counts = m_answer[list.name];
        counts["changed"] = counts.value("changed", 0) + 1;
    }

    void planNew(const FileList &list, const FileEntry &entry) {
        const Uuid id = newUuid(m_intake.clock(), m_intake.random());
        add(entry.place, list.kind, id, entry.fields);
        if (!entry.changes.empty())
            add(entry.place, "ladder.commitment_met", id, entry.changes);
        count(list, "new");
        note(list.type, itemCode(*entry.fields.find("item")->second.uuid()), "new", {});
    }

    void count(const FileList &list, const char *what) {
        auto &number = m_answer[list.name][what];
        number = number.get<int>() + 1;
    }

    std::string itemCode(const Uuid &item) {
        const auto known = m_itemCodes.find(item);
        return known != m_itemCodes.end() ? known->second : codeOf(m_intake.ledger(), item);
    }

    void note(const std::string &type, const std::string &code, const char *what,
              const std::vector<std::string> &fields) {
        m_changes.push_back({{"type", type}, {"code", code}, {"what", what}, {"fields", fields}});
    }

    Status write() {
        ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, m_intake.open());
        for (Planned &planned : m_planned) {
            const auto appended = transaction->append(std::move(planned.operation));
            if (!appended)
                return fail(appended.error().code, planned.place + ": " + appended.error().detail,
                            appended.error().retry);
        }
        const auto committed = transaction->commit();
        return committed ? Status() : Status(committed.error());
    }

    Intake &m_intake;
    const Actor &m_actor;
    std::map<Uuid, std::string> m_itemCodes;
    std::vector<Uuid> m_itemsOfFile;
    std::vector<Planned> m_planned;
    nlohmann::json m_answer = nlohmann::json::object();
    nlohmann::json m_changes = nlohmann::json::array();
};
} // namespace

Result<nlohmann::json> importLedgerFile(Intake &intake, const Actor &actor, std::string_view text, bool dryRun) {
    return Import(intake, actor).run(text, dryRun);
}

} // namespace zhicha
