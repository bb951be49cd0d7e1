#include "sync-server/office/ledger/ranking_trend.h"

namespace zhicha {

using nlohmann::json;

Result<json> rankingTrendJson(LedgerReader &ledger, const Book &book, rules::Month month, const ItemScope &scope) {
    json months = json::array();
    for (int number = 1; number <= month.month; ++number) {
        ZHICHA_ASSIGN(const json board, rankingJson(ledger, book, {month.year, number}, scope));
        json rows = json::array();
        for (const json &row : board["rows"])
            rows.push_back({{"unit", row["unit"]["id"]}, {"score", row["score"]}, {"rank", row["rank"]}});
        months.push_back({{"month", board["month"]}, {"state", board["state"]}, {"rows", std::move(rows)}});
    }
    return json{{"months", std::move(months)}};
}

} // namespace zhicha
