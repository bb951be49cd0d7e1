// conflicts and findings: lists, one of them, and what the office writes about them.
#include "sync-server/http/resources/console/list_query.h"
#include "sync-server/http/resources/console/resources.h"

#include "shared/base/instant.h"
#include "sync-server/office/amend.h"
#include "sync-server/office/check_view.h"
#include "sync-server/office/conflicts.h"
#include "sync-server/office/console/conflict_list.h"
#include "sync-server/office/review.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;

namespace {
Result<Response> listConflictsOf(ConsoleCall &call) {
    ZHICHA_ASSIGN(const std::int64_t limit, call.limit());
    ZHICHA_ASSIGN(const std::optional<Uuid> check, call.queryId("check"));
    const std::string field = call.query("kind");
    if (field.size() > 32)
        return call.badField("kind", "a field");
    const std::string text = "conflicts&" + field + "&" + call.query("check");
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        ZHICHA_ASSIGN(ListPage page,
                      listConflictRows(reader, field, check, call.session->person, text, call.query("after"), limit));
        return listJson(reader, std::move(page));
    }));
    return jsonResponse(200, out);
}

/** "<entity>.<field>" */
Result<std::pair<Uuid, std::string>> conflictId(const ConsoleCall &call) {
    const std::string text(call.request.param("conflict"));
    const std::size_t dot = text.find('.');
    const auto entity = uuidFromText(text.substr(0, dot));
    if (!entity || dot == std::string::npos || text.size() > dot + 33)
        return fail(Code::NotFound, "no such conflict");
    return std::pair(*entity, text.substr(dot + 1));
}

Result<Response> getConflict(ConsoleCall &call) {
    ZHICHA_ASSIGN(const auto id, conflictId(call));
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) {
        return conflictJson(reader, id.first, id.second, call.session->person, true);
    }));
    return jsonResponse(200, out);
}

/** A decided value as office/ takes it: words as they are, ids as text, lists separated by commas, none as "". */
Result<std::string> writtenValue(ConsoleCall &call, const json &value) {
    if (value.is_null())
        return std::string();
    if (value.is_boolean())
        return std::string(value.get<bool>() ? "true" : "false");
    if (value.is_string())
        return value.get<std::string>();
    if (!value.is_array())
        return call.badField("value", "a word, a text, an id, a list of ids, true or false");
    std::string joined;
    for (const json &id : value) {
        if (!id.is_string() || !uuidFromText(id.get<std::string>()))
            return call.badField("value", "a list of ids");
        joined += (joined.empty() ? "" : ",") + id.get<std::string>();
    }
    return joined;
}

std::optional<std::vector<Digest>> digestsOf(const json &list) {
    if (!list.is_array())
        return std::nullopt;
    std::vector<Digest> out;
    for (const json &entry : list) {
        const auto digest = entry.is_string() ? digestFromHex(entry.get<std::string>()) : std::nullopt;
        if (!digest)
            return std::nullopt;
        out.push_back(*digest);
    }
    std::sort(out.begin(), out.end());
    return out;
}

Status notRecused(ConsoleCall &call, LedgerReader &reader, const Uuid &entity) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, reader.rowOf(entity));
    if (!row)
        return fail(Code::NotFound, "nothing has this id");
    const std::optional<Uuid> check = row->type == EntityType::Check ? std::optional(entity) : row->check;
    if (check && !requireNotOfCheck(reader, call.actor(), *check))
        return call.refuse("recused");
    return {};
}

/** What stands now beside what the writer saw, for both to be shown. */
Error changedMeanwhile(ConsoleCall &call, LedgerReader &reader, const Uuid &entity, const std::string &field,
                       const json &yours) {
    json more{{"yours", yours}};
    const auto row = reader.rowOf(entity);
    const FieldRow *now = row && *row ? (*row)->field(field) : nullptr;
    json writes = json::array();
    for (const Digest &d : now != nullptr ? now->writes : std::vector<Digest>())
        writes.push_back(toHex(d));
    more["base"] = {{"writes", writes}};
    more["field"] = field;
    json values = json::array();
    for (const cbor::Value &value : now != nullptr ? now->values : std::vector<cbor::Value>())
        values.push_back(valueJson(reader, value));
    more["current"] = values.size() == 1 ? values.front() : values;
    if (now != nullptr && !now->writes.empty())
        if (const auto write = reader.operationByDigest(entity, now->writes.back()); write && *write)
            if (const auto envelope = decodeEnvelope((*write)->operation.bytes.envelope)) {
                Names names(reader);
                more["at"] = toRfc3339(envelope->time.estimateMs);
                if (const auto by = names.author((*write)->operation.device, envelope->actor, false))
                    more["by"] = *by;
            }
    return call.refuse("changed_meanwhile", std::move(more));
}

Result<Response> postConflict(ConsoleCall &call) {
    Decision objection;
    ZHICHA_ASSIGN(const Uuid entity, call.id("entity"));
    call.audit = {"conflict_raise", "entity", toText(entity)};
    objection.entity = toText(entity);
    ZHICHA_ASSIGN(objection.field, call.text("field", 32));
    ZHICHA_ASSIGN(objection.reason, call.text("reason"));
    ZHICHA_ASSIGN(objection.value, writtenValue(call, call.body.value("value", json(nullptr))));
    return operate(call, [&](Intake &intake) -> Result<json> {
        ZHICHA_TRY(notRecused(call, intake.ledger(), entity));
        return raiseConflict(intake, call.actor(), objection);
    });
}

