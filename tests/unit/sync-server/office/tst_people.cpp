// Goal: persons come with their role and, where they sign in, with one password; names that fit several are never
// guessed. Method: the commands, then the rows, users and refusals.
#include "shared/crypto/password.h"
#include "sync-server/office/people.h"
#include "tests/unit/sync-server/office/office_fixture.h"

#include <nlohmann/json.hpp>

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
class People : public OfficeFixture {
protected:
    json add(const NewPerson &person, const Actor &actor = {}) {
        const auto answer = addPerson(intake(), actor, person);
        EXPECT_TRUE(answer) << answer.error().detail;
        return answer ? *answer : json();
    }
    Code refusal(const NewPerson &person, const Actor &actor = {}) {
        const std::size_t before = log().size();
        const auto answer = addPerson(intake(), actor, person);
        EXPECT_FALSE(answer);
        EXPECT_EQ(log().size(), before);
        return answer ? Code::Internal : answer.error().code;
    }
    static NewPerson named(const std::string &name, const std::string &role) {
        NewPerson person;
        person.name = name;
        person.role = role;
        return person;
    }
};

TEST_F(People, aReviewerGetsARoleAndOnePassword) {
    append({{"unit.put",
             derivedId(m_keys.ledger, "unit", "u1"),
             {{"code", "u1"}, {"name", "局"}, {"group", "county"}, {"vice_mayor", "王"}}}});
    NewPerson person = named("王科长", "reviewer");
    person.unit = "u1";
    person.code = "r1";
    const json answer = add(person);
    EXPECT_EQ(answer["unit"], "u1");
    const Uuid id = *uuidFromText(answer["person"].get<std::string>());
    EXPECT_TRUE(requireRole(ledger(), {id}, "reviewer chief"));
    EXPECT_EQ(requireRole(ledger(), {id}, "chief").error().code, Code::NotAllowed);
    int users = 0;
    ASSERT_TRUE(ledger().forEachUser([&](const ConsoleUser &user) -> Status {
        ++users;
        EXPECT_EQ(user.person, id);
        EXPECT_EQ(user.unit, derivedId(m_keys.ledger, "unit", "u1"));
        EXPECT_TRUE(passwordMatches(user.passwordHash, answer["password"].get<std::string>()));
        return {};
    }));
    EXPECT_EQ(users, 1);
    EXPECT_EQ(findPerson(ledger(), "r1").value(), id);
    EXPECT_EQ(findPerson(ledger(), "王科长").value(), id);
}

TEST_F(People, anInspectorHasNoPassword) {
    EXPECT_FALSE(add(named("张三", "inspector")).contains("password"));
}

TEST_F(People, theSameIdIsTheSameAnswer) {
    NewPerson person = named("张三", "inspector");
    person.id = Uuid{{1, 2, 3}};
    const json first = add(person);
    const std::size_t operations = log().size();
    EXPECT_EQ(add(person), first);
    EXPECT_EQ(log().size(), operations);
    person.name = "李四";
    EXPECT_EQ(refusal(person), Code::AlreadyDone);
}

TEST_F(People, refusesWhatCouldNotBeToldApart) {
    add(named("张三", "inspector"));
    EXPECT_EQ(refusal(named("张三", "inspector")), Code::Ambiguous);
    NewPerson second = named("张三", "inspector");
    second.code = "z2";
    add(second);
    EXPECT_EQ(findPerson(ledger(), "张三").error().code, Code::Ambiguous);
    EXPECT_TRUE(findPerson(ledger(), "z2"));
    second.name = "李四";
    EXPECT_EQ(refusal(second), Code::AlreadyDone);
    EXPECT_EQ(findOrCreateInspector(intake(), {}, "张三").error().code, Code::Ambiguous);
}

TEST_F(People, refusesWrongWords) {
    EXPECT_EQ(refusal(named("张三", "emperor")), Code::InvalidArgument);
    EXPECT_EQ(refusal(named("张三", "")), Code::InvalidArgument);
    EXPECT_EQ(refusal(named("张三", "mayor chief")), Code::InvalidArgument);
    EXPECT_EQ(refusal(named("", "inspector")), Code::InvalidArgument);
    EXPECT_EQ(refusal(named("\xff", "inspector")), Code::InvalidArgument);
    EXPECT_EQ(refusal(named("a\nb", "inspector")), Code::InvalidArgument);
    EXPECT_EQ(refusal(named("018f0000-0000-7000-8000-000000000000", "inspector")), Code::InvalidArgument);
    NewPerson person = named("张三", "inspector");
    person.unit = "nowhere";
    EXPECT_EQ(refusal(person), Code::NotFound);
    person.unit = toText(m_keys.ledger); // an entity, but no unit
    EXPECT_EQ(refusal(person), Code::NotFound);
}

TEST_F(People, onlyAdministratorsAdd) {
    EXPECT_EQ(refusal(named("张三", "inspector"), actor(person("科长", "reviewer chief security"))), Code::NotAllowed);
    add(named("张三", "inspector"), actor(person("管理", "administrator")));
}

TEST_F(People, anEnrolmentFindsOrMakesItsInspector) {
    const auto made = findOrCreateInspector(intake(), {}, "张三");
    ASSERT_TRUE(made);
    EXPECT_EQ((*made)["created"], true);
    for (const std::string &text : {std::string("张三"), (*made)["person"].get<std::string>()}) {
        const auto found = findOrCreateInspector(intake(), {}, text);
        ASSERT_TRUE(found);
        EXPECT_EQ((*found)["created"], false);
        EXPECT_EQ((*found)["person"], (*made)["person"]);
    }
    EXPECT_TRUE(requireRole(ledger(), {*uuidFromText((*made)["person"].get<std::string>())}, "inspector"));
    EXPECT_EQ(findOrCreateInspector(intake(), {}, toText(Uuid{{9}})).error().code, Code::NotFound);
    EXPECT_EQ(findOrCreateInspector(intake(), {}, "").error().code, Code::InvalidArgument);
    EXPECT_EQ(findOrCreateInspector(intake(), actor(person("x", "inspector")), "新").error().code, Code::NotAllowed);
}

TEST_F(People, theListNamesRolesAndDevices) {
    enrolled(person("张三", "inspector team_lead", "一组"), 1);
    const auto list = listPersons(ledger());
    ASSERT_TRUE(list);
    const json &one = (*list)["persons"][0];
    EXPECT_EQ(one["name"], "张三");
    EXPECT_EQ(one["roles"].size(), 2u);
    EXPECT_EQ(one["team"], "一组");
    EXPECT_EQ(one["devices"], 1);
}
} // namespace
