#include "mobile/engine/record/chain_writer.h"

#include "shared/base/plant.h"

namespace zhicha {

Base baseOf(const KindInfo &kind, const cbor::Map &fields, const EntityRow *shown) {
    Base base;
    for (const FieldInfo &field : kind.fields) {
        if ((field.merge != Merge::Latest && field.merge != Merge::Decided) || !fields.contains(field.name))
            continue;
        const FieldRow *row = shown == nullptr ? nullptr : shown->field(field.name);
        base[std::string(field.name)] = row == nullptr ? std::vector<Digest>() : row->writes;
    }
    return base;
}

Result<Envelope> ChainWriter::envelopeFor(const NewOperation &operation, const Identity &identity, std::int64_t seq) {
    const KindInfo *kind = findKind(operation.kind);
    if (kind == nullptr || !kind->interpreted)
        return fail(Code::NotYet, "kind " + std::string(operation.kind));
    Envelope envelope;
    envelope.device = identity.device;
    envelope.seq = seq;
    envelope.kind = operation.kind;
    envelope.id = operation.id;
    envelope.base = baseOf(*kind, operation.fields, operation.shown);
    ZHICHA_ASSIGN(const std::optional<Checkpoint> known, m_store.checkpoint());
    if (known)
        envelope.anchor = known->anchor();
    ZHICHA_ASSIGN(const std::optional<ClockEstimate> estimate, m_store.clock());
    envelope.time.wallMs = m_clock.nowMs();
    envelope.time.offsetMin = m_clock.offsetMinutes();
    envelope.time.estimateMs = estimate ? estimate->at(m_clock) : envelope.time.wallMs;
    envelope.time.monotonicUs = m_clock.monotonicUs();
    envelope.time.boot = m_clock.bootId();
    return envelope;
}

Result<StoredOperation> ChainWriter::append(const NewOperation &operation) {
    ZHICHA_CHECK(m_store.database().inTransaction());
    ZHICHA_ASSIGN(const Identity identity, m_store.enrolledIdentity());
    ZHICHA_ASSIGN(const ChainHead head, m_store.chainHead());
    std::int64_t seq = head.seq + 1;
    if (plant("sequence_reused") && head.seq > 2)
        seq = head.seq;
    ZHICHA_ASSIGN(const Envelope envelope, envelopeFor(operation, identity, seq));
    const Body body{m_random.array<16>(), operation.fields};
    StoredOperation stored;
    stored.device = identity.device;
    stored.seq = seq;
    ZHICHA_ASSIGN(stored.bytes, encodeOperation(envelope, body));
    stored.d = stored.bytes.digest();
    if (const auto problem = operationProblem(identity.ledger, envelope, body))
        return fail(Code::InvalidArgument, std::string(operation.kind) + ": " + *problem);

    std::optional<Uuid> check = namedCheck(*findKind(operation.kind), operation.id, operation.fields);
    if (!check) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_store.entities().row(operation.id));
        check = row ? row->check : std::nullopt;
    }
    ZHICHA_TRY(m_store.operations().appendOwn(stored, envelope, check, chainNext(head.h, stored.d)));
    Apply apply(m_store.fold());
    ZHICHA_ASSIGN(const std::vector<ApplyOutcome> outcomes, apply.batch({stored}));
    switch (outcomes.front().reason) {
    case Ineffective::NeedsOffice:
        return fail(Code::Conflict, "several values stand; the office decides between them", Retry::AfterUser);
    case Ineffective::AlreadyBorn:
        return fail(Code::AlreadyDone, "an entity with this id is there already");
    case Ineffective::Undecodable:
    case Ineffective::NotInterpreted:
    case Ineffective::BadOperation:
    case Ineffective::NotAllowed:
    case Ineffective::Withheld:
        return fail(Code::InvalidArgument,
                    std::string(operation.kind) + ": " + std::string(ineffectiveName(outcomes.front().reason)));
    case Ineffective::No:
    case Ineffective::NotEnrolled:
    case Ineffective::PastCut:
    case Ineffective::Disputed:
        break;
    }
    ZHICHA_TRY(m_store.drafts().remove(operation.id));
    return stored;
}

} // namespace zhicha
