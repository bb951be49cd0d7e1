#pragma once
// A paper made from the ledger's data: everything but its number. The clauses and the wording that it quotes come from
// the rule file; what it says of an item is what the ledger says as of the paper's day.
#include "shared/documents/paper.h"
#include "shared/rules/escalation.h"
#include "sync-server/office/ledger/book.h"
#include "sync-server/office/office.h"
#include "sync-server/office/papers/paper_kind.h"

namespace zhicha {

/** What is asked for. */
struct PaperOrder {
    std::optional<Uuid> id;              ///< of the paper; given twice with the same content: the same answer
    std::string kind;                    ///< a name of paperKinds()
    std::string subject;                 ///< an item (UUID, code or number) or a month (YYYY-MM)
    std::string day;                     ///< 成文日期; empty: today
    std::string signer;                  ///< 签发人; empty: who issues it
    std::string meetingAt, meetingPlace; ///< of an interview
    std::vector<std::string> more;       ///< further paragraphs, before the closing one
};

struct RestsOn {
    std::string clause;
    std::string wording;
};

struct PaperDraft {
    const PaperKind *kind = nullptr;
    std::optional<Uuid> id;
    documents::Paper paper;
    std::vector<Uuid> to; ///< units whose console gets it
    std::optional<Uuid> item;
    std::optional<Digest> itemRow;  ///< its row as it was read, so that issuing sees a later change
    rules::Day due = rules::kNever; ///< of the item, as of the paper's day
    std::string month;
    std::vector<RestsOn> restsOn;
};

/** `today`: the day of the server, which the book is read on. Role: reviewer (a chief is one). InvalidArgument (an
 * unknown kind, a day that is none or to come, a sign that no font has), NotFound (the subject), WrongUsage where the
 * ledger's state gives no ground for such a paper: an urging of an overdue item, a step of the ladder that is neither
 * due nor recorded. */
[[nodiscard]] Result<PaperDraft> draftPaper(LedgerReader &ledger, LedgerBook &book, const Actor &actor,
                                            const PaperOrder &order, const std::string &today);

} // namespace zhicha
