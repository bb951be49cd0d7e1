#pragma once
// The escalation desk (四（二）4): what is due on a day and since when, counted day by day with its clause; recording a
// step with its document, and that a written commitment was met. What a step costs is entered apart, with its own
// document.
#include "sync-server/office/ledger/request_acts.h"

namespace zhicha {

/** {"as_of","today","ladder":[…],"actions":[…],"exempt":[{"item","until"}],"undetermined":[{"item","year"}]}
 * (docs/CONSOLE_API.md §13). */
[[nodiscard]] Result<nlohmann::json> escalationJson(LedgerReader &ledger, const Book &book, rules::Day asOf);
/** What is due for one item on a day; nullopt if nothing is. */
[[nodiscard]] std::optional<rules::DueAction> dueFor(const Book &book, const BookItem &item, rules::Day day);

struct StepRecord {
    int step = 0;
    std::string on;       ///< of a media exposure the day of the exposure
    std::string document; ///< its number and date
    std::string commitment, commitmentDueOn;
};
/** {"item","step","on"}. The step has to be the one that was due on that day: else WrongUsage with `refusal`.
 *  Role: reviewer. */
[[nodiscard]] Result<nlohmann::json> recordStep(const LedgerAct &act, const Uuid &item, const StepRecord &record,
                                                Refusal &refusal);
/** Of the step that takes a written commitment, once one is given. Role: reviewer. */
[[nodiscard]] Result<nlohmann::json> meetCommitment(const LedgerAct &act, const Uuid &item, const Uuid &step,
                                                    const std::string &on);

struct EventEntry {
    Uuid item;
    Uuid unit;
    std::string rule;
    std::string on;
    std::string document;
    bool subordinate = false;
    std::optional<Uuid> reportedBy;
};
/** Merits and demerits of 附件2 that are entered by hand, each with its document. {"event","points","counted",
 *  "reason"?}: what it comes to today. Role: reviewer. */
[[nodiscard]] Result<nlohmann::json> enterEvent(const LedgerAct &act, const EventEntry &entry);
/** [{"id","class","points","clause","wording"}] of the rules that are entered by hand. */
[[nodiscard]] nlohmann::json pointRulesJson(const rules::Rules &rules);

} // namespace zhicha
