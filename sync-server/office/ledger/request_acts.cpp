#include "sync-server/office/ledger/request_acts.h"

#include "sync-server/office/signin/policy.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;
using rules::Day;
using rules::Index;
using rules::kNever;
using rules::kNone;

namespace {
/** What a cooperating unit loses by; null where the rule file knows no such thing. */
const rules::PointRule *ruleOfComplaints(const rules::Rules &rules) {
    const auto found = std::find_if(rules.pointRules.begin(), rules.pointRules.end(),
                                    [](const rules::PointRule &rule) { return rule.chargedToCooperating; });
    return found != rules.pointRules.end() ? &*found : nullptr;
}

void testComplaint(const Book &book, const BookItem &item, const BookRequest &request, std::vector<RuleTest> &tests) {
    const auto &with = item.of.cooperating;
    const bool cooperates = request.to != kNone && request.to != item.now.lead &&
                            std::find(with.begin(), with.end(), request.to) != with.end();
    tests.push_back({"cooperates", cooperates, request.to != kNone ? book.units[request.to].of.name : ""});
    tests.push_back({"leads", request.unit == item.now.lead, book.units[item.now.lead].of.name});
}
} // namespace

const rules::Clause &clauseOf(const rules::Rules &rules, std::string_view what) {
    if (const rules::PointRule *passive = what == "complaint" ? ruleOfComplaints(rules) : nullptr)
        return passive->clause;
    return what == "extension"    ? rules.extensionClause
           : what == "withdrawal" ? rules.withdrawalClause
           : what == "transfer"   ? rules.transferClause
                                  : rules.escalation.clause;
}

std::vector<RuleTest> testsOf(const Book &book, const BookItem &item, const BookRequest &request) {
    std::vector<RuleTest> tests;
    const bool open = item.of.withdrawnOn == kNever && (request.what == "extension" || item.of.completedOn == kNever);
    tests.push_back({"open", open, ""});
    const bool alone = std::none_of(item.requests.begin(), item.requests.end(), [&](const Uuid &id) {
        const auto other = book.requests.find(id);
        return id != request.id && other != book.requests.end() && other->second.what == request.what &&
               (request.what != "complaint" || other->second.to == request.to) &&
               other->second.state() == RequestState::Waiting;
    });
    tests.push_back({"alone", alone, ""});
    if (request.what == "extension") {
        tests.push_back(
            {"later", request.newDueOn != kNever && request.newDueOn > item.of.dueOn, rules::dayText(item.of.dueOn)});
        if (book.rules.itemKinds[item.of.kind].extensionLimited) {
            const Day latest = rules::monthsAfter(item.of.dueOn, book.rules.extensionMaxMonths);
            tests.push_back({"within", request.newDueOn <= latest, rules::dayText(latest)});
        }
        const auto verdicts = rules::judgeExtensions(book.rules, item.of);
        tests.push_back({"first",
                         std::find(verdicts.begin(), verdicts.end(), rules::ExtensionRefusal::None) == verdicts.end(),
                         ""});
    }
    if (request.what == "complaint")
        testComplaint(book, item, request, tests);
    if (request.what == "transfer")
        tests.push_back({"other_unit", request.to != kNone && request.to != item.now.lead,
                         request.to != kNone ? book.units[request.to].of.name : ""});
    if (request.what == "exemption")
        tests.push_back(
            {"days", request.from != kNever && request.until != kNever && request.from <= request.until, ""});
    return tests;
}

