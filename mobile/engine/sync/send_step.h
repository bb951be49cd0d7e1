#pragma once
// Sending the outbox, and believing nothing of the answer that is not proven (docs/PROTOCOL.md "Sending operations").
#include "mobile/engine/sync/run_cutter.h"
#include "mobile/engine/sync/sync_step.h"
#include "shared/oplog/receipt.h"

namespace zhicha {

/** Sends runs until every own operation is acknowledged or the office takes no more of them. At least one exchange a
 *  round, so that a new origin and a chain that went astray are noticed.
 *  Holds:  the acknowledged mark moves only in one transaction with receipts whose leaf, h, inclusion and whose
 *          checkpoint's signature and consistency were verified.
 *  Errors: BadProof, BadSignature (nothing is acknowledged); WrongServer with kNeedsNewerNote. A refused run, a fork
 *          and a store that is behind are troubles of the context. */
class SendStep final : public SyncStep {
public:
    explicit SendStep(SyncContext &context) : m_context(context), m_cutter(context.store) {}
    void restart();
    Result<std::optional<HttpRequest>> next() override;
    Status onAnswer(const HttpResponse &response) override;
    void interrupted() override { m_waiting.reset(); }
    /** The office holds more of this chain than the store does. */
    [[nodiscard]] bool isBehind() const { return m_behind; }
    /** An answer that a courier brought, about runs of this chain, with the consistency proof that would be asked for.
     *  The same checks as over the network. */
    Status onCarried(std::vector<OwnRun> runs, const HttpResponse &answer, const HttpResponse &proof);

private:
    struct Accepted { ///< what an answer claims, until the consistency proof is there
        Checkpoint checkpoint;
        std::string note;
        std::vector<Receipt> receipts;
        std::vector<std::pair<std::int64_t, std::string>> outcomes;
        std::vector<std::int64_t> storedRuns; ///< their first sequences
        std::int64_t next = 1;                ///< what the office expects of this chain …
        Digest head{};                        ///< … and its head before that
        bool broken = false;                  ///< a new origin that does not continue what was known
    };
    Result<std::optional<HttpRequest>> sendRuns();
    Status onOperations(const HttpResponse &response);
    Status onProof(const HttpResponse &response);
    Status readRun(const cbor::Value &entry, const OwnRun &run, Accepted &accepted);
    Status readStored(const cbor::Map &entry, const OwnRun &run, Accepted &accepted);
    Status compareChain(std::int64_t next, const Digest &head);
    Status settleBroken(Accepted accepted, const Error &why);
    Status noteBreak(const Checkpoint &known, const Checkpoint &now);
    Status enterOrigin(const Accepted &accepted);
    Status settle(const Accepted &accepted);

    SyncContext &m_context;
    RunCutter m_cutter;
    std::vector<OwnRun> m_batch;        ///< in the request that is out
    std::optional<Accepted> m_waiting;  ///< for its consistency proof
    std::optional<std::int64_t> m_from; ///< where a gap said to go on
    std::int64_t m_gaps = 0;
    bool m_exchanged = false;
    bool m_behind = false;
    bool m_stopped = false; ///< the office takes no more in this round
};

} // namespace zhicha
