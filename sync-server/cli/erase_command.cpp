#include "sync-server/cli/erase_command.h"

#include "sync-server/office/check_view.h"
#include "sync-server/office/console/finish_erasure.h"
#include "sync-server/office/erasure.h"

#include <sstream>

namespace zhicha {

namespace {
using Json = nlohmann::json;

std::vector<std::string> listOf(const Arguments &arguments, const std::string &name) {
    std::vector<std::string> out;
    std::istringstream in(arguments.get(name));
    for (std::string one; std::getline(in, one, ',');)
        if (!one.empty())
            out.push_back(one);
    return out;
}

Result<ErasureAsk> readAsk(const Arguments &arguments, std::size_t checkAt) {
    ErasureAsk ask;
    ZHICHA_ASSIGN(ask.check, arguments.word(checkAt, "CHECK"));
    ZHICHA_ASSIGN(ask.reason, arguments.option("reason"));
    ask.entities = listOf(arguments, "entities");
    ask.operations = listOf(arguments, "operations");
    ask.photos = listOf(arguments, "photos");
    return ask;
}

using Act = std::function<Result<Json>(Intake &, const Actor &)>;

Result<CommandOutput> act(CommandContext &context, const Arguments &arguments, const Act &work) {
    ZHICHA_ASSIGN(Json json, context.access.ask<Json>([&](Intake &intake) -> Result<Json> {
        Actor actor;
        if (arguments.has("as")) {
            ZHICHA_ASSIGN(actor.person, findPerson(intake.ledger(), arguments.get("as")));
        }
        return work(intake, actor);
    }));
    json["actor"] = arguments.get("as", "operator");
    return CommandOutput{std::move(json), {}, false};
}

/** The bodies are gone once the operation is there; what is left to do may fail, and then says so. */
Result<CommandOutput> confirm(CommandContext &context, const Arguments &arguments) {
    ZHICHA_ASSIGN(const std::string erasure, arguments.word(1, "ERASURE"));
    ZHICHA_ASSIGN(CommandOutput out, act(context, arguments, [&](Intake &intake, const Actor &actor) {
                      return eraseAsked(intake, actor, erasure);
                  }));
    const Status finished = finishErasures(context.access, context.photos);
    out.json["finished"] = finished.has_value();
    if (!finished)
        out.json["unfinished"] = finished.error().detail;
    out.json["note"] = "backups and files that were made before still hold it; tablets drop it at their next sync";
    return out;
}

Result<CommandOutput> list(CommandContext &context, const Arguments &arguments) {
    ZHICHA_ASSIGN(Json json, context.access.look<Json>([&](LedgerReader &reader) -> Result<Json> {
        if (arguments.words.size() < 2)
            return listErasures(reader, std::nullopt);
        ZHICHA_ASSIGN(const Uuid check, findCheck(reader, arguments.words[1]));
        return listErasures(reader, check);
    }));
    return CommandOutput{std::move(json), {}, false};
}
} // namespace

Result<CommandOutput> eraseCommand(CommandContext &context, const Arguments &arguments) {
    if (arguments.has("finish")) {
        ZHICHA_TRY(finishErasures(context.access, context.photos));
        return CommandOutput{Json{{"finished", true}}, {}, false};
    }
    ZHICHA_ASSIGN(const std::string what, arguments.word(0, "ask, confirm or list"));
    if (what == "ask") {
        ZHICHA_ASSIGN(const ErasureAsk ask, readAsk(arguments, 1));
        return act(context, arguments,
                   [&](Intake &intake, const Actor &actor) { return askErasure(intake, actor, ask); });
    }
    if (what == "confirm")
        return confirm(context, arguments);
    if (what == "list")
        return list(context, arguments);
    return fail(Code::WrongUsage, "erase takes ask, confirm, list or --finish");
}

Result<CommandOutput> withholdCommand(CommandContext &context, const Arguments &arguments) {
    ZHICHA_ASSIGN(const ErasureAsk ask, readAsk(arguments, 0));
    return act(context, arguments,
               [&](Intake &intake, const Actor &actor) { return withholdBodies(intake, actor, ask); });
}

} // namespace zhicha
