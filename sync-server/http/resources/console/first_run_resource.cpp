// first-run: the steps that lead from an empty ledger to the first enrolled tablet, kept on the server.
#include "sync-server/http/resources/console/enrol_answer.h"
#include "sync-server/http/resources/console/resources.h"
#include "sync-server/http/resources/console/session_json.h"

#include "shared/base/instant.h"
#include "sync-server/office/import_file.h"
#include "sync-server/office/people.h"

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::uint64_t kImportBytes = 8u << 20;
constexpr const char *kSteps[]{"password", "second_factor", "root_key", "ledger", "officers", "import", "tablet"};

std::string stepSetting(const std::string &step) {
    return "console/first_run/" + step;
}

Result<std::int64_t> countRows(LedgerReader &reader, EntityType type) {
    std::int64_t count = 0;
    const Status read = reader.forEachRowOfType(type, [&](const RowRecord &) -> Status {
        ++count;
        return {};
    });
    ZHICHA_TRY(read);
    return count;
}

Result<json> stepsJson(ConsoleCall &call, LedgerReader &reader) {
    json steps = json::array();
    ZHICHA_ASSIGN(const std::optional<Account> account, reader.accounts().account(call.session->person));
    ZHICHA_ASSIGN(const std::vector<SecurityKey> keys, reader.accounts().keysOf(call.session->person));
    ZHICHA_ASSIGN(const std::optional<EntityRow> ledger, reader.rowOf(call.context.signIn.keys().ledger));
    for (const char *step : kSteps) {
        json entry{{"id", step},
                   {"optional", std::string_view(step) == "import" || std::string_view(step) == "tablet"}};
        ZHICHA_ASSIGN(const std::optional<std::string> done, reader.setting(stepSetting(step)));
        if (done)
            entry["done_at"] = *done;
        steps.push_back(std::move(entry));
    }
    const std::string now = toRfc3339(call.context.signIn.clock().nowMs());
    if (account && !account->mustChangePassword)
        steps[0]["done_at"] = now;
    if (!keys.empty() || (account && !account->totpSecret.empty()))
        steps[1]["done_at"] = now;
    steps[2]["file_name"] = "root.key";
    if (const cbor::Value *key = ledger ? ledger->value("root_key") : nullptr;
        key != nullptr && key->bytes() != nullptr)
        if (const auto root = fixedBytes<32>(*key->bytes()))
            steps[2]["fingerprint"] = toHex(fingerprintOf(*root));
    steps[3]["name"] = ledger ? ledger->text("name") : "";
    steps[3]["level"] = ledger ? ledger->text("level") : "";
    steps[3]["suite"] = ledger ? ledger->integer("suite").value_or(1) : 1;
    ZHICHA_ASSIGN(const std::vector<RoleGrant> grants, allGrants(reader));
    for (const RoleGrant &grant : grants) {
        if (grant.ended || (grant.role != "security" && grant.role != "auditor"))
            continue;
        ZHICHA_ASSIGN(const std::optional<EntityRow> person, reader.rowOf(grant.person));
        steps[4][grant.role] = {{"id", toText(grant.person)}, {"name", person ? person->text("name") : ""}};
    }
    ZHICHA_ASSIGN(steps[5]["units"], countRows(reader, EntityType::Unit));
    ZHICHA_ASSIGN(steps[5]["sites"], countRows(reader, EntityType::Site));
    ZHICHA_ASSIGN(steps[5]["items"], countRows(reader, EntityType::Item));
    ZHICHA_ASSIGN(steps[6]["devices"], countRows(reader, EntityType::Device));
    json out{{"steps", std::move(steps)}};
    ZHICHA_ASSIGN(const std::optional<std::string> done, reader.setting(kFirstRunDone));
    if (done)
        out["done_at"] = *done;
    return out;
}

Result<Response> getFirstRun(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        if (call.session && mayUse(call.roles, Resource::FirstRun, Verb::Read) != Reach::None)
            return stepsJson(call, reader);
        ZHICHA_ASSIGN(const std::optional<std::string> done, reader.setting(kFirstRunDone));
        return done ? json{{"done_at", *done}} : json::object();
    }));
    return jsonResponse(200, out);
}

