#pragma once
// What this tablet holds of an earlier life of the office, shown to the one that was restored (docs/PROTOCOL.md
// "Presenting").
#include "mobile/engine/sync/sync_step.h"
#include "shared/oplog/run.h"

namespace zhicha {

/** Shows, after a new origin was entered and everything was pulled from it, each run that it did not give out again:
 *  the office's own old words and what colleagues' tablets had brought. The bytes are those that were pulled; what this
 *  tablet never saw of a run goes as digests.
 *  Holds:  a run counts as shown once the office answered for it; a program that is killed goes on where it was. */
class PresentStep final : public SyncStep {
public:
    explicit PresentStep(SyncContext &context) : m_context(context) {}
    void restart();
    Result<std::optional<HttpRequest>> next() override;
    Status onAnswer(const HttpResponse &response) override;
    void interrupted() override { m_batch.clear(); }
    /** The office learnt something: what follows from it is to be pulled. */
    [[nodiscard]] bool taughtAny() const { return m_taught; }

private:
    SyncContext &m_context;
    std::vector<PulledRun> m_batch; ///< in the request that is out
    std::size_t m_left = 0;         ///< runs that the office cannot take yet
    bool m_taught = false;
    bool m_logsTold = false;
    bool m_done = false;
};

/** Before a session, where the restored office does not know this tablet: shows the run that enrolled it. */
class EnrolmentShownStep final : public SyncStep {
public:
    explicit EnrolmentShownStep(SyncContext &context) : m_context(context) {}
    void ask() { m_asked = true; }
    /** In this round already. */
    [[nodiscard]] bool shown() const { return m_shown; }
    void restart() { m_asked = m_shown = false; }
    Result<std::optional<HttpRequest>> next() override;
    Status onAnswer(const HttpResponse &response) override;

private:
    SyncContext &m_context;
    bool m_asked = false;
    bool m_shown = false;
};

} // namespace zhicha
