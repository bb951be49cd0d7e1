#include "mobile/models/check_closure.h"

#include "mobile/models/check_reading.h"

#include <algorithm>
#include <set>

namespace zhicha {

Result<CheckState> closureState(LocalStore &store, const Uuid &check, const std::optional<EntityRow> &row,
                                const std::vector<KnownEntity> &rows) {
    ClosureView view;
    view.check = row ? &*row : nullptr;
    std::set<Bytes> received;
    std::vector<Bytes> originals;
    for (const KnownEntity &entity : rows) {
        view.rows.push_back(&entity.row);
        if (entity.row.type == EntityType::Review)
            view.reviews.push_back(&entity.row); // ids are of the time of birth: in order
        const cbor::Value *digests = entity.row.type == EntityType::Received ? entity.row.value("digests") : nullptr;
        if (digests != nullptr && digests->array() != nullptr)
            for (const cbor::Value &digest : *digests->array())
                if (digest.bytes() != nullptr)
                    received.insert(*digest.bytes());
        const cbor::Value *hash = entity.row.type == EntityType::Photo ? entity.row.value("sha256") : nullptr;
        if (hash != nullptr && hash->bytes() != nullptr && !entity.row.isVoid())
            originals.push_back(*hash->bytes());
    }
    view.missingOriginals = std::count_if(originals.begin(), originals.end(),
                                          [&](const Bytes &digest) { return !received.contains(digest); });
    ZHICHA_ASSIGN(const std::vector<OperationTable::Placed> placed, store.operations().inCheck(check));
    for (const OperationTable::Placed &operation : placed) {
        ZHICHA_ASSIGN(const DeviceFacts facts, store.fold().deviceFacts(operation.device));
        view.operations.push_back({operation.device, operation.seq, operation.kind, facts.server});
    }
    ZHICHA_ASSIGN(view.heads, store.operations().lastInCheck(check));
    return checkState(view);
}

namespace {
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
        question.askedBy = nameOf(store, envelope.actor);
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
            question.siteName = nameOf(store, row ? row->uuid("site") : std::nullopt);
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

Result<std::vector<OwnCheck>> ownChecks(LocalStore &store) {
    ZHICHA_ASSIGN(const Identity identity, store.enrolledIdentity());
    std::set<Uuid> finished;
    std::set<Uuid> joined;
    const auto note = [&](EntityType type, std::set<Uuid> &into) {
        return store.entities().forEachOfType(type, [&](const Uuid &, const EntityRow &row) -> Status {
            if (row.device == identity.device && row.check && !row.isVoid())
                into.insert(*row.check);
            return {};
        });
    };
    ZHICHA_TRY(note(EntityType::Finish, finished));
    ZHICHA_TRY(note(EntityType::Join, joined));
    std::vector<OwnCheck> out;
    ZHICHA_TRY(store.entities().forEachOfType(EntityType::Check, [&](const Uuid &id, const EntityRow &row) -> Status {
        if ((row.device == identity.device || joined.contains(id)) && !row.isVoid())
            out.push_back({id, row, true, finished.contains(id)});
        joined.erase(id);
        return {};
    }));
    for (const Uuid &id : joined)
        out.push_back({id, {}, false, finished.contains(id)});
    std::sort(out.begin(), out.end(), [](const OwnCheck &a, const OwnCheck &b) { return a.id > b.id; });
    return out;
}

} // namespace zhicha
