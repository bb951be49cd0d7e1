#pragma once
// Requests of the units that the leaders sign (附件2 三 5 延期, 6 销号, 7 变更责任单位; 四（二）4 特殊原因), and what a
// lead unit reports of a cooperating one, which the office alone decides (三 4): filed,
// looked at by the office, signed by the right leaders, refused with a reason and the clause, returned to be completed.
// The last signature and the decision that it makes are one transaction.
#include "sync-server/office/ledger/item_acts.h"
#include "sync-server/office/ledger/item_list.h"
#include "sync-server/office/signin/word_assertion.h"

namespace zhicha {

struct RequestFiling {
    Uuid item;
    std::string what;
    std::string ground;
    std::string newDueOn, from, until; ///< "" = not given
    std::optional<Uuid> to;
};

/** One test of the notice, shown before anybody signs. */
struct RuleTest {
    std::string rule; ///< open, later, within, first, other_unit, days, alone, cooperates, leads
    bool ok = true;
    std::string detail; ///< a day or a name that it was compared with
};
[[nodiscard]] std::vector<RuleTest> testsOf(const Book &book, const BookItem &item, const BookRequest &request);
[[nodiscard]] const rules::Clause &clauseOf(const rules::Rules &rules, std::string_view what);
/** Who is to sign as this: the vice mayor whom the unit names; "" where it is no certain person. */
[[nodiscard]] std::string signerName(const Book &book, const BookRequest &request, std::string_view as);
/** Who may sign now as what: the vice mayor in charge is the one whom the unit names. */
[[nodiscard]] std::vector<std::string> signsAs(const Book &book, const BookRequest &request,
                                               const std::set<std::string> &roles, const std::string &name);

/** How many requests wait for a word of this person. */
[[nodiscard]] std::int64_t requestsToSign(const Book &book, const std::set<std::string> &roles,
                                          const std::string &name);

/** A refusal that rests on the notice: set where an act answers WrongUsage. */
struct Refusal {
    std::string why;
    rules::Clause clause;
};

/** {"request","state"}. `again`: a returned request, put anew. By a clerk of the unit that leads the item, or by the
 *  office on that unit's paper. WrongUsage with `refusal` where a test fails. */
[[nodiscard]] Result<nlohmann::json> fileRequest(const LedgerAct &act, const RequestFiling &filing,
                                                 const std::optional<Uuid> &again, Refusal &refusal);
/** What a person's security key is asked to sign of a request: the digests of the words that signing it would write.
 *  NotAllowed as for signing. */
[[nodiscard]] Result<std::vector<Digest>> wordsToSign(const LedgerAct &act, const Uuid &request,
                                                      const std::string &opinion, Refusal &refusal);
/** The answer of a person's security key, and the key as the office knows it. */
struct KeyTouch {
    SecurityKey key;
    std::string origin; ///< of the page that asked
    Assertion assertion;
};
/** {"request","as","state","by","granted"?}; `by`: key, or server where there was no touch. NotAllowed for whoever has
 *  nothing to sign in it now. BadSignature: the key signed something else, and nothing is written. */
[[nodiscard]] Result<nlohmann::json> signRequest(const LedgerAct &act, const Uuid &request, const std::string &opinion,
                                                 const std::optional<KeyTouch> &touch, Refusal &refusal);
/** By a leader who could sign; what a lead unit reported, by the office. */
[[nodiscard]] Result<nlohmann::json> refuseRequest(const LedgerAct &act, const Uuid &request,
                                                   const std::string &reason);
/** To the unit, to be completed: by whoever could sign. */
[[nodiscard]] Result<nlohmann::json> returnRequest(const LedgerAct &act, const Uuid &request,
                                                   const std::string &missing);

/** As the pages show it. `roles` and `name`: of who looks. */
[[nodiscard]] Result<nlohmann::json> requestJson(LedgerReader &ledger, const Book &book, const BookRequest &request,
                                                 const std::set<std::string> &roles, const std::string &name);
/** {"rows":[…]}: each word of it that was signed with a security key, with the bytes that were signed. */
[[nodiscard]] Result<nlohmann::json> assertionsJson(LedgerReader &ledger, const Uuid &ledgerId,
                                                    const BookRequest &request);
/** The scope sees it: a request of an own unit, or one that an own unit is to take the item over by; of a report on a
 *  cooperating unit that unit sees what was found true. */
[[nodiscard]] bool covers(const ItemScope &scope, const Book &book, const BookRequest &request);

} // namespace zhicha
