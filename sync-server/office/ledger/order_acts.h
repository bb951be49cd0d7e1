#pragma once
// Rectification orders (二（三）, （五）): issued from a finding with a deadline, answered by the unit with evidence,
// accepted, returned with a new deadline or looked at on site again by somebody else, closed, and opened anew where
// there is reason to. The unit may ask for a review within 30 days of receipt, decided by people who took no part.
#include "sync-server/office/ledger/item_acts.h"

namespace zhicha {

struct OrderDraft {
    Uuid finding, unit;
    std::string dueOn, requirement;
    bool photosRequired = false;
    std::string why;      ///< photos are asked for; the unit reads it
    std::string assignee; ///< "" = the unit's clerk answers; else somebody outside, through a link
};

struct OrderAnswer {
    std::string text;
    std::vector<Digest> photos; ///< brought for this order beforehand
    std::string byCode;         ///< "" = a clerk; else the assignee's name, who came with a code
};

/** Why the state of an order, a rule or a person's own part in it forbids something; set where an act answers
 *  WrongUsage. */
struct OrderRefusal {
    std::string code;   ///< of consoleProblems(): not_now, against_rules, recused
    std::string reason; ///< a word
    std::string clause, wording;
};

/** {"order","number"}, numbered on in the year without gaps. Role: reviewer who took no part in the check. */
[[nodiscard]] Result<nlohmann::json> issueOrder(const LedgerAct &act, const OrderDraft &draft, OrderRefusal &refusal);
/** 签收: from here the 30 days of the review run. By the unit's clerk, or by whoever holds the code. */
[[nodiscard]] Result<nlohmann::json> acknowledgeOrder(const LedgerAct &act, const Uuid &order,
                                                      const std::string &byCode, OrderRefusal &refusal);
/** Also takes it as received where it was not yet. */
[[nodiscard]] Result<nlohmann::json> answerOrder(const LedgerAct &act, const Uuid &order, const OrderAnswer &answer,
                                                 OrderRefusal &refusal);
/** 验收通过 or, after a recheck, 复查通过: it is closed. Role: reviewer who took no part in the check. */
[[nodiscard]] Result<nlohmann::json> acceptOrder(const LedgerAct &act, const Uuid &order, const std::string &reason,
                                                 OrderRefusal &refusal);
/** An answer that does not do, a recheck that failed, or a closed one that is opened anew: with a new limit. */
[[nodiscard]] Result<nlohmann::json> returnOrder(const LedgerAct &act, const Uuid &order, const std::string &reason,
                                                 const std::string &dueOn, OrderRefusal &refusal);

struct Recheck {
    std::string reason;
    Uuid to; ///< an inspector who took no part in the check
    std::string dueOn;
};
/** Of an answered order, or of a closed one (a sample): then with a reason. */
[[nodiscard]] Result<nlohmann::json> recheckOrder(const LedgerAct &act, const Uuid &order, const Recheck &recheck,
                                                  OrderRefusal &refusal);
/** Once, within 30 days of receipt. By the unit's clerk. */
[[nodiscard]] Result<nlohmann::json> askOrderReview(const LedgerAct &act, const Uuid &order, const std::string &ground,
                                                    OrderRefusal &refusal);

struct ReviewDecision {
    std::string outcome; ///< upheld, changed, withdrawn
    std::string reason;
    std::string dueOn; ///< of changed
};
/** Role: chief who took no part in check or order. */
[[nodiscard]] Result<nlohmann::json> decideOrderReview(const LedgerAct &act, const Uuid &order,
                                                       const ReviewDecision &decision, OrderRefusal &refusal);

/** NotFound unless it is here. */
[[nodiscard]] Result<const BookOrder *> shownOrder(const Book &book, const Uuid &order);
/** The check that an order's finding belongs to. */
[[nodiscard]] Result<Uuid> checkOfFinding(LedgerReader &ledger, const Uuid &finding);
/** Who made, signed, reviewed or amended the check, and who issued, accepted, returned or sent for a recheck. */
[[nodiscard]] Result<std::set<Uuid>> whoTookPart(LedgerReader &ledger, const BookOrder &order);

} // namespace zhicha
