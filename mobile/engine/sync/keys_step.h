#pragma once
// Trust: the key note, asked for before anything else is sent (docs/PROTOCOL.md "Trust").
#include "mobile/engine/sync/sync_step.h"

namespace zhicha {

/** Done once a note that counts is stored. Errors: WrongServer (another root key, the peer's key is not listed, the
 *  note is no newer than the one held), BadSignature. */
class KeysStep final : public SyncStep {
public:
    explicit KeysStep(SyncContext &context) : m_context(context) {}
    void ask() { m_done = false; }
    Result<std::optional<HttpRequest>> next() override;
    Status onAnswer(const HttpResponse &response) override;

private:
    SyncContext &m_context;
    bool m_done = false;
};

/** True if the answer came over a connection that the note vouches for. */
[[nodiscard]] bool peerIsTrusted(const KeyNote &note, const HttpResponse &response);

} // namespace zhicha
