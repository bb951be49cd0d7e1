#pragma once
// Bodies that go: one officer asks, another erases. And bodies that stay but are not given out to tablets.
#include "sync-server/office/office.h"

namespace zhicha {

struct ErasureAsk {
    std::string check;                   ///< UUID or official number
    std::vector<std::string> entities;   ///< findings, notes, answers …: everything that was written of them
    std::vector<std::string> operations; ///< single ones, by d in hex
    std::vector<std::string> photos;     ///< by SHA-256 in hex; their previews go too
    std::string reason;                  ///< stays for good: it must not repeat what is to be erased
    std::optional<Uuid> id;              ///< given twice with the same content: the same answer
};

/** {"erasure","check","operations","photos"}. Role: reviewer, chief or security, not of the check; always a person.
 *  NotFound, InvalidArgument (nothing named, of another check, a kind whose body stays), AlreadyDone. */
[[nodiscard]] Result<nlohmann::json> askErasure(Intake &intake, const Actor &actor, const ErasureAsk &ask);

/** {"erasure","check","operations","photos","erased_on"}: the bodies are gone when this returns; files and what the
 *  ledger's file may still hold of them go with finishErasures(). Role: chief or security, not of the check, and not
 *  who asked. NotFound, AlreadyDone, NotAllowed. */
[[nodiscard]] Result<nlohmann::json> eraseAsked(Intake &intake, const Actor &actor, std::string_view erasure);

/** {"withholding","check","operations"}: no tablet gets these bodies any more; who has them keeps them. Role: reviewer
 *  or chief, not of the check. */
[[nodiscard]] Result<nlohmann::json> withholdBodies(Intake &intake, const Actor &actor, const ErasureAsk &ask);

/** {"erasures":[{"erasure","check","number"?,"operations":n,"photos":n,"kinds":{kind: n},"reason","asked_by",
 *  "asked_on","erased_by"?,"erased_on"?,"may"?}]}, the latest first: no content. Of one check, or of all. `may`: true
 *  if this viewer's word is the one that is missing. */
[[nodiscard]] Result<nlohmann::json> listErasures(LedgerReader &ledger, const std::optional<Uuid> &check,
                                                  const std::optional<Uuid> &viewer = std::nullopt);

} // namespace zhicha
