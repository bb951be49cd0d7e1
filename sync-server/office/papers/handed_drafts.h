#pragma once
// Drafts of papers that were handed on to whoever may issue (待签发): what the drafter wrote, never what the ledger
// says of the matter, which is read anew each time. They are few, so they are one sealed setting
// (docs/decisions/0015-drafts-of-papers-wait-beside-the-ledger.md).
#include "sync-server/office/papers/paper_draft.h"

#include <nlohmann/json_fwd.hpp>

namespace zhicha {

inline constexpr std::size_t kMostHandedDrafts = 200;
inline constexpr std::size_t kMostReturnReason = 4000; ///< bytes

struct HandedDraft {
    Uuid id;
    Uuid drafter;
    std::string drafterName;
    PaperOrder order;         ///< of which `subject` is the item's UUID or the month
    std::string title;        ///< as the paper would be called when it was handed on
    std::vector<Digest> said; ///< of its paragraphs then
    std::int64_t version = 1; ///< one more with each change
    std::int64_t sinceMs = 0; ///< waits, or is returned, since then
    bool returned = false;    ///< it waits for its drafter
    std::string returnedBy;   ///< of the last return; "" = it never was
    std::string reason;       ///< of the last return
    std::string changedBy;    ///< who wrote last, where that is not the drafter
};

/** The paper's own words without its day and signature, a paragraph or table each. */
[[nodiscard]] std::vector<std::string> paragraphsOf(const documents::Paper &paper);
/** The paragraphs of `now` that the draft did not say when it was handed on: what the ledger changed since. */
[[nodiscard]] std::vector<std::string> saidAnew(const HandedDraft &handed, const PaperDraft &now);

/** Whoever waits longest stands first. StoreDamaged if the list does not read. */
[[nodiscard]] Result<std::vector<HandedDraft>> handedDrafts(LedgerReader &ledger);
/** NotFound. */
[[nodiscard]] Result<HandedDraft> handedDraft(LedgerReader &ledger, const Uuid &id);
/** For lists: everything but what was written. */
[[nodiscard]] nlohmann::json handedDraftJson(const HandedDraft &draft);

/** Who writes, and when. */
struct DraftHand {
    Uuid person;
    std::string name;
    bool mayIssue = false; ///< of others' drafts too
    std::int64_t nowMs = 0;
};
/** What is written: `made` of `order`. */
struct DraftWriting {
    PaperOrder order;
    const PaperDraft &made;
};

// On the ledger thread, in a transaction of the caller's.
/** The same id with the same words again: nothing happens. AlreadyDone (another of this kind about the same waits, or
 *  the id is in use), OverQuota. */
[[nodiscard]] Status handDraftOn(LedgerWriter &ledger, const Uuid &id, const DraftWriting &writing,
                                 const DraftHand &hand);
/** A returned one waits again. NotFound; Conflict (another version); NotAllowed for somebody else's. */
[[nodiscard]] Status changeHandedDraft(LedgerWriter &ledger, const Uuid &id, std::int64_t version,
                                       const DraftWriting &writing, const DraftHand &hand);
/** To its drafter. NotFound; Conflict; AlreadyDone; InvalidArgument (no reason). */
[[nodiscard]] Status returnHandedDraft(LedgerWriter &ledger, const Uuid &id, std::int64_t version,
                                       const std::string &reason, const DraftHand &hand);
/** It is gone: taken back, or given up. NotFound; Conflict; NotAllowed. */
[[nodiscard]] Status dropHandedDraft(LedgerWriter &ledger, const Uuid &id, std::int64_t version, const DraftHand &hand);

/** The draft that a paper is issued from. */
struct DraftTaken {
    Uuid id;
    std::int64_t version = 0;
};
/** Before the paper is issued: NotFound, Conflict (another version, or of other kind or subject). */
[[nodiscard]] Status checkDraftTaken(LedgerReader &ledger, const DraftTaken &taken, const PaperDraft &made);
/** In the transaction that issues the paper. */
[[nodiscard]] Status takeHandedDraft(LedgerWriter &ledger, const DraftTaken &taken);

} // namespace zhicha
