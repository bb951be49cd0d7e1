#pragma once
// Pulling what this tablet may see (docs/PROTOCOL.md "Pulling").
#include "mobile/engine/sync/sync_step.h"
#include "shared/oplog/run.h"

namespace zhicha {

/** Pulls pages until there is no more. Each page is stored, folded and its cursor moved in one transaction.
 *  A run that does not verify is parked: shown, tried again with later pages, and never in the way of the rest. */
class PullStep final : public SyncStep {
public:
    explicit PullStep(SyncContext &context) : m_context(context) {}
    void restart() { m_done = false; }
    Result<std::optional<HttpRequest>> next() override;
    Status onAnswer(const HttpResponse &response) override;

private:
    /** Verifies and stores one run. The error says why it cannot be taken; the store's own errors too. */
    Status takeRun(ByteView bytes, std::int64_t log);
    Status takeOrPark(ByteView bytes, std::int64_t log);
    Status storeRun(const Run &run, std::int64_t log);
    Result<std::optional<PublicKey>> keyOf(const Uuid &device);
    Status disputeFrom(const Uuid &device, std::int64_t seq);
    Status noteReceived(const cbor::Map &fields);
    Status noteMismatch(const cbor::Map &fields);
    Status retryParked();
    Status obeyErasures(const std::vector<StoredOperation> &fresh);

    SyncContext &m_context;
    std::int64_t m_origin = 0; ///< the generation that gives out the page at hand
    bool m_done = false;
    std::vector<std::string> m_erasedFiles; ///< of photos whose keys go with the page at hand
};

} // namespace zhicha
