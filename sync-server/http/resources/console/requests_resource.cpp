// requests: what units ask of the leaders, and what office and leaders say to it.
#include "sync-server/http/resources/console/ledger_query.h"
#include "sync-server/http/resources/console/resources.h"
#include "sync-server/http/resources/console/security_key_calls.h"

#include "shared/base/base64url.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::size_t kMostRequests = 200;

bool isSeen(const ItemScope &scope, const Book &book, const BookRequest &request) {
    return request.isHere && covers(scope, book, request);
}

/** Requests that the call sees, the oldest first: those are waited for the longest. */
Result<std::vector<const BookRequest *>> seenRequests(ConsoleCall &call, LedgerReader &reader, const Book &book) {
    ZHICHA_ASSIGN(const ItemScope scope, scopeOf(call, reader, book));
    std::vector<const BookRequest *> found;
    for (const auto &[id, request] : book.requests)
        if (isSeen(scope, book, request))
            found.push_back(&request);
    std::sort(found.begin(), found.end(), [](const BookRequest *a, const BookRequest *b) { return a->log < b->log; });
    return found;
}

Result<Response> listRequests(ConsoleCall &call) {
    const std::string view = call.query("state");
    if (!view.empty() && view != "mine" && view != "waiting" && view != "returned" && view != "decided")
        return call.badField("state", "mine, waiting, returned or decided");
    ZHICHA_ASSIGN(const std::optional<Uuid> ofItem, call.queryId("item"));
    ZHICHA_ASSIGN(const json out, lookInBook<json>(call, [&](LedgerReader &reader, const Book &book) -> Result<json> {
                      ZHICHA_ASSIGN(const std::vector<const BookRequest *> seen, seenRequests(call, reader, book));
                      ZHICHA_ASSIGN(const std::string name, ownName(call, reader));
                      ListPage page;
                      for (const BookRequest *request : seen) {
                          const RequestState state = request->state();
                          const bool mine = !signsAs(book, *request, call.roles, name).empty();
                          const bool fits =
                              view.empty() || (view == "mine" && mine) ||
                              (view == "waiting" && state == RequestState::Waiting) ||
                              (view == "returned" && state == RequestState::Returned) ||
                              (view == "decided" && (state == RequestState::Granted || state == RequestState::Refused));
                          if (!fits || (ofItem && request->item != *ofItem))
                              continue;
                          ++page.count;
                          if (page.rows.size() == kMostRequests)
                              continue;
                          ZHICHA_ASSIGN(json row, requestJson(reader, book, *request, call.roles, name));
                          page.rows.push_back(std::move(row));
                      }
                      page.capped = page.count > kCountedUpTo;
                      page.count = std::min(page.count, kCountedUpTo);
                      return listJson(reader, std::move(page));
                  }));
    return jsonResponse(200, out);
}

/** The path's request, if who asks may see it; to everybody else it is the same whether there is one. */
Result<const BookRequest *> seenRequest(ConsoleCall &call, LedgerReader &reader, const Book &book) {
    const auto id = uuidFromText(call.request.param("request"));
    const auto found = id ? book.requests.find(*id) : book.requests.end();
    ZHICHA_ASSIGN(const ItemScope scope, scopeOf(call, reader, book));
    if (found != book.requests.end() && isSeen(scope, book, found->second))
        return &found->second;
    if (call.reach == Reach::All)
        return fail(Code::NotFound, "no such request");
    return notYours(call, Resource::Requests, Verb::Read);
}

Result<Response> getRequest(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out, lookInBook<json>(call, [&](LedgerReader &reader, const Book &book) -> Result<json> {
                      ZHICHA_ASSIGN(const BookRequest *request, seenRequest(call, reader, book));
                      ZHICHA_ASSIGN(const std::string name, ownName(call, reader));
                      return requestJson(reader, book, *request, call.roles, name);
                  }));
    return jsonResponse(200, out);
}

