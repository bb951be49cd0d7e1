#pragma once
// Fields with several surviving values, and the office's decision between them.
#include "sync-server/office/office.h"

namespace zhicha {

/** {"conflicts":[{"entity","type","check"?,"field","values":[{"value","by","at","device"}]}]}, by entity and field. */
[[nodiscard]] Result<nlohmann::json> listConflicts(LedgerReader &ledger);

struct Decision {
    std::string entity; ///< UUID or code
    std::string field;
    std::string value; ///< as a person writes it: a word, a text, codes separated by commas, true or false; "" = none
    std::string reason;
    /** The writes whose values were shown; absent = whatever stands now. */
    std::optional<std::vector<Digest>> seen = std::nullopt;
};

/** Writes the value on the server chain over all that stands: {"entity","field","value","operation"}.
 *  Role: reviewer, not of the check. NotFound, InvalidArgument (no value of this field), WrongUsage (not contested),
 *  Conflict (other writes stand than were seen). */
[[nodiscard]] Result<nlohmann::json> decideConflict(Intake &intake, const Actor &actor, const Decision &decision);

/** A folded value as JSON, ids as `idText` says. */
[[nodiscard]] nlohmann::json valueJson(const cbor::Value &value,
                                       const std::function<std::string(const Uuid &)> &idText);
/** A folded value as JSON: ids as codes where there is one. */
[[nodiscard]] nlohmann::json valueJson(LedgerReader &ledger, const cbor::Value &value);
/** The value that a person means by this text for a decided field. InvalidArgument, NotFound. */
[[nodiscard]] Result<cbor::Value> fieldValue(LedgerReader &ledger, EntityType type, std::string_view field,
                                             const std::string &text);

/** Writes another value beside what stands, so that the field is contested and somebody has to decide:
 *  {"entity","field","operation"}. Role: reviewer, not of the check. AlreadyDone if that value stands. */
[[nodiscard]] Result<nlohmann::json> raiseConflict(Intake &intake, const Actor &actor, const Decision &objection);

} // namespace zhicha
