#pragma once
// Words and arrangements of the office about a check that are no verdict: comments, handing it on, letting a joiner in.
#include "sync-server/office/office.h"

namespace zhicha {

struct NewComment {
    Uuid check;
    std::optional<Uuid> about; ///< an entity of the check; absent = the check itself
    std::string field;         ///< "" = the whole entity
    std::string text;          ///< 1 to 4000 bytes
    std::optional<Uuid> id;    ///< given twice with the same content: the same answer
};

/** {"comment","check"}. NotFound, InvalidArgument, AlreadyDone. Whoever may see the check may comment: the caller has
 *  looked that up. */
[[nodiscard]] Result<nlohmann::json> addComment(Intake &intake, const Actor &actor, const NewComment &comment);

/** Gives a check to another inspector: their tablets read it from their next sync on. {"hand","check","to","devices"}.
 *  Role: reviewer. NotFound, WrongUsage (void, or the person has no tablet). */
[[nodiscard]] Result<nlohmann::json> handCheck(Intake &intake, const Actor &actor, const Uuid &check, const Uuid &to,
                                               const std::string &reason);

/** Lets a joiner read who waits for a reviewer: {"join","check","device"}. Role: reviewer. NotFound, AlreadyDone. */
[[nodiscard]] Result<nlohmann::json> admitJoiner(Intake &intake, const Actor &actor, const Uuid &check,
                                                 const Uuid &join);

/** A tablet no longer reads a check (scope.end): it keeps what it has and brings what it still records, and is told
 * what became of its own photos, nothing else. {"check","device"}. Role: reviewer. NotFound, InvalidArgument (reason),
 *  AlreadyDone (it does not read it), WrongUsage (nobody else does: hand it on first). */
[[nodiscard]] Result<nlohmann::json> endReading(Intake &intake, const Actor &actor, const Uuid &check,
                                                const Uuid &device, const std::string &reason);

} // namespace zhicha
