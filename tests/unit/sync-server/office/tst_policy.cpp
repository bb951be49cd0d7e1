// Goal: every cell of role × resource × verb is what design 10 §4 gives that role, and everything else is denied.
// Method: the permitted cells are written down here a second time; all the others are asserted to be None. Then grants:
// what a security officer confirms, ends and cannot be alone.
#include "sync-server/office/signin/policy.h"

#include "sync-server/office/roles.h"
#include "tests/unit/sync-server/office/office_fixture.h"

#include <nlohmann/json.hpp>

using namespace zhicha;
using namespace zhicha::test;

namespace {
using Cell = std::tuple<std::string, Resource, Verb>;

std::map<Cell, Reach> permitted() {
    std::map<Cell, Reach> cells;
    const auto allow = [&](std::initializer_list<const char *> roles, Resource resource,
                           std::initializer_list<Verb> verbs, Reach reach) {
        for (const char *role : roles)
            for (const Verb verb : verbs)
                cells[{role, resource, verb}] = reach;
    };
    using enum Resource;
    using enum Verb;
    allow({"reviewer", "chief"}, Checks, {Read, Comment, Review, Hand, Void}, Reach::All);
    allow({"reviewer", "chief"}, Conflicts, {Read, Raise, Decide}, Reach::All);
    allow({"reviewer", "chief"}, Findings, {Read, Amend, Void}, Reach::All);
    allow({"reviewer", "chief"}, Photos, {Read}, Reach::All);
    allow({"reviewer", "chief", "security"}, Desk, {Read}, Reach::All);
    allow({"team_lead"}, Desk, {Read}, Reach::Team);
    allow({"team_lead"}, Checks, {Read, Comment}, Reach::Team);
    allow({"team_lead"}, Photos, {Read}, Reach::Team);
    allow({"team_lead"}, Findings, {Read}, Reach::Team);
    allow({"team_lead"}, Devices, {Read}, Reach::Team);
    allow({"inspector"}, Checks, {Read}, Reach::Own);
    allow({"inspector"}, Photos, {Read}, Reach::Own);
    allow({"inspector"}, Findings, {Read}, Reach::Own);
    allow({"administrator", "security"}, Devices, {Read, Enrol}, Reach::All);
    allow({"security"}, Devices, {Revoke}, Reach::All);
    allow({"administrator", "security"}, People, {Read}, Reach::All);
    allow({"administrator"}, People, {Grant}, Reach::All);
    allow({"security"}, People, {Confirm}, Reach::All);
    allow({"auditor"}, Audit, {Read}, Reach::All);
    allow({"administrator"}, FirstRun, {Read, Write}, Reach::All);
    allow({"reviewer", "chief", "team_lead", "administrator", "security"}, Lookup, {Read}, Reach::All);
    allow({"unit_clerk"}, Lookup, {Read}, Reach::Own);
    allow({"reviewer", "chief", "administrator", "security", "auditor"}, Health, {Read}, Reach::All);
    allow({"reviewer", "chief", "mayor"}, Items, {Read}, Reach::All);
    allow({"unit_clerk", "vice_mayor"}, Items, {Read}, Reach::Own);
    allow({"reviewer", "chief"}, Items, {Register}, Reach::All);
    allow({"unit_clerk"}, Items, {Verb::Report}, Reach::Own);
    allow({"reviewer", "chief"}, Requests, {Read, File, Sign}, Reach::All);
    allow({"mayor"}, Requests, {Read, Sign}, Reach::All);
    allow({"vice_mayor"}, Requests, {Read, Sign}, Reach::Own);
    allow({"unit_clerk"}, Requests, {Read, File}, Reach::Own);
    allow({"reviewer", "chief"}, Escalation, {Read, Record}, Reach::All);
    allow({"reviewer", "chief", "vice_mayor", "mayor"}, Ranking, {Read}, Reach::All);
    allow({"unit_clerk"}, Ranking, {Read}, Reach::Own);
    allow({"chief"}, Ranking, {Publish}, Reach::All);
    allow({"reviewer", "chief", "mayor"}, Resource::Papers, {Read}, Reach::All);
    allow({"unit_clerk", "vice_mayor"}, Resource::Papers, {Read}, Reach::Own);
    allow({"reviewer", "chief"}, Resource::Papers, {Write}, Reach::All);
    allow({"chief"}, Resource::Papers, {Issue}, Reach::All);
    allow({"unit_clerk"}, Resource::Papers, {Receive}, Reach::Own);
    allow({"reviewer", "chief", "mayor"}, Orders, {Read}, Reach::All);
    allow({"unit_clerk", "vice_mayor", "inspector", "team_lead"}, Orders, {Read}, Reach::Own);
    allow({"reviewer", "chief"}, Orders, {Issue, Review}, Reach::All);
    allow({"chief"}, Orders, {Decide}, Reach::All);
    allow({"unit_clerk"}, Orders, {Receive, Verb::Report, File}, Reach::Own);
    allow({"reviewer", "chief", "security"}, Erasures, {Read, File}, Reach::All);
    allow({"chief", "security"}, Erasures, {Confirm}, Reach::All);
    allow({"reviewer", "chief"}, Erasures, {Record}, Reach::All);
    allow({"administrator", "security", "auditor"}, Tokens, {Read}, Reach::All);
    allow({"administrator"}, Tokens, {Grant, Revoke}, Reach::All);
    allow({"security"}, Tokens, {Confirm, Revoke}, Reach::All);
    for (const std::string &role : allRoles())
        for (const Resource resource : {Frame, Feedback})
            for (const Verb verb : {Read, Write})
                cells[{role, resource, verb}] = Reach::Own;
    return cells;
}

TEST(Policy, everyCellIsTheOneThatIsWrittenDown) {
    const std::map<Cell, Reach> expected = permitted();
    std::vector<std::string> roles = allRoles();
    ASSERT_EQ(roles.size(), 10u);
    for (const char *nobody : {"", "operator", "Reviewer", "reviewer chief", "no such role"})
        roles.emplace_back(nobody);
    std::size_t asserted = 0;
    for (const std::string &role : roles)
        for (int resource = 0; resource < kResourceCount; ++resource)
            for (int verb = 0; verb < kVerbCount; ++verb) {
                const Cell cell{role, static_cast<Resource>(resource), static_cast<Verb>(verb)};
                const auto it = expected.find(cell);
                EXPECT_EQ(mayUse(role, std::get<1>(cell), std::get<2>(cell)),
                          it == expected.end() ? Reach::None : it->second)
                    << role << " " << resource << " " << verb;
                ++asserted;
            }
    EXPECT_EQ(asserted, roles.size() * kResourceCount * kVerbCount);
}

TEST(Policy, theWidestOfSeveralRolesHolds) {
    EXPECT_EQ(mayUse(std::set<std::string>{"inspector", "team_lead"}, Resource::Checks, Verb::Read), Reach::Team);
    EXPECT_EQ(mayUse(std::set<std::string>{}, Resource::Frame, Verb::Read), Reach::None);
    EXPECT_EQ(rolesThatMay(Resource::Audit, Verb::Read), std::vector<std::string>{"auditor"});
}

class Grants : public OfficeFixture {
protected:
    std::set<std::string> roles(const Uuid &person) {
        const auto held = rolesOf(ledger(), person);
        EXPECT_TRUE(held);
        return held ? *held : std::set<std::string>();
    }
    Uuid grant(const Uuid &to, const std::string &role) {
        m_clock.advanceMs(1000);
        const auto made = grantRole(intake(), actor(m_admin), {to, role, {}, ""});
        EXPECT_TRUE(made) << made.error().detail;
        return made ? *uuidFromText((*made)["grant"].get<std::string>()) : Uuid();
    }
    Code refusal(const Result<nlohmann::json> &answer) { return answer ? Code::Internal : answer.error().code; }

