// rectifications: orders from finding to closure, what units answer and what the office says to it.
#include "sync-server/http/resources/console/ledger_query.h"
#include "sync-server/http/resources/console/order_photo_calls.h"
#include "sync-server/http/resources/console/resources.h"
#include "sync-server/office/ledger/order_link.h"
#include "sync-server/office/ledger/order_photos.h"
#include "sync-server/office/ledger/order_view.h"
#include "sync-server/office/ledger/photo_reuse.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::size_t kMostListedPhotos = 100;

Result<OrderScope> orderScopeOf(ConsoleCall &call, LedgerReader &reader, const Book &book) {
    OrderScope scope;
    ZHICHA_ASSIGN(scope.units, scopeOf(call, reader, book));
    if (!scope.units.all && (call.roles.contains("inspector") || call.roles.contains("team_lead")))
        scope.inspector = call.session->person;
    return scope;
}

Result<OrderListQuery> readOrderQuery(ConsoleCall &call) {
    OrderListQuery query;
    if (const std::string state = call.query("state"); !state.empty()) {
        query.state = orderStateFromName(state);
        if (!query.state)
            return call.badField("state", "issued, open, answered, recheck, closed or withdrawn");
    }
    query.due = call.query("due");
    if (!query.due.empty() && std::find(kOrderDues.begin(), kOrderDues.end(), query.due) == kOrderDues.end())
        return call.badField("due", "overdue, today or week");
    ZHICHA_ASSIGN(query.unit, call.queryId("unit"));
    ZHICHA_ASSIGN(query.item, call.queryId("item"));
    ZHICHA_ASSIGN(query.finding, call.queryId("finding"));
    return query;
}

std::string orderQueryText(const ConsoleCall &call) {
    std::string text = "rectifications&";
    for (const char *name : {"state", "due", "unit", "item", "finding"})
        text += std::string(name) + "=" + call.query(name) + "&";
    return text + toText(call.session->person);
}

Result<Response> getOrders(ConsoleCall &call) {
    ZHICHA_ASSIGN(const std::int64_t limit, call.limit());
    ZHICHA_ASSIGN(OrderListQuery query, readOrderQuery(call));
    ZHICHA_ASSIGN(const json out, lookInBook<json>(call, [&](LedgerReader &reader, const Book &book) -> Result<json> {
                      ZHICHA_ASSIGN(query.scope, orderScopeOf(call, reader, book));
                      ZHICHA_ASSIGN(OrderPage page,
                                    listOrders(reader, book, query, orderQueryText(call), call.query("after"), limit));
                      ZHICHA_ASSIGN(json answer, listJson(reader, std::move(page.page)));
                      answer["states"] = std::move(page.states);
                      return answer;
                  }));
    return jsonResponse(200, out);
}

/** The order of the path as far as the call may see it: not_yours, whether it exists or not. */
Result<const BookOrder *> orderOfPath(ConsoleCall &call, const Book &book, const OrderScope &scope) {
    const auto id = uuidFromText(call.request.param("order"));
    const auto found = id ? book.orders.find(*id) : book.orders.end();
    const bool here = found != book.orders.end() && found->second.isHere;
    if (!here && scope.units.all)
        return fail(Code::NotFound, "no such order");
    if (!here || !scope.covers(found->second))
        return notYours(call, Resource::Orders, Verb::Read);
    return &found->second;
}

Result<Response> getOrder(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out, lookInBook<json>(call, [&](LedgerReader &reader, const Book &book) -> Result<json> {
                      ZHICHA_ASSIGN(const OrderScope scope, orderScopeOf(call, reader, book));
                      ZHICHA_ASSIGN(const BookOrder *order, orderOfPath(call, book, scope));
                      ZHICHA_ASSIGN(json detail, orderDetailJson(reader, book, *order, scope));
                      OrderPowers powers;
                      powers.office = mayUse(call.roles, Resource::Orders, Verb::Review) != Reach::None;
                      powers.chief = mayUse(call.roles, Resource::Orders, Verb::Decide) != Reach::None;
                      powers.unit =
                          !order->outside && call.roles.contains("unit_clerk") && scope.units.has(order->unit);
                      powers.person = call.session->person;
                      powers.scope = scope;
                      ZHICHA_ASSIGN(detail["may"], mayDoAboutOrder(reader, book, *order, powers));
                      return detail;
                  }));
    return jsonResponse(200, out);
}

/** A refusal of the state, the regulation or a person's own part, in the console's words. */
Result<json> orderAnswer(ConsoleCall &call, Result<json> done, const OrderRefusal &refusal) {
    if (!done && done.error().code == Code::WrongUsage && !refusal.code.empty()) {
        json more{{"reason", refusal.reason}};
        if (!refusal.clause.empty())
            more.update({{"clause", refusal.clause}, {"wording", refusal.wording}});
        return call.refuse(refusal.code, std::move(more));
    }
    // Whether it exists is no business of whoever may not see it.
    if (!done && done.error().code == Code::NotFound && call.reach != Reach::All)
        return notYours(call, Resource::Orders, Verb::Read);
    return done;
}

