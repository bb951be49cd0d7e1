#include "mobile/engine/record/recorder.h"

#include "shared/ledger/void_rule.h"

namespace zhicha {

Status Recorder::append(const NewOperation &operation) {
    ZHICHA_ASSIGN(Transaction transaction, store().begin());
    ZHICHA_ASSIGN(const StoredOperation stored, m_writer.append(operation));
    return transaction.commit();
}

Result<bool> Recorder::doneBefore(std::string_view kind, const Uuid &id, const cbor::Map &fields) {
    ZHICHA_ASSIGN(const std::optional<StoredOperation> before, store().operations().ownBirth(id, kind));
    if (!before) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, store().entities().row(id));
        if (row && row->birth)
            return fail(Code::AlreadyDone, "this id belongs to something else");
        return false;
    }
    if (!before->bytes.body)
        return fail(Code::AlreadyDone, "what this id said was erased by the office");
    ZHICHA_ASSIGN(const Body body, decodeBody(*before->bytes.body));
    if (!(body.fields == fields))
        return fail(Code::AlreadyDone, "this id was used before, with other content");
    return true;
}

Result<Uuid> Recorder::birth(std::string_view kind, const std::optional<Uuid> &id, cbor::Map fields) {
    if (id) {
        ZHICHA_ASSIGN(const bool done, doneBefore(kind, *id, fields));
        if (done)
            return *id;
    }
    const Uuid entity = id ? *id : m_writer.newId();
    ZHICHA_TRY(append({kind, entity, std::move(fields), nullptr}));
    return entity;
}

Result<EntityRow> Recorder::living(const Uuid &entity, EntityType type) {
    ZHICHA_ASSIGN(std::optional<EntityRow> row, store().entities().row(entity));
    if (!row || (type != EntityType::Unknown && row->type != type))
        return fail(Code::NotFound,
                    "no " + std::string(entityTypeName(type)) + " with id " + toText(entity) + " on this tablet");
    if (row->isVoid())
        return fail(Code::NotAllowed, toText(entity) + " is void; undo that first", Retry::AfterUser);
    return *std::move(row);
}

Status Recorder::mayWriteInto(const Uuid &check) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, store().entities().row(check));
    if (row && row->type == EntityType::Check) {
        if (row->isVoid())
            return fail(Code::NotAllowed, "the check is void; undo that first", Retry::AfterUser);
        return {};
    }
    // A joined check may not have been delivered yet: its records are kept, and shown as orphans until it is.
    ZHICHA_ASSIGN(const std::optional<Uuid> joined, ownIn(check, EntityType::Join));
    if (joined)
        return {};
    return fail(Code::NotFound, "no check with id " + toText(check) + " on this tablet");
}

Result<std::optional<Uuid>> Recorder::ownIn(const Uuid &check, EntityType type) {
    ZHICHA_ASSIGN(const Identity identity, store().enrolledIdentity());
    ZHICHA_ASSIGN(const std::vector<KnownEntity> all, store().entities().ofCheck(check, type));
    for (const KnownEntity &entity : all)
        if (entity.row.device == identity.device && !entity.row.isVoid())
            return std::optional(entity.id);
    return std::optional<Uuid>();
}

Status Recorder::notContested(const EntityRow &row, std::string_view field) {
    const FieldRow *found = row.field(field);
    if (found == nullptr || found->values.size() < 2)
        return {};
    return fail(Code::Conflict, std::string(field) + ": several values stand; the office decides between them",
                Retry::AfterUser);
}

Result<Uuid> Recorder::proposeSite(const SiteProposal &proposal) {
    if (proposal.lat.has_value() != proposal.lon.has_value())
        return fail(Code::InvalidArgument, "a position has a latitude and a longitude");
    cbor::Map fields{{"name", proposal.name}};
    if (proposal.lat) {
        fields["lat"] = *proposal.lat;
        fields["lon"] = *proposal.lon;
    }
    if (proposal.note)
        fields["note"] = *proposal.note;
    return birth("site.propose", proposal.id, std::move(fields));
}

Result<Uuid> Recorder::note(const Uuid &check, const std::string &text, const std::optional<Uuid> &id) {
    ZHICHA_TRY(mayWriteInto(check));
    return birth("check.note", id, {{"check", check}, {"text", text}});
}

Result<Uuid> Recorder::voidEntity(const Uuid &entity, bool isVoid, const std::string &reason) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, store().entities().row(entity));
    if (!row)
        return fail(Code::NotFound, "nothing with id " + toText(entity) + " on this tablet");
    const std::optional<Uuid> check = row->type == EntityType::Check ? entity : row->check;
    if (!check)
        return fail(Code::NotAllowed, "a tablet takes back only what belongs to a check");
    ZHICHA_ASSIGN(const auto chains, store().operations().lastInCheck(*check));
    ZHICHA_ASSIGN(const Identity identity, store().enrolledIdentity());
    if (!chains.contains(identity.device))
        return fail(Code::NotAllowed, "a tablet takes back only what belongs to a check of its own");
    if (!tabletMayVoid(*row, identity.device))
        return fail(Code::NotAllowed, "what the office entered is the office's to take back");
    const FieldRow *field = row->field("void");
    if (field != nullptr && field->values.size() > 1)
        return fail(Code::Conflict, "two say differently whether it is void; the office decides", Retry::AfterUser);
    if (row->isVoid() == isVoid) {
        if (isVoid)
            return entity; // said before: the same answer
        return fail(Code::AlreadyDone, "it is not void, so there is nothing to undo");
    }
    ZHICHA_TRY(append({"entity.void", entity, {{"void", isVoid}, {"reason", reason}}, &*row}));
    return entity;
}

} // namespace zhicha
