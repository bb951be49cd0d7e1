#include "sync-server/intake/intake.h"

#include "shared/base/plant.h"
#include "sync-server/intake/reactions.h"

#include <algorithm>

namespace zhicha {

namespace {
RunVerdict refused(const RunBounds &bounds, const Error &error) {
    RunVerdict verdict;
    verdict.first = bounds.first;
    verdict.last = bounds.last;
    verdict.code = codeName(error.code);
    verdict.detail = error.detail;
    return verdict;
}

RunVerdict gap(const RunBounds &bounds, std::int64_t next) {
    RunVerdict verdict;
    verdict.first = bounds.first;
    verdict.last = bounds.last;
    verdict.status = RunVerdict::Status::Gap;
    verdict.code = codeName(Code::ChainGap);
    verdict.next = next;
    return verdict;
}

/** Whether trying the same again could ever help: the disk, not the run, is at fault. */
bool isOurTrouble(Code code) {
    switch (code) {
    case Code::DiskFull:
    case Code::DiskError:
    case Code::StoreDamaged:
    case Code::StoreLocked:
    case Code::Internal:
        return true;
    default:
        return false;
    }
}
} // namespace

Result<Digest> storedHead(LedgerReader &ledger, const ChainRecord &chain, std::int64_t seq) {
    if (seq == chain.head.seq)
        return chain.head.h;
    ZHICHA_ASSIGN(const std::vector<LeafRecord> leaves, ledger.leavesOf(chain.device, seq, seq));
    for (const LeafRecord &leaf : leaves) {
        if (leaf.branch != 0)
            continue;
        ZHICHA_ASSIGN(const std::vector<LogOperation> operations,
                      ledger.operationsOfChain(chain.device, 0, leaf.leaf.first, seq));
        Digest h = leaf.before;
        for (const LogOperation &operation : operations)
            h = chainNext(h, operation.operation.d);
        return h;
    }
    return fail(Code::NotFound, "no leaf covers this sequence");
}

Result<std::unique_ptr<IntakeTransaction>> Intake::open() {
    auto transaction = std::make_unique<IntakeTransaction>(m_ledger, m_keys, m_clock, m_random);
    transaction->setReact(reactToRun);
    ZHICHA_TRY(transaction->begin());
    return transaction;
}

Result<std::string> Intake::checkpoint() {
    ZHICHA_ASSIGN(const std::optional<std::string> note, m_ledger.setting(std::string(kCheckpointSetting)));
    if (!note)
        return fail(Code::StoreDamaged, "the ledger has no checkpoint");
    return *note;
}

Result<SubmitAnswer> Intake::submit(const Uuid &device, const std::vector<Bytes> &runs) {
    SubmitAnswer answer;
    bool stopped = false;
    for (const Bytes &bytes : runs) {
        if (stopped) {
            // After a gap or a refusal the rest cannot continue the chain either.
            const auto run = decodeRun(bytes);
            answer.runs.push_back(gap(run ? run->bounds : RunBounds(), 0));
            continue;
        }
        ZHICHA_ASSIGN(RunVerdict verdict, submitOne(device, bytes));
        stopped = verdict.status != RunVerdict::Status::Stored;
        answer.runs.push_back(std::move(verdict));
    }
    ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, m_ledger.chain(device));
    if (!chain)
        return fail(Code::UnknownDevice, "no such device is enrolled");
    answer.next = chain->head.seq + 1;
    answer.head = chain->head.h;
    for (RunVerdict &verdict : answer.runs)
        if (verdict.status == RunVerdict::Status::Gap)
            verdict.next = answer.next;
    ZHICHA_ASSIGN(answer.checkpoint, checkpoint());
    ZHICHA_ASSIGN(const Checkpoint newest, openCheckpoint(answer.checkpoint, m_keys.log.publicKey()));
    for (RunVerdict &verdict : answer.runs)
        for (Receipt &receipt : verdict.receipts) {
            ZHICHA_ASSIGN(receipt.proof, inclusionProof(m_ledger.tree(), receipt.index, newest.size));
        }
    return answer;
}

