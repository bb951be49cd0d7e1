// Erasures: who asked, for what, and the second officer's word; bodies that are withheld from tablets.
#include "sync-server/http/resources/console/list_query.h"
#include "sync-server/http/resources/console/resources.h"

#include "sync-server/office/erasure.h"

namespace zhicha {

using nlohmann::json;

namespace {
Status readList(ConsoleCall &call, const std::string &field, std::vector<std::string> &out) {
    const auto list = call.body.find(field);
    if (list == call.body.end())
        return {};
    if (!list->is_array())
        return call.badField(field, "a list");
    for (const json &one : *list) {
        if (!one.is_string())
            return call.badField(field, "each as text");
        out.push_back(one.get<std::string>());
    }
    return {};
}

Result<ErasureAsk> readAsk(ConsoleCall &call) {
    ErasureAsk ask;
    ask.check = call.request.param("check");
    ZHICHA_ASSIGN(ask.reason, call.text("reason"));
    ZHICHA_TRY(readList(call, "entities", ask.entities));
    ZHICHA_TRY(readList(call, "photos", ask.photos));
    ask.id = idOfRequest(call);
    return ask;
}

Result<Response> getErasures(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        ZHICHA_ASSIGN(json listed, listErasures(reader, std::nullopt, call.session->person));
        return listed;
    }));
    return jsonResponse(200, out);
}

Result<Response> postAsk(ConsoleCall &call) {
    call.audit = {"erase_ask", "check", std::string(call.request.param("check"))};
    ZHICHA_ASSIGN(const ErasureAsk ask, readAsk(call));
    return operate(call, [&](Intake &intake) { return askErasure(intake, call.actor(), ask); });
}

Result<Response> postWithhold(ConsoleCall &call) {
    call.audit = {"withhold", "check", std::string(call.request.param("check"))};
    ZHICHA_ASSIGN(const ErasureAsk ask, readAsk(call));
    return operate(call, [&](Intake &intake) { return withholdBodies(intake, call.actor(), ask); });
}

Result<Response> postErase(ConsoleCall &call) {
    call.audit = {"erase", "erasure", std::string(call.request.param("erasure"))};
    // The bodies and the photos' keys are gone with it; what else is to go the keeper does (fsck says while it is
    // owed).
    return operate(call,
                   [&](Intake &intake) { return eraseAsked(intake, call.actor(), call.request.param("erasure")); });
}

} // namespace

void addErasureRoutes(ConsoleGate &gate) {
    gate.add("GET", "/erasures", {Resource::Erasures, Verb::Read}, getErasures);
    gate.add("POST", "/checks/{check}/erasures", operationRule(Resource::Erasures, Verb::File, true), postAsk);
    gate.add("POST", "/checks/{check}/withholdings", operationRule(Resource::Erasures, Verb::Record, true),
             postWithhold);
    gate.add("POST", "/erasures/{erasure}/confirm", operationRule(Resource::Erasures, Verb::Confirm, true), postErase);
}

} // namespace zhicha
