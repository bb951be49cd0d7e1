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
    case EntityType::AuditHead:
    case EntityType::Person:
    case EntityType::Role:
    case EntityType::Device:
    case EntityType::Unit:
    case EntityType::Site:
    case EntityType::Item:
        return true;
    default:
        return false;
    }
}

/** Whose photo the office speaks of, if it may not read the check (any more): what it took has to reach its tablet even
 *  so, or the original would be asked for and kept for ever. */
Result<std::optional<Uuid>> ownerOutOfScope(LedgerReader &ledger, const FoldOperation &op, const Uuid &check) {
    const cbor::Value &named =
        op.kind->entity == EntityType::Mismatch ? op.fields.find("sha256")->second : op.fields.find("digests")->second;
    if (named.array() != nullptr && named.array()->size() != 1)
        return std::optional<Uuid>(); // of several tablets perhaps: none may learn of another's
    const Digest photo = *(named.array() != nullptr ? named.array()->front() : named).digest();
    ZHICHA_ASSIGN(const std::vector<PhotoExpectation> awaited, ledger.photoExpectations(photo));
    for (const PhotoExpectation &expected : awaited) {
        if (expected.check != check)
            continue;
        ZHICHA_ASSIGN(const bool reads, ledger.inScope(expected.device, check));
        if (!reads)
            return std::optional<Uuid>(expected.device);
    }
    return std::optional<Uuid>();
}

/** The entity that a claim, a void, a comment or an answer is about. */
std::optional<Uuid> subjectOf(const FoldOperation &op) {
    if (op.kind->idRole == IdRole::Target || op.kind->idRole == IdRole::Change)
        return op.envelope.id;
    if (op.kind->entity == EntityType::Claim)
        return op.fields.find("entity")->second.uuid();
    if (const auto asked = op.fields.find("feedback");
        op.kind->entity == EntityType::Feedback && asked != op.fields.end())
        return asked->second.uuid();
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
    if (place.audience.check) {
        if (op.facts.server && (op.kind->entity == EntityType::Received || op.kind->entity == EntityType::Mismatch)) {
            ZHICHA_ASSIGN(place.audience.device, ownerOutOfScope(ledger, op, *place.audience.check));
        }
        return place;
    }
    if (op.kind->author == Author::Server && !op.facts.server)
        return place; // without effect: nobody's business but its author's
    if (op.kind->entity == EntityType::Scope) {
        place.audience.device = op.fields.find("device")->second.uuid();
    } else if (op.kind->entity == EntityType::SiteNote || (op.facts.server && isPublic(op.kind->entity))) {
        place.audience.everyone = true; // what one inspector noted of a site is there for the next
    } else if (const auto subject = subjectOf(op)) {
        ZHICHA_ASSIGN(place.audience, audienceOfSubject(ledger, *subject, batch));
        // A tablet's void of what all may see has no effect: nobody's business either.
        if (op.kind->idRole == IdRole::Target && !op.facts.server)
            place.audience.everyone = false;
    }
    return place;
}

} // namespace zhicha
