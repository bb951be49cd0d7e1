#include "sync-server/intake/transaction.h"

#include "shared/base/plant.h"
#include "shared/ledger/erasure.h"

#include <algorithm>

namespace zhicha {

IntakeTransaction::~IntakeTransaction() {
    if (m_open)
        m_ledger.rollback();
}

Status IntakeTransaction::begin() {
    ZHICHA_TRY(m_ledger.begin());
    m_open = true;
    ZHICHA_ASSIGN(const std::int64_t lastLog, m_ledger.lastLog());
    ZHICHA_ASSIGN(m_nextLeaf, m_ledger.leafCount());
    ZHICHA_ASSIGN(m_withdrawn, m_ledger.anyWithdrawal());
    m_nextLog = lastLog + 1;
    m_nowMs = m_clock.nowMs();
    m_anchor = {m_keys.note.generation, 0, merkleEmptyRoot()};
    if (m_nextLeaf > 0) {
        // The time of receipt never falls within an origin, whatever the clock does.
        ZHICHA_ASSIGN(const std::optional<LeafRecord> last, m_ledger.leaf(m_nextLeaf - 1));
        m_nowMs = std::max(m_nowMs, last->leaf.receivedAtMs);
        ZHICHA_ASSIGN(const Digest root, merkleRoot(m_ledger.tree(), m_nextLeaf));
        m_anchor = {m_keys.note.generation, m_nextLeaf, root};
    }
    ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, m_ledger.chain(m_keys.device()));
    if (!chain)
        return fail(Code::StoreDamaged, "the server's own chain is not in the ledger");
    m_serverHead = chain->head;
    return {};
}

Result<std::vector<ApplyOutcome>> IntakeTransaction::appendAndFold(const Run &run, std::int64_t newFrom,
                                                                   std::int64_t branch) {
    ZHICHA_ASSIGN(const DeviceFacts facts, m_ledger.deviceFacts(run.bounds.device));
    std::vector<FoldOperation> decoded;
    decoded.reserve(run.elements.size());
    BatchChecks batch;
    const std::int64_t firstLog = m_nextLog;
    for (std::int64_t seq = newFrom; seq <= run.bounds.last; ++seq) {
        const RunElement &element = run.elements[static_cast<std::size_t>(seq - run.bounds.first)];
        LogOperation entry;
        entry.log = m_nextLog++;
        entry.branch = branch;
        // In a run that a tablet shows, what nobody who showed it may see is here as d alone.
        const OperationBytes bytes = element.operation.value_or(OperationBytes());
        entry.operation = {run.bounds.device, seq, element.d, bytes};
        entry.outcome = branch <= 0 ? "applied" : "fork";
        decoded.push_back(foldOperation(m_keys.ledger, bytes, element.d, run.bounds.device, seq, facts));
        ZHICHA_ASSIGN(Placement place, placeOperation(m_ledger, decoded.back(), batch));
        if (m_withdrawn)
            ZHICHA_TRY(keepErased(decoded.back(), entry, place, batch));
        entry.kind = place.kind;
        entry.entity = place.entity;
        entry.check = place.audience.check;
        if (seq == run.bounds.last && seq - newFrom >= 2 && !facts.server && plant("end_of_run_not_kept"))
            continue;
        ZHICHA_TRY(m_ledger.appendOperation(entry, place.audience));
    }
    Apply apply(m_ledger);
    ZHICHA_ASSIGN(std::vector<ApplyOutcome> outcomes, apply.batch(decoded));
    ZHICHA_TRY(appendLeaf(run, newFrom, branch, firstLog));
    if (m_react)
        ZHICHA_TRY(m_react(*this, decoded, outcomes));
    for (std::size_t i = 0; branch <= 0 && i < outcomes.size(); ++i)
        if (const std::string word = outcomeWord(outcomes[i]); word != "applied")
            ZHICHA_TRY(m_ledger.setOutcome(firstLog + static_cast<std::int64_t>(i), word));
    return outcomes;
}

Status IntakeTransaction::keepErased(FoldOperation &decoded, LogOperation &entry, Placement &place,
                                     BatchChecks &batch) {
    if (decoded.kind == nullptr || !bodyMayGo(decoded.kind->name))
        return {};
    ZHICHA_ASSIGN(const std::optional<Withdrawal> erased, m_ledger.withdrawal(Withdrawal::What::ErasedBody, decoded.d));
    if (!erased || plant("erased_comes_back"))
        return {};
    entry.operation.bytes.body.reset();
    decoded.shape = Ineffective::Withheld;
    decoded.fields.clear();
    // Where it belongs its body said; now the order does.
    place.audience = {};
    place.audience.check = erased->check;
    if (decoded.kind->idRole == IdRole::Birth || decoded.kind->idRole == IdRole::Derived)
        batch[decoded.envelope.id] = erased->check;
    return {};
}

Status IntakeTransaction::appendLeaf(const Run &run, std::int64_t newFrom, std::int64_t branch, std::int64_t firstLog) {
    LeafRecord record;
    record.index = m_nextLeaf++;
    record.leaf = {m_keys.ledger, run.bounds.device, run.bounds.first, run.bounds.last,
                   run.bounds.h,  firstLog,          m_nowMs};
    record.before = run.bounds.before;
    record.suite = run.bounds.suite;
    record.signature = run.signature;
    record.branch = branch;
    record.newFrom = newFrom;
    return m_ledger.appendLeaf(record);
}