namespace {
/** The unit whose vice mayor signs in this place. */
Index unitOfSigner(const Book &book, const BookRequest &request, std::string_view as) {
    if (as == "vice_mayor_to")
        return request.to;
    const BookItem *item = book.item(request.item);
    return item != nullptr ? item->now.lead : kNone;
}

/** Sets what the notice says where a test fails. */
Status passes(const Book &book, const BookItem &item, const BookRequest &request, Refusal &refusal) {
    for (const RuleTest &test : testsOf(book, item, request))
        if (!test.ok) {
            refusal = {test.rule, clauseOf(book.rules, request.what)};
            return fail(Code::WrongUsage, "the notice forbids it: " + test.rule);
        }
    return {};
}

Result<BookRequest> requestOf(const Book &book, const Uuid &id) {
    const auto found = book.requests.find(id);
    if (found == book.requests.end() || !found->second.isHere || book.item(found->second.item) == nullptr)
        return fail(Code::NotFound, "no such request");
    return found->second;
}

/** The filing as a request that could be tested. */
Result<BookRequest> draftOf(const Book &book, const RequestFiling &filing) {
    BookRequest request;
    request.item = filing.item;
    request.what = filing.what;
    request.ground = filing.ground;
    const auto day = [](const std::string &field, const std::string &text, bool wanted, Day &out) -> Status {
        const auto read = rules::dayFromText(text);
        if (wanted && !read)
            return fail(Code::InvalidArgument, field + ": YYYY-MM-DD");
        if (wanted)
            out = *read;
        return {};
    };
    ZHICHA_TRY(day("new_due_on", filing.newDueOn, filing.what == "extension", request.newDueOn));
    ZHICHA_TRY(day("from", filing.from, filing.what == "exemption", request.from));
    ZHICHA_TRY(day("until", filing.until, filing.what == "exemption", request.until));
    if (filing.what != "transfer" && filing.what != "complaint")
        return request;
    request.to = filing.to ? book.unit(*filing.to) : kNone;
    return request.to != kNone ? Result<BookRequest>(request) : fail(Code::InvalidArgument, "to: no such unit");
}

cbor::Map fieldsOf(const Book &book, const BookRequest &request) {
    cbor::Map fields{{"item", request.item},
                     {"what", request.what},
                     {"unit", book.units[request.unit].id},
                     {"round", std::int64_t{request.round}},
                     {"ground", request.ground}};
    const auto put = [&](const char *name, Day day) {
        if (day != kNever)
            fields[name] = rules::dayText(day);
    };
    put("new_due_on", request.newDueOn);
    put("from", request.from);
    put("until", request.until);
    if (request.to != kNone)
        fields["to"] = book.units[request.to].id;
    return fields;
}

/** What the last signature decides, with everybody's names. */
ServerOperation grantOf(const Book &book, const BookRequest &request, const std::string &today, const Uuid &id) {
    const auto signedBy = [&](std::string_view as) {
        for (const BookRequestWord &word : request.words)
            if (word.round == request.round && word.word == "sign" && word.as == as)
                return word.name;
        return std::string();
    };
    cbor::Map fields{{"item", request.item}, {"request", request.id}};
    const auto grant = [&](const char *kind, std::initializer_list<std::pair<const char *, std::string>> more) {
        for (const auto &[name, value] : more)
            fields[name] = value;
        return ServerOperation{kind, id, std::move(fields)};
    };
    if (request.what == "extension")
        return grant("extension.grant", {{"approved_on", today},
                                         {"approved_by", signedBy("vice_mayor")},
                                         {"new_due_on", rules::dayText(request.newDueOn)},
                                         {"reason", request.ground}});
    if (request.what == "withdrawal")
        return grant("withdrawal.grant", {{"on", today},
                                          {"reviewed_by", signedBy("vice_mayor")},
                                          {"agreed_by", signedBy("mayor")},
                                          {"ground", request.ground}});
    if (request.what == "exemption")
        return grant("exemption.grant", {{"from", rules::dayText(request.from)},
                                         {"until", rules::dayText(request.until)},
                                         {"approved_by", signedBy("vice_mayor")},
                                         {"reason", request.ground}});
    fields["to"] = book.units[request.to].id;
    return grant("transfer.grant",
                 {{"on", today}, {"signed_from", signedBy("vice_mayor")}, {"signed_to", signedBy("vice_mayor_to")}});
}

/** What the office's word makes of a report by the lead unit: points that this day's lead reported. */
Result<ServerOperation> eventOf(const LedgerAct &act, const Book &book, const BookRequest &request,
                                const std::string &today) {
    const rules::PointRule *rule = ruleOfComplaints(book.rules);
    if (rule == nullptr)
        return fail(Code::WrongUsage, "the rule file takes no points for this");
    const std::string code = act.codeFor("p");
    const BookItem *item = book.item(request.item);
    return ServerOperation{
        "event.enter",
        derivedId(act.intake.keys().ledger, "event", code),
        {{"code", code},
         {"unit", book.units[request.to].id},
         {"rule", rule->id},
         {"on", today},
         {"item", request.item},
         {"document", book.units[request.unit].of.name + "关于" + item->of.number + "配合单位不积极配合的书面报告"},
         {"reported_by", book.units[request.unit].id}}};
}

Result<ServerOperation> decisionOf(const LedgerAct &act, const Book &book, const BookRequest &request,
                                   const std::string &today) {
    if (request.what == "complaint")
        return eventOf(act, book, request, today);
    return grantOf(book, request, today, newUuid(act.intake.clock(), act.intake.random()));
}

/** Who acts, and what may be signed now; NotAllowed if nothing. */
struct Signing {
    BookRequest request;
    std::vector<std::string> as;
    std::string name;
};
Result<Signing> signingOf(const LedgerAct &act, const Book &book, const Uuid &id) {
    Signing out;
    ZHICHA_ASSIGN(out.request, requestOf(book, id));
    out.name = act.actorName();
    std::set<std::string> roles;
    if (act.actor.person) {
        ZHICHA_ASSIGN(roles, rolesOf(act.intake.ledger(), *act.actor.person));
    }
    out.as = signsAs(book, out.request, roles, out.name);
    if (out.as.empty())
        return fail(Code::NotAllowed, "nothing in this request waits for this person");
    return out;
}

cbor::Map wordFields(const Signing &signing, const std::string &as, const std::string &today) {
    return {{"request", signing.request.id},
            {"round", std::int64_t{signing.request.round}},
            {"as", as},
            {"on", today},
            {"name", signing.name}};
}
} // namespace

