#pragma once
// Enrolment: a one-time code for a device id and keys that this tablet chose (docs/PROTOCOL.md "Enrolment").
#include "mobile/engine/sync/sync_step.h"

namespace zhicha {

/** The code as it is signed and sent: Crockford's alphabet in upper case, i l o read as 1 1 0, spaces and hyphens left
 *  out. nullopt unless 8 characters remain. */
[[nodiscard]] std::optional<std::string> normalizedCode(std::string_view typed);

struct Enrolment {
    std::string server; ///< https://…, or http:// to a loopback address
    std::string code;
    Digest fingerprint{};
    std::string deviceName; ///< empty: a name is made of the device's id
};
/** Chooses device id and keys and stores them, so that a repeated try is the same try. Fine if enrolled already with
 *  this office; AlreadyDone with another one. */
[[nodiscard]] Status beginEnrolment(LocalStore &store, const Enrolment &enrolment, const Clock &clock,
                                    RandomSource &random);

/** Done once the identity is enrolled. Errors: BadCode, AlreadyDone. */
class EnrolStep final : public SyncStep {
public:
    explicit EnrolStep(SyncContext &context) : m_context(context) {}
    Result<std::optional<HttpRequest>> next() override;
    Status onAnswer(const HttpResponse &response) override;

private:
    SyncContext &m_context;
};

} // namespace zhicha
