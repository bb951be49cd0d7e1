#pragma once
// What the office and the units write about items: registering, correcting, completing, reports. Each is a handful of
// operations of the server chain in one transaction; who may is asked here once more, as for every command.
#include "sync-server/office/ledger/item_draft.h"
#include "sync-server/office/office.h"

namespace zhicha {

/** One request of somebody to the ledger. The book is the server's, brought up to date on the way. */
struct LedgerAct {
    Intake &intake;
    LedgerBook &book;
    Actor actor;
    Uuid request; ///< mints codes: the same request makes the same thing once

    [[nodiscard]] rules::Day today() const { return dayOfInstant(intake.clock().nowMs()); }
    template <typename T>
    Result<T> look(const std::function<Result<T>(const Book &)> &work) const {
        return book.look<T>(intake.ledger(), today(), work);
    }
    /** Appends in one transaction, with what `beside` writes into the office's own tables. */
    [[nodiscard]] Status write(std::vector<ServerOperation> operations,
                               const std::function<Status(LedgerWriter &)> &beside = {}) const;
    /** The person acts for this unit: a clerk of it. */
    [[nodiscard]] Status requireUnit(const Book &book, rules::Index unit) const;
    /** "<prefix><16 hex digits of the request and n>" */
    [[nodiscard]] std::string codeFor(std::string_view prefix, std::size_t n = 0) const;
    [[nodiscard]] std::string actorName() const;
};

/** {"items":[{"item","number"}]}, numbered on in the year of issue, in the order given; {"problems":[{"row","field",
 *  "why"}]} and nothing written if anything is wrong, or if it is a dry run. Role: reviewer. */
[[nodiscard]] Result<nlohmann::json> registerItems(const LedgerAct &act, const std::vector<ItemDraft> &drafts,
                                                   bool dryRun, std::size_t most = 1000);
/** {"item","fields"} or {"problems"}. AlreadyDone if nothing differs. Role: reviewer. */
[[nodiscard]] Result<nlohmann::json> correctItem(const LedgerAct &act, const Uuid &item, const ItemDraft &draft,
                                                 const std::string &reason);
/** {"item","on","awarded"}. 0 to what an item is worth, in steps of the rule file. WrongUsage if it is withdrawn or
 *  not yet issued on that day. Role: reviewer. */
[[nodiscard]] Result<nlohmann::json> completeItem(const LedgerAct &act, const Uuid &item, const std::string &on,
                                                  const std::optional<std::string> &awarded);
[[nodiscard]] Result<nlohmann::json> reopenItem(const LedgerAct &act, const Uuid &item, const std::string &reason);

/** A report of one of the item's units by a day; `what`: progress or completion. Role: reviewer. */
[[nodiscard]] Result<nlohmann::json> askReport(const LedgerAct &act, const Uuid &item, const Uuid &unit,
                                               const std::string &what, const std::string &dueOn);
/** Today, by the unit's clerk; `effect` goes into the item as well. */
[[nodiscard]] Result<nlohmann::json> submitReport(const LedgerAct &act, const Uuid &item, const Uuid &report,
                                                  const std::string &text, const std::optional<std::string> &effect);
/** Once a report: a second return asks for a new report. Role: reviewer. */
[[nodiscard]] Result<nlohmann::json> returnReport(const LedgerAct &act, const Uuid &item, const Uuid &report,
                                                  const std::string &reason, const std::string &resubmitDueOn);
[[nodiscard]] Result<nlohmann::json> acceptReport(const LedgerAct &act, const Uuid &item, const Uuid &report);

/** NotFound unless it is shown. */
[[nodiscard]] Result<const BookItem *> shownItem(const Book &book, const Uuid &item);
/** 1 to 4000 bytes of text. */
[[nodiscard]] Status checkWords(std::string_view what, const std::string &text);

} // namespace zhicha