Status markDone(ConsoleCall &call, const std::string &step) {
    return inTransaction(call.access, [&](LedgerWriter &ledger) -> Status {
        const std::string now = toRfc3339(call.context.signIn.clock().nowMs());
        ZHICHA_TRY(ledger.putSetting(stepSetting(step), now));
        for (const char *other : {"root_key", "ledger", "officers", "import", "tablet"}) {
            ZHICHA_ASSIGN(const std::optional<std::string> done, ledger.setting(stepSetting(other)));
            if (!done && step != other)
                return {};
        }
        return ledger.putSetting(kFirstRunDone, now);
    });
}

Result<json> appointOfficers(ConsoleCall &call) {
    json passwords = json::array();
    for (const char *role : {"security", "auditor"}) {
        const auto wanted = call.body.find(role);
        if (wanted == call.body.end() || !wanted->is_object() || !wanted->contains("name") ||
            !(*wanted)["name"].is_string())
            return call.badField(role, "{name}");
        NewPerson person;
        person.name = (*wanted)["name"].get<std::string>();
        person.role = role;
        person.id = newUuid(call.access.clock(), call.access.random());
        call.audit = {"person_add", "person", toText(*person.id)};
        ZHICHA_ASSIGN(const json added,
                      call.access.ask<json>([&](Intake &intake) { return addPerson(intake, call.actor(), person); }));
        passwords.push_back({{"name", person.name}, {"role", role}, {"password", added["password"]}});
    }
    return json{{"passwords", std::move(passwords)}};
}

Result<json> importInto(ConsoleCall &call, bool &dry) {
    ZHICHA_ASSIGN(const std::optional<std::string> over,
                  call.context.access.look<std::optional<std::string>>(
                      [](LedgerReader &reader) { return reader.setting(kFirstRunDone); }));
    if (over)
        return fail(Code::AlreadyDone, "the first run is over; a later file is imported on the machine");
    ZHICHA_ASSIGN(dry, call.flag("dry_run", false));
    ZHICHA_ASSIGN(const bool empty, call.flag("empty", false));
    if (empty)
        return json::object();
    const auto file = call.body.find("file");
    if (file == call.body.end() || !file->is_object())
        return call.badField("file", "a ledger file");
    const std::string content = file->dump();
    ZHICHA_ASSIGN(json report, call.access.ask<json>([&](Intake &intake) {
        return importLedgerFile(intake, call.actor(), content, dry);
    }));
    return json{{"report", std::move(report)}};
}

Result<Response> postStep(ConsoleCall &call) {
    const std::string step(call.request.param("step"));
    const AuditNote note{"first_run", "step", step};
    call.audit = note;
    json once = json::object();
    bool dry = false;
    if (step == "root_key") {
        ZHICHA_ASSIGN(const bool offline, call.flag("kept_offline", false));
        ZHICHA_ASSIGN(const bool copy, call.flag("second_copy", false));
        if (!offline || !copy)
            return call.badField(offline ? "second_copy" : "kept_offline", "has to be confirmed");
    } else if (step == "ledger") {
        ZHICHA_ASSIGN(const bool confirmed, call.flag("confirmed", false));
        if (!confirmed)
            return call.badField("confirmed", "has to be confirmed");
    } else if (step == "officers") {
        ZHICHA_ASSIGN(once, appointOfficers(call));
    } else if (step == "import") {
        ZHICHA_ASSIGN(once, importInto(call, dry));
    } else if (step == "tablet") {
        ZHICHA_ASSIGN(const bool skip, call.flag("skip", false));
        if (!skip) {
            ZHICHA_ASSIGN(const std::string inspector, call.text("inspector", 200));
            ZHICHA_ASSIGN(once, makeEnrolAnswer(call, inspector));
        }
    } else {
        return fail(Code::NotFound, "no such step");
    }
    if (step != "import") // an import's own transaction took the entry along
        call.audit = note;
    if (!dry)
        ZHICHA_TRY(markDone(call, step));
    ZHICHA_TRY(call.context.keeper.catchUp());
    ZHICHA_ASSIGN(json out, call.access.look<json>([&](LedgerReader &reader) { return stepsJson(call, reader); }));
    out.update(once);
    return jsonResponse(200, out);
}
} // namespace

void addFirstRunRoutes(ConsoleGate &gate) {
    ConsoleRule read{Resource::FirstRun, Verb::Read};
    read.admits = Admits::Anybody;
    ConsoleRule write{Resource::FirstRun, Verb::Write};
    write.maxBodyBytes = kImportBytes;
    gate.add("GET", "/first-run", read, getFirstRun);
    gate.add("POST", "/first-run/{step}", write, postStep);
}

} // namespace zhicha
