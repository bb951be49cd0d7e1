#include "mobile/engine/sync/run_cutter.h"

#include "shared/base/plant.h"

namespace zhicha {

namespace {
// CBOR heads of one element, and of the run around them: counted generously, so that no run is over its limit.
constexpr std::size_t kElementOverhead = 16;
constexpr std::size_t kRunOverhead = 512;
} // namespace

Result<RunBounds> RunCutter::boundsOf(std::int64_t first, std::int64_t last) {
    ZHICHA_ASSIGN(const Identity identity, m_store.enrolledIdentity());
    RunBounds bounds;
    bounds.ledger = identity.ledger;
    bounds.device = identity.device;
    bounds.first = first;
    bounds.last = last;
    bounds.before = chainStart(identity.ledger, kSuite1, identity.device, identity.signingKey().publicKey());
    if (first > 1) {
        ZHICHA_ASSIGN(const std::optional<Digest> before, m_store.operations().ownHeadAt(first - 1));
        if (!before)
            return fail(Code::StoreDamaged, "the own chain has a hole");
        bounds.before = *before;
    }
    ZHICHA_ASSIGN(const std::optional<Digest> h, m_store.operations().ownHeadAt(last));
    if (!h)
        return fail(Code::StoreDamaged, "the own chain has a hole");
    bounds.h = *h;
    return bounds;
}

Status RunCutter::cutNew() {
    ZHICHA_ASSIGN(const Identity identity, m_store.enrolledIdentity());
    const SigningKey key = identity.signingKey();
    ZHICHA_ASSIGN(Transaction transaction, m_store.begin());
    ZHICHA_ASSIGN(std::int64_t last, m_store.runs().lastCut());
    for (;;) {
        const std::int64_t first = last + 1;
        ZHICHA_ASSIGN(const std::vector<OperationBytes> operations,
                      m_store.operations().ownBytes(first, first + static_cast<std::int64_t>(kMaxRunOperations) - 1));
        std::size_t bytes = kRunOverhead;
        for (const OperationBytes &operation : operations) {
            bytes += operation.envelope.size() + operation.body->size() + kElementOverhead;
            if (bytes > kMaxRunBytes && last >= first)
                break;
            ++last;
        }
        if (last < first)
            break;
        ZHICHA_ASSIGN(const RunBounds bounds, boundsOf(first, last));
        ZHICHA_TRY(m_store.runs().addOwn({first, last, bounds.h, signRun(bounds, key), ""}));
    }
    return transaction.commit();
}

Result<std::optional<CutRun>> RunCutter::runWith(std::int64_t seq) {
    ZHICHA_ASSIGN(std::optional<OwnRun> stored, m_store.runs().ownCovering(seq));
    if (!stored)
        return std::optional<CutRun>();
    ZHICHA_ASSIGN(const ChainHead head, m_store.chainHead());
    if (plant("run_cut_anew") && head.seq > stored->last) {
        // What a computed outbox tempts to: everything unacknowledged as one fresh run.
        stored->last = std::min(head.seq, stored->first + static_cast<std::int64_t>(kMaxRunOperations) - 1);
        ZHICHA_ASSIGN(const RunBounds fresh, boundsOf(stored->first, stored->last));
        ZHICHA_ASSIGN(const Identity identity, m_store.enrolledIdentity());
        stored->signature = signRun(fresh, identity.signingKey());
    }
    Run run;
    ZHICHA_ASSIGN(run.bounds, boundsOf(stored->first, stored->last));
    ZHICHA_ASSIGN(std::vector<OperationBytes> operations, m_store.operations().ownBytes(stored->first, stored->last));
    for (OperationBytes &operation : operations) {
        RunElement element;
        element.d = operation.digest();
        element.operation = std::move(operation);
        run.elements.push_back(std::move(element));
    }
    run.signature = stored->signature;
    CutRun cut;
    cut.stored = *stored;
    ZHICHA_ASSIGN(cut.encoded, encodeRun(run));
    return std::optional(std::move(cut));
}

} // namespace zhicha