std::string signerName(const Book &book, const BookRequest &request, std::string_view as) {
    const Index unit = as.starts_with("vice_mayor") ? unitOfSigner(book, request, as) : kNone;
    return unit != kNone ? book.units[unit].viceMayor : std::string();
}

std::vector<std::string> signsAs(const Book &book, const BookRequest &request, const std::set<std::string> &roles,
                                 const std::string &name) {
    std::vector<std::string> out;
    if (name.empty())
        return out;
    for (const std::string &as : request.waitsFor()) {
        const bool may = as == "office"  ? roles.contains("reviewer") || roles.contains("chief")
                         : as == "mayor" ? roles.contains("mayor")
                                         : roles.contains("vice_mayor") && signerName(book, request, as) == name;
        if (may)
            out.push_back(as);
    }
    return out;
}

std::int64_t requestsToSign(const Book &book, const std::set<std::string> &roles, const std::string &name) {
    return std::count_if(book.requests.begin(), book.requests.end(), [&](const auto &one) {
        return one.second.isHere && book.item(one.second.item) != nullptr &&
               !signsAs(book, one.second, roles, name).empty();
    });
}

Result<json> fileRequest(const LedgerAct &act, const RequestFiling &filing, const std::optional<Uuid> &again,
                         Refusal &refusal) {
    ZHICHA_TRY(checkWords("ground", filing.ground));
    if (filing.what != "extension" && filing.what != "withdrawal" && filing.what != "transfer" &&
        filing.what != "exemption" && filing.what != "complaint")
        return fail(Code::InvalidArgument, "what: extension, withdrawal, transfer, exemption or complaint");
    const Uuid id = again.value_or(act.request);
    ZHICHA_ASSIGN(const cbor::Map fields, act.look<cbor::Map>([&](const Book &book) -> Result<cbor::Map> {
        ZHICHA_ASSIGN(const BookItem *item, shownItem(book, filing.item));
        if (!requireRole(act.intake.ledger(), act.actor, "reviewer"))
            ZHICHA_TRY(act.requireUnit(book, item->now.lead));
        ZHICHA_ASSIGN(BookRequest request, draftOf(book, filing));
        request.id = id;
        request.unit = item->now.lead;
        if (again) {
            ZHICHA_ASSIGN(const BookRequest known, requestOf(book, *again));
            if (known.state() != RequestState::Returned)
                return fail(Code::AlreadyDone, "the request was not returned");
            if (known.item != filing.item || known.what != filing.what)
                return fail(Code::InvalidArgument, "what: another request");
            request.round = known.round + 1;
        }
        ZHICHA_TRY(passes(book, *item, request, refusal));
        return fieldsOf(book, request);
    }));
    ZHICHA_TRY(act.write({{"request.file", id, fields}}));
    return json{{"request", toText(id)}, {"state", "waiting"}};
}