    Uuid m_admin = person("管理", "administrator");
    Uuid m_wang = person("王颖");
};

TEST_F(Grants, holdAtOnceUntilThereIsASecurityOfficer) {
    grant(m_wang, "reviewer");
    EXPECT_EQ(roles(m_wang), std::set<std::string>{"reviewer"});
    m_clock.advanceMs(1000);
    const Uuid officer = person("许静", "security");
    EXPECT_EQ(roles(officer), std::set<std::string>{"security"});
    EXPECT_EQ(roles(m_wang), std::set<std::string>{"reviewer"}); // given before her
    const Uuid second = grant(m_wang, "chief");
    EXPECT_EQ(roles(m_wang), std::set<std::string>{"reviewer"});
    EXPECT_EQ(refusal(confirmRole(intake(), actor(m_admin), second)), Code::NotAllowed);
    EXPECT_TRUE(confirmRole(intake(), actor(officer), second));
    EXPECT_EQ(refusal(confirmRole(intake(), actor(officer), second)), Code::AlreadyDone);
    EXPECT_EQ(roles(m_wang), (std::set<std::string>{"reviewer", "chief"}));
}

TEST_F(Grants, endAndNeverCountAgain) {
    const Uuid given = grant(m_wang, "reviewer");
    EXPECT_EQ(refusal(endRole(intake(), actor(m_wang), given, "r")), Code::NotAllowed);
    EXPECT_TRUE(endRole(intake(), actor(m_admin), given, "调离"));
    EXPECT_TRUE(roles(m_wang).empty());
    EXPECT_EQ(refusal(endRole(intake(), actor(m_admin), given, "调离")), Code::NotFound);
    grant(m_wang, "reviewer");
    EXPECT_EQ(roles(m_wang), std::set<std::string>{"reviewer"});
}

TEST_F(Grants, keepTheThreeWatchersApart) {
    EXPECT_EQ(refusal(grantRole(intake(), actor(m_admin), {m_admin, "security", {}, ""})), Code::NotAllowed);
    EXPECT_EQ(refusal(grantRole(intake(), actor(m_admin), {m_admin, "reviewer", {}, ""})), Code::NotAllowed);
    grant(m_wang, "reviewer");
    EXPECT_EQ(refusal(grantRole(intake(), actor(m_admin), {m_wang, "auditor", {}, ""})), Code::NotAllowed);
    const Uuid officer = person("许静", "security");
    EXPECT_EQ(refusal(resetPassword(intake(), actor(m_admin), officer, {1, 8192})), Code::NotAllowed);
    EXPECT_TRUE(resetPassword(intake(), {}, officer, {1, 8192}));
}

TEST_F(Grants, theLastAdministratorStays) {
    Uuid given;
    EXPECT_TRUE(ledger().forEachRowOfType(EntityType::Role, [&](const RowRecord &record) -> Status {
        if (record.row.uuid("person") == m_admin)
            given = record.entity;
        return {};
    }));
    EXPECT_EQ(refusal(endRole(intake(), actor(m_admin), given, "r")), Code::NotAllowed);
}
} // namespace