using OrderWork = std::function<Result<json>(const LedgerAct &, const Uuid &, OrderRefusal &)>;

/** One act about the order of the path, audited under its name. */
Result<Response> actOnOrder(ConsoleCall &call, const char *audited, const OrderWork &work) {
    ZHICHA_ASSIGN(const Uuid id, call.pathId("order"));
    call.audit = {audited, "order", toText(id)};
    return actOnLedger(call, [&](const LedgerAct &act) {
        OrderRefusal refusal;
        auto done = work(act, id, refusal);
        return orderAnswer(call, std::move(done), refusal);
    });
}

Result<Response> postOrder(ConsoleCall &call) {
    call.audit = {"order_issue", "order", toText(idOfRequest(call))};
    OrderDraft draft;
    ZHICHA_ASSIGN(draft.finding, call.id("finding"));
    ZHICHA_ASSIGN(draft.unit, call.id("unit"));
    ZHICHA_ASSIGN(draft.dueOn, call.text("due_on", 10));
    ZHICHA_ASSIGN(draft.requirement, call.text("requirement"));
    ZHICHA_ASSIGN(draft.photosRequired, call.flag("photos_required", false));
    ZHICHA_ASSIGN(const auto why, call.maybeText("why"));
    ZHICHA_ASSIGN(const auto assignee, call.maybeText("assignee", 200));
    draft.why = why.value_or("");
    draft.assignee = assignee.value_or("");
    return actOnLedger(call, [&](const LedgerAct &act) {
        OrderRefusal refusal;
        auto done = issueOrder(act, draft, refusal);
        return orderAnswer(call, std::move(done), refusal);
    });
}

Result<Response> postOrderReceipt(ConsoleCall &call) {
    return actOnOrder(call, "order_acknowledge", [](const LedgerAct &act, const Uuid &id, OrderRefusal &refusal) {
        return acknowledgeOrder(act, id, "", refusal);
    });
}

Result<std::vector<Digest>> orderPhotosOfBody(ConsoleCall &call) {
    std::vector<Digest> photos;
    const auto list = call.body.find("photos");
    if (list == call.body.end() || list->is_null())
        return photos;
    if (!list->is_array() || list->size() > kMostListedPhotos)
        return call.badField("photos", "a list of digests");
    for (const json &one : *list) {
        const auto digest = one.is_string() ? digestFromHex(one.get<std::string>()) : std::nullopt;
        if (!digest)
            return call.badField("photos", "a list of digests");
        photos.push_back(*digest);
    }
    return photos;
}

Result<Response> postOrderAnswer(ConsoleCall &call) {
    OrderAnswer answer;
    ZHICHA_ASSIGN(answer.text, call.text("text"));
    ZHICHA_ASSIGN(answer.photos, orderPhotosOfBody(call));
    return actOnOrder(call, "order_answer", [&](const LedgerAct &act, const Uuid &id, OrderRefusal &refusal) {
        return answerOrder(act, id, answer, refusal);
    });
}

Result<Response> postAcceptOrder(ConsoleCall &call) {
    ZHICHA_ASSIGN(const auto reason, call.maybeText("reason"));
    return actOnOrder(call, "order_accept", [&](const LedgerAct &act, const Uuid &id, OrderRefusal &refusal) {
        return acceptOrder(act, id, reason.value_or(""), refusal);
    });
}

Result<Response> postReturnOrder(ConsoleCall &call) {
    ZHICHA_ASSIGN(const std::string reason, call.text("reason"));
    ZHICHA_ASSIGN(const std::string due, call.text("due_on", 10));
    return actOnOrder(call, "order_return", [&](const LedgerAct &act, const Uuid &id, OrderRefusal &refusal) {
        return returnOrder(act, id, reason, due, refusal);
    });
}

Result<Response> postOrderRecheck(ConsoleCall &call) {
    Recheck recheck;
    ZHICHA_ASSIGN(const auto reason, call.maybeText("reason"));
    recheck.reason = reason.value_or("");
    ZHICHA_ASSIGN(recheck.to, call.id("to"));
    ZHICHA_ASSIGN(recheck.dueOn, call.text("due_on", 10));
    return actOnOrder(call, "order_recheck", [&](const LedgerAct &act, const Uuid &id, OrderRefusal &refusal) {
        return recheckOrder(act, id, recheck, refusal);
    });
}

Result<Response> postOrderReview(ConsoleCall &call) {
    ZHICHA_ASSIGN(const std::string ground, call.text("ground"));
    return actOnOrder(call, "order_review_ask", [&](const LedgerAct &act, const Uuid &id, OrderRefusal &refusal) {
        return askOrderReview(act, id, ground, refusal);
    });
}

