#pragma once
// A year's rankings side by side, for the charts of the ranking page.
#include "sync-server/office/ledger/ranking_board.h"

namespace zhicha {

/** {"months":[{"month","state","rows":[{"unit": id,"score","rank"}]}]}: of the year of `month`, up to it; a frozen
 *  month as it was published. A scope that is not everything sees its own units. NotFound as rankingJson. */
[[nodiscard]] Result<nlohmann::json> rankingTrendJson(LedgerReader &ledger, const Book &book, rules::Month month,
                                                      const ItemScope &scope);

} // namespace zhicha
