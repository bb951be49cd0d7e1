#include "mobile/engine/sync/own_step.h"

#include "mobile/engine/record/chain_writer.h"
#include "mobile/engine/sync/answer.h"
#include "shared/protocol/presenting.h"

namespace zhicha {

void OwnStep::restart() {
    m_asked = m_done = m_caughtUp = false;
    m_before.reset();
}

Result<std::optional<HttpRequest>> OwnStep::next() {
    if (!m_asked || m_done || m_context.uploadOnly)
        return std::optional<HttpRequest>();
    ZHICHA_ASSIGN(const ChainHead head, m_context.store.chainHead());
    if (!m_before)
        m_before = head;
    return std::optional(
        m_context.authorized("GET", std::string(protocol::kOwnChainPath) + "?after=" + std::to_string(head.seq)));
}

Status OwnStep::onAnswer(const HttpResponse &response) {
    ZHICHA_ASSIGN(const cbor::Map map, cborAnswer(response));
    AnswerReader answer(map);
    const cbor::Array &runs = answer.array("runs");
    const bool more = answer.boolean("more");
    if (!answer.ok())
        return AnswerReader::wrongShape("GET /own");
    ZHICHA_ASSIGN(const ChainHead before, m_context.store.chainHead());
    ZHICHA_ASSIGN(Transaction transaction, m_context.store.begin());
    for (const cbor::Value &run : runs) {
        if (run.bytes() == nullptr)
            return AnswerReader::wrongShape("GET /own");
        ZHICHA_TRY(takeRun(*run.bytes()));
    }
    ZHICHA_ASSIGN(const ChainHead after, m_context.store.chainHead());
    m_done = !more || after.seq == before.seq; // an answer that brings nothing brings nothing the next time either
    const bool rolledBack = m_done && m_before && after.seq > m_before->seq;
    if (rolledBack)
        ZHICHA_TRY(sayRollback());
    ZHICHA_TRY(transaction.commit());
    m_caughtUp = rolledBack;
    return {};
}

Result<bool> OwnStep::continues(const Run &run) {
    ZHICHA_ASSIGN(const ChainHead head, m_context.store.chainHead());
    if (run.bounds.first > head.seq + 1)
        return false;
    if (run.bounds.first == head.seq + 1)
        return run.bounds.before == head.h;
    for (std::int64_t seq = run.bounds.first; seq <= std::min(head.seq, run.bounds.last); ++seq) {
        ZHICHA_ASSIGN(const std::optional<Digest> own, m_context.store.operations().ownDigestAt(seq));
        if (own != run.elements[static_cast<std::size_t>(seq - run.bounds.first)].d)
            return false;
    }
    return true;
}

Status OwnStep::takeRun(ByteView bytes) {
    ZHICHA_ASSIGN(const Run run, decodeRun(bytes));
    LocalStore &store = m_context.store;
    const Identity &identity = *store.identity();
    if (run.bounds.ledger != identity.ledger || run.bounds.device != identity.device || run.bounds.suite != kSuite1 ||
        !runSignatureFits(run.bounds, identity.signingKey().publicKey(), run.signature))
        return fail(Code::BadSignature, "the office shows a run that this tablet never signed");
    ZHICHA_ASSIGN(const bool fits, continues(run));
    if (!fits) {
        m_done = true;
        m_context.troubles.push_back(
            fail(Code::ChainFork, "the office holds other operations under this tablet's numbers", Retry::AfterUser));
        return {};
    }
    ZHICHA_ASSIGN(ChainHead head, store.chainHead());
    std::vector<StoredOperation> fresh;
    for (std::size_t i = 0; i < run.elements.size(); ++i) {
        const RunElement &element = run.elements[i];
        const std::int64_t seq = run.bounds.first + static_cast<std::int64_t>(i);
        if (seq <= head.seq)
            continue;
        if (!element.operation)
            return fail(Code::NotYet,
                        "the office keeps operations of this tablet back: its store cannot be made whole");
        const auto envelope = decodeEnvelope(element.operation->envelope);
        // Without its body it was erased meanwhile: the chain goes on over the digest.
        const auto body = element.operation->body ? decodeBody(*element.operation->body) : Result<Body>(Body());
        if (!envelope || !body)
            return fail(Code::StoreNewer, "a newer version of this tablet wrote into its chain");
        const KindInfo *kind = findKind(envelope->kind);
        std::optional<Uuid> check = kind != nullptr ? namedCheck(*kind, envelope->id, body->fields) : std::nullopt;
        if (!check) {
            ZHICHA_ASSIGN(const std::optional<EntityRow> row, store.entities().row(envelope->id));
            check = row ? row->check : std::nullopt;
        }
        head = {seq, chainNext(head.h, element.d)};
        const StoredOperation stored{identity.device, seq, element.d, *element.operation};
        ZHICHA_TRY(store.operations().appendOwn(stored, *envelope, check, head.h));
        fresh.push_back(stored);
    }
    if (fresh.empty())
        return {};
    ZHICHA_ASSIGN(const std::int64_t cut, store.runs().lastCut());
    if (run.bounds.first > cut)
        ZHICHA_TRY(store.runs().addOwn({run.bounds.first, run.bounds.last, run.bounds.h, run.signature, ""}));
    ZHICHA_ASSIGN(const std::vector<ApplyOutcome> outcomes, Apply(store.fold()).batch(fresh));
    return {};
}

Status OwnStep::sayRollback() {
    ChainWriter writer(m_context.store, m_context.clock, m_context.random);
    const auto said =
        writer.append({"device.rollback", writer.newId(), {{"seq", m_before->seq}, {"h", m_before->h}}, nullptr});
    return said ? Status() : Status(said.error());
}

} // namespace zhicha
