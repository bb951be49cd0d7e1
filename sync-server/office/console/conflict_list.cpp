#include "sync-server/office/console/conflict_list.h"

#include "shared/base/instant.h"
#include "sync-server/office/console/check_detail.h"
#include "sync-server/office/console/check_feed.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;

namespace {
/** Checks of one page are loaded once each. */
class FileCache {
public:
    explicit FileCache(LedgerReader &ledger) : m_ledger(ledger) {}
    Result<const CheckFile *> file(const Uuid &check) {
        if (const auto it = m_files.find(check); it != m_files.end())
            return &it->second;
        ZHICHA_ASSIGN(CheckFile loaded, loadCheckFile(m_ledger, check));
        return &m_files.emplace(check, std::move(loaded)).first->second;
    }

private:
    LedgerReader &m_ledger;
    std::map<Uuid, CheckFile> m_files;
};

Status addPlace(LedgerReader &ledger, Names &names, const CheckFile &file, json &out) {
    out["check"] = toText(file.view.id);
    ZHICHA_ASSIGN(const std::optional<std::string> number, ledger.setting("numbered/" + toText(file.view.id)));
    if (number)
        out["number"] = *number;
    const auto site = file.view.check ? file.view.check->uuid("site") : std::nullopt;
    if (!site)
        return {};
    ZHICHA_ASSIGN(out["site"], names.ref(*site));
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(*site));
    if (const auto unit = row ? row->uuid("unit") : std::nullopt) {
        ZHICHA_ASSIGN(out["unit"], names.ref(*unit));
    }
    return {};
}

const RowRecord *recordOf(const CheckFile &file, const Uuid &entity, RowRecord &ofCheck) {
    if (entity == file.view.id && file.view.check) {
        ofCheck = {entity, *file.view.check, {}};
        return &ofCheck;
    }
    for (const RowRecord &record : file.view.rows)
        if (record.entity == entity)
            return &record;
    return nullptr;
}

Result<json> contestedRowJson(LedgerReader &ledger, Names &names, const CheckFile &file, const RowRecord &record,
                              const FieldRow &field, const std::optional<Uuid> &viewer) {
    json out{{"id", toText(record.entity) + "." + field.name},
             {"entity", toText(record.entity)},
             {"entity_type", std::string(entityTypeName(record.row.type))},
             {"field", field.name},
             {"affected_papers", json::array()}};
    ZHICHA_TRY(addPlace(ledger, names, file, out));
    ZHICHA_ASSIGN(out["values"], valuesJson(ledger, names, file, record, field));
    std::int64_t since = 0;
    for (const Digest &d : field.writes)
        if (const FileOperation *write = file.find(d))
            since = std::max(since, write->bounds.receivedMs);
    out["since"] = toRfc3339(since);
    const std::vector<Uuid> &people = file.view.inspectors();
    const bool recused = viewer && std::find(people.begin(), people.end(), *viewer) != people.end();
    out["may_decide"] = recused ? json("recused") : json(true);
    if (record.row.type == EntityType::Finding)
        out["no"] = numberOf(file, record.entity);
    return out;
}

/** What everybody who disagrees had seen before: the newest write that all their bases go back to. */
json commonBase(const CheckFile &file, const RowRecord &record, const FieldRow &field) {
    const FileOperation *found = nullptr;
    for (const FileOperation &operation : file.operations) {
        if (operation.entity != record.entity || !operation.fields.contains(field.name))
            continue;
        if (std::find(field.writes.begin(), field.writes.end(), operation.d) != field.writes.end())
            break;
        found = &operation;
    }
    if (found == nullptr)
        return nullptr;
    const json value = plainJson(found->fields.find(field.name)->second);
    const auto [zh, en] = valueWords(field.name, value);
    return {{"value", value}, {"words", zh}, {"words_en", en}, {"log", found->log}, {"span", spanJson(file, *found)}};
}
} // namespace

Result<json> conflictJson(LedgerReader &ledger, const Uuid &entity, const std::string &name,
                          const std::optional<Uuid> &viewer, bool whole) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(entity));
    const std::optional<Uuid> check = row && row->type == EntityType::Check ? std::optional(entity)
                                      : row                                 ? row->check
                                                                            : std::nullopt;
    if (!row || !check)
        return fail(Code::NotFound, "no such conflict");
    ZHICHA_ASSIGN(const CheckFile file, loadCheckFile(ledger, *check));
    RowRecord ofCheck;
    const RowRecord *record = recordOf(file, entity, ofCheck);
    const FieldRow *field = record != nullptr ? record->row.field(name) : nullptr;
    if (field == nullptr || field->values.size() < 2)
        return fail(Code::NotFound, "no such conflict: it was decided, or never was");
    Names names(ledger);
    ZHICHA_ASSIGN(json out, contestedRowJson(ledger, names, file, *record, *field, viewer));
    if (!whole)
        return out;
    if (json base = commonBase(file, *record, *field); !base.is_null())
        out["base"] = std::move(base);
    const bool isList = name == "items";
    out["type"] = name == "void"                     ? "boolean"
                  : isList                           ? "ids"
                  : name == "site" || name == "item" ? "id"
                  : name == "text"                   ? "text"
                                                     : "word";
    if (name == "severity")
        out["allowed"] = {"minor", "major", "critical"};
    if (name == "value")
        out["allowed"] = {"yes", "partly", "no", "none"};
    if (name == "said")
        out["allowed"] = {"kept", "explain", "not_kept"};
    if (name == "void")
        out["allowed"] = {true, false};
    json others = json::object();
    for (const FieldRow &other : record->row.fields)
        if (other.name != name && other.values.size() == 1)
            others[other.name] = plainJson(other.values.front());
    out["other_fields"] = std::move(others);
    out["rule"] = "谁后同步都不算数；裁定只能由审核员作出，并写明理由，各方说法都保留。";
    out["rule_en"] = "Whoever synced last plays no part; a reviewer decides with a reason, every value is kept.";
    if (record->row.type == EntityType::Finding) {
        ZHICHA_ASSIGN(out["context"], findingJson(ledger, names, file, *record, numberOf(file, entity)));
    } else {
        out["context"] = out["other_fields"];
    }
    return out;
}

