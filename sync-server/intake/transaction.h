#pragma once
// One transaction of the ledger: runs of tablets and the server's own operations are appended, folded, given a leaf,
// and the new checkpoint is signed and stored before anything of it is told to anybody.
#include "shared/base/sources.h"
#include "sync-server/intake/audience.h"
#include "sync-server/intake/server_keys.h"

namespace zhicha {

/** An operation for the server chain. `actor` = who in the office; absent = the server itself. */
struct ServerOperation {
    std::string kind;
    Uuid id;
    cbor::Map fields;
    Base base = {};
    std::optional<Uuid> actor = std::nullopt;
};

/** What the server does by itself after a run was folded (numbers, grants, claims, photos that are awaited). */
class IntakeTransaction;
/** May worsen an outcome: what the server now writes into its own chain (a claim) decides about the operation. */
using React =
    std::function<Status(IntakeTransaction &, const std::vector<FoldOperation> &, std::vector<ApplyOutcome> &)>;

/** Owner: a scope on the ledger thread. Rolled back unless commit() returned success. */
class IntakeTransaction {
public:
    IntakeTransaction(LedgerWriter &ledger, const ServerKeys &keys, const Clock &clock, RandomSource &random)
        : m_ledger(ledger), m_keys(keys), m_clock(clock), m_random(random) {}
    IntakeTransaction(const IntakeTransaction &) = delete;
    IntakeTransaction &operator=(const IntakeTransaction &) = delete;
    ~IntakeTransaction();

    Status begin();
    [[nodiscard]] LedgerWriter &ledger() { return m_ledger; }
    [[nodiscard]] const ServerKeys &keys() const { return m_keys; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] RandomSource &random() { return m_random; }
    [[nodiscard]] Uuid newId() { return newUuid(m_clock, m_random); }

    /** Appends a verified run; operations from `newFrom` on are new, earlier ones stand already. Answers one outcome
     *  word per operation of the run. `branch`: 0 = the chain itself, above = a fork, below = a run that a tablet
     * showed to a restored office, beside the chain and with holes. */
    Result<std::vector<std::string>> appendRun(const Run &run, std::int64_t newFrom, std::int64_t branch);
    /** Queues one for the server chain; all of them become one run with a leaf of its own at commit (or sooner, when
     *  500 are queued). Answers its digest. The fold sees it only after flush(). */
    Result<Digest> append(ServerOperation operation);
    /** Appends what is queued. Answers the outcomes of the server's operations. */
    Result<std::vector<ApplyOutcome>> flush();
    /** Flushes, signs and stores the checkpoint, commits. Answers the signed note. */
    Result<std::string> commit();

    /** Receives a run again that a ledger holds, into one that ends just before it: same log numbers, same time, and
     * the server says nothing, since what it said follows in the log. StoreDamaged if it does not come next. */
    Status receiveAgain(const Run &run, const LeafRecord &leaf);

    void setReact(React react) { m_react = std::move(react); }
    [[nodiscard]] std::int64_t lastLog() const { return m_nextLog - 1; }
    [[nodiscard]] std::int64_t nowMs() const { return m_nowMs; } ///< received_at of this transaction's leaves
    [[nodiscard]] std::int64_t leafCount() const { return m_nextLeaf; }

private:
    Result<std::vector<ApplyOutcome>> appendAndFold(const Run &run, std::int64_t newFrom, std::int64_t branch);
    Status appendLeaf(const Run &run, std::int64_t newFrom, std::int64_t branch, std::int64_t firstLog);
    /** A body that two officers erased does not come back, whoever brings it. */
    Status keepErased(FoldOperation &decoded, LogOperation &entry, Placement &place, BatchChecks &batch);

    LedgerWriter &m_ledger;
    const ServerKeys &m_keys;
    const Clock &m_clock;
    RandomSource &m_random;
    React m_react;
    bool m_open = false;
    bool m_again = false;     ///< what is received was received before
    bool m_withdrawn = false; ///< something was erased in this ledger
    std::int64_t m_nextLog = 1;
    std::int64_t m_nextLeaf = 0;
    std::int64_t m_nowMs = 0;
    Anchor m_anchor;
    ChainHead m_serverHead;
    Run m_queued;
};

/** The words for an outcome as they go to the tablet. */
[[nodiscard]] std::string outcomeWord(const ApplyOutcome &outcome);

/** Settings under which the server's own state lies in the ledger. */
inline constexpr std::string_view kCheckpointSetting = "checkpoint";
/** Not empty: something was erased whose files and remains in the ledger's file are still to be removed. */
inline constexpr std::string_view kErasureOwedSetting = "erasure_owed";

} // namespace zhicha
