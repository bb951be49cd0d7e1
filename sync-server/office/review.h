#pragma once
// The office's verdict on a check, and closing one whose tablet is lost.
#include "sync-server/office/office.h"

namespace zhicha {

struct ReviewQuestion {
    std::string text;
    std::optional<Uuid> about; ///< an entity of the check
    std::optional<std::int64_t> dueAtMs;
};

struct ReviewRequest {
    std::string check; ///< UUID or official number
    bool accept = true;
    std::vector<ReviewQuestion> questions; ///< of a return: at least one
    std::optional<Uuid> id;                ///< given twice with the same content: the same answer
};

/** {"review","check","verdict","questions":[{"id","text","about"?,"due_at"?}],"state"}. The verdict names the heads
 *  that the ledger holds now. Role: reviewer; nobody who started, joined or signed the check (NotAllowed).
 *  NotFound, InvalidArgument, Conflict (a field is contested), WrongUsage (void, or still under way), AlreadyDone. */
[[nodiscard]] Result<nlohmann::json> reviewCheck(Intake &intake, const Actor &actor, const ReviewRequest &request);

/** {"close","check","state"}: what is here is all that will come. Role: reviewer. WrongUsage if it is not under way. */
[[nodiscard]] Result<nlohmann::json> closeCheck(Intake &intake, const Actor &actor, std::string_view check,
                                                const std::string &reason);

/** NotAllowed if the actor is of the check. An operator never is. */
[[nodiscard]] Status requireNotOfCheck(LedgerReader &ledger, const Actor &actor, const Uuid &check);

} // namespace zhicha
