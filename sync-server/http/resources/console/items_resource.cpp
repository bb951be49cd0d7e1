// items: the master ledger and a unit's own one, one item, and what is written about it.
#include "sync-server/http/resources/console/ledger_query.h"
#include "sync-server/http/resources/console/resources.h"

#include <charconv>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::uint64_t kMostBatchBytes = 8 * 1024 * 1024;
constexpr std::int64_t kHistoryRows = 60;

Result<Response> listItemsOf(ConsoleCall &call) {
    ZHICHA_ASSIGN(const std::int64_t limit, call.limit());
    ZHICHA_ASSIGN(const json out, lookInBook<json>(call, [&](LedgerReader &reader, const Book &book) -> Result<json> {
                      ZHICHA_ASSIGN(const ReadItemQuery asked, readItemQuery(call, reader, book));
                      ZHICHA_ASSIGN(ItemPage page,
                                    listItems(reader, book, asked.query, asked.text, call.query("after"), limit));
                      ZHICHA_ASSIGN(json list, listJson(reader, std::move(page.page)));
                      list["lamps"] = std::move(page.lamps);
                      list["supervisors"] = page.supervisors;
                      list["today"] = rules::dayText(book.today);
                      return list;
                  }));
    return jsonResponse(200, out);
}

Result<Response> getItem(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out, lookInBook<json>(call, [&](LedgerReader &reader, const Book &book) -> Result<json> {
                      ZHICHA_ASSIGN(const BookItem *item, itemOfPath(call, reader, book, Resource::Items));
                      ZHICHA_ASSIGN(const ItemScope scope, scopeOf(call, reader, book));
                      ZHICHA_ASSIGN(json detail, itemDetailJson(reader, book, *item, scope));
                      const Reach files = mayUse(call.roles, Resource::Requests, Verb::File);
                      detail["may"] = {
                          {"register", mayUse(call.roles, Resource::Items, Verb::Register) != Reach::None},
                          {"report", mayUse(call.roles, Resource::Items, Verb::Report) != Reach::None},
                          {"file", files == Reach::All || (files == Reach::Own && scope.has(item->now.lead))}};
                      return detail;
                  }));
    return jsonResponse(200, out);
}

Result<Response> getOperations(ConsoleCall &call) {
    std::int64_t before = 0;
    if (const std::string text = call.query("before"); !text.empty()) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), before);
        if (error != std::errc() || end != text.data() + text.size() || before < 1)
            return call.badField("before", "a number of the ledger");
    }
    ZHICHA_ASSIGN(const json out, lookInBook<json>(call, [&](LedgerReader &reader, const Book &book) -> Result<json> {
                      ZHICHA_ASSIGN(const BookItem *item, itemOfPath(call, reader, book, Resource::Items));
                      ZHICHA_ASSIGN(const ItemScope scope, scopeOf(call, reader, book));
                      return itemHistoryJson(reader, book, *item, scope, before, kHistoryRows);
                  }));
    return jsonResponse(200, out);
}

/** What is wrong with the fields, as the refusal of a form: its first field, and all of them. */
Error wrongFields(ConsoleCall &call, const json &problems) {
    call.addDetail("problems", problems);
    return call.badField(problems.front()["field"].get<std::string>(), problems.front()["why"].get<std::string>());
}

Result<Response> postItem(ConsoleCall &call) {
    call.audit = {"item_register", "item", ""};
    ZHICHA_ASSIGN(const ItemDraft draft, readItemDraft(call, call.body));
    return actOnLedger(call, [&](const LedgerAct &act) -> Result<json> {
        ZHICHA_ASSIGN(json answer, registerItems(act, {draft}, false));
        if (!answer["problems"].empty())
            return wrongFields(call, answer["problems"]);
        call.audit.object = answer["items"][0]["item"].get<std::string>();
        return answer["items"][0];
    });
}

Result<Response> postBatch(ConsoleCall &call) {
    const auto rows = call.body.find("rows");
    if (rows == call.body.end() || !rows->is_array())
        return call.badField("rows", "a list");
    ZHICHA_ASSIGN(const bool dryRun, call.flag("dry_run", false));
    std::vector<ItemDraft> drafts;
    for (const json &row : *rows) {
        ZHICHA_ASSIGN(ItemDraft draft, readItemDraft(call, row));
        drafts.push_back(std::move(draft));
    }
    if (!dryRun)
        call.audit = {"item_register", "items", std::to_string(drafts.size())};
    return actOnLedger(call, [&](const LedgerAct &act) -> Result<json> {
        ZHICHA_ASSIGN(json answer, registerItems(act, drafts, dryRun));
        if (!dryRun && !answer["problems"].empty())
            return wrongFields(call, answer["problems"]);
        return answer;
    });
}

/** What came after the form was shown would be overwritten unseen. */
Status nothingWrittenSince(ConsoleCall &call, LedgerReader &reader, const Uuid &item) {
    ZHICHA_ASSIGN(const std::int64_t shown, shownLog(call));
    ZHICHA_ASSIGN(const std::int64_t last, lastLogOf(reader, item));
    if (last > shown)
        return call.refuse("changed_meanwhile", {{"base", {{"log", last}}}});
    return {};
}

