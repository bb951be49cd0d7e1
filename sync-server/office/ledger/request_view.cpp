#include "shared/base/base64url.h"
#include "sync-server/office/ledger/request_acts.h"

namespace zhicha {

using nlohmann::json;
using rules::kNone;

Result<json> assertionsJson(LedgerReader &ledger, const Uuid &ledgerId, const BookRequest &request) {
    json rows = json::array();
    for (const BookRequestWord &word : request.words) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(word.id));
        if (!word.byKey || !row || !row->birth)
            continue;
        ZHICHA_ASSIGN(const std::optional<LogOperation> operation, ledger.operationByDigest(word.id, *row->birth));
        if (!operation || !operation->operation.bytes.body)
            continue;
        ZHICHA_ASSIGN(const Envelope envelope, decodeEnvelope(operation->operation.bytes.envelope));
        ZHICHA_ASSIGN(const Body body, decodeBody(*operation->operation.bytes.body));
        const SignedStatement statement{ledgerId, envelope.kind, envelope.id, envelope.actor.value_or(Uuid{}),
                                        body.fields};
        ZHICHA_ASSIGN(const KeyWord key, readKeyWord(*body.fields.at(kAssertionField).map()));
        json covers = json::array();
        for (const Digest &covered : key.covers)
            covers.push_back(toHex(covered));
        rows.push_back({{"word", toText(word.id)},
                        {"name", word.name},
                        {"log", operation->log},
                        {"operation", toHex(operation->operation.d)},
                        {"verifies", static_cast<bool>(checkStoredWord(statement))},
                        {"statement", toBase64Url(statementBytes(statement))},
                        {"covers", std::move(covers)},
                        {"credential", toBase64Url(key.credential)},
                        {"algorithm", key.algorithm},
                        {"public_key", toBase64Url(key.publicKey)},
                        {"rp_id", key.rpId},
                        {"origin", key.origin},
                        {"client_data_json", toBase64Url(key.assertion.clientDataJson)},
                        {"authenticator_data", toBase64Url(key.assertion.authenticatorData)},
                        {"signature", toBase64Url(key.assertion.signature)}});
    }
    return json{{"rows", std::move(rows)}};
}

bool covers(const ItemScope &scope, const Book &book, const BookRequest &request) {
    const BookItem *item = book.item(request.item);
    if (item != nullptr && request.what == "complaint" && !scope.all) // what was found true its unit has to know
        return scope.has(request.unit) || (request.state() == RequestState::Granted && scope.has(request.to));
    return item != nullptr && (scope.all || scope.has(request.unit) || scope.has(item->now.lead) ||
                               (request.to != kNone && scope.has(request.to)));
}

Result<json> requestJson(LedgerReader &ledger, const Book &book, const BookRequest &request,
                         const std::set<std::string> &roles, const std::string &name) {
    const BookItem *item = book.item(request.item);
    if (item == nullptr)
        return fail(Code::NotFound, "no such request");
    Names names(ledger);
    json out{{"id", toText(request.id)},
             {"what", request.what},
             {"state", std::string(requestStateName(request.state()))},
             {"round", request.round},
             {"ground", request.ground},
             {"log", request.log},
             {"due_on", rules::dayText(item->now.due)}};
    ZHICHA_ASSIGN(out["item"], names.ref(request.item));
    ZHICHA_ASSIGN(out["unit"], names.ref(book.units[request.unit].id));
    ZHICHA_ASSIGN(out["lead"], names.ref(book.units[item->now.lead].id));
    putDay(out, "new_due_on", request.newDueOn);
    putDay(out, "from", request.from);
    putDay(out, "until", request.until);
    if (request.to != kNone) {
        ZHICHA_ASSIGN(out["to"], names.ref(book.units[request.to].id));
    }
    out["waits_for"] = json::array();
    for (const std::string &as : request.waitsFor())
        out["waits_for"].push_back({{"as", as}, {"name", signerName(book, request, as)}});
    out["signs_as"] = signsAs(book, request, roles, name);
    out["words"] = json::array();
    for (const BookRequestWord &word : request.words)
        out["words"].push_back({{"round", word.round},
                                {"as", word.as},
                                {"word", word.word},
                                {"on", rules::dayText(word.on)},
                                {"name", word.name},
                                {"text", word.text},
                                {"by", word.byKey ? "key" : "server"}});
    out["tests"] = json::array();
    if (request.state() == RequestState::Waiting || request.state() == RequestState::Returned)
        for (const RuleTest &test : testsOf(book, *item, request))
            out["tests"].push_back({{"rule", test.rule}, {"ok", test.ok}, {"detail", test.detail}});
    const rules::Clause &clause = clauseOf(book.rules, request.what);
    out["clause"] = {{"number", clause.number}, {"wording", clause.wording}};
    return out;
}

} // namespace zhicha
