#pragma once
// The monthly ranking (四（一）, 四（二）2): computed by the assessor, each point explained, published once and frozen.
// What the ledger gives later is shown beside what was published and never replaces it.
#include "sync-server/office/ledger/item_acts.h"
#include "sync-server/office/ledger/item_list.h"

namespace zhicha {

/** {"months":[{"month","state":"frozen"|"trial","published_on"?,"winners_differ"?}]} of this year and of whatever was
 *  published, the latest first. */
[[nodiscard]] Result<nlohmann::json> rankingMonthsJson(const Book &book);
/** {"month","as_of","state","figures": digest,"rows":[…],"difference":[…],…} (docs/CONSOLE_API.md §14). A scope that is
 *  not everything sees its own units' rows. NotFound for a month that has not begun. */
[[nodiscard]] Result<nlohmann::json> rankingJson(LedgerReader &ledger, const Book &book, rules::Month month,
                                                 const ItemScope &scope);
/** One unit's figures down to clause and paper. */
[[nodiscard]] Result<nlohmann::json> rankingUnitJson(LedgerReader &ledger, const Book &book, rules::Month month,
                                                     rules::Index unit);
/** {"month","published_on","winners"}: as it was shown (`figures`), else Conflict; once, and after the month's last
 *  day (WrongUsage before). Role: chief. */
[[nodiscard]] Result<nlohmann::json> publishRanking(const LedgerAct &act, rules::Month month, const Digest &figures);

} // namespace zhicha