namespace {
/** What signing a request writes: the words, and what the last of them decides. */
struct SigningPlan {
    std::vector<ServerOperation> words;
    std::optional<ServerOperation> decided;
    json answer;
};

/** The same word of the same round has the same id: what a key was asked to sign is what is written. */
Uuid wordId(const LedgerAct &act, const BookRequest &request, const std::string &as) {
    return derivedId(act.intake.keys().ledger, "request_word",
                     toText(request.id) + "/" + std::to_string(request.round) + "/" + as);
}

Result<SigningPlan> planSigning(const LedgerAct &act, const Book &book, const Uuid &id, const std::string &opinion,
                                Refusal &refusal) {
    const std::string today = rules::dayText(act.today());
    SigningPlan plan;
    ZHICHA_ASSIGN(Signing signing, signingOf(act, book, id));
    ZHICHA_TRY(passes(book, *book.item(signing.request.item), signing.request, refusal));
    for (const std::string &as : signing.as) {
        cbor::Map fields = wordFields(signing, as, today);
        if (!opinion.empty())
            fields["opinion"] = opinion;
        const Uuid word = wordId(act, signing.request, as);
        plan.words.push_back({"request.sign", word, std::move(fields), {}, act.actor.person});
        signing.request.words.push_back(
            {word, signing.request.round, as, "sign", act.today(), signing.name, opinion, false});
    }
    plan.answer = {
        {"request", toText(id)}, {"as", signing.as}, {"state", std::string(requestStateName(signing.request.state()))}};
    if (signing.request.state() == RequestState::Granted) {
        ZHICHA_ASSIGN(plan.decided, decisionOf(act, book, signing.request, today));
        plan.answer["granted"] = toText(plan.decided->id);
    }
    return plan;
}

std::vector<Digest> statementsOf(const LedgerAct &act, const SigningPlan &plan) {
    std::vector<Digest> statements;
    for (const ServerOperation &word : plan.words)
        statements.push_back(
            statementDigest({act.intake.keys().ledger, word.kind, word.id, word.actor.value_or(Uuid{}), word.fields}));
    return statements;
}

/** Puts the touch into every word that it covers. The new count of the key. */
Result<std::int64_t> putTouch(const LedgerAct &act, const KeyTouch &touch, SigningPlan &plan) {
    const std::vector<Digest> statements = statementsOf(act, plan);
    const KeyWord word{touch.key.credential, touch.key.algorithm, touch.key.publicKey, touch.key.rpId,
                       touch.origin,         touch.assertion,     statements};
    ZHICHA_ASSIGN(const std::int64_t count, checkKeyWord(word, statements.front(), touch.key.signCount));
    for (ServerOperation &operation : plan.words)
        operation.fields[kAssertionField] = keyWordFields(word);
    return count;
}
} // namespace

Result<std::vector<Digest>> wordsToSign(const LedgerAct &act, const Uuid &id, const std::string &opinion,
                                        Refusal &refusal) {
    if (!opinion.empty())
        ZHICHA_TRY(checkWords("opinion", opinion));
    ZHICHA_ASSIGN(const SigningPlan plan, act.look<SigningPlan>([&](const Book &book) {
        return planSigning(act, book, id, opinion, refusal);
    }));
    return statementsOf(act, plan);
}

Result<json> signRequest(const LedgerAct &act, const Uuid &id, const std::string &opinion,
                         const std::optional<KeyTouch> &touch, Refusal &refusal) {
    if (!opinion.empty())
        ZHICHA_TRY(checkWords("opinion", opinion));
    ZHICHA_ASSIGN(SigningPlan plan, act.look<SigningPlan>([&](const Book &book) {
        return planSigning(act, book, id, opinion, refusal);
    }));
    std::function<Status(LedgerWriter &)> noteUse;
    if (touch) {
        SecurityKey used = touch->key;
        ZHICHA_ASSIGN(used.signCount, putTouch(act, *touch, plan));
        used.lastUsedMs = act.intake.clock().nowMs();
        noteUse = [used](LedgerWriter &ledger) { return ledger.accounts().putKey(used); };
    }
    plan.answer["by"] = touch ? "key" : "server";
    if (plan.decided)
        plan.words.push_back(*std::move(plan.decided));
    ZHICHA_TRY(act.write(std::move(plan.words), noteUse));
    return std::move(plan.answer);
}

Result<json> refuseRequest(const LedgerAct &act, const Uuid &id, const std::string &reason) {
    ZHICHA_TRY(checkWords("reason", reason));
    ZHICHA_ASSIGN(cbor::Map fields, act.look<cbor::Map>([&](const Book &book) -> Result<cbor::Map> {
        ZHICHA_ASSIGN(const Signing signing, signingOf(act, book, id));
        if (signing.as.front() == "office" && signing.request.what != "complaint")
            return fail(Code::NotAllowed, "the office returns a request, the leaders refuse it");
        cbor::Map out = wordFields(signing, signing.as.front(), rules::dayText(act.today()));
        out["reason"] = reason;
        out["clause"] = clauseOf(book.rules, signing.request.what).number;
        return out;
    }));
    ZHICHA_TRY(act.write({{"request.refuse", act.request, std::move(fields)}}));
    return json{{"request", toText(id)}, {"state", "refused"}};
}

Result<json> returnRequest(const LedgerAct &act, const Uuid &id, const std::string &missing) {
    ZHICHA_TRY(checkWords("missing", missing));
    ZHICHA_ASSIGN(cbor::Map fields, act.look<cbor::Map>([&](const Book &book) -> Result<cbor::Map> {
        ZHICHA_ASSIGN(const Signing signing, signingOf(act, book, id));
        cbor::Map out = wordFields(signing, signing.as.front(), rules::dayText(act.today()));
        out["missing"] = missing;
        return out;
    }));
    ZHICHA_TRY(act.write({{"request.return", act.request, std::move(fields)}}));
    return json{{"request", toText(id)}, {"state", "returned"}};
}

} // namespace zhicha
