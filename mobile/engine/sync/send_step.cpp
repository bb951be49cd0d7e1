#include "mobile/engine/sync/send_step.h"

#include "mobile/engine/sync/answer.h"
#include "mobile/engine/sync/sync_tuning.h"
#include "shared/base/plant.h"
#include "shared/protocol/presenting.h"

#include <algorithm>

namespace zhicha {

void SendStep::restart() {
    m_batch.clear();
    m_waiting.reset();
    m_from.reset();
    m_gaps = 0;
    m_exchanged = false;
    m_stopped = false;
    m_behind = false;
}

Result<std::optional<HttpRequest>> SendStep::next() {
    if (m_waiting) {
        ZHICHA_ASSIGN(const std::optional<Checkpoint> known, m_context.store.checkpoint());
        return std::optional(m_context.authorized("GET", std::string(protocol::kProofPath) +
                                                             "?from=" + std::to_string(known->size) +
                                                             "&to=" + std::to_string(m_waiting->checkpoint.size)));
    }
    if (m_stopped)
        return std::optional<HttpRequest>();
    return sendRuns();
}

Result<std::optional<HttpRequest>> SendStep::sendRuns() {
    ZHICHA_TRY(m_cutter.cutNew());
    ZHICHA_ASSIGN(const std::int64_t acknowledged, m_context.store.acknowledged());
    std::int64_t seq = m_from.value_or(acknowledged + 1);
    m_batch.clear();
    cbor::Array runs;
    std::size_t bytes = 0;
    for (;;) {
        ZHICHA_ASSIGN(std::optional<CutRun> run, m_cutter.runWith(seq));
        if (!run || m_batch.size() == protocol::kMaxRunsPerRequest ||
            (bytes > 0 && bytes + run->encoded.size() > tuning::kMaxSendBytes))
            break;
        bytes += run->encoded.size() + 8;
        seq = run->stored.last + 1;
        m_batch.push_back(run->stored);
        runs.emplace_back(std::move(run->encoded));
    }
    if (m_batch.empty() && m_exchanged)
        return std::optional<HttpRequest>();
    return std::optional(
        m_context.authorized("POST", std::string(protocol::kOperationsPath), cbor::encode(std::move(runs))));
}

Status SendStep::onAnswer(const HttpResponse &response) {
    return m_waiting ? onProof(response) : onOperations(response);
}

Status SendStep::onOperations(const HttpResponse &response) {
    ZHICHA_ASSIGN(const cbor::Map map, cborAnswer(response));
    AnswerReader answer(map);
    const cbor::Array &runs = answer.array("runs");
    Accepted accepted;
    accepted.note = answer.text("checkpoint");
    accepted.next = answer.integer("next");
    accepted.head = answer.fixed<32>("head");
    const std::int64_t time = answer.integer("time");
    if (!answer.ok() || runs.size() != m_batch.size() || accepted.next < 1)
        return AnswerReader::wrongShape("POST /operations");
    ZHICHA_ASSIGN(accepted.checkpoint, m_context.open(accepted.note));
    ZHICHA_TRY(m_context.noteServerTime(time));
    m_exchanged = true;
    m_from.reset();

    ZHICHA_ASSIGN(const std::optional<Checkpoint> known, m_context.store.checkpoint());
    if (known && accepted.checkpoint.generation < known->generation)
        return fail(Code::BadProof, "the checkpoint is of an origin that was given up");
    for (std::size_t i = 0; i < runs.size(); ++i)
        ZHICHA_TRY(readRun(runs[i], m_batch[i], accepted));
    ZHICHA_TRY(compareChain(accepted.next, accepted.head));
    if (plant("ack_without_proof"))
        return settle(accepted);
    if (!known || known->size == 0)
        return settle(accepted);
    // A restored office goes on with the tree of its backup (docs/decisions/0004): the same proof shows that it has
    // lost nothing that this tablet had a receipt for. Where it has, the break is stated and everything is sent again.
    if (accepted.checkpoint.size < known->size)
        return settleBroken(std::move(accepted),
                            fail(Code::BadProof, "the office's ledger is smaller than one that it signed before"));
    if (accepted.checkpoint.size == known->size) {
        if (accepted.checkpoint.root != known->root)
            return settleBroken(std::move(accepted), fail(Code::BadProof, "two checkpoints of one size differ"));
        return settle(accepted);
    }
    m_waiting = std::move(accepted);
    return {};
}

Status SendStep::onCarried(std::vector<OwnRun> runs, const HttpResponse &answer, const HttpResponse &proof) {
    restart();
    m_batch = std::move(runs);
    ZHICHA_TRY(onOperations(answer));
    return m_waiting ? onProof(proof) : Status();
}

Status SendStep::onProof(const HttpResponse &response) {
    ZHICHA_ASSIGN(const cbor::Map map, cborAnswer(response));
    AnswerReader answer(map);
    std::vector<Digest> proof;
    for (const cbor::Value &hash : answer.array("proof")) {
        const auto digest = hash.digest();
        if (!digest || proof.size() >= 128)
            return AnswerReader::wrongShape("GET /checkpoints/proof");
        proof.push_back(*digest);
    }
    if (!answer.ok())
        return AnswerReader::wrongShape("GET /checkpoints/proof");
    ZHICHA_ASSIGN(const std::optional<Checkpoint> known, m_context.store.checkpoint());
    Accepted accepted = *std::move(m_waiting);
    m_waiting.reset();
    if (!consistencyFits(known->size, known->root, accepted.checkpoint.size, accepted.checkpoint.root, proof))
        return settleBroken(
            std::move(accepted),
            fail(Code::BadProof, "the office's ledger does not continue the one that it signed before"));
    return settle(accepted);
}

Status SendStep::readRun(const cbor::Value &entry, const OwnRun &run, Accepted &accepted) {
    if (entry.map() == nullptr)
        return AnswerReader::wrongShape("POST /operations");
    AnswerReader answer(*entry.map());
    const std::string status = answer.text("status");
    if (!answer.ok() || answer.integer("first") != run.first || answer.integer("last") != run.last)
        return AnswerReader::wrongShape("POST /operations");
    if (status == "stored")
        return readStored(*entry.map(), run, accepted);
    if (status == "gap") {
        const std::int64_t next = answer.integer("next");
        if (!answer.ok() || next < 1)
            return AnswerReader::wrongShape("POST /operations");
        // Each gap may be answered once by going back; an office that keeps saying so stops this round.
        if (!m_stopped && !m_from && next < run.first && m_gaps++ < 3)
            m_from = next;
        else if (!m_from && !m_stopped) {
            m_stopped = true;
            m_context.troubles.push_back(
                fail(Code::ChainGap, "the office misses operations before these", Retry::Later));
        }
        return {};
    }
    const std::string code = answer.text("code");
    if (!answer.ok() || status != "refused")
        return AnswerReader::wrongShape("POST /operations");
    m_stopped = true;
    m_context.troubles.push_back(fail(Code::NotAllowed, "refused: " + code, Retry::Later));
    return m_context.store.runs().setRefused(run.first, code);
}

/** Nothing of a run counts unless its receipts cover all of it and each of them fits. */
Status SendStep::readStored(const cbor::Map &entry, const OwnRun &run, Accepted &accepted) {
    AnswerReader answer(entry);
    const cbor::Array &outcomes = answer.array("outcomes");
    const cbor::Array &receipts = answer.array("receipts");
    const auto count = static_cast<std::size_t>(run.last - run.first + 1);
    if (!answer.ok() || outcomes.size() != count)
        return AnswerReader::wrongShape("POST /operations");
    const Uuid device = m_context.store.identity()->device;
    std::int64_t covered = run.first - 1;
    ZHICHA_ASSIGN(const ChainHead own, m_context.store.chainHead());
    for (const cbor::Value &value : receipts) {
        ZHICHA_ASSIGN(Receipt receipt, receiptFromValue(value));
        if (receipt.leaf.device == device && receipt.leaf.last > own.seq && accepted.next > own.seq + 1) {
            m_behind = true; // it is about more than this store holds: understood once the rest is here
            return {};
        }
        ZHICHA_ASSIGN(const std::optional<Digest> h, m_context.store.operations().ownHeadAt(receipt.leaf.last));
        const bool fits = receipt.leaf.device == device && h == receipt.leaf.h && receipt.leaf.first >= 1 &&
                          receipt.leaf.first <= receipt.leaf.last && receiptFits(receipt, accepted.checkpoint);
        if (!fits && !plant("ack_without_proof"))
            return fail(Code::BadProof, "a receipt does not prove that the operations are in the ledger");
        if (receipt.leaf.first <= covered + 1)
            covered = std::max(covered, receipt.leaf.last);
        accepted.receipts.push_back(std::move(receipt));
    }
    if (covered < run.last)
        return fail(Code::BadProof, "the receipts do not cover the run");
    for (std::size_t i = 0; i < count; ++i) {
        if (outcomes[i].text() == nullptr)
            return AnswerReader::wrongShape("POST /operations");
        accepted.outcomes.emplace_back(run.first + static_cast<std::int64_t>(i), *outcomes[i].text());
    }
    accepted.storedRuns.push_back(run.first);
    return {};
}

/** What the office holds of this chain, beside what this tablet holds of it. */
Status SendStep::compareChain(std::int64_t next, const Digest &head) {
    ZHICHA_ASSIGN(const ChainHead own, m_context.store.chainHead());
    if (next - 1 > own.seq) {
        m_stopped = true;
        m_behind = true; // an older image of this store was put back: what is missing is pulled
        return {};
    }
    if (next == 1)
        return {};
    ZHICHA_ASSIGN(const std::optional<Digest> h, m_context.store.operations().ownHeadAt(next - 1));
    if (h != head)
        m_context.troubles.push_back(
            fail(Code::ChainFork, "the office holds other operations under this tablet's numbers", Retry::AfterUser));
    return {};
}

/** The tree is not the one that this tablet knew. Only the root key can say so: a higher generation, under a note that
 *  lists the known one as past, was restored from something older. Then nothing counts as received but what this
 *  origin's receipts prove, so the whole chain is sent again. In the same generation it is a rewritten history. */
Status SendStep::settleBroken(Accepted accepted, const Error &why) {
    ZHICHA_ASSIGN(const std::optional<Checkpoint> known, m_context.store.checkpoint());
    const std::vector<KeyNote::Past> &past = m_context.store.keyNote()->past;
    const bool succeeds =
        accepted.checkpoint.generation > known->generation &&
        std::any_of(past.begin(), past.end(), [&](const auto &p) { return p.generation == known->generation; });
    if (!succeeds)
        return why;
    accepted.broken = true;
    m_context.troubles.push_back(fail(Code::BadProof,
                                      "the office was restored and has lost what it had received; everything that "
                                      "this tablet holds is sent again",
                                      Retry::Later));
    return settle(accepted);
}

/** Stated for good: which promise of the office no longer stands. Inside the caller's transaction. */
Status SendStep::noteBreak(const Checkpoint &known, const Checkpoint &now) {
    StateTable &state = m_context.store.state();
    ZHICHA_ASSIGN(const std::optional<cbor::Value> before, state.value(statekey::kBreaks));
    cbor::Array breaks = before && before->array() != nullptr ? *before->array() : cbor::Array();
    breaks.push_back(cbor::Map{{"known", checkpointValue(known)}, {"now", checkpointValue(now)}});
    return state.putValue(statekey::kBreaks, breaks);
}

/** A restored office: its origin is one higher, under a note that the root key signed. Old receipts are kept. If its
 *  tree continues the one known, the chain counts as received up to where the office's head equals ours. Everything is
 *  pulled anew, every photo is asked for again, and what is not given out again is shown. Inside the caller's
 *  transaction. */
Status SendStep::enterOrigin(const Accepted &accepted) {
    LocalStore &store = m_context.store;
    ZHICHA_ASSIGN(const std::optional<Checkpoint> known, store.checkpoint());
    if (accepted.broken)
        ZHICHA_TRY(noteBreak(*known, accepted.checkpoint));
    ZHICHA_TRY(store.state().putValue(statekey::kPresent, accepted.checkpoint.generation));
    ZHICHA_ASSIGN(const std::optional<Digest> h, store.operations().ownHeadAt(accepted.next - 1));
    ZHICHA_ASSIGN(const std::int64_t before, store.acknowledged());
    const std::int64_t base = !accepted.broken && h == accepted.head ? std::min(accepted.next - 1, before) : 0;
    ZHICHA_TRY(store.state().putValue(statekey::kOrigin, cbor::Array{accepted.checkpoint.generation, base}));
    ZHICHA_TRY(store.state().remove(statekey::kCursor));
    return store.photos().askAgain();
}

Status SendStep::settle(const Accepted &accepted) {
    LocalStore &store = m_context.store;
    ZHICHA_ASSIGN(Transaction transaction, store.begin());
    ZHICHA_ASSIGN(const std::optional<Checkpoint> known, store.checkpoint());
    if (known && accepted.checkpoint.generation > known->generation)
        ZHICHA_TRY(enterOrigin(accepted));
    for (const Receipt &receipt : accepted.receipts)
        ZHICHA_TRY(store.runs().addReceipt(accepted.checkpoint.generation, receipt, accepted.note));
    for (const auto &[seq, outcome] : accepted.outcomes)
        ZHICHA_TRY(store.operations().setOutcome(seq, outcome));
    for (const std::int64_t first : accepted.storedRuns)
        ZHICHA_TRY(store.runs().setRefused(first, ""));
    ZHICHA_TRY(store.setCheckpoint(accepted.checkpoint));
    return transaction.commit();
}

} // namespace zhicha
