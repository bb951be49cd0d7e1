#pragma once
// A store that is behind the office, as after an image of the tablet was put back: its own chain comes back to it
// (docs/PROTOCOL.md "A store that is behind").
#include "mobile/engine/sync/sync_step.h"
#include "shared/oplog/run.h"

namespace zhicha {

/** Pulls the own chain from where this store ends, believing its own signature alone, and says so on the chain
 *  (device.rollback). Nothing of what was recorded here is touched: where the office holds another operation under a
 *  number that this store has too, both branches stay and the office decides (ChainFork, a trouble of the context). */
class OwnStep final : public SyncStep {
public:
    explicit OwnStep(SyncContext &context) : m_context(context) {}
    void restart();
    void ask() { m_asked = true; }
    Result<std::optional<HttpRequest>> next() override;
    Status onAnswer(const HttpResponse &response) override;
    /** The store grew: the chain is compared and sent once more. */
    [[nodiscard]] bool caughtUp() const { return m_caughtUp; }

private:
    Status takeRun(ByteView bytes);
    /** Before anything is appended: whether the run continues what this store holds. */
    Result<bool> continues(const Run &run);
    Status sayRollback();

    SyncContext &m_context;
    std::optional<ChainHead> m_before; ///< where this store ended
    bool m_asked = false;
    bool m_done = false;
    bool m_caughtUp = false;
};

} // namespace zhicha
