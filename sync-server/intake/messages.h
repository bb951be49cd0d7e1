#pragma once
// The bodies of docs/PROTOCOL.md as structures: read from requests, written into answers.
#include "sync-server/intake/changes.h"
#include "sync-server/intake/enrolment.h"
#include "sync-server/intake/presented.h"
#include "sync-server/intake/sessions.h"

namespace zhicha {

[[nodiscard]] Result<EnrolRequest> readEnrolRequest(ByteView body); ///< BadEncoding, InvalidArgument

struct SessionRequest {
    Uuid device;
    std::optional<Bytes> challenge; ///< absent: asks for one
    Signature signature{};
};
[[nodiscard]] Result<SessionRequest> readSessionRequest(ByteView body);
/** The runs of a request as encoded. TooLarge past 64 of them. */
[[nodiscard]] Result<std::vector<Bytes>> readRuns(ByteView body);

/** {runs: [[log, run] …], logs: [[first, count] …], checkpoint}. TooLarge past 64 runs, or 4 without a session. */
[[nodiscard]] Result<Presentation> readPresentation(ByteView body, bool admitted);

[[nodiscard]] Bytes writePresented(const std::vector<std::string> &words, std::int64_t timeMs);
[[nodiscard]] Bytes writeEnrolAnswer(const EnrolAnswer &answer, std::int64_t timeMs);
[[nodiscard]] Bytes writeChallenge(const Bytes &challenge, std::int64_t timeMs);
[[nodiscard]] Bytes writeToken(const IssuedToken &token, std::int64_t timeMs);
[[nodiscard]] Bytes writeSubmitAnswer(const SubmitAnswer &answer, std::int64_t timeMs);
[[nodiscard]] Bytes writeChanges(const ChangesPage &page, const std::string &checkpoint, std::int64_t timeMs);
[[nodiscard]] Bytes writeProof(std::int64_t from, std::int64_t to, const std::vector<Digest> &proof,
                               const std::string &checkpoint);

} // namespace zhicha
