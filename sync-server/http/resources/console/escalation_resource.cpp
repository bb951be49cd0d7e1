// escalation, points and rankings: what the notice makes due, what is recorded, and the months' figures.
#include "sync-server/http/resources/console/ledger_query.h"
#include "sync-server/http/resources/console/resources.h"
#include "sync-server/office/ledger/escalation_desk.h"
#include "sync-server/office/ledger/ranking_board.h"

namespace zhicha {

using nlohmann::json;

namespace {
Result<Response> getEscalation(ConsoleCall &call) {
    const std::string text = call.query("as_of");
    const auto asked = rules::dayFromText(text);
    if (!text.empty() && !asked)
        return call.badField("as_of", "YYYY-MM-DD");
    ZHICHA_ASSIGN(const json out, lookInBook<json>(call, [&](LedgerReader &reader, const Book &book) {
                      return escalationJson(reader, book, asked.value_or(book.today));
                  }));
    return jsonResponse(200, out);
}

Result<Response> postLadderStep(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid item, call.pathId("item"));
    call.audit = {"step_record", "item", toText(item)};
    StepRecord record;
    ZHICHA_ASSIGN(const std::int64_t step, call.number("step"));
    if (step < 1 || step > 99)
        return call.badField("step", "1 to 4");
    record.step = static_cast<int>(step);
    ZHICHA_ASSIGN(record.on, call.text("on", 10));
    ZHICHA_ASSIGN(record.document, call.text("document", 300));
    ZHICHA_ASSIGN(const auto commitment, call.maybeText("commitment"));
    ZHICHA_ASSIGN(const auto due, call.maybeText("commitment_due_on", 10));
    record.commitment = commitment.value_or("");
    record.commitmentDueOn = due.value_or("");
    return actOnLedger(call, [&](const LedgerAct &act) {
        Refusal refusal;
        auto done = recordStep(act, item, record, refusal);
        return orByTheNotice(call, std::move(done), refusal);
    });
}

Result<Response> postMet(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid item, call.pathId("item"));
    ZHICHA_ASSIGN(const Uuid step, call.pathId("step"));
    call.audit = {"step_met", "item", toText(item)};
    ZHICHA_ASSIGN(const std::string on, call.text("on", 10));
    return actOnLedger(call, [&](const LedgerAct &act) { return meetCommitment(act, item, step, on); });
}

Result<Response> getPointRules(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out, lookInBook<json>(call, [&](LedgerReader &, const Book &book) -> Result<json> {
                      return json{{"rows", pointRulesJson(book.rules)}};
                  }));
    return jsonResponse(200, out);
}

Result<Response> postEvent(ConsoleCall &call) {
    EventEntry entry;
    ZHICHA_ASSIGN(entry.item, call.pathId("item"));
    call.audit = {"event_enter", "item", toText(entry.item)};
    ZHICHA_ASSIGN(entry.unit, call.id("unit"));
    ZHICHA_ASSIGN(entry.rule, call.text("rule", 64));
    ZHICHA_ASSIGN(entry.on, call.text("on", 10));
    ZHICHA_ASSIGN(entry.document, call.text("document", 300));
    ZHICHA_ASSIGN(entry.subordinate, call.flag("subordinate", false));
    if (call.body.contains("reported_by") && !call.body["reported_by"].is_null()) {
        ZHICHA_ASSIGN(entry.reportedBy, call.id("reported_by"));
    }
    return actOnLedger(call, [&](const LedgerAct &act) { return enterEvent(act, entry); });
}

Result<rules::Month> monthOfPath(const ConsoleCall &call) {
    const auto month = rules::monthFromText(call.request.param("month"));
    return month ? Result<rules::Month>(*month) : fail(Code::NotFound, "no such month");
}

Result<Response> listRankings(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out,
                  lookInBook<json>(call, [&](LedgerReader &, const Book &book) { return rankingMonthsJson(book); }));
    return jsonResponse(200, out);
}

Result<Response> getRanking(ConsoleCall &call) {
    ZHICHA_ASSIGN(const rules::Month month, monthOfPath(call));
    ZHICHA_ASSIGN(const json out, lookInBook<json>(call, [&](LedgerReader &reader, const Book &book) -> Result<json> {
                      ZHICHA_ASSIGN(const ItemScope scope, scopeOf(call, reader, book));
                      ZHICHA_ASSIGN(json board, rankingJson(reader, book, month, scope));
                      board["may"] = {{"publish", mayUse(call.roles, Resource::Ranking, Verb::Publish) != Reach::None}};
                      return board;
                  }));
    return jsonResponse(200, out);
}

Result<Response> getRankingUnit(ConsoleCall &call) {
    ZHICHA_ASSIGN(const rules::Month month, monthOfPath(call));
    const auto id = uuidFromText(call.request.param("unit"));
    ZHICHA_ASSIGN(const json out, lookInBook<json>(call, [&](LedgerReader &reader, const Book &book) -> Result<json> {
                      ZHICHA_ASSIGN(const ItemScope scope, scopeOf(call, reader, book));
                      const rules::Index unit = id ? book.unit(*id) : rules::kNone;
                      if (unit == rules::kNone && scope.all)
                          return fail(Code::NotFound, "no such unit");
                      if (unit == rules::kNone || !scope.has(unit))
                          return notYours(call, Resource::Ranking, Verb::Read);
                      return rankingUnitJson(reader, book, month, unit);
                  }));
    return jsonResponse(200, out);
}

Result<Response> postPublish(ConsoleCall &call) {
    ZHICHA_ASSIGN(const rules::Month month, monthOfPath(call));
    call.audit = {"ranking_publish", "ranking", rules::monthText(month)};
    ZHICHA_ASSIGN(const std::string shown, call.text("figures", 64));
    const auto figures = digestFromHex(shown);
    if (!figures)
        return call.badField("figures", "the digest as it was shown");
    return actOnLedger(call, [&](const LedgerAct &act) -> Result<json> {
        auto done = publishRanking(act, month, *figures);
        if (!done && done.error().code == Code::Conflict)
            return call.refuse("changed_meanwhile");
        if (!done && done.error().code == Code::WrongUsage)
            return call.refuse("not_now", {{"reason", "month_under_way"}});
        return done;
    });
}
} // namespace

void addEscalationRoutes(ConsoleGate &gate) {
    gate.add("GET", "/escalation", {Resource::Escalation, Verb::Read}, getEscalation);
    const ConsoleRule record = operationRule(Resource::Escalation, Verb::Record);
    gate.add("POST", "/items/{item}/steps", record, postLadderStep);
    gate.add("POST", "/items/{item}/steps/{step}/met", record, postMet);
    gate.add("GET", "/point-rules", {Resource::Escalation, Verb::Read}, getPointRules);
    gate.add("POST", "/items/{item}/events", record, postEvent);
    const ConsoleRule read{Resource::Ranking, Verb::Read};
    gate.add("GET", "/rankings", read, listRankings);
    gate.add("GET", "/rankings/{month}", read, getRanking);
    gate.add("GET", "/rankings/{month}/units/{unit}", read, getRankingUnit);
    ConsoleRule publish = operationRule(Resource::Ranking, Verb::Publish);
    publish.fresh = true;
    gate.add("POST", "/rankings/{month}/publish", publish, postPublish);
}

} // namespace zhicha
