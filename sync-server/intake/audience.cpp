#include "sync-server/intake/audience.h"

namespace zhicha {

namespace {

/** Types of the server chain that every tablet of the ledger reads. */
bool isPublic(EntityType type) {
    switch (type) {
    case EntityType::Ledger:
    case EntityType::Key:
    case EntityType::LogStart:
    case EntityType::Backup:
    case EntityType::Person:
    case EntityType::Device:
    case EntityType::Unit:
    case EntityType::Site:
    case EntityType::Item:
        return true;
    default:
        return false;
    }
}

/** The entity that a claim, a void or a comment is about. */
std::optional<Uuid> subjectOf(const FoldOperation &op) {
    if (op.kind->idRole == IdRole::Target || op.kind->idRole == IdRole::Change)
        return op.envelope.id;
    if (op.kind->entity == EntityType::Claim)
        return op.fields.find("entity")->second.uuid();
    if (op.kind->entity == EntityType::Comment)
        return op.fields.find("about")->second.map()->find("entity")->second.uuid();
    return std::nullopt;
}

/** Through the entity that it is about: its check, else everyone for public ones, else the tablet that bore it. */
Result<Audience> audienceOfSubject(LedgerReader &ledger, const Uuid &subject, const BatchChecks &batch) {
    Audience audience;
    if (const auto it = batch.find(subject); it != batch.end()) {
        audience.check = it->second;
        return audience;
    }
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(subject));
    if (row && row->check)
        audience.check = row->check;
    else if (row && isPublic(row->type))
        audience.everyone = true;
    else if (row && row->device)
        audience.device = row->device;
    else // Its birth may be here without effect (past a cut): what is about it belongs where that belongs.
        ZHICHA_TRY(ledger.forEachOperationOfEntity(subject, [&](const LogOperation &stored) -> Status {
            if (!audience.check)
                audience.check = stored.check;
            return {};
        }));
    return audience;
}
} // namespace

Result<Placement> placeOperation(LedgerReader &ledger, const FoldOperation &op, BatchChecks &batch) {
    Placement place;
    if (op.shape == Ineffective::Undecodable)
        return place;
    place.kind = op.envelope.kind;
    place.entity = op.envelope.id;
    if (op.shape != Ineffective::No)
        return place;
    place.audience.check = namedCheck(*op.kind, op.envelope.id, op.fields);
    if (op.kind->idRole == IdRole::Birth || op.kind->idRole == IdRole::Derived)
        batch.emplace(op.envelope.id, place.audience.check);
    if (place.audience.check)
        return place;
    if (op.kind->author == Author::Server && !op.facts.server)
        return place; // without effect: nobody's business but its author's
    if (op.kind->entity == EntityType::Scope) {
        place.audience.device = op.fields.find("device")->second.uuid();
    } else if (op.facts.server && isPublic(op.kind->entity)) {
        place.audience.everyone = true;
    } else if (const auto subject = subjectOf(op)) {
        ZHICHA_ASSIGN(place.audience, audienceOfSubject(ledger, *subject, batch));
        // A tablet's void of what all may see has no effect: nobody's business either.
        if (op.kind->idRole == IdRole::Target && !op.facts.server)
            place.audience.everyone = false;
    }
    return place;
}

} // namespace zhicha
