#include "sync-server/office/export_file.h"

#include "shared/json/json_text.h"
#include "sync-server/office/ledger_rows.h"

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

    Result<std::string> writeWhole() {
        JsonText root{JsonText::Kind::Object, {}, {}, {}};
        ZHICHA_TRY(readGrants());
        ZHICHA_TRY(addCoded(root, "units", EntityType::Unit, &FileWriter::unit));
        ZHICHA_TRY(addCoded(root, "sites", EntityType::Site, &FileWriter::site));
        // A file without sites has no such list; the others are always there.
        if (root.members.back().value.isEmptyList())
            root.members.pop_back();
        ZHICHA_TRY(addCoded(root, "items", EntityType::Item, &FileWriter::item));
        ZHICHA_TRY(addCoded(root, "events", EntityType::Event, &FileWriter::event));
        ZHICHA_TRY(addCoded(root, "reports", EntityType::Report, &FileWriter::report));
        ZHICHA_TRY(addList(root, "ladder", EntityType::LadderStep, &FileWriter::ladderRow));
        ZHICHA_TRY(addList(root, "published_rankings", EntityType::Ranking, &FileWriter::ranking));
        ZHICHA_TRY(readPapers());
        ZHICHA_TRY(addList(root, "papers", EntityType::Paper, &FileWriter::paper));
        if (root.members.back().value.isEmptyList())
            root.members.pop_back();
        ZHICHA_TRY(addTop(root));
        std::string out = writeJsonText(root);
        out += '\n';
        return out;
    }

