// What the office says about a check: comments, verdicts, closing, handing on, voiding.
#include "sync-server/http/resources/console/list_query.h"
#include "sync-server/http/resources/console/resources.h"

#include "shared/base/instant.h"
#include "sync-server/office/amend.h"
#include "sync-server/office/check_view.h"
#include "sync-server/office/comments.h"
#include "sync-server/office/console/check_file.h"
#include "sync-server/office/review.h"

namespace zhicha {

using nlohmann::json;

namespace {
/** The check of the path, recusal looked up first, so that the answer says which of the two it is. */
Result<Uuid> checkOfPath(ConsoleCall &call, LedgerReader &reader, bool recusal) {
    ZHICHA_ASSIGN(const Uuid check, call.pathId("check"));
    ZHICHA_ASSIGN(const CheckView view, CheckLoader(reader).load(check));
    ZHICHA_ASSIGN(const bool seen, covers(call, reader, view.inspectors()));
    if (!seen)
        return notYours(call, Resource::Checks, Verb::Comment);
    if (recusal && !requireNotOfCheck(reader, call.actor(), check))
        return call.refuse("recused");
    return check;
}

/** What came after the writer looked, and would be judged unseen. */
Status nothingNewer(ConsoleCall &call, LedgerReader &reader, const Uuid &check) {
    ZHICHA_ASSIGN(const std::int64_t log, shownLog(call));
    ZHICHA_ASSIGN(const CheckFile file, loadCheckFile(reader, check));
    for (const FileOperation &operation : file.operations) {
        if (operation.log <= log || operation.kind == "photos.received" || operation.kind == "scope.grant" ||
            operation.kind == "comment.add" || operation.kind == "check.number")
            continue;
        Names names(reader);
        ZHICHA_ASSIGN(const json by, authorJson(names, operation));
        return call.refuse(
            "changed_meanwhile",
            {{"base", {{"log", file.lastLog()}}},
             {"current", {{"state", std::string(checkStateName(file.view.state))}, {"log", file.lastLog()}}},
             {"yours", call.body.value("verdict", json(nullptr))},
             {"by", by},
             {"at", toRfc3339(operation.bounds.receivedMs)}});
    }
    return {};
}

Result<Response> postComment(ConsoleCall &call) {
    call.audit = {"comment", "check", std::string(call.request.param("check"))};
    NewComment comment;
    ZHICHA_ASSIGN(comment.text, call.text("text"));
    if (const auto about = call.body.find("about"); about != call.body.end() && about->is_object()) {
        const auto entity = about->find("entity");
        comment.about =
            entity != about->end() && entity->is_string() ? uuidFromText(entity->get<std::string>()) : std::nullopt;
        if (!comment.about)
            return call.badField("about", "{entity}");
        if (const auto field = about->find("field"); field != about->end() && field->is_string())
            comment.field = field->get<std::string>().substr(0, 64);
    }
    comment.id = idOfRequest(call);
    return operate(call, [&](Intake &intake) -> Result<json> {
        ZHICHA_ASSIGN(comment.check, checkOfPath(call, intake.ledger(), false));
        return addComment(intake, call.actor(), comment);
    });
}

Status readQuestions(ConsoleCall &call, ReviewRequest &review) {
    const auto list = call.body.find("questions");
    if (list == call.body.end())
        return {};
    if (!list->is_array())
        return call.badField("questions", "a list");
    for (const json &entry : *list) {
        ReviewQuestion question;
        if (!entry.is_object() || !entry.contains("text") || !entry["text"].is_string())
            return call.badField("questions", "each with a text");
        question.text = entry["text"].get<std::string>();
        if (const auto about = entry.find("about"); about != entry.end() && about->is_object()) {
            const auto entity = about->find("entity");
            question.about =
                entity != about->end() && entity->is_string() ? uuidFromText(entity->get<std::string>()) : std::nullopt;
            if (!question.about)
                return call.badField("questions", "about an entity");
        }
        if (const auto due = entry.find("due_at"); due != entry.end()) {
            question.dueAtMs = due->is_string() ? fromRfc3339(due->get<std::string>()) : std::nullopt;
            if (!question.dueAtMs)
                return call.badField("questions", "due_at as an instant");
        }
        review.questions.push_back(std::move(question));
    }
    return {};
}

Result<Response> postReview(ConsoleCall &call) {
    ZHICHA_ASSIGN(const std::string verdict, call.text("verdict", 16));
    if (verdict != "accept" && verdict != "return")
        return call.badField("verdict", "accept or return");
    call.audit = {"review_" + verdict, "check", std::string(call.request.param("check"))};
    ReviewRequest review;
    review.accept = verdict == "accept";
    review.id = idOfRequest(call);
    ZHICHA_TRY(readQuestions(call, review));
    return operate(call, [&](Intake &intake) -> Result<json> {
        LedgerReader &reader = intake.ledger();
        ZHICHA_ASSIGN(const Uuid check, checkOfPath(call, reader, true));
        review.check = toText(check);
        ZHICHA_ASSIGN(const std::optional<EntityRow> repeated, reader.rowOf(*review.id));
        if (!repeated)
            ZHICHA_TRY(nothingNewer(call, reader, check));
        ZHICHA_ASSIGN(const CheckFile file, loadCheckFile(reader, check));
        const bool open = file.view.state == CheckState::ConflictOpen;
        const bool differs = !file.rowsOf(EntityType::Mismatch).empty() && !file.view.missingPhotos.empty();
        if (review.accept && open)
            return call.refuse("not_now", {{"reason", "conflict_open"}});
        if (review.accept && differs)
            return call.refuse("not_now", {{"reason", "digest_differs"}});
        if (file.view.state == CheckState::Void)
            return call.refuse("not_now", {{"reason", "void"}});
        if (file.view.state <= CheckState::UnderWay)
            return call.refuse("not_now", {{"reason", "under_way"}});
        return reviewCheck(intake, call.actor(), review);
    });
}

Result<Response> postClose(ConsoleCall &call) {
    call.audit = {"check_close", "check", std::string(call.request.param("check"))};
    ZHICHA_ASSIGN(const std::string reason, call.text("reason"));
    return operate(call, [&](Intake &intake) -> Result<json> {
        ZHICHA_ASSIGN(const Uuid check, checkOfPath(call, intake.ledger(), true));
        ZHICHA_ASSIGN(const CheckView view, CheckLoader(intake.ledger()).load(check));
        if (view.state != CheckState::UnderWay)
            return call.refuse("not_now", {{"reason", std::string(checkStateName(view.state))}});
        return closeCheck(intake, call.actor(), toText(check), reason);
    });
}

Result<Response> postHand(ConsoleCall &call) {
    call.audit = {"check_hand", "check", std::string(call.request.param("check"))};
    ZHICHA_ASSIGN(const std::string reason, call.text("reason"));
    ZHICHA_ASSIGN(const Uuid to, call.id("to"));
    return operate(call, [&](Intake &intake) -> Result<json> {
        ZHICHA_ASSIGN(const Uuid check, checkOfPath(call, intake.ledger(), false));
        return handCheck(intake, call.actor(), check, to, reason);
    });
}

Result<Response> postVoid(ConsoleCall &call) {
    call.audit = {"void", "check", std::string(call.request.param("check"))};
    ZHICHA_ASSIGN(const std::string reason, call.text("reason"));
    ZHICHA_ASSIGN(const bool undo, call.flag("undo", false));
    return operate(call, [&](Intake &intake) -> Result<json> {
        ZHICHA_ASSIGN(const Uuid check, checkOfPath(call, intake.ledger(), true));
        return voidEntity(intake, call.actor(), toText(check), reason, undo);
    });
}

Result<Response> postEndReading(ConsoleCall &call) {
    call.audit = {"reading_end", "check", std::string(call.request.param("check"))};
    ZHICHA_ASSIGN(const Uuid device, call.pathId("device"));
    ZHICHA_ASSIGN(const std::string reason, call.text("reason"));
    return operate(call, [&](Intake &intake) -> Result<json> {
        ZHICHA_ASSIGN(const Uuid check, checkOfPath(call, intake.ledger(), false));
        auto done = endReading(intake, call.actor(), check, device, reason);
        if (!done && done.error().code == Code::WrongUsage)
            return call.refuse("not_now", {{"reason", "only_reader"}});
        return done;
    });
}

Result<Response> postAdmit(ConsoleCall &call) {
    call.audit = {"join_admit", "check", std::string(call.request.param("check"))};
    ZHICHA_ASSIGN(const Uuid join, call.pathId("join"));
    return operate(call, [&](Intake &intake) -> Result<json> {
        ZHICHA_ASSIGN(const Uuid check, checkOfPath(call, intake.ledger(), false));
        return admitJoiner(intake, call.actor(), check, join);
    });
}
} // namespace

void addReviewRoutes(ConsoleGate &gate) {
    gate.add("POST", "/checks/{check}/comments", operationRule(Resource::Checks, Verb::Comment), postComment);
    gate.add("POST", "/checks/{check}/reviews", operationRule(Resource::Checks, Verb::Review), postReview);
    gate.add("POST", "/checks/{check}/close", operationRule(Resource::Checks, Verb::Review), postClose);
    gate.add("POST", "/checks/{check}/hand", operationRule(Resource::Checks, Verb::Hand), postHand);
    gate.add("POST", "/checks/{check}/void", operationRule(Resource::Checks, Verb::Void, true), postVoid);
    gate.add("POST", "/checks/{check}/readers/{device}/end", operationRule(Resource::Checks, Verb::Hand),
             postEndReading);
    gate.add("POST", "/checks/{check}/joins/{join}/admit", operationRule(Resource::Checks, Verb::Review), postAdmit);
}

} // namespace zhicha
