#include "sync-server/office/signin/policy.h"

#include <algorithm>

namespace zhicha {

namespace {
struct Permission {
    Resource resource;
    Verb verb;
    Reach reach;
    std::string_view roles; ///< separated by spaces
};

using enum Resource;
using enum Verb;
constexpr std::string_view kEverybody =
    "inspector team_lead reviewer chief unit_clerk vice_mayor mayor administrator security auditor";
constexpr std::string_view kOffice = "reviewer chief";

// What is not here is denied. Administrator, security officer and auditor see no content of a check.
constexpr Permission kPermissions[] = {
    {Desk, Read, Reach::All, "reviewer chief security"},
    {Desk, Read, Reach::Team, "team_lead"},
    {Checks, Read, Reach::All, kOffice},
    {Checks, Read, Reach::Team, "team_lead"},
    {Checks, Read, Reach::Own, "inspector"},
    {Checks, Comment, Reach::All, kOffice},
    {Checks, Comment, Reach::Team, "team_lead"},
    {Checks, Review, Reach::All, kOffice},
    {Checks, Hand, Reach::All, kOffice},
    {Checks, Void, Reach::All, kOffice},
    {Photos, Read, Reach::All, kOffice},
    {Photos, Read, Reach::Team, "team_lead"},
    {Photos, Read, Reach::Own, "inspector"},
    {Conflicts, Read, Reach::All, kOffice},
    {Conflicts, Raise, Reach::All, kOffice},
    {Conflicts, Decide, Reach::All, kOffice},
    {Findings, Read, Reach::All, kOffice},
    {Findings, Read, Reach::Team, "team_lead"},
    {Findings, Read, Reach::Own, "inspector"},
    {Findings, Amend, Reach::All, kOffice},
    {Findings, Void, Reach::All, kOffice},
    {Devices, Read, Reach::All, "administrator security"},
    {Devices, Read, Reach::Team, "team_lead"},
    {Devices, Enrol, Reach::All, "administrator security"},
    {Devices, Revoke, Reach::All, "security"},
    {People, Read, Reach::All, "administrator security"},
    {People, Grant, Reach::All, "administrator"},
    {People, Confirm, Reach::All, "security"},
    {Audit, Read, Reach::All, "auditor"},
    {Feedback, Write, Reach::Own, kEverybody},
    {Feedback, Read, Reach::Own, kEverybody},
    {FirstRun, Read, Reach::All, "administrator"},
    {FirstRun, Write, Reach::All, "administrator"},
    {Lookup, Read, Reach::All, "reviewer chief team_lead administrator security"},
    {Lookup, Read, Reach::Own, "unit_clerk"},
    {Health, Read, Reach::All, "reviewer chief administrator security auditor"},
    {Items, Read, Reach::All, "reviewer chief mayor"},
    {Items, Read, Reach::Own, "unit_clerk vice_mayor"},
    {Items, Register, Reach::All, kOffice},
    {Items, Verb::Report, Reach::Own, "unit_clerk"},
    {Requests, Read, Reach::All, "reviewer chief mayor"},
    {Requests, Read, Reach::Own, "unit_clerk vice_mayor"},
    {Requests, File, Reach::All, kOffice},
    {Requests, File, Reach::Own, "unit_clerk"},
    {Requests, Sign, Reach::All, "reviewer chief mayor"},
    {Requests, Sign, Reach::Own, "vice_mayor"},
    {Escalation, Read, Reach::All, kOffice},
    {Escalation, Record, Reach::All, kOffice},
    {Ranking, Read, Reach::All, "reviewer chief vice_mayor mayor"},
    {Ranking, Read, Reach::Own, "unit_clerk"},
    {Ranking, Publish, Reach::All, "chief"},
    {Papers, Read, Reach::All, "reviewer chief mayor"},
    {Papers, Read, Reach::Own, "unit_clerk vice_mayor"},
    {Papers, Write, Reach::All, kOffice},
    {Papers, Issue, Reach::All, "chief"},
    {Papers, Receive, Reach::Own, "unit_clerk"},
    {Orders, Read, Reach::All, "reviewer chief mayor"},
    {Orders, Read, Reach::Own, "unit_clerk vice_mayor inspector team_lead"},
    {Orders, Issue, Reach::All, kOffice},
    {Orders, Review, Reach::All, kOffice},
    {Orders, Decide, Reach::All, "chief"},
    {Orders, Receive, Reach::Own, "unit_clerk"},
    {Orders, Verb::Report, Reach::Own, "unit_clerk"},
    {Orders, File, Reach::Own, "unit_clerk"},
    {Erasures, Read, Reach::All, "reviewer chief security"},
    {Erasures, File, Reach::All, "reviewer chief security"},
    {Erasures, Confirm, Reach::All, "chief security"},
    {Erasures, Record, Reach::All, kOffice},
    {Tokens, Read, Reach::All, "administrator security auditor"},
    {Tokens, Grant, Reach::All, "administrator"},
    {Tokens, Confirm, Reach::All, "security"},
    {Tokens, Revoke, Reach::All, "administrator security"},
    {Frame, Read, Reach::Own, kEverybody},
    {Frame, Write, Reach::Own, kEverybody},
};

bool isWordOf(std::string_view words, std::string_view word) {
    for (std::size_t at = 0; !word.empty() && at <= words.size();) {
        const std::size_t end = std::min(words.find(' ', at), words.size());
        if (words.substr(at, end - at) == word)
            return true;
        at = end + 1;
    }
    return false;
}
} // namespace

Reach mayUse(std::string_view role, Resource resource, Verb verb) {
    Reach reach = Reach::None;
    for (const Permission &permission : kPermissions)
        if (permission.resource == resource && permission.verb == verb && isWordOf(permission.roles, role))
            reach = std::max(reach, permission.reach);
    return reach;
}

Reach mayUse(const std::set<std::string> &roles, Resource resource, Verb verb) {
    Reach reach = Reach::None;
    for (const std::string &role : roles)
        reach = std::max(reach, mayUse(role, resource, verb));
    return reach;
}

const std::vector<std::string> &allRoles() {
    static const std::vector<std::string> roles{"inspector",  "team_lead", "reviewer",      "chief",    "unit_clerk",
                                                "vice_mayor", "mayor",     "administrator", "security", "auditor"};
    return roles;
}

std::vector<std::string> rolesThatMay(Resource resource, Verb verb) {
    std::vector<std::string> out;
    for (const std::string &role : allRoles())
        if (mayUse(role, resource, verb) != Reach::None)
            out.push_back(role);
    return out;
}

Result<std::vector<RoleGrant>> allGrants(LedgerReader &ledger) {
    std::vector<RoleGrant> grants;
    std::set<Uuid> voided;
    std::map<Uuid, Uuid> confirmed;
    std::set<Uuid> ended;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Role, [&](const RowRecord &record) -> Status {
        const EntityRow &row = record.row;
        if (const auto person = row.uuid("person")) {
            RoleGrant grant;
            grant.grant = record.entity;
            grant.person = *person;
            grant.role = row.text("role");
            grant.team = row.text("team");
            grant.unit = row.uuid("unit");
            grant.fromMs = row.integer("from").value_or(0);
            if (row.isVoid())
                voided.insert(record.entity);
            grants.push_back(std::move(grant));
        } else if (const auto about = row.uuid("grant"); about && !row.isVoid()) {
            // role.confirm names the grant alone, role.end also from when on
            if (row.value("from") == nullptr)
                confirmed.emplace(*about, record.entity);
            else
                ended.insert(*about);
        }
        return {};
    }));
    const auto counts = [&](const RoleGrant &grant) {
        return !voided.contains(grant.grant) && !ended.contains(grant.grant);
    };
    // Grants from before the first security officer hold at once, since nobody could confirm them, and so does hers.
    std::optional<std::int64_t> officerSinceMs;
    for (const RoleGrant &grant : grants)
        if (grant.role == "security" && counts(grant))
            officerSinceMs = std::min(officerSinceMs.value_or(grant.fromMs), grant.fromMs);
    for (RoleGrant &grant : grants) {
        grant.ended = !counts(grant);
        if (const auto it = confirmed.find(grant.grant); it != confirmed.end())
            grant.confirmation = it->second;
        grant.unconfirmed = !grant.confirmation;
        const bool nobodyYet = !officerSinceMs || grant.fromMs <= *officerSinceMs;
        grant.inForce = !grant.ended && (grant.confirmation || nobodyYet);
    }
    return grants;
}

Result<std::set<std::string>> rolesOf(LedgerReader &ledger, const Uuid &person) {
    ZHICHA_ASSIGN(const std::vector<RoleGrant> grants, allGrants(ledger));
    std::set<std::string> roles;
    for (const RoleGrant &grant : grants)
        if (grant.person == person && grant.inForce)
            roles.insert(grant.role);
    return roles;
}

Result<std::vector<Uuid>> teamOf(LedgerReader &ledger, const Uuid &person) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> own, ledger.rowOf(person));
    const std::string team = own ? own->text("team") : std::string();
    std::vector<Uuid> members{person};
    if (team.empty())
        return members;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Person, [&](const RowRecord &record) -> Status {
        if (record.entity != person && record.row.text("team") == team)
            members.push_back(record.entity);
        return {};
    }));
    return members;
}

} // namespace zhicha
