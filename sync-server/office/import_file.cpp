#include "sync-server/office/import_file.h"

#include "sync-server/office/ledger_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace zhicha {

namespace {

struct Planned {
    std::string place;
    ServerOperation operation;
};

class Import {
public:
    Import(Intake &intake, const Actor &actor) : m_intake(intake), m_actor(actor) {}

    Result<nlohmann::json> run(std::string_view text, bool dryRun) {
        LedgerWriter &ledger = m_intake.ledger();
        const KnowsUnit knowsUnit = [&ledger](const Uuid &unit) -> Result<bool> {
            ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(unit));
            return row && row->type == EntityType::Unit;
        };
        ZHICHA_ASSIGN(const LedgerFile file, readLedgerFile(m_intake.keys().ledger, text, knowsUnit));
        ZHICHA_TRY(planTop(file.extra));
        ZHICHA_TRY(planList("unit", "unit.put", file.units));
        if (!m_planned.empty())
            ZHICHA_TRY(requireRole(ledger, m_actor, "chief administrator"));
        const std::size_t unitCount = m_planned.size();
        ZHICHA_TRY(planList("site", "site.put", file.sites));
        ZHICHA_TRY(planList("item", "item.register", file.items));
        if (m_planned.size() > unitCount)
            ZHICHA_TRY(requireRole(ledger, m_actor, "reviewer administrator"));
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
    /** Unknown fields beside the lists live with the ledger's own row. */
    Status planTop(const cbor::Map &extra) {
        if (extra.empty())
            return {};
        const Uuid &id = m_intake.keys().ledger;
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_intake.ledger().rowOf(id));
        if (!row)
            return fail(Code::StoreDamaged, "the ledger's own row is missing");
        cbor::Map fields = currentFields(*row, *findKind("ledger.open"));
        cbor::Map merged = extraOf(*row);
        for (const auto &[name, value] : extra)
            merged[name] = value;
        if (merged == extraOf(*row))
            return {};
        fields["extra"] = merged;
        m_planned.push_back({"the file", {"ledger.open", id, std::move(fields), {}, m_actor.person}});
        note("ledger", "", "changed", {"extra"});
        return {};
    }

    Status planList(const std::string &type, const std::string &kind, const std::vector<FileEntry> &entries) {
        auto &counts = m_answer[type + "s"] = {{"new", 0}, {"changed", 0}, {"same", 0}};
        for (const FileEntry &entry : entries) {
            ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_intake.ledger().rowOf(entry.id));
            const std::vector<std::string> changed =
                row ? differences(currentFields(*row, *findKind(kind)), entry.fields) : std::vector<std::string>();
            if (row && type == "item" && !changed.empty())
                return fail(Code::NotYet, entry.place + "." + changed.front() +
                                              ": other than in the ledger; items cannot be corrected by a file yet");
            if (!row || !changed.empty())
                m_planned.push_back({entry.place, {kind, entry.id, entry.fields, {}, m_actor.person}});
            bool completed = false;
            if (type == "item") {
                ZHICHA_ASSIGN(completed, planCompletion(entry, row));
            }
            const char *what = !row ? "new" : !changed.empty() || completed ? "changed" : "same";
            counts[what] = counts[what].get<int>() + 1;
            if (what != std::string_view("same"))
                note(type, entry.code, what, completed && row ? std::vector<std::string>{"completed_on"} : changed);
        }
        return {};
    }

    /** True if the file completes the item, or completes it otherwise than before. */
    Result<bool> planCompletion(const FileEntry &entry, const std::optional<EntityRow> &row) {
        const std::string on = row ? row->text("on") : "";
        const std::string awarded = row ? row->text("awarded") : "";
        if (entry.completedOn.value_or("") == on && entry.awarded.value_or("") == awarded)
            return false;
        if (!entry.completedOn)
            return fail(Code::NotYet, entry.place + ".completed_on: missing, though the ledger has the item completed; "
                                                    "items cannot be reopened by a file yet");
        cbor::Map fields{{"on", *entry.completedOn}};
        if (entry.awarded)
            fields["awarded"] = *entry.awarded;
        else if (!awarded.empty())
            fields["awarded"] = cbor::Value(); // cleared: 20 again
        m_planned.push_back({entry.place, {"item.complete", entry.id, std::move(fields), {}, m_actor.person}});
        return true;
    }

    static cbor::Map currentFields(const EntityRow &row, const KindInfo &kind) {
        cbor::Map fields;
        for (const FieldInfo &field : kind.fields)
            if (const cbor::Value *value = row.value(field.name))
                fields[std::string(field.name)] = *value;
        return fields;
    }

    static cbor::Map extraOf(const EntityRow &row) {
        const cbor::Value *extra = row.value("extra");
        return extra != nullptr && extra->map() != nullptr ? *extra->map() : cbor::Map();
    }

    static std::vector<std::string> differences(const cbor::Map &before, const cbor::Map &after) {
        std::vector<std::string> names;
        for (const auto &[name, value] : after)
            if (const auto it = before.find(name); it == before.end() || !(it->second == value))
                names.push_back(name);
        for (const auto &[name, value] : before)
            if (!after.contains(name))
                names.push_back(name);
        return names;
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
    std::vector<Planned> m_planned;
    nlohmann::json m_answer = nlohmann::json::object();
    nlohmann::json m_changes = nlohmann::json::array();
};
} // namespace

Result<nlohmann::json> importLedgerFile(Intake &intake, const Actor &actor, std::string_view text, bool dryRun) {
    return Import(intake, actor).run(text, dryRun);
}

} // namespace zhicha
