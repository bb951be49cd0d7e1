#include "sync-server/office/roles.h"

#include "sync-server/office/init.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace zhicha {

namespace {
/** A grant holds from the ledger's own time, which never runs back: a clock that does must not let one pass for older
 *  than the security officer, and so for in no need of her. */
Status appendOne(Intake &intake, ServerOperation operation) {
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
    if (operation.kind == "role.grant")
        operation.fields["from"] = transaction->nowMs();
    const auto appended = transaction->append(std::move(operation));
    ZHICHA_TRY(appended ? Status() : Status(appended.error()));
    const auto committed = transaction->commit();
    return committed ? Status() : Status(committed.error());
}

bool watchesOthers(const std::string &role) {
    return role == "administrator" || role == "security" || role == "auditor";
}

Result<RoleGrant> openGrant(LedgerReader &ledger, const Uuid &id) {
    ZHICHA_ASSIGN(const std::vector<RoleGrant> grants, allGrants(ledger));
    for (const RoleGrant &grant : grants)
        if (grant.grant == id && !grant.ended)
            return grant;
    return fail(Code::NotFound, "no such grant");
}
} // namespace

Result<nlohmann::json> grantRole(Intake &intake, const Actor &actor, const NewGrant &wanted) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "administrator"));
    const std::vector<std::string> &known = allRoles();
    if (std::find(known.begin(), known.end(), wanted.role) == known.end())
        return fail(Code::InvalidArgument, "no role is called \"" + wanted.role + "\"");
    ZHICHA_ASSIGN(const std::optional<EntityRow> person, ledger.rowOf(wanted.person));
    if (!person || person->type != EntityType::Person)
        return fail(Code::NotFound, "no such person");
    ZHICHA_ASSIGN(const std::vector<RoleGrant> grants, allGrants(ledger));
    for (const RoleGrant &grant : grants) {
        if (grant.person != wanted.person || grant.ended)
            continue;
        if (grant.role == wanted.role)
            return fail(Code::AlreadyDone, "the person has this role already");
        if (watchesOthers(grant.role) || watchesOthers(wanted.role))
            return fail(Code::NotAllowed,
                        "administrator, security officer and auditor are different persons, apart from the office's");
    }
    const Uuid id = newUuid(intake.clock(), intake.random());
    cbor::Map fields{{"person", wanted.person}, {"role", wanted.role}};
    if (wanted.unit)
        fields["unit"] = *wanted.unit;
    if (!wanted.team.empty())
        fields["team"] = wanted.team;
    ZHICHA_TRY(appendOne(intake, {"role.grant", id, std::move(fields), {}, actor.person}));
    ZHICHA_ASSIGN(const RoleGrant made, openGrant(ledger, id));
    return nlohmann::json{
        {"grant", toText(id)}, {"person", toText(wanted.person)}, {"role", wanted.role}, {"in_force", made.inForce}};
}

Result<nlohmann::json> confirmRole(Intake &intake, const Actor &actor, const Uuid &id) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "security"));
    ZHICHA_ASSIGN(const RoleGrant grant, openGrant(ledger, id));
    if (grant.confirmation)
        return fail(Code::AlreadyDone, "the grant is confirmed already");
    if (actor.person == grant.person)
        return fail(Code::NotAllowed, "nobody confirms a role of their own");
    ZHICHA_TRY(appendOne(
        intake, {"role.confirm", newUuid(intake.clock(), intake.random()), {{"grant", id}}, {}, actor.person}));
    return nlohmann::json{{"grant", toText(id)}, {"confirmed", true}};
}

Result<nlohmann::json> endRole(Intake &intake, const Actor &actor, const Uuid &id, const std::string &reason) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "administrator"));
    if (reason.empty() || reason.size() > 4000 || !isUtf8(reason))
        return fail(Code::InvalidArgument, "a reason is 1 to 4000 bytes of text");
    ZHICHA_ASSIGN(const RoleGrant grant, openGrant(ledger, id));
    // Without a security officer every grant would hold at once: an administrator alone must not come to that.
    if (grant.role == "administrator" || (grant.role == "security" && grant.inForce && !actor.isOperator())) {
        ZHICHA_ASSIGN(const std::vector<RoleGrant> grants, allGrants(ledger));
        const auto others = std::count_if(grants.begin(), grants.end(), [&](const RoleGrant &other) {
            return other.inForce && other.role == grant.role && other.grant != id;
        });
        if (others == 0)
            return fail(Code::NotAllowed, grant.role == "security"
                                              ? "the last security officer stays until another one is confirmed"
                                              : "the last administrator stays");
    }
    ZHICHA_TRY(appendOne(intake, {"role.end",
                                  newUuid(intake.clock(), intake.random()),
                                  {{"grant", id}, {"from", intake.clock().nowMs()}},
                                  {},
                                  actor.person}));
    return nlohmann::json{{"grant", toText(id)}, {"ended", true}};
}

Result<nlohmann::json> resetPassword(Intake &intake, const Actor &actor, const Uuid &person, const PasswordCost &cost) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "administrator"));
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(person));
    if (!row || row->type != EntityType::Person)
        return fail(Code::NotFound, "no such person");
    // Who could set the watchers' passwords could be them: that takes the machine itself.
    ZHICHA_ASSIGN(const std::set<std::string> held, rolesOf(ledger, person));
    if (!actor.isOperator() && (held.contains("security") || held.contains("auditor")))
        return fail(Code::NotAllowed, "the password of a security officer or auditor is set on the machine itself");
    const std::string password = randomPassword(intake.random());
    ZHICHA_ASSIGN(const std::string hash, hashPassword(password, cost));
    ZHICHA_ASSIGN(const std::optional<ConsoleUser> known, userOf(ledger, person));
    ZHICHA_ASSIGN(const std::optional<ConsoleUser> namesake, userNamed(ledger, row->text("name")));
    if (!known && namesake)
        return fail(Code::AlreadyDone, "the sign-in name " + row->text("name") + " is taken");
    ConsoleUser user = known.value_or(ConsoleUser{person, row->text("name"), "inspector", std::nullopt, {}});
    user.passwordHash = hash;
    ZHICHA_TRY(ledger.begin());
    const auto change = [&]() -> Status {
        ZHICHA_TRY(ledger.putUser(user));
        Account account;
        account.person = person;
        ZHICHA_TRY(ledger.accounts().putAccount(account));
        ZHICHA_ASSIGN(const std::vector<SecurityKey> keys, ledger.accounts().keysOf(person));
        for (const SecurityKey &key : keys)
            ZHICHA_TRY(ledger.accounts().dropKey(key.credential));
        return ledger.accounts().endSessions(person, std::nullopt, "ended");
    };
    if (const Status changed = change(); !changed) {
        ledger.rollback();
        return changed.error();
    }
    ZHICHA_TRY(ledger.commit());
    return nlohmann::json{{"person", toText(person)}, {"name", user.name}, {"password", password}};
}

} // namespace zhicha