/** Whether it exists is no business of whoever may not see it. */
Result<json> orRefused(ConsoleCall &call, Result<json> done, const Refusal &refusal) {
    if (!done && done.error().code == Code::NotFound && call.reach != Reach::All)
        return notYours(call, Resource::Requests, Verb::Read);
    return orByTheNotice(call, std::move(done), refusal);
}

Result<RequestFiling> readFiling(ConsoleCall &call) {
    RequestFiling filing;
    ZHICHA_ASSIGN(filing.item, call.id("item"));
    ZHICHA_ASSIGN(filing.what, call.text("what", 16));
    ZHICHA_ASSIGN(filing.ground, call.text("ground"));
    for (const auto &[name, out] : {std::pair<const char *, std::string *>{"new_due_on", &filing.newDueOn},
                                    {"from", &filing.from},
                                    {"until", &filing.until}}) {
        ZHICHA_ASSIGN(const auto text, call.maybeText(name, 10));
        *out = text.value_or("");
        if (!out->empty() && !rules::dayFromText(*out))
            return call.badField(name, "YYYY-MM-DD");
    }
    if (call.body.contains("to") && !call.body["to"].is_null()) {
        ZHICHA_ASSIGN(filing.to, call.id("to"));
    }
    return filing;
}

Result<Response> file(ConsoleCall &call, const std::optional<Uuid> &again) {
    call.audit = {"request_file", "request", again ? toText(*again) : toText(idOfRequest(call))};
    ZHICHA_ASSIGN(const RequestFiling filing, readFiling(call));
    return actOnLedger(call, [&](const LedgerAct &act) {
        Refusal refusal;
        auto done = fileRequest(act, filing, again, refusal);
        return orRefused(call, std::move(done), refusal);
    });
}

Result<Response> postRequest(ConsoleCall &call) {
    return file(call, std::nullopt);
}

Result<Response> postAgain(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, call.pathId("request"));
    return file(call, id);
}

/** The person's keys that were made for this host. */
Result<json> keysHere(ConsoleCall &call) {
    const std::string rpId = rpIdOf(call.request);
    return call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        ZHICHA_ASSIGN(const std::vector<SecurityKey> keys, reader.accounts().keysOf(call.session->person));
        return rpId.empty() ? json::array() : keyList(keys, rpId);
    });
}

/** What a key is to sign: the digests of the words that signing would write, as they would be written now. */
Result<Response> postSignChallenge(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, call.pathId("request"));
    ZHICHA_ASSIGN(const auto opinion, call.maybeText("opinion"));
    json out{{"timeout_ms", kTouchTimeoutMs}, {"user_verification", "preferred"}};
    ZHICHA_ASSIGN(out["allow"], keysHere(call));
    if (!out["allow"].empty())
        out["rp_id"] = rpIdOf(call.request);
    ZHICHA_ASSIGN(const std::vector<Digest> words,
                  call.access.ask<std::vector<Digest>>([&](Intake &intake) -> Result<std::vector<Digest>> {
                      const LedgerAct act{intake, call.context.book, call.actor(), id};
                      Refusal refusal;
                      auto asked = wordsToSign(act, id, opinion.value_or(""), refusal);
                      if (asked)
                          return asked;
                      if (asked.error().code == Code::NotAllowed)
                          return call.refuse("not_yours", {{"needed", json::array()}});
                      const auto refused = orRefused(call, asked.error(), refusal);
                      return refused.error();
                  }));
    out["challenge"] = toBase64Url(challengeOver(words));
    out["words"] = json::array();
    for (const Digest &word : words)
        out["words"].push_back(toHex(word));
    return jsonResponse(200, out);
}

/** The touch that came with the request. Without one it is the server's word: then the second factor has to be fresh,
 *  and whoever has a key here says that it is not at hand. */
