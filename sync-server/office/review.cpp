#include "sync-server/office/review.h"

#include "shared/base/instant.h"
#include "sync-server/office/check_view.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace zhicha {

namespace {
constexpr std::size_t kMaxQuestions = 100;
constexpr std::size_t kMaxTextBytes = 4000;

bool isText(const std::string &text) {
    return !text.empty() && text.size() <= kMaxTextBytes && isUtf8(text);
}

Status checkRequest(const CheckView &view, const ReviewRequest &request) {
    if (request.accept != request.questions.empty())
        return fail(Code::InvalidArgument,
                    request.accept ? "an acceptance asks no questions" : "a return asks at least one question");
    if (request.questions.size() > kMaxQuestions)
        return fail(Code::TooLarge, "at most 100 questions");
    for (const ReviewQuestion &question : request.questions) {
        if (!isText(question.text))
            return fail(Code::InvalidArgument, "a question is 1 to 4000 bytes of text");
        const auto isAbout = [&](const RowRecord &record) { return record.entity == *question.about; };
        if (question.about && *question.about != view.id && std::none_of(view.rows.begin(), view.rows.end(), isAbout))
            return fail(Code::NotFound, toText(*question.about) + " is no entity of this check");
    }
    switch (view.state) {
    case CheckState::Void:
        return fail(Code::WrongUsage, "the check is void");
    case CheckState::ConflictOpen:
        return fail(Code::Conflict, "a field of the check has several values: decide it first", Retry::AfterUser);
    case CheckState::Sealed:
    case CheckState::Opened:
    case CheckState::UnderWay:
        return fail(Code::WrongUsage, "the check is still under way", Retry::Later);
    default:
        return {};
    }
}

/** The heads of every chain that the check knows, and of the server's own, so that what comes later is later. */
Result<cbor::Map> seenHeads(LedgerReader &ledger, const CheckView &view, const Uuid &server) {
    std::map<Uuid, ChainHead> heads = view.heads;
    ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, ledger.chain(server));
    if (chain)
        heads[server] = chain->head;
    cbor::Map seen;
    for (const auto &[device, head] : heads)
        if (head.seq > 0)
            seen[toHex(device.bytes)] = cbor::Array{head.seq, head.h};
    return seen;
}

nlohmann::json questionsJson(const cbor::Array &questions) {
    nlohmann::json out = nlohmann::json::array();
    for (const cbor::Value &value : questions) {
        const cbor::Map &question = *value.map();
        nlohmann::json entry{{"id", toText(*question.find("id")->second.uuid())},
                             {"text", *question.find("text")->second.text()}};
        if (const auto about = question.find("about"); about != question.end())
            entry["about"] = toText(*about->second.uuid());
        if (const auto due = question.find("due_at"); due != question.end())
            entry["due_at"] = toRfc3339(*due->second.integer());
        out.push_back(std::move(entry));
    }
    return out;
}

Result<nlohmann::json> answerOf(LedgerReader &ledger, const Uuid &review, const Uuid &check, bool accept,
                                const cbor::Array &questions) {
    ZHICHA_ASSIGN(const CheckView after, CheckLoader(ledger).load(check));
    return nlohmann::json{{"review", toText(review)},
                          {"check", toText(check)},
                          {"verdict", accept ? "accept" : "return"},
                          {"questions", questionsJson(questions)},
                          {"state", std::string(checkStateName(after.state))}};
}

/** Everything of a question but its id, which is minted anew. */
bool sameQuestions(const cbor::Array &a, const cbor::Array &b) {
    const auto same = [](const cbor::Value &x, const cbor::Value &y) {
        cbor::Map left = *x.map();
        cbor::Map right = *y.map();
        left.erase("id");
        right.erase("id");
        return left == right;
    };
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), same);
}
} // namespace

Status requireNotOfCheck(LedgerReader &ledger, const Actor &actor, const Uuid &check) {
    if (actor.isOperator())
        return {};
    ZHICHA_ASSIGN(const CheckView view, CheckLoader(ledger).load(check));
    const std::vector<Uuid> &persons = view.inspectors();
    if (std::find(persons.begin(), persons.end(), *actor.person) != persons.end())
        return fail(Code::NotAllowed, "whoever started, joined or signed a check does not review it");
    return {};
}

Result<nlohmann::json> reviewCheck(Intake &intake, const Actor &actor, const ReviewRequest &request) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "reviewer"));
    ZHICHA_ASSIGN(const Uuid check, findCheck(ledger, request.check));
    ZHICHA_TRY(requireNotOfCheck(ledger, actor, check));
    ZHICHA_ASSIGN(const CheckView view, CheckLoader(ledger).load(check));
    cbor::Array questions;
    for (const ReviewQuestion &question : request.questions) {
        cbor::Map entry{{"id", newUuid(intake.clock(), intake.random())}, {"text", question.text}};
        if (question.about)
            entry["about"] = *question.about;
        if (question.dueAtMs)
            entry["due_at"] = *question.dueAtMs;
        questions.emplace_back(std::move(entry));
    }
    const Uuid id = request.id.value_or(newUuid(intake.clock(), intake.random()));
    ZHICHA_ASSIGN(const std::optional<EntityRow> before, ledger.rowOf(id));
    if (before) {
        const cbor::Value *stored = before->value("questions");
        const cbor::Array asked = stored != nullptr && stored->array() != nullptr ? *stored->array() : cbor::Array();
        if (before->type == EntityType::Review && before->check == check &&
            before->text("verdict") == (request.accept ? "accept" : "return") && sameQuestions(asked, questions))
            return answerOf(ledger, id, check, request.accept, asked);
        return fail(Code::AlreadyDone, "the id is in use with other content");
    }
    ZHICHA_TRY(checkRequest(view, request));
    ZHICHA_ASSIGN(cbor::Map seen, seenHeads(ledger, view, intake.keys().device()));
    cbor::Map fields{{"check", check}, {"verdict", request.accept ? "accept" : "return"}, {"seen", std::move(seen)}};
    if (!questions.empty())
        fields["questions"] = questions;
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
    const auto appended = transaction->append({"check.review", id, std::move(fields), {}, actor.person});
    ZHICHA_TRY(appended ? Status() : Status(appended.error()));
    const auto committed = transaction->commit();
    ZHICHA_TRY(committed ? Status() : Status(committed.error()));
    return answerOf(ledger, id, check, request.accept, questions);
}

Result<nlohmann::json> closeCheck(Intake &intake, const Actor &actor, std::string_view text,
                                  const std::string &reason) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "reviewer"));
    if (!isText(reason))
        return fail(Code::InvalidArgument, "a reason is 1 to 4000 bytes of text");
    ZHICHA_ASSIGN(const Uuid check, findCheck(ledger, text));
    ZHICHA_ASSIGN(const CheckView view, CheckLoader(ledger).load(check));
    if (view.state != CheckState::UnderWay)
        return fail(Code::WrongUsage, "the check is not under way but " + std::string(checkStateName(view.state)));
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
    const Uuid id = transaction->newId();
    const auto appended =
        transaction->append({"check.close", id, {{"check", check}, {"reason", reason}}, {}, actor.person});
    ZHICHA_TRY(appended ? Status() : Status(appended.error()));
    const auto committed = transaction->commit();
    ZHICHA_TRY(committed ? Status() : Status(committed.error()));
    ZHICHA_ASSIGN(const CheckView after, CheckLoader(ledger).load(check));
    return nlohmann::json{
        {"close", toText(id)}, {"check", toText(check)}, {"state", std::string(checkStateName(after.state))}};
}

} // namespace zhicha
