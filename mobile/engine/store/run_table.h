#pragma once
// Runs of the own chain, the receipts for them, runs that were pulled, and runs that could not be taken.
#include "mobile/engine/store/sql.h"
#include "shared/oplog/receipt.h"

namespace zhicha {

/** A run as it was cut and signed, before its first send. */
struct OwnRun {
    std::int64_t first = 0;
    std::int64_t last = 0;
    Digest h{};
    Signature signature{};
    std::string refused; ///< why the office did not take it the last time; empty = not refused
};

struct StoredReceipt {
    std::int64_t generation = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::int64_t log = 0;
    std::int64_t receivedAtMs = 0;
};

/** A run of another chain as the office gave it out. */
struct PulledRun {
    RunBounds bounds; ///< its ledger is the store's
    Signature signature{};
    std::int64_t log = 0; ///< in the origin in which it was pulled first
};

struct ParkedRun {
    std::int64_t log = 0;
    Bytes run;
    std::string code;
    std::string detail;
};

/** Threads: the store's. Writes run inside the caller's transaction. */
class RunTable {
public:
    explicit RunTable(Sql &sql) : m_sql(sql) {}

    Status addOwn(const OwnRun &run);
    Result<std::optional<OwnRun>> ownCovering(std::int64_t seq);
    Result<std::int64_t> lastCut(); ///< last operation of the last run; 0 before the first
    Status setRefused(std::int64_t first, std::string_view why);
    Result<std::vector<OwnRun>> refused();

    Status addReceipt(std::int64_t generation, const Receipt &receipt, std::string_view checkpoint);
    /** The last operation up to which receipts of this origin cover the chain without a hole, from `base` on. */
    Result<std::int64_t> acknowledged(std::int64_t generation, std::int64_t base);
    /** The newest receipt that covers the operation. */
    Result<std::optional<StoredReceipt>> receiptFor(std::int64_t seq);

    /** `origin`: the generation that gave it out. `lacking`: with less of it than this tablet holds, so that it is to
     * be shown to that generation if it came from an earlier one. */
    Status addPulled(const RunBounds &bounds, const Signature &signature, std::int64_t log, std::int64_t origin,
                     bool lacking);
    /** Runs that were pulled before this generation and not since, in log order, after the first `skip`. */
    Result<std::vector<PulledRun>> unseenSince(std::int64_t generation, std::size_t skip, std::size_t most);
    Status noteSeen(const RunBounds &bounds, std::int64_t generation);
    Result<std::optional<PulledRun>> pulledCovering(const Uuid &device, std::int64_t seq);
    /** Receipts of earlier origins, newest first. */
    Result<std::vector<StoredReceipt>> receiptsBefore(std::int64_t generation, std::size_t most);
    /** The signed checkpoint of the newest of them; empty without one. */
    Result<std::string> newestCheckpointBefore(std::int64_t generation);
    /** Where the chain of another device stands, as far as it was pulled. */
    Result<std::optional<ChainHead>> lastPulled(const Uuid &device);

    Status park(ByteView run, std::int64_t log, std::string_view code, std::string_view detail);
    Status unpark(ByteView run);
    Result<std::vector<ParkedRun>> parked();

private:
    Sql &m_sql;
};

} // namespace zhicha
