// devices, people and roles.
#include "sync-server/http/resources/console/enrol_answer.h"
#include "sync-server/http/resources/console/list_query.h"
#include "sync-server/http/resources/console/resources.h"

#include "shared/base/instant.h"
#include "sync-server/office/console/office_lists.h"
#include "sync-server/office/devices.h"
#include "sync-server/office/people.h"
#include "sync-server/office/roles.h"

#include <charconv>

namespace zhicha {

using nlohmann::json;

namespace {
Result<Response> listDevicesOf(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        std::optional<std::vector<Uuid>> among;
        if (call.reach != Reach::All) {
            ZHICHA_ASSIGN(among, teamOf(reader, call.session->person));
        }
        ListPage page;
        ZHICHA_ASSIGN(page.rows, deviceRows(reader, call.context.signIn.clock().nowMs(), among));
        page.count = static_cast<std::int64_t>(page.rows.size());
        return listJson(reader, std::move(page));
    }));
    return jsonResponse(200, out);
}

Result<Response> getConsequences(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid device, call.pathId("device"));
    const std::string text = call.query("cut");
    std::int64_t cut = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), cut);
    if (error != std::errc() || end != text.data() + text.size() || cut < 0)
        return call.badField("cut", "a number of the tablet's chain");
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) {
        return revocationConsequences(reader, device, cut);
    }));
    return jsonResponse(200, out);
}

Result<Response> postCode(ConsoleCall &call) {
    ZHICHA_ASSIGN(const std::string inspector, call.text("inspector", 200));
    ZHICHA_ASSIGN(const json out, makeEnrolAnswer(call, inspector));
    ZHICHA_TRY(call.context.keeper.catchUp());
    return jsonResponse(201, out);
}

Result<Response> postRevoke(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid device, call.pathId("device"));
    call.audit = {"device_revoke", "device", toText(device)};
    ZHICHA_ASSIGN(const std::int64_t cut, call.number("cut"));
    ZHICHA_ASSIGN(const std::string reason, call.text("reason"));
    return operate(call,
                   [&](Intake &intake) { return revokeDevice(intake, call.actor(), toText(device), cut, reason); });
}

Result<Response> postReadmit(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid device, call.pathId("device"));
    call.audit = {"device_readmit", "device", toText(device)};
    ZHICHA_ASSIGN(const std::int64_t upto, call.number("upto"));
    ZHICHA_ASSIGN(const std::string reason, call.text("reason"));
    return operate(call,
                   [&](Intake &intake) { return readmitDevice(intake, call.actor(), toText(device), upto, reason); });
}

/** `locked_until` of whoever is locked out at the moment. */
Status addLocks(const ConsoleCall &call, LedgerReader &reader, json &rows) {
    std::map<std::string, std::int64_t> locked;
    std::vector<ConsoleUser> users;
    ZHICHA_TRY(reader.forEachUser([&](const ConsoleUser &user) -> Status {
        users.push_back(user);
        return {};
    }));
    for (const ConsoleUser &user : users) {
        ZHICHA_ASSIGN(const std::int64_t untilMs, call.context.signIn.lockedUntil(reader, user.name));
        if (untilMs > 0)
            locked[toText(user.person)] = untilMs;
    }
    for (json &row : rows)
        if (const auto it = locked.find(row["id"].get<std::string>()); it != locked.end())
            row["locked_until"] = toRfc3339(it->second);
    return {};
}

Result<Response> listPeopleOf(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        ListPage page;
        ZHICHA_ASSIGN(page.rows, peopleRows(reader));
        ZHICHA_TRY(addLocks(call, reader, page.rows));
        page.count = static_cast<std::int64_t>(page.rows.size());
        return listJson(reader, std::move(page));
    }));
    return jsonResponse(200, out);
}

Result<Response> getChoices(ConsoleCall &call) {
    if (call.reach != Reach::All)
        return notYours(call, Resource::Lookup, Verb::Read); // a unit looks up units alone
    const std::string role = call.query("role");
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        ZHICHA_ASSIGN(const json people, peopleRows(reader));
        json rows = json::array();
        for (const json &person : people) {
            bool fits = role.empty();
            for (const json &grant : person["roles"])
                fits = fits || (grant["role"] == role && grant["state"] == "in_force");
            json row{{"id", person["id"]}, {"name", person["name"]}};
            if (person.contains("unit"))
                row["unit"] = person["unit"];
            if (fits)
                rows.push_back(std::move(row));
        }
        return rows;
    }));
    return jsonResponse(200, out);
}

