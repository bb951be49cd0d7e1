#pragma once
// What a tablet shows to an office that was restored (docs/PROTOCOL.md "Presenting"), and how much one request carries.
#include <cstddef>
#include <string_view>

namespace zhicha::protocol {

inline constexpr std::string_view kPresentedPath = "/api/v1/presented";
inline constexpr std::string_view kOwnChainPath = "/api/v1/own"; ///< ?after=SEQ
inline constexpr std::size_t kMaxRunsPerRequest = 64;            ///< of POST /operations and POST /presented
/** Without a session: a tablet whose enrolment was lost shows the run that holds it. */
inline constexpr std::size_t kMaxRunsUnadmitted = 4;

// One word for each run that was shown; otherwise the code of a problem.
inline constexpr std::string_view kTaken = "stored";
inline constexpr std::string_view kKnown = "known";

} // namespace zhicha::protocol
