#pragma once
// What a person in the office does, as commands over the ledger. A sub-command and an HTTP verb that do the same thing
// call the same function here. Answers are JSON, as the fixed contracts print it.
#include "sync-server/intake/intake.h"

#include <nlohmann/json_fwd.hpp>

namespace zhicha {

/** Who acts. On the machine itself nobody signs in: that is the `operator`, allowed for whatever has a command. */
struct Actor {
    std::optional<Uuid> person; ///< absent = operator
    [[nodiscard]] bool isOperator() const { return !person.has_value(); }
};

/** NotAllowed unless the person holds one of the roles (space-separated words of role.grant); an operator always may.
 *  docs/PROTOCOL.md and design 3 "who" say which. */
[[nodiscard]] Status requireRole(LedgerReader &ledger, const Actor &actor, std::string_view roles);

/** A person by UUID, code or name: NotFound, Ambiguous. */
[[nodiscard]] Result<Uuid> findPerson(LedgerReader &ledger, std::string_view text);
/** An entity by UUID, or by the code of unit, site or item. NotFound. */
[[nodiscard]] Result<Uuid> findEntity(LedgerReader &ledger, const Uuid &ledgerId, std::string_view type,
                                      std::string_view text);
/** The code of a unit, site, item or person where it has one, else its UUID. */
[[nodiscard]] std::string codeOf(LedgerReader &ledger, const Uuid &entity);

} // namespace zhicha