Result<RunVerdict> Intake::submitOne(const Uuid &device, ByteView bytes) {
    auto run = decodeRun(bytes);
    if (!run)
        return refused({}, run.error());
    const RunBounds &bounds = run->bounds;
    if (bounds.ledger != m_keys.ledger || bounds.device != device)
        return refused(bounds, fail(Code::UnknownDevice, "the run belongs to another ledger or device"));
    ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, m_ledger.chain(device));
    if (!chain || chain->server)
        return refused(bounds, fail(Code::UnknownDevice, "no such device is enrolled"));
    if (bounds.suite != chain->suite ||
        !(runSignatureFits(bounds, chain->key, run->signature) || plant("signature_unchecked")))
        return refused(bounds, fail(Code::BadSignature, "the run is not signed by this device's key"));
    for (const RunElement &element : run->elements)
        if (!element.operation)
            return refused(bounds, fail(Code::BadEncoding, "a tablet sends its operations, not their digests alone"));
    auto verdict = storeRun(*chain, *run);
    if (!verdict && !isOurTrouble(verdict.error().code))
        return refused(bounds, verdict.error());
    return verdict;
}

Result<RunVerdict> Intake::storeRun(const ChainRecord &chain, const Run &run) {
    const RunBounds &bounds = run.bounds;
    ZHICHA_ASSIGN(std::optional<RunVerdict> before, repeated(run));
    if (before && plant("repeat_stored_again"))
        return storeFork(chain, run, bounds.first);
    if (before)
        return *std::move(before);
    if (bounds.first > chain.head.seq + 1) {
        ZHICHA_ASSIGN(const bool branch, continuesFork(run));
        return branch ? storeFork(chain, run, bounds.first) : gap(bounds, chain.head.seq + 1);
    }
    ZHICHA_ASSIGN(const std::int64_t difference, firstDifference(chain, run));
    const std::int64_t newFrom = std::min(chain.head.seq, bounds.last) + 1;
    if (difference < newFrom ||
        (difference == bounds.first && bounds.first == newFrom && bounds.before != chain.head.h))
        return storeFork(chain, run, difference);
    RunVerdict verdict;
    verdict.first = bounds.first;
    verdict.last = bounds.last;
    verdict.status = RunVerdict::Status::Stored;
    if (newFrom > bounds.last) {
        // Nothing new: the leaves that are there cover it.
        verdict.outcomes.assign(run.elements.size(), "duplicate");
        ZHICHA_TRY(addReceipts(verdict, bounds.device, bounds.h));
        return verdict;
    }
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, open());
    ZHICHA_ASSIGN(verdict.outcomes, transaction->appendRun(run, newFrom, 0));
    ZHICHA_ASSIGN(const std::string note, transaction->commit());
    ZHICHA_TRY(addReceipts(verdict, bounds.device, bounds.h));
    return verdict;
}

Result<std::int64_t> Intake::firstDifference(const ChainRecord &chain, const Run &run) {
    const RunBounds &bounds = run.bounds;
    const auto head = bounds.first == 1
                          ? Result<Digest>(chainStart(m_keys.ledger, chain.suite, chain.device, chain.key))
                          : storedHead(m_ledger, chain, bounds.first - 1);
    ZHICHA_TRY(head ? Status() : Status(head.error()));
    if (*head != bounds.before)
        return bounds.first;
    ZHICHA_ASSIGN(const std::vector<LogOperation> stored,
                  m_ledger.operationsOfChain(chain.device, 0, bounds.first, bounds.last));
    for (std::size_t i = 0; i < stored.size(); ++i)
        if (stored[i].operation.d != run.elements[i].d)
            return bounds.first + static_cast<std::int64_t>(i);
    return bounds.last + 1;
}

Result<bool> Intake::continuesFork(const Run &run) {
    const std::int64_t last = run.bounds.first - 1;
    ZHICHA_ASSIGN(const std::vector<LeafRecord> leaves, m_ledger.leavesOf(run.bounds.device, last, last));
    return std::any_of(leaves.begin(), leaves.end(), [&](const LeafRecord &leaf) {
        return leaf.branch > 0 && leaf.leaf.last == last && leaf.leaf.h == run.bounds.before;
    });
}

