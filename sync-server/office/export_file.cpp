#include "sync-server/office/export_file.h"

#include "sync-server/office/ledger_file.h"

#include <algorithm>

namespace zhicha {

namespace {

JsonText textOf(std::string text) {
    return {JsonText::Kind::String, std::move(text), {}, {}};
}
JsonText numberOf(std::string text) {
    return {JsonText::Kind::Number, std::move(text), {}, {}};
}

class FileWriter {
public:
    explicit FileWriter(LedgerReader &ledger) : m_ledger(ledger) {}

    Result<std::string> write() {
        JsonText root{JsonText::Kind::Object, {}, {}, {}};
        ZHICHA_TRY(
            addList(root, "units", EntityType::Unit, [&](JsonText &out, const EntityRow &row) { unit(out, row); }));
        ZHICHA_TRY(
            addList(root, "sites", EntityType::Site, [&](JsonText &out, const EntityRow &row) { site(out, row); }));
        // A file without sites has no such list; the others are always there.
        if (root.members.back().value.isEmptyList())
            root.members.pop_back();
        ZHICHA_TRY(
            addList(root, "items", EntityType::Item, [&](JsonText &out, const EntityRow &row) { item(out, row); }));
        for (const std::string_view name : {"events", "reports", "ladder", "published_rankings"})
            root.add(name, JsonText{JsonText::Kind::Array, {}, {}, {}});
        ZHICHA_TRY(addTop(root));
        std::string out = writeJsonText(root);
        out += '\n';
        return out;
    }

private:
    using Write = std::function<void(JsonText &, const EntityRow &)>;

    Status addList(JsonText &root, const char *name, EntityType type, const Write &write) {
        std::vector<RowRecord> rows;
        ZHICHA_TRY(m_ledger.forEachRowOfType(type, [&](const RowRecord &record) -> Status {
            if (!record.row.isVoid() && !record.row.text("code").empty())
                rows.push_back(record);
            return {};
        }));
        std::vector<std::pair<std::int64_t, const EntityRow *>> order;
        for (const RowRecord &record : rows) {
            if (type == EntityType::Unit)
                m_unitCodes[record.entity] = record.row.text("code");
            std::int64_t log = 0;
            if (record.row.birth) {
                ZHICHA_ASSIGN(const std::optional<LogOperation> birth,
                              m_ledger.operationByDigest(record.entity, *record.row.birth));
                log = birth ? birth->log : 0;
            }
            order.emplace_back(log, &record.row);
        }
        std::stable_sort(order.begin(), order.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
        JsonText list{JsonText::Kind::Array, {}, {}, {}};
        for (const auto &[log, row] : order) {
            JsonText out{JsonText::Kind::Object, {}, {}, {}};
            out.add("id", textOf(row->text("code")));
            write(out, *row);
            ZHICHA_TRY(addExtra(out, *row));
            list.items.push_back(std::move(out));
        }
        root.add(name, std::move(list));
        return {};
    }

    static void addText(JsonText &out, const EntityRow &row, const char *name) {
        if (const cbor::Value *value = row.value(name); value != nullptr && value->text() != nullptr)
            out.add(name, textOf(*value->text()));
    }
    static void addScaled(JsonText &out, const EntityRow &row, const char *name, const char *field, int digits) {
        if (const auto value = row.integer(field))
            out.add(name, numberOf(decimalText(*value, digits)));
    }
    [[nodiscard]] std::string unitCode(const Uuid &unit) const {
        const auto it = m_unitCodes.find(unit);
        return it == m_unitCodes.end() ? codeOf(m_ledger, unit) : it->second;
    }

    static void unit(JsonText &out, const EntityRow &row) {
        for (const char *name : {"name", "group", "vice_mayor"})
            addText(out, row, name);
    }
    void site(JsonText &out, const EntityRow &row) {
        addText(out, row, "name");
        if (const auto unit = row.uuid("unit"))
            out.add("unit", textOf(unitCode(*unit)));
        addScaled(out, row, "lat", "lat", 7);
        addScaled(out, row, "lon", "lon", 7);
        addScaled(out, row, "radius_m", "radius_mm", 3);
        addText(out, row, "address");
        if (row.text("crs") != "WGS-84")
            addText(out, row, "crs");
    }
    void item(JsonText &out, const EntityRow &row) {
        addText(out, row, "number");
        addText(out, row, "title");
        if (const auto source = row.integer("source"))
            out.add("source", numberOf(std::to_string(*source)));
        addText(out, row, "kind");
        if (const auto lead = row.uuid("lead"))
            out.add("lead", textOf(unitCode(*lead)));
        JsonText cooperating{JsonText::Kind::Array, {}, {}, {}};
        if (const cbor::Value *units = row.value("cooperating"); units != nullptr && units->array() != nullptr)
            for (const cbor::Value &unit : *units->array())
                cooperating.items.push_back(textOf(unitCode(unit.uuid().value_or(Uuid{}))));
        out.add("cooperating", std::move(cooperating));
        for (const char *name : {"issued_on", "due_on", "responsible_person", "supervisor", "content", "requirement",
                                 "standard", "effect", "source_document"})
            addText(out, row, name);
        if (!row.text("on").empty())
            out.add("completed_on", textOf(row.text("on")));
        if (!row.text("awarded").empty())
            out.add("awarded", numberOf(row.text("awarded")));
    }

    /** What was kept as JSON text. It also says how a number was written that the ledger keeps as an integer. */
    static Status addExtra(JsonText &out, const EntityRow &row) {
        const cbor::Value *extra = row.value("extra");
        if (extra == nullptr || extra->map() == nullptr)
            return {};
        for (const auto &[name, kept] : *extra->map()) {
            if (kept.text() == nullptr)
                continue;
            ZHICHA_ASSIGN(JsonText value, parseJsonText(*kept.text()));
            const auto known = std::find_if(out.members.begin(), out.members.end(),
                                            [&key = name](const auto &member) { return member.name == key; });
            if (known == out.members.end())
                out.add(name, std::move(value));
            else if (value.kind == JsonText::Kind::Number)
                known->value = std::move(value);
        }
        return {};
    }

    Status addTop(JsonText &root) {
        ZHICHA_ASSIGN(const std::optional<std::string> id, m_ledger.setting("ledger"));
        const auto ledger = id ? uuidFromText(*id) : std::nullopt;
        if (!ledger)
            return fail(Code::StoreDamaged, "the ledger's id is missing");
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_ledger.rowOf(*ledger));
        return row ? addExtra(root, *row) : Status();
    }

    LedgerReader &m_ledger;
    std::map<Uuid, std::string> m_unitCodes;
};
} // namespace

Result<std::string> exportLedgerFile(LedgerReader &ledger) {
    return FileWriter(ledger).write();
}

} // namespace zhicha
