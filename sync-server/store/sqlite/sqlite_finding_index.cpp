// The console's lists of findings and of contested fields.
#include "shared/base/search_words.h"
#include "sync-server/store/sqlite/index_query.h"
#include "sync-server/store/sqlite/sqlite_ledger_impl.h"

namespace zhicha {

namespace {
void bindMaybe(Statement &statement, int position, const std::optional<Uuid> &id) {
    if (id)
        statement.bind(position, id->bytes);
    else
        statement.bind(position, std::nullopt);
}
} // namespace

Status SqliteLedger::putFindingIndex(const FindingIndexRow &row, std::string_view searchText) {
    ZHICHA_ASSIGN(Statement * put,
                  cached("INSERT INTO console_findings(finding, check_id, made_ms, log, severity, contested, void, "
                         "imported, item, site, unit) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
                         "ON CONFLICT(finding) DO UPDATE SET check_id = ?2, made_ms = ?3, log = ?4, severity = ?5, "
                         "contested = ?6, void = ?7, imported = ?8, item = ?9, site = ?10, unit = ?11 "
                         "RETURNING finding_no"));
    put->bind(1, row.finding.bytes).bind(2, row.check.bytes).bind(3, row.madeMs).bind(4, row.log);
    put->bind(5, row.severity).bind(6, row.contested ? 1 : 0).bind(7, row.isVoid ? 1 : 0).bind(8, row.imported);
    bindMaybe(*put, 9, row.item);
    bindMaybe(*put, 10, row.site);
    bindMaybe(*put, 11, row.unit);
    std::int64_t number = 0;
    ZHICHA_TRY(put->forEach([&](Statement &columns) -> Status {
        number = columns.integer(0);
        return {};
    }));
    ZHICHA_ASSIGN(Statement * dropPeople, cached("DELETE FROM console_finding_people WHERE finding = ?1"));
    ZHICHA_TRY(dropPeople->bind(1, row.finding.bytes).run());
    ZHICHA_ASSIGN(Statement * person, cached("INSERT OR IGNORE INTO console_finding_people VALUES(?1, ?2, ?3)"));
    for (const Uuid &id : row.people)
        ZHICHA_TRY(person->bind(1, id.bytes).bind(2, row.madeMs).bind(3, row.finding.bytes).run());
    ZHICHA_ASSIGN(Statement * drop, cached("DELETE FROM console_finding_text WHERE rowid = ?1"));
    ZHICHA_TRY(drop->bind(1, number).run());
    ZHICHA_ASSIGN(Statement * text, cached("INSERT INTO console_finding_text(rowid, words) VALUES(?1, ?2)"));
    const std::string words = indexWords(searchText);
    return text->bind(1, number).bind(2, words).run();
}

Status SqliteLedger::dropFindingIndex(const Uuid &finding) {
    ZHICHA_ASSIGN(Statement * words, cached("DELETE FROM console_finding_text WHERE rowid = (SELECT finding_no FROM "
                                            "console_findings WHERE finding = ?1)"));
    ZHICHA_TRY(words->bind(1, finding.bytes).run());
    ZHICHA_ASSIGN(Statement * people, cached("DELETE FROM console_finding_people WHERE finding = ?1"));
    ZHICHA_TRY(people->bind(1, finding.bytes).run());
    ZHICHA_ASSIGN(Statement * drop, cached("DELETE FROM console_findings WHERE finding = ?1"));
    return drop->bind(1, finding.bytes).run();
}

Result<std::vector<FindingIndexRow>>
SqliteLedger::findingPage(const FindingListQuery &query, const std::optional<PageMark> &after, std::int64_t limit) {
    ZHICHA_ASSIGN(Statement * page, composed(findingPageSql(query, after.has_value())));
    const QueryTexts texts(query);
    texts.bind(*page, query, after);
    page->bind(page->position(":limit"), limit);
    std::vector<FindingIndexRow> rows;
    ZHICHA_TRY(page->forEach([&](Statement &columns) -> Status {
        const auto finding = uuidFromBytes(columns.blob(0));
        const auto check = uuidFromBytes(columns.blob(1));
        if (!finding || !check)
            return fail(Code::StoreDamaged, "a row of the findings' list does not read");
        rows.push_back({*finding,
                        *check,
                        columns.integer(2),
                        columns.integer(3),
                        static_cast<int>(columns.integer(4)),
                        columns.integer(5) != 0,
                        columns.integer(6) != 0,
                        columns.integer(7),
                        maybeId(columns, 8),
                        maybeId(columns, 9),
                        maybeId(columns, 10),
                        {},
                        columns.integer(11)});
        return {};
    }));
    return rows;
}

Result<std::int64_t> SqliteLedger::findingCount(const FindingListQuery &query, std::int64_t most) {
    ZHICHA_ASSIGN(Statement * count, composed(findingCountSql(query)));
    const ScopedReset done(*count);
    const QueryTexts texts(query);
    texts.bind(*count, query, std::nullopt);
    ZHICHA_ASSIGN(const bool found, count->bind(count->position(":limit"), most).step());
    return found ? count->integer(0) : 0;
}

Status SqliteLedger::putContested(const Uuid &entity, const std::vector<ContestedField> &fields) {
    ZHICHA_ASSIGN(Statement * drop, cached("DELETE FROM console_contested WHERE entity = ?1"));
    ZHICHA_TRY(drop->bind(1, entity.bytes).run());
    ZHICHA_ASSIGN(Statement * put, cached("INSERT INTO console_contested VALUES(?1, ?2, ?3, ?4)"));
    for (const ContestedField &field : fields) {
        bindMaybe(*put, 3, field.check);
        ZHICHA_TRY(put->bind(1, field.entity.bytes).bind(2, field.field).bind(4, field.sinceMs).run());
    }
    return {};
}

namespace {
std::string contestedWhere(const std::string &field, const std::optional<Uuid> &check) {
    std::string sql = "FROM console_contested WHERE 1";
    if (!field.empty())
        sql += " AND field = :field";
    if (check)
        sql += " AND check_id = :check";
    return sql;
}

void bindContested(Statement &statement, const std::string &field, const std::optional<Uuid> &check) {
    if (!field.empty())
        statement.bind(statement.position(":field"), field);
    if (check)
        statement.bind(statement.position(":check"), check->bytes);
}
} // namespace

Result<std::vector<ContestedField>> SqliteLedger::contestedPage(const std::string &field,
                                                                const std::optional<Uuid> &check,
                                                                const std::optional<PageMark> &after,
                                                                std::int64_t limit) {
    std::string sql = "SELECT entity, field, check_id, since_ms " + contestedWhere(field, check);
    if (after)
        sql += " AND (since_ms, entity, field) > (:at, :id, :text)";
    ZHICHA_ASSIGN(Statement * page, composed(sql + " ORDER BY since_ms, entity, field LIMIT :limit"));
    bindContested(*page, field, check);
    if (after) {
        page->bind(page->position(":at"), after->at).bind(page->position(":id"), after->id.bytes);
        page->bind(page->position(":text"), after->text);
    }
    page->bind(page->position(":limit"), limit);
    std::vector<ContestedField> rows;
    ZHICHA_TRY(page->forEach([&](Statement &columns) -> Status {
        const auto entity = uuidFromBytes(columns.blob(0));
        if (!entity)
            return fail(Code::StoreDamaged, "a row of the conflicts' list does not read");
        rows.push_back({*entity, std::string(columns.text(1)), maybeId(columns, 2), columns.integer(3)});
        return {};
    }));
    return rows;
}

Result<std::int64_t> SqliteLedger::contestedCount(const std::string &field, const std::optional<Uuid> &check,
                                                  std::int64_t most) {
    ZHICHA_ASSIGN(Statement * count,
                  composed("SELECT count(*) FROM (SELECT 1 " + contestedWhere(field, check) + " LIMIT :limit)"));
    const ScopedReset done(*count);
    bindContested(*count, field, check);
    ZHICHA_ASSIGN(const bool found, count->bind(count->position(":limit"), most).step());
    return found ? count->integer(0) : 0;
}

} // namespace zhicha
