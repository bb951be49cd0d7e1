#pragma once
// A session: a signed challenge for a token. No password lives on a tablet (docs/PROTOCOL.md "Sessions").
#include "mobile/engine/sync/sync_step.h"

namespace zhicha {

/** Done once the context has a token that is good for a while; it is kept in the store for the next program. */
class SessionStep final : public SyncStep {
public:
    explicit SessionStep(SyncContext &context) : m_context(context) {}
    /** The office does not take the token any more. */
    Status forget();
    Result<std::optional<HttpRequest>> next() override;
    Status onAnswer(const HttpResponse &response) override;
    void interrupted() override { m_challenge.reset(); }

private:
    Status load();
    SyncContext &m_context;
    std::optional<Bytes> m_challenge;
    std::int64_t m_expiresAtMs = 0; ///< by the office's clock
    bool m_loaded = false;
};

} // namespace zhicha