private:
    using Write = void (FileWriter::*)(JsonText &, const RowRecord &);

    Status addCoded(JsonText &root, const char *name, EntityType type, Write write) {
        m_coded = true;
        Status added = addList(root, name, type, write);
        m_coded = false;
        return added;
    }

    /** What belongs to an item that is void, or that is not here, is left out with it; an event stands without one. */
    [[nodiscard]] bool isLeftOut(const EntityRow &row) const {
        if (m_coded && row.text("code").empty())
            return true;
        const bool ofItem = row.type == EntityType::Report || row.type == EntityType::LadderStep;
        return ofItem && !m_itemCodes.contains(row.uuid("item").value_or(Uuid{}));
    }

    Status addList(JsonText &root, const char *name, EntityType type, Write write) {
        ZHICHA_ASSIGN(const std::vector<RowRecord> rows, rowsInOrder(m_ledger, type));
        for (const RowRecord &record : rows) {
            if (type == EntityType::Unit)
                m_unitCodes[record.entity] = record.row.text("code");
            if (type == EntityType::Item)
                m_itemCodes[record.entity] = record.row.text("code");
        }
        JsonText list{JsonText::Kind::Array, {}, {}, {}};
        for (const RowRecord &record : rows) {
            if (isLeftOut(record.row))
                continue;
            JsonText out{JsonText::Kind::Object, {}, {}, {}};
            if (m_coded)
                out.add("id", textOf(record.row.text("code")));
            (this->*write)(out, record);
            ZHICHA_TRY(addExtra(out, record.row));
            list.items.push_back(std::move(out));
        }
        root.add(name, std::move(list));
        return {};
    }

    /** What was decided about items, by item, as the objects that the file has of it. */
    Status readGrants() {
        struct List {
            EntityType type;
            const char *name;
            Write write;
        };
        for (const List &list : {List{EntityType::Extension, "extensions", &FileWriter::extension},
                                 {EntityType::Transfer, "transfers", &FileWriter::transfer},
                                 {EntityType::Withdrawal, "withdrawal", &FileWriter::withdrawal},
                                 {EntityType::Exemption, "exemptions", &FileWriter::exemption}}) {
            ZHICHA_ASSIGN(const std::vector<RowRecord> rows, rowsInOrder(m_ledger, list.type));
            for (const RowRecord &record : rows) {
                const auto item = record.row.uuid("item");
                if (!item)
                    continue;
                JsonText out{JsonText::Kind::Object, {}, {}, {}};
                (this->*list.write)(out, record);
                ZHICHA_TRY(addExtra(out, record.row));
                m_grants[*item][list.name].push_back(std::move(out));
            }
        }
        return {};
    }

    void addGrants(JsonText &out, const Uuid &item) {
        const auto found = m_grants.find(item);
        if (found == m_grants.end())
            return;
        for (auto &[name, rows] : found->second) {
            if (name == "withdrawal")
                out.add(name, std::move(rows.back())); // there is one; of several the last holds
            else
                out.add(name, JsonText{JsonText::Kind::Array, {}, std::move(rows), {}});
        }
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

    void addUnit(JsonText &out, const EntityRow &row, const char *name) {
        if (const auto unit = row.uuid(name))
            out.add(name, textOf(unitCode(*unit)));
    }
    void addUnits(JsonText &out, const EntityRow &row, const char *name) {
        const cbor::Value *units = row.value(name);
        if (units == nullptr || units->array() == nullptr)
            return;
        JsonText list{JsonText::Kind::Array, {}, {}, {}};
        for (const cbor::Value &unit : *units->array())
            list.items.push_back(textOf(unitCode(unit.uuid().value_or(Uuid{}))));
        out.add(name, std::move(list));
    }
    void addItem(JsonText &out, const EntityRow &row) {
        const auto item = row.uuid("item");
        if (!item)
            return;
        const auto known = m_itemCodes.find(*item);
        out.add("item", textOf(known != m_itemCodes.end() ? known->second : codeOf(m_ledger, *item)));
    }

    void unit(JsonText &out, const RowRecord &record) {
        for (const char *name : {"name", "group", "vice_mayor"})
            addText(out, record.row, name);
    }
    void site(JsonText &out, const RowRecord &record) {
        const EntityRow &row = record.row;
        addText(out, row, "name");
        addUnit(out, row, "unit");
        addScaled(out, row, "lat", "lat", 7);
        addScaled(out, row, "lon", "lon", 7);
        addScaled(out, row, "radius_m", "radius_mm", 3);
        addText(out, row, "address");
        if (row.text("crs") != "WGS-84")
            addText(out, row, "crs");
    }
    void item(JsonText &out, const RowRecord &record) {
        const EntityRow &row = record.row;
        addText(out, row, "number");
        addText(out, row, "title");
        addScaled(out, row, "source", "source", 0);
        addText(out, row, "kind");
        addUnit(out, row, "lead");
        addUnits(out, row, "cooperating");
        for (const char *name : {"issued_on", "due_on", "responsible_person", "supervisor", "content", "requirement",
                                 "standard", "effect", "source_document"})
            addText(out, row, name);
        if (!row.text("on").empty())
            out.add("completed_on", textOf(row.text("on")));
        if (!row.text("awarded").empty())
            out.add("awarded", numberOf(row.text("awarded")));
        addGrants(out, record.entity);
    }
    void extension(JsonText &out, const RowRecord &record) {
        for (const char *name : {"approved_on", "approved_by", "new_due_on", "reason"})
            addText(out, record.row, name);
    }
    void transfer(JsonText &out, const RowRecord &record) {
        addText(out, record.row, "on");
        addUnit(out, record.row, "to");
        for (const char *name : {"signed_from", "signed_to"})
            addText(out, record.row, name);
    }
    void withdrawal(JsonText &out, const RowRecord &record) {
        for (const char *name : {"on", "reviewed_by", "agreed_by", "ground"})
            addText(out, record.row, name);
    }
    void exemption(JsonText &out, const RowRecord &record) {
        for (const char *name : {"from", "until", "approved_by", "reason"})
            addText(out, record.row, name);
    }
    void event(JsonText &out, const RowRecord &record) {
        const EntityRow &row = record.row;
        addUnit(out, row, "unit");
        addText(out, row, "rule");
        addText(out, row, "on");
        addItem(out, row);
        addText(out, row, "document");
        addText(out, row, "recipient");
        addUnit(out, row, "reported_by");
    }
    void report(JsonText &out, const RowRecord &record) {
        const EntityRow &row = record.row;
        addItem(out, row);
        addUnit(out, row, "unit");
        addText(out, row, "due_on");
        if (row.text("submitted_on").empty())
            out.add("submitted_on", JsonText{});
        for (const char *name : {"submitted_on", "returned_on", "resubmit_due_on", "resubmitted_on"})
            addText(out, row, name);
    }
    void ladderRow(JsonText &out, const RowRecord &record) {
        const EntityRow &row = record.row;
        addItem(out, row);
        addScaled(out, row, "step", "step", 0);
        for (const char *name : {"on", "commitment", "commitment_due_on", "commitment_met_on"})
            addText(out, row, name);
    }
    void ranking(JsonText &out, const RowRecord &record) {
        addText(out, record.row, "month");
        addText(out, record.row, "published_on");
        addUnits(out, record.row, "winners");
    }

    /** Numbers of papers, and who received them. */
    Status readPapers() {
        ZHICHA_TRY(m_ledger.forEachRowOfType(EntityType::Paper, [&](const RowRecord &record) -> Status {
            m_paperNumbers[record.entity] = record.row.text("number");
            return {};
        }));
        ZHICHA_ASSIGN(const std::vector<RowRecord> receipts, rowsInOrder(m_ledger, EntityType::PaperReceipt));
        for (const RowRecord &record : receipts) {
            JsonText out{JsonText::Kind::Object, {}, {}, {}};
            addUnit(out, record.row, "unit");
            addText(out, record.row, "read_on");
            m_receipts[record.row.uuid("paper").value_or(Uuid{})].push_back(std::move(out));
        }
        return {};
    }

    void paper(JsonText &out, const RowRecord &record) {
        const EntityRow &row = record.row;
        for (const char *name : {"number", "kind", "level", "title"})
            addText(out, row, name);
        addUnits(out, row, "to");
        JsonText copies{JsonText::Kind::Array, {}, {}, {}};
        if (const cbor::Value *list = row.value("copies"); list != nullptr && list->array() != nullptr)
            for (const cbor::Value &copy : *list->array())
                copies.items.push_back(textOf(copy.text() != nullptr ? *copy.text() : std::string()));
        out.add("copies", std::move(copies));
        addText(out, row, "issued_on");
        addItem(out, row);
        for (const char *name : {"month", "content"})
            addText(out, row, name);
        if (const auto by = row.uuid("revoked_by")) {
            out.add("revoked_by", textOf(m_paperNumbers[*by]));
            addText(out, row, "revoked_on");
            out.add("revoked_reason", textOf(row.text("reason")));
        }
        if (const auto received = m_receipts.find(record.entity); received != m_receipts.end())
            out.add("received", JsonText{JsonText::Kind::Array, {}, std::move(received->second), {}});
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
    bool m_coded = false; ///< rows of the list that is written have codes
    std::map<Uuid, std::string> m_unitCodes;
    std::map<Uuid, std::string> m_itemCodes; ///< of those that are not void
    std::map<Uuid, std::map<std::string, std::vector<JsonText>>> m_grants;
    std::map<Uuid, std::string> m_paperNumbers;
    std::map<Uuid, std::vector<JsonText>> m_receipts; ///< by paper
};
} // namespace

Result<std::string> exportLedgerFile(LedgerReader &ledger) {
    return FileWriter(ledger).writeWhole();
}

} // namespace zhicha
