#include "mobile/engine/status/open_questions.h"

#include <algorithm>
#include <limits>
#include <set>

namespace zhicha {

namespace {
std::string nameIn(LocalStore &store, const std::optional<Uuid> &entity) {
    if (!entity)
        return {};
    const auto row = store.entities().row(*entity);
    return row && *row ? (*row)->text("name") : std::string();
}

/** Of one return: the questions that no reply names. */
void openOf(const KnownEntity &review, const std::vector<KnownEntity> &rows, std::vector<OpenQuestion> &out) {
    std::set<Uuid> replied;
    for (const KnownEntity &entity : rows)
        if (entity.row.type == EntityType::Reply && !entity.row.isVoid())
            replied.insert(entity.row.uuid("question").value_or(Uuid{}));
    const cbor::Value *questions = review.row.value("questions");
    if (questions == nullptr || questions->array() == nullptr)
        return;
    for (const cbor::Value &value : *questions->array()) {
        const cbor::Map *map = value.map();
        if (map == nullptr)
            continue;
        const auto field = [&](const char *name) -> const cbor::Value * {
            const auto it = map->find(name);
            return it == map->end() ? nullptr : &it->second;
        };
        const cbor::Value *id = field("id");
        if (id == nullptr || !id->uuid() || replied.contains(*id->uuid()))
            continue;
        OpenQuestion question;
        question.review = review.id;
        question.question = *id->uuid();
        if (const cbor::Value *text = field("text"); text != nullptr && text->text() != nullptr)
            question.text = *text->text();
        if (const cbor::Value *about = field("about"))
            question.about = about->uuid();
        if (const cbor::Value *due = field("due_at"); due != nullptr && due->integer() != nullptr)
            question.dueMs = *due->integer();
        out.push_back(std::move(question));
    }
}

/** Who asked, and when: it stands in the envelope of the review. */
Status askedBy(LocalStore &store, OpenQuestion &question) {
    return store.operations().ofEntity(question.review, [&](const StoredOperation &operation) -> Status {
        ZHICHA_ASSIGN(const Envelope envelope, decodeEnvelope(operation.bytes.envelope));
        if (envelope.kind != "check.review")
            return {};
        question.askedAtMs = envelope.time.estimateMs;
        question.askedBy = nameIn(store, envelope.actor);
        return {};
    });
}
} // namespace

Result<std::vector<OpenQuestion>> openQuestions(LocalStore &store) {
    std::set<Uuid> checks;
    ZHICHA_TRY(store.entities().forEachOfType(EntityType::Review, [&](const Uuid &, const EntityRow &row) -> Status {
        if (row.check && !row.isVoid())
            checks.insert(*row.check);
        return {};
    }));
    std::vector<OpenQuestion> out;
    for (const Uuid &check : checks) {
        ZHICHA_ASSIGN(const std::vector<KnownEntity> rows, store.entities().ofCheck(check));
        const KnownEntity *last = nullptr;
        for (const KnownEntity &entity : rows)
            if (entity.row.type == EntityType::Review && !entity.row.isVoid())
                last = &entity;
        if (last == nullptr || last->row.text("verdict") != "return")
            continue;
        std::vector<OpenQuestion> open;
        openOf(*last, rows, open);
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, store.entities().row(check));
        for (OpenQuestion &question : open) {
            question.check = check;
            question.siteName = nameIn(store, row ? row->uuid("site") : std::nullopt);
            ZHICHA_TRY(askedBy(store, question));
            out.push_back(std::move(question));
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const OpenQuestion &a, const OpenQuestion &b) {
        constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
        return a.dueMs.value_or(kLast) < b.dueMs.value_or(kLast);
    });
    return out;
}

} // namespace zhicha