Result<std::optional<KeyTouch>> touchOf(ConsoleCall &call) {
    const auto given = call.body.find("webauthn");
    if (given != call.body.end()) {
        if (!given->is_object())
            return call.badField("webauthn", "an answer of a security key");
        ZHICHA_ASSIGN(KeyAnswer answer, keyAnswerOf(call, *given));
        ZHICHA_ASSIGN(const std::optional<SecurityKey> key,
                      call.access.look<std::optional<SecurityKey>>(
                          [&](LedgerReader &reader) { return reader.accounts().key(answer.credential); }));
        if (!key || key->person != call.session->person || key->rpId != rpIdOf(call.request))
            return call.refuse("bad_credentials");
        return std::optional(KeyTouch{*key, originOf(call.request), std::move(answer.assertion)});
    }
    ZHICHA_ASSIGN(const bool withoutKey, call.flag("without_key", false));
    ZHICHA_ASSIGN(const json keys, keysHere(call));
    if (!keys.empty() && !withoutKey)
        return call.refuse("not_now", {{"reason", "touch_needed"}});
    const std::int64_t age = call.context.signIn.clock().nowMs() - call.session->secondFactorMs;
    if (age > kStepUpMs || age < 0)
        return call.refuse("needs_second_factor");
    return std::optional<KeyTouch>();
}

Result<Response> postSign(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, call.pathId("request"));
    call.audit = {"request_sign", "request", toText(id)};
    ZHICHA_ASSIGN(const auto opinion, call.maybeText("opinion"));
    ZHICHA_ASSIGN(const std::optional<KeyTouch> touch, touchOf(call));
    if (touch)
        call.audit.act = "request_sign_key";
    return actOnLedger(call, [&](const LedgerAct &act) -> Result<json> {
        Refusal refusal;
        auto done = signRequest(act, id, opinion.value_or(""), touch, refusal);
        const bool badTouch =
            !done && (done.error().code == Code::BadSignature || done.error().code == Code::BadEncoding);
        if (touch && badTouch)
            return call.refuse("bad_credentials");
        return orRefused(call, std::move(done), refusal);
    });
}

/** What was signed with a security key, as anybody can check it without us (docs/FORMATS.md "Assertions"). */
Result<Response> getAssertions(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out, lookInBook<json>(call, [&](LedgerReader &reader, const Book &book) -> Result<json> {
                      ZHICHA_ASSIGN(const BookRequest *request, seenRequest(call, reader, book));
                      return assertionsJson(reader, call.access.keys().ledger, *request);
                  }));
    return jsonResponse(200, out);
}

Result<Response> postRefuse(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, call.pathId("request"));
    call.audit = {"request_refuse", "request", toText(id)};
    ZHICHA_ASSIGN(const std::string reason, call.text("reason"));
    return actOnLedger(call, [&](const LedgerAct &act) { return orRefused(call, refuseRequest(act, id, reason), {}); });
}

Result<Response> postReturnRequest(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, call.pathId("request"));
    call.audit = {"request_return", "request", toText(id)};
    ZHICHA_ASSIGN(const std::string missing, call.text("missing"));
    return actOnLedger(call,
                       [&](const LedgerAct &act) { return orRefused(call, returnRequest(act, id, missing), {}); });
}
} // namespace

void addRequestRoutes(ConsoleGate &gate) {
    const ConsoleRule read{Resource::Requests, Verb::Read};
    const ConsoleRule filing = operationRule(Resource::Requests, Verb::File);
    const ConsoleRule sign = operationRule(Resource::Requests, Verb::Sign);
    gate.add("GET", "/requests", read, listRequests);
    gate.add("GET", "/requests/{request}", read, getRequest);
    gate.add("POST", "/requests", filing, postRequest);
    gate.add("POST", "/requests/{request}/file", filing, postAgain);
    gate.add("POST", "/requests/{request}/refuse", sign, postRefuse);
    gate.add("POST", "/requests/{request}/return", sign, postReturnRequest);
    gate.add("GET", "/requests/{request}/assertions", read, getAssertions);
    gate.add("POST", "/requests/{request}/sign/challenge", ConsoleRule{Resource::Requests, Verb::Sign},
             postSignChallenge);
    // A signature is given by who sits there, not by who left the page open: postSign asks for a touch, or for a second
    // factor of a moment ago.
    gate.add("POST", "/requests/{request}/sign", sign, postSign);
}

} // namespace zhicha
