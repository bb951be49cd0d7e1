#pragma once
// Persons and their roles: `user add`, and the inspector whom an enrolment code is for.
#include "sync-server/office/office.h"

namespace zhicha {

struct NewPerson {
    std::string name;
    std::string role;                ///< one of the roles of role.grant
    std::optional<std::string> unit; ///< code or UUID
    std::optional<std::string> code; ///< tells persons of one name apart
    std::optional<std::string> team; ///< of inspectors: who shares one may join without an invite
    std::optional<Uuid> id;          ///< given twice with the same content: the same answer
};

/** {"person","name","role","code"?,"unit"?,"password"?}; the password is there once, for roles that sign in at the
 *  console (all but inspector). Role: administrator. InvalidArgument, NotFound (unit), AlreadyDone (the id, code or
 *  sign-in name is taken), Ambiguous (a person of this name, and no code to tell them apart). */
[[nodiscard]] Result<nlohmann::json> addPerson(Intake &intake, const Actor &actor, const NewPerson &person);

/** {"person","name","created"}: by UUID, code or name; makes an inspector of this name (with `newId`) if there is none.
 *  Role: administrator. NotFound (a UUID that is none), Ambiguous, NotAllowed. */
[[nodiscard]] Result<nlohmann::json> findOrCreateInspector(Intake &intake, const Actor &actor, std::string_view text,
                                                           const std::optional<Uuid> &newId = {});

/** {"persons":[{"id","code"?,"name","unit"?,"team"?,"roles":[…],"devices":n,"void"?}]}, by name. */
[[nodiscard]] Result<nlohmann::json> listPersons(LedgerReader &ledger);

} // namespace zhicha
