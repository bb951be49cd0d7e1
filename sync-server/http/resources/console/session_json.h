#pragma once
// `GET session` as JSON, and the steps that end in it.
#include "sync-server/http/resources/console/console_call.h"

namespace zhicha {

/** The whole answer of GET session for what the call's session is now; `reason` why there is none. */
[[nodiscard]] Result<nlohmann::json> sessionJson(ConsoleCall &call, LedgerReader &reader, const std::string &reason);
[[nodiscard]] Result<Response> sessionResponse(ConsoleCall &call, int status = 200, const std::string &reason = "");
/** Roles' entries of the rail and the page that opens first. */
[[nodiscard]] std::vector<std::string> railEntries(const std::set<std::string> &roles);
[[nodiscard]] std::string opensOn(const std::set<std::string> &roles, bool firstRunDone);

/** Brings the session to the state that its account asks for now; a full one gets a new token (the old ends). */
Status advanceSession(ConsoleCall &call, LedgerWriter &ledger, bool secondFactorGiven);

/** Settings of the ledger that the first run leaves. */
inline constexpr const char *kFirstRunDone = "console/first_run/done";

} // namespace zhicha
