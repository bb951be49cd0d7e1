#pragma once
// Issued papers: given a number once, revoked only by a later one, received by each unit once. Nothing of an issued
// paper changes; PDF and DOCX are made from what its operation says.
#include "shared/base/bytes.h"
#include "shared/documents/page.h"
#include "sync-server/office/papers/handed_drafts.h"
#include "sync-server/office/papers/paper_content.h"

#include <nlohmann/json_fwd.hpp>

namespace zhicha {

/** {"paper","number","kind","title","day","to":n,"operation"}. Role: chief. The number is the next of its kind and
 * year. AlreadyDone (such a paper stands: it must be revoked first, or the id is in use), Conflict (the item has
 * changed since the draft was made), InvalidArgument (a paper to a superior without 签发人). `from`: the draft that was
 * handed on leaves the queue with it, or nothing is issued: NotFound (it was issued, or taken back), Conflict. */
[[nodiscard]] Result<nlohmann::json> issuePaper(Intake &intake, const Actor &actor, PaperDraft draft,
                                                const std::optional<DraftTaken> &from = std::nullopt);
/** The number of a paper that stands and says the same; "" if there is none. */
[[nodiscard]] Result<std::string> paperThatStands(LedgerReader &ledger, const PaperDraft &draft);

/** By a paper that was issued later and is not revoked itself. Role: chief. NotFound, AlreadyDone, WrongUsage (the
 * other one is not later). {"paper","revoked_by","operation"} */
[[nodiscard]] Result<nlohmann::json> revokePaper(Intake &intake, const Actor &actor, const std::string &paper,
                                                 const std::string &by, const std::string &reason);

/** 签收: the unit has the paper before it. Role: unit_clerk of that unit; the office may not in its stead. AlreadyDone
 * is no error: the first receipt is answered. {"paper","unit","read_on"} */
[[nodiscard]] Result<nlohmann::json> receivePaper(Intake &intake, const Actor &actor, const std::string &paper,
                                                  const std::string &unit);

/** Filters: empty ones ask for everything. */
struct PaperQuery {
    std::string kind;
    std::string state;        ///< issued, received (by all), revoked
    std::optional<Uuid> unit; ///< papers to this unit alone
    std::optional<Uuid> item;
    std::optional<std::vector<Uuid>> among; ///< papers to one of these units alone
};
/** {"papers":[{"id","number","kind","words","title","to":[{"id","name"}],"level","day","state","received":n,"of":m,
 *  "revoked_by"?,"item"?,"month"?}]}, the newest first. */
[[nodiscard]] Result<nlohmann::json> listPapers(LedgerReader &ledger, const PaperQuery &query);

/** The list's row with "content", "receipts":[{"unit","name","read_on"?}], "digest" and "revocation"?. */
[[nodiscard]] Result<nlohmann::json> paperDetail(LedgerReader &ledger, const Uuid &paper);

/** By UUID or number (三政督〔2026〕15号). NotFound. */
[[nodiscard]] Result<Uuid> findPaper(LedgerReader &ledger, const std::string &text);
/** Whether the paper goes to this unit. */
[[nodiscard]] bool isTo(const EntityRow &paper, const Uuid &unit);
/** As issued, with a mark where it has been revoked. */
[[nodiscard]] Result<documents::Paper> issuedPaper(LedgerReader &ledger, const EntityRow &paper);

/** A draft with its mark 草稿 and no number. */
[[nodiscard]] documents::Paper draftAsShown(const PaperDraft &draft);
[[nodiscard]] Result<std::vector<documents::Page>> paperPages(const documents::Paper &paper);
[[nodiscard]] Result<Bytes> paperPdf(const documents::Paper &paper);

} // namespace zhicha