Result<ListPage> listConflictRows(LedgerReader &ledger, const std::string &field, const std::optional<Uuid> &check,
                                  const std::optional<Uuid> &viewer, std::string_view queryText,
                                  std::string_view cursor, std::int64_t limit) {
    ZHICHA_ASSIGN(const std::optional<PageMark> after, readCursor(cursor, queryText));
    ZHICHA_ASSIGN(const std::vector<ContestedField> rows,
                  ledger.consoleIndex().contestedPage(field, check, after, limit + 1));
    ZHICHA_ASSIGN(const std::int64_t count, ledger.consoleIndex().contestedCount(field, check, kCountedUpTo + 1));
    ListPage page;
    page.capped = count > kCountedUpTo;
    page.count = std::min(count, kCountedUpTo);
    FileCache files(ledger);
    Names names(ledger);
    for (std::size_t i = 0; i < rows.size() && i < static_cast<std::size_t>(limit); ++i) {
        if (!rows[i].check)
            continue;
        ZHICHA_ASSIGN(const CheckFile *file, files.file(*rows[i].check));
        RowRecord ofCheck;
        const RowRecord *record = recordOf(*file, rows[i].entity, ofCheck);
        const FieldRow *contested = record != nullptr ? record->row.field(rows[i].field) : nullptr;
        if (contested == nullptr || contested->values.size() < 2)
            continue; // decided a moment ago
        ZHICHA_ASSIGN(json row, contestedRowJson(ledger, names, *file, *record, *contested, viewer));
        page.rows.push_back(std::move(row));
    }
    if (rows.size() > static_cast<std::size_t>(limit)) {
        const ContestedField &last = rows[static_cast<std::size_t>(limit - 1)];
        page.next = writeCursor({last.sinceMs, last.field, last.entity}, queryText);
    }
    return page;
}

Result<ListPage> listFindings(LedgerReader &ledger, const FindingListQuery &query, std::string_view queryText,
                              std::string_view cursor, std::int64_t limit) {
    ZHICHA_ASSIGN(const std::optional<PageMark> after, readCursor(cursor, queryText));
    ZHICHA_ASSIGN(const std::vector<FindingIndexRow> rows, ledger.consoleIndex().findingPage(query, after, limit + 1));
    ZHICHA_ASSIGN(const std::int64_t count, ledger.consoleIndex().findingCount(query, kCountedUpTo + 1));
    ListPage page;
    page.capped = count > kCountedUpTo;
    page.count = std::min(count, kCountedUpTo);
    Names names(ledger);
    for (std::size_t i = 0; i < rows.size() && i < static_cast<std::size_t>(limit); ++i) {
        ZHICHA_ASSIGN(json row, findingRowJson(ledger, names, rows[i]));
        page.rows.push_back(std::move(row));
    }
    if (rows.size() > static_cast<std::size_t>(limit)) {
        const FindingIndexRow &last = rows[static_cast<std::size_t>(limit - 1)];
        page.next = writeCursor(markOf(last, query), queryText);
    }
    return page;
}

Result<json> findingDetailJson(LedgerReader &ledger, const Uuid &finding, std::vector<Uuid> &people) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(finding));
    if (!row || row->type != EntityType::Finding || !row->check)
        return fail(Code::NotFound, "no such finding");
    ZHICHA_ASSIGN(const CheckFile file, loadCheckFile(ledger, *row->check));
    people = file.view.inspectors();
    Names names(ledger);
    RowRecord ofCheck;
    const RowRecord *record = recordOf(file, finding, ofCheck);
    if (record == nullptr)
        return fail(Code::NotFound, "no such finding");
    ZHICHA_ASSIGN(json out, findingJson(ledger, names, file, *record, numberOf(file, finding)));
    ZHICHA_TRY(addPlace(ledger, names, file, out));
    ZHICHA_ASSIGN(out["history"], historyJson(names, file, finding));
    out["comments"] = json::array();
    for (const FileOperation &operation : file.operations) {
        const auto about = operation.fields.find("about");
        if (operation.kind != "comment.add" || about == operation.fields.end() || about->second.map() == nullptr)
            continue;
        const auto entity = about->second.map()->find("entity");
        if (entity == about->second.map()->end() || entity->second.uuid() != finding)
            continue;
        json comment{{"text", plainJson(operation.fields.find("text")->second)},
                     {"at", toRfc3339(operation.bounds.receivedMs)},
                     {"log", operation.log}};
        ZHICHA_ASSIGN(comment["actor"], authorJson(names, operation));
        out["comments"].push_back(std::move(comment));
    }
    return out;
}

} // namespace zhicha
