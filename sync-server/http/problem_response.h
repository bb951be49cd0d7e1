#pragma once
// The one border where our error codes become HTTP: RFC 9457 problem documents.
#include "sync-server/http/message.h"

namespace zhicha {

inline constexpr std::string_view kProblemMediaType = "application/problem+json";

/** The HTTP status of a code, from the table of problems. 460 is the checksum status of tus. */
[[nodiscard]] int problemStatus(Code code);

/** {"type","title","status","code","detail"} and what, safe, next, who in Chinese and (…_en) English; the detail is
 * left out where it could name our disks (status 500). Retry-After is set where waiting helps (Busy, Stopped,
 * OverQuota). */
[[nodiscard]] Response problemResponse(const Error &error);
/** The same under a status that HTTP itself prescribes (405, 415, 431 …). */
[[nodiscard]] Response problemResponse(const Error &error, int status);

} // namespace zhicha
