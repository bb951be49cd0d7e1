#include "mobile/engine/store/draft_table.h"

namespace zhicha {

namespace {
Result<Draft> draftAt(const Statement &row) { // id, kind, check_id, content, updated_ms
    Draft draft;
    const auto id = uuidFromBytes(row.blob(0));
    auto content = cbor::decode(row.blob(3));
    if (!id || !content || content->map() == nullptr)
        return fail(Code::StoreDamaged, "a draft does not decode");
    draft.id = *id;
    draft.kind = row.text(1);
    draft.check = uuidFromBytes(row.blob(2));
    draft.content = *content->map();
    draft.updatedMs = row.integer(4);
    return draft;
}
} // namespace

Status DraftTable::put(const Draft &draft) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("INSERT OR REPLACE INTO drafts VALUES(?1, ?2, ?3, ?4, ?5)"));
    const Bytes content = cbor::encode(draft.content);
    const std::optional<ByteView> check = draft.check ? std::optional<ByteView>(draft.check->view()) : std::nullopt;
    return write->bind(1, draft.id.view())
        .bind(2, draft.kind)
        .bind(3, check)
        .bind(4, content)
        .bind(5, draft.updatedMs)
        .run();
}

Result<std::optional<Draft>> DraftTable::get(const Uuid &id) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT id, kind, check_id, content, updated_ms FROM drafts "
                                              "WHERE id = ?1"));
    const ScopedReset done(*find);
    find->bind(1, id.view());
    ZHICHA_ASSIGN(const bool found, find->step());
    if (!found)
        return std::optional<Draft>();
    ZHICHA_ASSIGN(Draft draft, draftAt(*find));
    return std::optional(std::move(draft));
}

Result<std::vector<Draft>> DraftTable::all() {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT id, kind, check_id, content, updated_ms FROM drafts "
                                              "ORDER BY updated_ms DESC, id"));
    std::vector<Draft> out;
    ZHICHA_TRY(find->forEach([&](const Statement &row) -> Status {
        ZHICHA_ASSIGN(Draft draft, draftAt(row));
        out.push_back(std::move(draft));
        return {};
    }));
    return out;
}

Status DraftTable::remove(const Uuid &id) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("DELETE FROM drafts WHERE id = ?1"));
    return write->bind(1, id.view()).run();
}

} // namespace zhicha