Result<Response> postOrderDecision(ConsoleCall &call) {
    ReviewDecision decision;
    ZHICHA_ASSIGN(decision.outcome, call.text("outcome", 16));
    ZHICHA_ASSIGN(decision.reason, call.text("reason"));
    ZHICHA_ASSIGN(const auto due, call.maybeText("due_on", 10));
    decision.dueOn = due.value_or("");
    return actOnOrder(call, "order_review_decide", [&](const LedgerAct &act, const Uuid &id, OrderRefusal &refusal) {
        return decideOrderReview(act, id, decision, refusal);
    });
}

/** Shown once, as the answer to nothing but this request: it is kept nowhere, so a repetition makes another. */
Result<Response> postOrderLink(ConsoleCall &call) {
    return actOnOrder(call, "order_link", [](const LedgerAct &act, const Uuid &id, OrderRefusal &refusal) {
        return makeOrderLink(act, id, refusal);
    });
}

Result<Response> deleteOrderLink(ConsoleCall &call) {
    return actOnOrder(call, "order_link_end",
                      [](const LedgerAct &act, const Uuid &id, OrderRefusal &) { return endOrderLink(act, id); });
}

/** A photo for an answer that is still being written: by a clerk of the order's unit, while it can be answered. */
Result<Response> postOrderPhoto(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, call.pathId("order"));
    call.audit = {"order_photo", "order", toText(id)};
    ZHICHA_ASSIGN(const BookOrder order,
                  lookInBook<BookOrder>(call, [&](LedgerReader &reader, const Book &book) -> Result<BookOrder> {
                      ZHICHA_ASSIGN(const OrderScope scope, orderScopeOf(call, reader, book));
                      ZHICHA_ASSIGN(const BookOrder *found, orderOfPath(call, book, scope));
                      return *found;
                  }));
    return takeOrderPhoto(call, order);
}

/** A photo that an answer to this order names, or that its own unit has brought for one. */
Result<Response> getOrderPhoto(ConsoleCall &call) {
    const auto digest = digestFromHex(call.request.param("photo"));
    call.audit = {"order_photo_read", "photo", std::string(call.request.param("photo"))};
    const Status seen = call.access.read([&](LedgerReader &reader) -> Status {
        return call.context.book.read(reader, dayOfInstant(call.context.signIn.clock().nowMs()),
                                      [&](const Book &book) -> Status {
                                          ZHICHA_ASSIGN(const OrderScope scope, orderScopeOf(call, reader, book));
                                          ZHICHA_ASSIGN(const BookOrder *order, orderOfPath(call, book, scope));
                                          ZHICHA_ASSIGN(const bool named, isPhotoOf(reader, *order, digest));
                                          return named ? Status() : fail(Code::NotFound, "no such photo");
                                      });
    });
    ZHICHA_TRY(seen);
    return showOrderPhoto(call, *digest);
}
} // namespace

void addOrderRoutes(ConsoleGate &gate) {
    const ConsoleRule read{Resource::Orders, Verb::Read};
    const ConsoleRule review = operationRule(Resource::Orders, Verb::Review);
    gate.add("GET", "/rectifications", read, getOrders);
    gate.add("GET", "/rectifications/{order}", read, getOrder);
    gate.add("GET", "/rectifications/{order}/photos/{photo}", read, getOrderPhoto);
    gate.add("POST", "/rectifications", operationRule(Resource::Orders, Verb::Issue), postOrder);
    gate.add("POST", "/rectifications/{order}/acknowledge", operationRule(Resource::Orders, Verb::Receive),
             postOrderReceipt);
    gate.add("POST", "/rectifications/{order}/answer", operationRule(Resource::Orders, Verb::Report), postOrderAnswer);
    gate.add("POST", "/rectifications/{order}/accept", review, postAcceptOrder);
    gate.add("POST", "/rectifications/{order}/return", review, postReturnOrder);
    gate.add("POST", "/rectifications/{order}/recheck", review, postOrderRecheck);
    gate.add("POST", "/rectifications/{order}/review", operationRule(Resource::Orders, Verb::File), postOrderReview);
    ConsoleRule decide = operationRule(Resource::Orders, Verb::Decide);
    decide.fresh = true;
    gate.add("POST", "/rectifications/{order}/review/decision", decide, postOrderDecision);
    // No remembered answer: it would keep the code in the clear for a day.
    ConsoleRule link{Resource::Orders, Verb::Issue};
    link.fresh = true;
    gate.add("POST", "/rectifications/{order}/link", link, postOrderLink);
    gate.add("DELETE", "/rectifications/{order}/link", {Resource::Orders, Verb::Issue}, deleteOrderLink);
    ConsoleRule photo{Resource::Orders, Verb::Report};
    photo.rawBody = true;
    photo.maxBodyBytes = kLargestOrderPhoto;
    gate.add("POST", "/rectifications/{order}/photos", photo, postOrderPhoto);
}

} // namespace zhicha