Status disputeFrom(LedgerWriter &ledger, const Uuid &device, std::int64_t from) {
    ZHICHA_ASSIGN(DeviceFacts facts, ledger.deviceFacts(device));
    if (from >= facts.disputedFrom)
        return {};
    facts.disputedFrom = from;
    ZHICHA_TRY(ledger.setDeviceFacts(device, facts));
    std::set<Uuid> touched;
    ZHICHA_TRY(ledger.entitiesWrittenBy(device, from, [&](const Uuid &entity) -> Status {
        touched.insert(entity);
        return {};
    }));
    return Apply(ledger).again(touched);
}

Result<RunVerdict> Intake::storeFork(const ChainRecord &chain, const Run &run, std::int64_t from) {
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, open());
    RunVerdict verdict;
    verdict.first = run.bounds.first;
    verdict.last = run.bounds.last;
    verdict.status = RunVerdict::Status::Stored;
    ZHICHA_TRY(disputeFrom(m_ledger, chain.device, from));
    if (!plant("fork_silent"))
        ZHICHA_TRY(m_ledger.addAlarm(transaction->nowMs(), "fork",
                                     toText(chain.device) + " has two operations numbered " + std::to_string(from)));
    ZHICHA_ASSIGN(verdict.outcomes, transaction->appendRun(run, from, transaction->leafCount()));
    ZHICHA_ASSIGN(const std::string note, transaction->commit());
    ZHICHA_TRY(addReceipts(verdict, run.bounds.device, run.bounds.h));
    return verdict;
}

Result<std::vector<std::string>> Intake::storedOutcomes(const Run &run, std::int64_t branch) {
    ZHICHA_ASSIGN(const std::vector<LogOperation> operations,
                  m_ledger.operationsOfChain(run.bounds.device, branch, run.bounds.first, run.bounds.last));
    std::vector<std::string> words(run.elements.size(), "duplicate");
    for (const LogOperation &operation : operations)
        words[static_cast<std::size_t>(operation.operation.seq - run.bounds.first)] = operation.outcome;
    return words;
}

Result<std::optional<RunVerdict>> Intake::repeated(const Run &run) {
    const RunBounds &bounds = run.bounds;
    ZHICHA_ASSIGN(const std::vector<LeafRecord> leaves, m_ledger.leavesOf(bounds.device, bounds.first, bounds.last));
    for (const LeafRecord &leaf : leaves) {
        // What another tablet showed of this chain has holes: it stands for nothing that this one sends.
        if (leaf.branch < 0 || leaf.leaf.first != bounds.first || leaf.leaf.last != bounds.last ||
            leaf.leaf.h != bounds.h)
            continue;
        RunVerdict verdict;
        verdict.first = bounds.first;
        verdict.last = bounds.last;
        verdict.status = RunVerdict::Status::Stored;
        ZHICHA_ASSIGN(verdict.outcomes, storedOutcomes(run, leaf.branch));
        for (std::int64_t seq = bounds.first; seq < leaf.newFrom; ++seq)
            verdict.outcomes[static_cast<std::size_t>(seq - bounds.first)] = "duplicate";
        verdict.receipts.push_back({leaf.leaf, leaf.index, {}});
        return std::optional(std::move(verdict));
    }
    return std::optional<RunVerdict>();
}

Status Intake::addReceipts(RunVerdict &verdict, const Uuid &device, const Digest &h) {
    ZHICHA_ASSIGN(const std::vector<LeafRecord> leaves, m_ledger.leavesOf(device, verdict.first, verdict.last));
    // The run's own leaf where there is one; else all that together cover it.
    for (const LeafRecord &leaf : leaves)
        if (leaf.branch >= 0 && leaf.leaf.first == verdict.first && leaf.leaf.last == verdict.last &&
            leaf.leaf.h == h) {
            verdict.receipts = {{leaf.leaf, leaf.index, {}}};
            return {};
        }
    for (const LeafRecord &leaf : leaves)
        if (leaf.branch == 0)
            verdict.receipts.push_back({leaf.leaf, leaf.index, {}});
    return {};
}

} // namespace zhicha