Result<Response> postPerson(ConsoleCall &call) {
    call.audit = {"person_add", "person", ""};
    NewPerson person;
    ZHICHA_ASSIGN(person.name, call.text("name", 200));
    ZHICHA_ASSIGN(person.role, call.text("role", 32));
    ZHICHA_ASSIGN(person.unit, call.maybeText("unit", 64));
    ZHICHA_ASSIGN(person.code, call.maybeText("code", 200));
    ZHICHA_ASSIGN(person.team, call.maybeText("team", 200));
    const Uuid id = idOfRequest(call);
    person.id = id;
    call.audit.object = toText(id);
    return operate(call, [&](Intake &intake) { return addPerson(intake, call.actor(), person); });
}

Result<Response> postGrant(ConsoleCall &call) {
    NewGrant grant;
    ZHICHA_ASSIGN(grant.person, call.id("person"));
    call.audit = {"role_grant", "person", toText(grant.person)};
    ZHICHA_ASSIGN(grant.role, call.text("role", 32));
    if (call.body.contains("unit")) {
        ZHICHA_ASSIGN(grant.unit, call.id("unit"));
    }
    ZHICHA_ASSIGN(const std::optional<std::string> team, call.maybeText("team", 200));
    grant.team = team.value_or("");
    return operate(call, [&](Intake &intake) { return grantRole(intake, call.actor(), grant); });
}

Result<Response> postConfirm(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid grant, call.pathId("grant"));
    call.audit = {"role_confirm", "grant", toText(grant)};
    return operate(call, [&](Intake &intake) { return confirmRole(intake, call.actor(), grant); });
}

Result<Response> postEnd(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid grant, call.pathId("grant"));
    call.audit = {"role_end", "grant", toText(grant)};
    ZHICHA_ASSIGN(const std::string reason, call.text("reason"));
    return operate(call, [&](Intake &intake) { return endRole(intake, call.actor(), grant, reason); });
}

Result<Response> postPassword(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid person, call.pathId("person"));
    call.audit = {"password_reset", "person", toText(person)};
    ZHICHA_ASSIGN(const json out,
                  call.access.ask<json>([&](Intake &intake) { return resetPassword(intake, call.actor(), person); }));
    return jsonResponse(200, out);
}

Result<Response> postUnlock(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid person, call.pathId("person"));
    call.audit = {"unlock", "person", toText(person)};
    const Status done = inTransaction(call.access, [&](LedgerWriter &ledger) -> Status {
        ZHICHA_ASSIGN(const std::optional<ConsoleUser> user, userOf(ledger, person));
        if (!user)
            return fail(Code::NotFound, "this person does not sign in");
        return call.context.signIn.noteSuccess(ledger, user->name);
    });
    ZHICHA_TRY(done);
    return jsonResponse(200, {{"person", toText(person)}});
}

ConsoleRule officeRule(Resource resource, Verb verb, bool operation, bool fresh = false) {
    ConsoleRule rule{resource, verb};
    rule.operation = operation;
    rule.fresh = fresh;
    return rule;
}
} // namespace

void addDeviceRoutes(ConsoleGate &gate) {
    gate.add("GET", "/devices", {Resource::Devices, Verb::Read}, listDevicesOf);
    gate.add("GET", "/devices/{device}/consequences", {Resource::Devices, Verb::Revoke}, getConsequences);
    gate.add("POST", "/devices/codes", officeRule(Resource::Devices, Verb::Enrol, false), postCode);
    gate.add("POST", "/devices/{device}/revoke", officeRule(Resource::Devices, Verb::Revoke, true, true), postRevoke);
    gate.add("POST", "/devices/{device}/readmit", officeRule(Resource::Devices, Verb::Revoke, true, true), postReadmit);
}

void addPeopleRoutes(ConsoleGate &gate) {
    gate.add("GET", "/people", {Resource::People, Verb::Read}, listPeopleOf);
    gate.add("GET", "/people/choices", {Resource::Lookup, Verb::Read}, getChoices);
    gate.add("POST", "/people", officeRule(Resource::People, Verb::Grant, true), postPerson);
    gate.add("POST", "/people/roles", officeRule(Resource::People, Verb::Grant, true), postGrant);
    gate.add("POST", "/people/roles/{grant}/confirm", officeRule(Resource::People, Verb::Confirm, true), postConfirm);
    gate.add("POST", "/people/roles/{grant}/end", officeRule(Resource::People, Verb::Grant, true), postEnd);
    gate.add("POST", "/people/{person}/password", officeRule(Resource::People, Verb::Grant, false, true), postPassword);
    gate.add("POST", "/people/{person}/unlock", officeRule(Resource::People, Verb::Confirm, false), postUnlock);
}

} // namespace zhicha
