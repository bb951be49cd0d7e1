#pragma once
// Corrections by the office: a finding's words, and what is to be hidden (or shown again).
#include "sync-server/office/office.h"

namespace zhicha {

struct FindingAmendment {
    std::string finding; ///< UUID
    std::optional<std::string> text;
    std::optional<std::string> severity;
    std::optional<std::string> item; ///< code or UUID; "" = none
    std::string reason;
};

/** {"finding","operation","fields":[…]}. What is equal to what stands is not written again; nothing new = AlreadyDone.
 *  Role: reviewer, not of the check. NotFound, InvalidArgument. */
[[nodiscard]] Result<nlohmann::json> amendFinding(Intake &intake, const Actor &actor,
                                                  const FindingAmendment &amendment);

/** {"entity","void","operation"}. Role by what it is: administrator for persons and roles, chief for units, else
 *  reviewer (who is not of the check). AlreadyDone if it is (or, with undo, is not) void; WrongUsage for what has
 *  commands of its own (the ledger, keys, devices). */
[[nodiscard]] Result<nlohmann::json> voidEntity(Intake &intake, const Actor &actor, std::string_view entity,
                                                const std::string &reason, bool undo);

} // namespace zhicha