Result<Response> postCorrect(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid item, call.pathId("item"));
    call.audit = {"item_correct", "item", toText(item)};
    ZHICHA_ASSIGN(const std::string reason, call.text("reason"));
    ZHICHA_ASSIGN(const ItemDraft draft, readItemDraft(call, call.body));
    return actOnLedger(call, [&](const LedgerAct &act) -> Result<json> {
        ZHICHA_TRY(nothingWrittenSince(call, act.intake.ledger(), item));
        ZHICHA_ASSIGN(json answer, correctItem(act, item, draft, reason));
        return answer["problems"].empty() ? Result<json>(std::move(answer)) : wrongFields(call, answer["problems"]);
    });
}

/** The state of the item or report forbids it: a refusal with a reason, not a mistake of the form. */
Result<json> orNotNow(ConsoleCall &call, Result<json> done, const char *reason) {
    if (!done && done.error().code == Code::WrongUsage)
        return call.refuse("not_now", {{"reason", reason}});
    return done;
}

Result<Response> postComplete(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid item, call.pathId("item"));
    call.audit = {"item_complete", "item", toText(item)};
    ZHICHA_ASSIGN(const std::string on, call.text("on", 10));
    ZHICHA_ASSIGN(const auto awarded, call.maybeText("awarded", 16));
    return actOnLedger(call, [&](const LedgerAct &act) -> Result<json> {
        ZHICHA_TRY(nothingWrittenSince(call, act.intake.ledger(), item));
        return orNotNow(call, completeItem(act, item, on, awarded), "item_closed");
    });
}

Result<Response> postReopen(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid item, call.pathId("item"));
    call.audit = {"item_reopen", "item", toText(item)};
    ZHICHA_ASSIGN(const std::string reason, call.text("reason"));
    return actOnLedger(call, [&](const LedgerAct &act) { return reopenItem(act, item, reason); });
}

Result<Response> postReport(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid item, call.pathId("item"));
    call.audit = {"report_ask", "item", toText(item)};
    ZHICHA_ASSIGN(const Uuid unit, call.id("unit"));
    ZHICHA_ASSIGN(const std::string what, call.text("what", 16));
    ZHICHA_ASSIGN(const std::string dueOn, call.text("due_on", 10));
    return actOnLedger(call, [&](const LedgerAct &act) {
        return orNotNow(call, askReport(act, item, unit, what, dueOn), "item_closed");
    });
}

Result<Response> postSubmit(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid item, call.pathId("item"));
    ZHICHA_ASSIGN(const Uuid report, call.pathId("report"));
    call.audit = {"report_submit", "report", toText(report)};
    ZHICHA_ASSIGN(const std::string text, call.text("text"));
    ZHICHA_ASSIGN(const auto effect, call.maybeText("effect"));
    return actOnLedger(call, [&](const LedgerAct &act) -> Result<json> {
        // Another unit's report answers like one that is not there.
        auto done = submitReport(act, item, report, text, effect);
        if (!done && done.error().code == Code::NotFound)
            return call.refuse("not_yours", {{"needed", rolesThatMay(Resource::Items, Verb::Report)}});
        return done;
    });
}

Result<Response> postReturn(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid item, call.pathId("item"));
    ZHICHA_ASSIGN(const Uuid report, call.pathId("report"));
    call.audit = {"report_return", "report", toText(report)};
    ZHICHA_ASSIGN(const std::string reason, call.text("reason"));
    ZHICHA_ASSIGN(const std::string dueOn, call.text("resubmit_due_on", 10));
    return actOnLedger(call, [&](const LedgerAct &act) {
        return orNotNow(call, returnReport(act, item, report, reason, dueOn), "not_handed_in");
    });
}

Result<Response> postAccept(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid item, call.pathId("item"));
    ZHICHA_ASSIGN(const Uuid report, call.pathId("report"));
    call.audit = {"report_accept", "report", toText(report)};
    return actOnLedger(
        call, [&](const LedgerAct &act) { return orNotNow(call, acceptReport(act, item, report), "not_handed_in"); });
}
} // namespace

void addItemRoutes(ConsoleGate &gate) {
    const ConsoleRule read{Resource::Items, Verb::Read};
    const ConsoleRule write = operationRule(Resource::Items, Verb::Register);
    ConsoleRule batch = write;
    batch.maxBodyBytes = kMostBatchBytes;
    gate.add("GET", "/items", read, listItemsOf);
    gate.add("POST", "/items/search", read, listItemsOf);
    gate.add("POST", "/items", write, postItem);
    gate.add("POST", "/items/batch", batch, postBatch);
    gate.add("GET", "/items/{item}", read, getItem);
    gate.add("GET", "/items/{item}/operations", read, getOperations);
    gate.add("POST", "/items/{item}/correct", write, postCorrect);
    gate.add("POST", "/items/{item}/complete", write, postComplete);
    gate.add("POST", "/items/{item}/reopen", write, postReopen);
    gate.add("POST", "/items/{item}/reports", write, postReport);
    gate.add("POST", "/items/{item}/reports/{report}/submit", operationRule(Resource::Items, Verb::Report), postSubmit);
    gate.add("POST", "/items/{item}/reports/{report}/return", write, postReturn);
    gate.add("POST", "/items/{item}/reports/{report}/accept", write, postAccept);
}

} // namespace zhicha
