// rankings/<month>/trend: the year's months side by side.
#include "sync-server/http/resources/console/ledger_query.h"
#include "sync-server/http/resources/console/resources.h"
#include "sync-server/office/ledger/ranking_trend.h"

namespace zhicha {

using nlohmann::json;

namespace {
Result<Response> getRankingTrend(ConsoleCall &call) {
    const auto month = rules::monthFromText(call.request.param("month"));
    if (!month)
        return fail(Code::NotFound, "no such month");
    ZHICHA_ASSIGN(const json out, lookInBook<json>(call, [&](LedgerReader &reader, const Book &book) -> Result<json> {
                      ZHICHA_ASSIGN(const ItemScope scope, scopeOf(call, reader, book));
                      return rankingTrendJson(reader, book, *month, scope);
                  }));
    return jsonResponse(200, out);
}
} // namespace

void addTrendRoutes(ConsoleGate &gate) {
    gate.add("GET", "/rankings/{month}/trend", {Resource::Ranking, Verb::Read}, getRankingTrend);
}

} // namespace zhicha
