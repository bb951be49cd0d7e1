// outside: one order for whoever comes with its link and code, and nothing else. Order and code travel in headers, so
// that neither stands in an address, a log or the browser's history.
#include "sync-server/http/resources/console/ledger_query.h"
#include "sync-server/http/resources/console/order_photo_calls.h"
#include "sync-server/http/resources/console/resources.h"

#include "shared/base/instant.h"
#include "shared/crypto/digest.h"
#include "sync-server/office/console/index_keeper.h"
#include "sync-server/office/ledger/order_link.h"
#include "sync-server/office/ledger/order_photos.h"

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::size_t kMostNamedPhotos = 100;

/** The order that the code opens; bad_code and locked are said alike for orders that are there and that are not. */
Result<Uuid> openedOrder(ConsoleCall &call, const char *act) {
    call.audit = {act, "order", std::string(call.request.header("x-order"))};
    const auto id = uuidFromText(call.request.header("x-order"));
    if (!id)
        return call.refuse("bad_code");
    ZHICHA_ASSIGN(const CodeVerdict verdict, tryOrderCode(call.context.access, *id, call.request.header("x-order-code"),
                                                          std::string(call.request.peer)));
    if (verdict.what == CodeVerdict::What::Locked)
        return call.refuse("locked", {{"until", toRfc3339(verdict.untilMs)}});
    if (verdict.what == CodeVerdict::What::Wrong)
        return call.refuse("bad_code");
    return *id;
}

Result<json> outsideLook(ConsoleCall &call, const Uuid &id) {
    return lookInBook<json>(call, [&](LedgerReader &reader, const Book &book) -> Result<json> {
        ZHICHA_ASSIGN(const BookOrder *order, shownOrder(book, id));
        return outsideOrderJson(reader, book, *order);
    });
}

Result<Response> getOutside(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, openedOrder(call, "outside_look"));
    ZHICHA_ASSIGN(const json out, outsideLook(call, id));
    return jsonResponse(200, out);
}

using OutsideWork = std::function<Result<json>(const LedgerAct &, const std::string &name, OrderRefusal &)>;

/** One act of the assignee. The same key and code make the same thing once. */
Result<Response> actOutside(ConsoleCall &call, const Uuid &id, const OutsideWork &work) {
    const Uuid request = uuidFromDigest(
        taggedDigest("zhicha/v1/outside-id", {id.bytes, viewOf(call.request.header("idempotency-key"))}));
    const auto done = call.access.ask<json>([&](Intake &intake) -> Result<json> {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, intake.ledger().rowOf(id));
        const LedgerAct act{intake, call.context.book, Actor{}, request};
        OrderRefusal refusal;
        auto answer = work(act, row ? row->text("assignee") : "", refusal);
        if (!answer && !refusal.code.empty())
            return call.refuse(refusal.code, {{"reason", refusal.reason}});
        return answer;
    });
    ZHICHA_TRY(done ? Status() : Status(done.error()));
    ZHICHA_TRY(call.context.keeper.catchUp());
    ZHICHA_ASSIGN(const json out, outsideLook(call, id));
    return jsonResponse(200, out);
}

Result<Response> postOutsideReceipt(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, openedOrder(call, "order_acknowledge"));
    return actOutside(call, id, [&](const LedgerAct &act, const std::string &name, OrderRefusal &refusal) {
        return acknowledgeOrder(act, id, name, refusal);
    });
}

Result<Response> postOutsideAnswer(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, openedOrder(call, "order_answer"));
    OrderAnswer answer;
    ZHICHA_ASSIGN(answer.text, call.text("text"));
    const json photos = call.body.value("photos", json::array());
    if (!photos.is_array() || photos.size() > kMostNamedPhotos)
        return call.badField("photos", "a list of digests");
    for (const json &one : photos) {
        const auto digest = one.is_string() ? digestFromHex(one.get<std::string>()) : std::nullopt;
        if (!digest)
            return call.badField("photos", "a list of digests");
        answer.photos.push_back(*digest);
    }
    return actOutside(call, id, [&](const LedgerAct &act, const std::string &name, OrderRefusal &refusal) {
        answer.byCode = name;
        return answerOrder(act, id, answer, refusal);
    });
}

Result<Response> postOutsidePhoto(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, openedOrder(call, "order_photo"));
    ZHICHA_ASSIGN(const BookOrder order,
                  lookInBook<BookOrder>(call, [&](LedgerReader &, const Book &book) -> Result<BookOrder> {
                      ZHICHA_ASSIGN(const BookOrder *found, shownOrder(book, id));
                      return *found;
                  }));
    return takeOrderPhoto(call, order);
}

Result<Response> getOutsidePhoto(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, openedOrder(call, "order_photo_read"));
    const auto digest = digestFromHex(call.request.param("photo"));
    ZHICHA_ASSIGN(const bool own, lookInBook<bool>(call, [&](LedgerReader &reader, const Book &book) -> Result<bool> {
                      ZHICHA_ASSIGN(const BookOrder *order, shownOrder(book, id));
                      return isPhotoOf(reader, *order, digest);
                  }));
    if (!own)
        return fail(Code::NotFound, "no such photo");
    return showOrderPhoto(call, *digest);
}
} // namespace

void addOutsideRoutes(ConsoleGate &gate) {
    ConsoleRule rule{Resource::Frame, Verb::Read, Admits::Anybody};
    gate.add("GET", "/outside/order", rule, getOutside);
    gate.add("GET", "/outside/photos/{photo}", rule, getOutsidePhoto);
    gate.add("POST", "/outside/acknowledge", rule, postOutsideReceipt);
    gate.add("POST", "/outside/answer", rule, postOutsideAnswer);
    rule.rawBody = true;
    rule.maxBodyBytes = kLargestOrderPhoto;
    gate.add("POST", "/outside/photos", rule, postOutsidePhoto);
}

} // namespace zhicha