Result<Response> postDecision(ConsoleCall &call) {
    ZHICHA_ASSIGN(const auto id, conflictId(call));
    call.audit = {"conflict_decide", "entity", toText(id.first)};
    Decision decision;
    decision.entity = toText(id.first);
    decision.field = id.second;
    ZHICHA_ASSIGN(decision.reason, call.text("reason"));
    if (!call.body.contains("value"))
        return call.badField("value", "is needed");
    ZHICHA_ASSIGN(decision.value, writtenValue(call, call.body["value"]));
    const auto base = call.body.find("base");
    if (base == call.body.end() || !base->is_object())
        return call.badField("base", "{writes} as they were shown");
    decision.seen = digestsOf(base->value("writes", json(nullptr)));
    if (!decision.seen)
        return call.badField("base", "{writes} as they were shown");
    return operate(call, [&](Intake &intake) -> Result<json> {
        ZHICHA_TRY(notRecused(call, intake.ledger(), id.first));
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, intake.ledger().rowOf(id.first));
        const FieldRow *field = row->field(id.second);
        if (field == nullptr || field->writes != *decision.seen)
            return changedMeanwhile(call, intake.ledger(), id.first, id.second, call.body["value"]);
        return decideConflict(intake, call.actor(), decision);
    });
}

Result<Response> listFindingsOf(ConsoleCall &call) {
    return answerPage(call, readFindingQuery, listFindings);
}

Result<Response> getFinding(ConsoleCall &call) {
    const auto id = uuidFromText(call.request.param("finding"));
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        std::vector<Uuid> people;
        auto found =
            id ? findingDetailJson(reader, *id, people) : Result<json>(fail(Code::NotFound, "no such finding"));
        if (!found && (found.error().code != Code::NotFound || call.reach == Reach::All))
            return found.error();
        ZHICHA_ASSIGN(const bool seen, covers(call, reader, people));
        if (!found || !seen)
            return notYours(call, Resource::Findings, Verb::Read);
        return found;
    }));
    return jsonResponse(200, out);
}

Result<Response> postAmend(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, call.pathId("finding"));
    call.audit = {"finding_amend", "finding", toText(id)};
    FindingAmendment amendment;
    amendment.finding = toText(id);
    ZHICHA_ASSIGN(amendment.reason, call.text("reason"));
    ZHICHA_ASSIGN(amendment.text, call.maybeText("text", 20'000));
    ZHICHA_ASSIGN(amendment.severity, call.maybeText("severity", 16));
    ZHICHA_ASSIGN(amendment.item, call.maybeText("item", 64));
    if (call.body.contains("item") && call.body["item"].is_null())
        amendment.item = "";
    const json base = call.body.value("base", json::object());
    return operate(call, [&](Intake &intake) -> Result<json> {
        ZHICHA_TRY(notRecused(call, intake.ledger(), id));
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, intake.ledger().rowOf(id));
        for (const char *name : {"text", "severity", "item"}) {
            if (!call.body.contains(name))
                continue;
            const auto seen = base.is_object() && base.contains(name) ? digestsOf(base[name]) : std::nullopt;
            if (!seen)
                return call.badField("base", std::string("the writes of ") + name + " as they were shown");
            const FieldRow *field = row->field(name);
            if (*seen != (field != nullptr ? field->writes : std::vector<Digest>()))
                return changedMeanwhile(call, intake.ledger(), id, name, call.body[name]);
        }
        return amendFinding(intake, call.actor(), amendment);
    });
}

Result<Response> postFindingVoid(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, call.pathId("finding"));
    call.audit = {"void", "finding", toText(id)};
    ZHICHA_ASSIGN(const std::string reason, call.text("reason"));
    ZHICHA_ASSIGN(const bool undo, call.flag("undo", false));
    return operate(call, [&](Intake &intake) -> Result<json> {
        ZHICHA_TRY(notRecused(call, intake.ledger(), id));
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, intake.ledger().rowOf(id));
        if (row->type != EntityType::Finding)
            return fail(Code::NotFound, "no such finding");
        return voidEntity(intake, call.actor(), toText(id), reason, undo);
    });
}
} // namespace

void addConflictRoutes(ConsoleGate &gate) {
    const ConsoleRule read{Resource::Conflicts, Verb::Read};
    gate.add("GET", "/conflicts", read, listConflictsOf);
    gate.add("GET", "/conflicts/{conflict}", read, getConflict);
    gate.add("POST", "/conflicts", operationRule(Resource::Conflicts, Verb::Raise), postConflict);
    gate.add("POST", "/conflicts/{conflict}/decision", operationRule(Resource::Conflicts, Verb::Decide), postDecision);
}

void addFindingRoutes(ConsoleGate &gate) {
    const ConsoleRule read{Resource::Findings, Verb::Read};
    gate.add("GET", "/findings", read, listFindingsOf);
    gate.add("POST", "/findings/search", read, listFindingsOf);
    gate.add("GET", "/findings/{finding}", read, getFinding);
    gate.add("POST", "/findings/{finding}/amend", operationRule(Resource::Findings, Verb::Amend), postAmend);
    gate.add("POST", "/findings/{finding}/void", operationRule(Resource::Findings, Verb::Void), postFindingVoid);
}

} // namespace zhicha
