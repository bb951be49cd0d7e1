#pragma once
// Roles and passwords of persons that are there already.
#include "sync-server/office/office.h"
#include "sync-server/office/signin/sign_in.h"

namespace zhicha {

struct NewGrant {
    Uuid person;
    std::string role;
    std::optional<Uuid> unit;
    std::string team;
};

/** {"grant","person","role","in_force"}. Role: administrator. One person is not administrator, security officer and
 *  auditor at once: NotAllowed. InvalidArgument, NotFound, AlreadyDone (has it). */
[[nodiscard]] Result<nlohmann::json> grantRole(Intake &intake, const Actor &actor, const NewGrant &grant);
/** {"grant","confirmed"}. Role: security; nobody confirms a grant of their own making or to themselves. */
[[nodiscard]] Result<nlohmann::json> confirmRole(Intake &intake, const Actor &actor, const Uuid &grant);
/** {"grant","ended"}; the person's sessions end. Role: administrator. NotAllowed for the last administrator, and
 *  but on the machine itself for the last security officer. */
[[nodiscard]] Result<nlohmann::json> endRole(Intake &intake, const Actor &actor, const Uuid &grant,
                                             const std::string &reason);
/** {"person","password"}: a new random password, shown once; second factors and sessions go. Role: administrator. A
 *  person without an account gets one. */
[[nodiscard]] Result<nlohmann::json> resetPassword(Intake &intake, const Actor &actor, const Uuid &person,
                                                   const PasswordCost &cost = {});

} // namespace zhicha