Result<std::vector<std::string>> IntakeTransaction::appendRun(const Run &run, std::int64_t newFrom,
                                                              std::int64_t branch) {
    ZHICHA_ASSIGN(const std::vector<ApplyOutcome> outcomes, appendAndFold(run, newFrom, branch));
    if (branch == 0)
        ZHICHA_TRY(m_ledger.setHead(run.bounds.device, {run.bounds.last, run.bounds.h}));
    std::vector<std::string> words(static_cast<std::size_t>(newFrom - run.bounds.first), "duplicate");
    for (const ApplyOutcome &outcome : outcomes)
        words.push_back(branch <= 0 ? outcomeWord(outcome) : "fork");
    return words;
}

Status IntakeTransaction::receiveAgain(const Run &run, const LeafRecord &leaf) {
    if (leaf.index != m_nextLeaf || leaf.leaf.log != m_nextLog)
        return fail(Code::StoreDamaged, "leaf " + std::to_string(leaf.index) + " does not come next in the log");
    m_again = true;
    m_nowMs = leaf.leaf.receivedAtMs;
    const auto outcomes = appendRun(run, leaf.newFrom, leaf.branch);
    return outcomes ? Status() : Status(outcomes.error());
}

Result<Digest> IntakeTransaction::append(ServerOperation operation) {
    if (m_again)
        return Digest{};
    Envelope envelope;
    envelope.device = m_keys.device();
    envelope.seq = m_serverHead.seq + static_cast<std::int64_t>(m_queued.elements.size()) + 1;
    envelope.kind = std::move(operation.kind);
    envelope.id = operation.id;
    envelope.base = std::move(operation.base);
    envelope.anchor = m_anchor;
    envelope.time = {m_clock.nowMs(),       m_clock.offsetMinutes(), m_nowMs,
                     m_clock.monotonicUs(), m_clock.bootId(),        std::nullopt};
    envelope.actor = operation.actor;
    Body body{m_random.array<16>(), std::move(operation.fields)};
    if (const auto problem = operationProblem(m_keys.ledger, envelope, body))
        return fail(Code::InvalidArgument, envelope.kind + ": " + *problem);
    ZHICHA_ASSIGN(OperationBytes bytes, encodeOperation(envelope, body));
    const Digest d = bytes.digest();
    m_queued.elements.push_back({std::move(bytes), d});
    if (m_queued.elements.size() == kMaxRunOperations)
        if (auto flushed = flush(); !flushed)
            return flushed.error();
    return d;
}

Result<std::vector<ApplyOutcome>> IntakeTransaction::flush() {
    std::vector<ApplyOutcome> all;
    // What the server appends may make it append more (a claim after a claim does not happen, a number after a start).
    while (!m_queued.elements.empty()) {
        Run run = std::move(m_queued);
        m_queued = {};
        std::size_t bytes = 0;
        std::size_t count = 0;
        for (; count < run.elements.size(); ++count) {
            const OperationBytes &op = *run.elements[count].operation;
            bytes += op.envelope.size() + op.body->size() + 32;
            if (count > 0 && bytes > kMaxRunBytes - 1024)
                break;
        }
        m_queued.elements.assign(std::make_move_iterator(run.elements.begin() + static_cast<std::ptrdiff_t>(count)),
                                 std::make_move_iterator(run.elements.end()));
        run.elements.resize(count);
        run.bounds.ledger = m_keys.ledger;
        run.bounds.device = m_keys.device();
        run.bounds.first = m_serverHead.seq + 1;
        run.bounds.last = m_serverHead.seq + static_cast<std::int64_t>(count);
        run.bounds.before = m_serverHead.h;
        run.bounds.h = m_serverHead.h;
        for (const RunElement &element : run.elements)
            run.bounds.h = chainNext(run.bounds.h, element.d);
        run.signature = signRun(run.bounds, m_keys.chain);
        m_serverHead = {run.bounds.last, run.bounds.h};
        ZHICHA_ASSIGN(const std::vector<ApplyOutcome> outcomes, appendAndFold(run, run.bounds.first, 0));
        ZHICHA_TRY(m_ledger.setHead(m_keys.device(), m_serverHead));
        all.insert(all.end(), outcomes.begin(), outcomes.end());
    }
    return all;
}

Result<std::string> IntakeTransaction::commit() {
    ZHICHA_TRY([&]() -> Status {
        ZHICHA_ASSIGN(const std::vector<ApplyOutcome> outcomes, flush());
        return {};
    }());
    ZHICHA_ASSIGN(const Digest root, merkleRoot(m_ledger.tree(), m_nextLeaf));
    const Checkpoint checkpoint{m_keys.ledger, m_keys.note.generation, m_nextLeaf, root, m_nowMs};
    std::string note = signCheckpoint(checkpoint, m_keys.log);
    ZHICHA_TRY(m_ledger.putSetting(std::string(kCheckpointSetting), note));
    if (plant("ack_before_commit"))
        return note;
    ZHICHA_TRY(m_ledger.commit());
    m_open = false;
    return note;
}

std::string outcomeWord(const ApplyOutcome &outcome) {
    if (outcome.reason != Ineffective::No)
        return "ineffective:" + std::string(ineffectiveName(outcome.reason));
    return outcome.contested ? "conflict" : "applied";
}

} // namespace zhicha
