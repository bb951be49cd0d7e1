#pragma once
// What tablets send: runs, verified and appended, each in one transaction (docs/PROTOCOL.md "Sending operations").
// Free of HTTP, sockets and threads, so that the simulation drives exactly this code.
#include "sync-server/intake/transaction.h"

namespace zhicha {

/** The answer to one run. */
struct RunVerdict {
    enum class Status { Stored, Gap, Refused };
    std::int64_t first = 0;
    std::int64_t last = 0;
    Status status = Status::Refused;
    std::string code;   ///< of a gap or refusal: codeName(…)
    std::string detail; ///< for people; names no content
    std::int64_t next = 0;
    std::vector<std::string> outcomes;
    std::vector<Receipt> receipts; ///< under the answer's checkpoint
};

struct SubmitAnswer {
    std::vector<RunVerdict> runs;
    std::string checkpoint; ///< signed note
    std::int64_t next = 1;
    Digest head{};
};

/** Owner: the ledger thread. Holds no state of its own that another server could not take over. */
class Intake {
public:
    Intake(LedgerWriter &ledger, const ServerKeys &keys, const Clock &clock, RandomSource &random)
        : m_ledger(ledger), m_keys(keys), m_clock(clock), m_random(random) {}

    /** Runs of `device`'s own chain, in order. Errors only where the store fails; everything else is in the verdicts.
     */
    Result<SubmitAnswer> submit(const Uuid &device, const std::vector<Bytes> &runs);
    /** A transaction for the server's own operations, with the server's reactions switched on. */
    Result<std::unique_ptr<IntakeTransaction>> open();
    /** The newest signed checkpoint. */
    Result<std::string> checkpoint();

    [[nodiscard]] LedgerWriter &ledger() { return m_ledger; }
    [[nodiscard]] const ServerKeys &keys() const { return m_keys; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] RandomSource &random() { return m_random; }

private:
    Result<RunVerdict> submitOne(const Uuid &device, ByteView bytes);
    Result<RunVerdict> storeRun(const ChainRecord &chain, const Run &run);
    /** A fork's branch may be longer than the chain that was received first. */
    Result<bool> continuesFork(const Run &run);
    Result<RunVerdict> storeFork(const ChainRecord &chain, const Run &run, std::int64_t from);
    /** The first sequence at which the run differs from what is stored; last + 1 if it does not, `first` if `before`
     *  is not the stored head there. */
    Result<std::int64_t> firstDifference(const ChainRecord &chain, const Run &run);
    /** nullopt unless this very run (same bounds and head) was stored before. */
    Result<std::optional<RunVerdict>> repeated(const Run &run);
    Result<std::vector<std::string>> storedOutcomes(const Run &run, std::int64_t branch);
    Status addReceipts(RunVerdict &verdict, const Uuid &device, const Digest &h);

    LedgerWriter &m_ledger;
    const ServerKeys &m_keys;
    const Clock &m_clock;
    RandomSource &m_random;
};

/** A second branch of a chain begins at `from`: both are disputed from there until the office decides. Inside a
 *  transaction, before the branch is appended. */
[[nodiscard]] Status disputeFrom(LedgerWriter &ledger, const Uuid &device, std::int64_t from);

/** h of a chain after `seq` (from 1), from the leaf that covers it. NotFound if it is not stored. */
[[nodiscard]] Result<Digest> storedHead(LedgerReader &ledger, const ChainRecord &chain, std::int64_t seq);

} // namespace zhicha
