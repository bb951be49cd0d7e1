// Goal: the office corrects a finding, hides an entity and shows it again, on its own chain, with a reason. Method: the
// commands over a check of one tablet, then the rows and the refusals.
#include "sync-server/office/amend.h"
#include "tests/unit/sync-server/office/office_fixture.h"

#include <nlohmann/json.hpp>

using namespace zhicha;
using namespace zhicha::test;

namespace {
class Amend : public OfficeFixture {
protected:
    Amend() {
        m_check = startCheck(m_tablet);
        m_finding = addFinding(m_tablet, m_check, "错字", "minor");
        send(m_tablet);
    }
    Code refusal(const FindingAmendment &what, const Actor &actor = {}) {
        const auto answer = amendFinding(intake(), actor, what);
        EXPECT_FALSE(answer);
        return answer ? Code::Internal : answer.error().code;
    }
    Code voidRefusal(const std::string &entity, bool undo, const Actor &actor = {}, const std::string &reason = "x") {
        const auto answer = voidEntity(intake(), actor, entity, reason, undo);
        EXPECT_FALSE(answer);
        return answer ? Code::Internal : answer.error().code;
    }

    Uuid m_holder = person("张三", "inspector reviewer");
    TestDevice m_tablet = enrolled(m_holder, 1);
    Uuid m_check;
    Uuid m_finding;
};

TEST_F(Amend, correctsAFinding) {
    const auto answer = amendFinding(intake(), {}, {toText(m_finding), "对字", "major", {}, "更正"});
    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ((*answer)["fields"], nlohmann::json::array({"text", "severity"}));
    EXPECT_EQ(rowOf(m_finding).text("text"), "对字");
    EXPECT_EQ(rowOf(m_finding).text("severity"), "major");
    EXPECT_FALSE(rowOf(m_finding).contested());
    EXPECT_EQ(refusal({toText(m_finding), "对字", "major", "", "again"}), Code::AlreadyDone);
}

TEST_F(Amend, refusesWrongCorrections) {
    EXPECT_EQ(refusal({toText(m_finding), "x", {}, {}, ""}), Code::InvalidArgument);
    EXPECT_EQ(refusal({toText(m_finding), "", {}, {}, "r"}), Code::InvalidArgument);
    EXPECT_EQ(refusal({toText(m_finding), {}, "huge", {}, "r"}), Code::InvalidArgument);
    EXPECT_EQ(refusal({toText(m_finding), {}, {}, "i1", "r"}), Code::NotFound);
    EXPECT_EQ(refusal({toText(m_check), "x", {}, {}, "r"}), Code::NotFound);
    EXPECT_EQ(refusal({"nothing", "x", {}, {}, "r"}), Code::NotFound);
    EXPECT_EQ(refusal({toText(m_finding), "x", {}, {}, "r"}, actor(m_holder)), Code::NotAllowed);
    EXPECT_EQ(refusal({toText(m_finding), "x", {}, {}, "r"}, actor(person("无", "security"))), Code::NotAllowed);
    EXPECT_EQ(refusal({toText(m_finding), std::string(70'000, 'x'), {}, {}, "r"}), Code::TooLarge);
    EXPECT_EQ(rowOf(m_finding).text("text"), "错字");
}

TEST_F(Amend, hidesAndShowsAgain) {
    EXPECT_EQ(voidRefusal(toText(m_finding), true), Code::AlreadyDone);
    ASSERT_TRUE(voidEntity(intake(), {}, toText(m_finding), "误录", false));
    EXPECT_TRUE(rowOf(m_finding).isVoid());
    EXPECT_EQ(voidRefusal(toText(m_finding), false), Code::AlreadyDone);
    ASSERT_TRUE(voidEntity(intake(), {}, toText(m_finding), "未误", true));
    EXPECT_FALSE(rowOf(m_finding).isVoid());
    EXPECT_FALSE(rowOf(m_finding).contested());
    ASSERT_TRUE(voidEntity(intake(), {}, "检〔2026〕0001", "误开", false));
    EXPECT_TRUE(rowOf(m_check).isVoid());
}

TEST_F(Amend, eachKindOfEntityHasItsOwnOfficers) {
    const Uuid chief = person("主任", "chief");
    const Uuid reviewer = person("科长", "reviewer");
    const Uuid administrator = person("管理", "administrator");
    append({{"unit.put",
             derivedId(m_keys.ledger, "unit", "u1"),
             {{"code", "u1"}, {"name", "局"}, {"group", "county"}, {"vice_mayor", "王"}}}});
    EXPECT_EQ(voidRefusal("u1", false, actor(reviewer)), Code::NotAllowed);
    EXPECT_TRUE(voidEntity(intake(), actor(chief), "u1", "撤销", false));
    EXPECT_EQ(voidRefusal(toText(chief), false, actor(reviewer)), Code::NotAllowed);
    EXPECT_TRUE(voidEntity(intake(), actor(administrator), toText(chief), "重复", false));
    EXPECT_EQ(voidRefusal(toText(m_finding), false, actor(administrator)), Code::NotAllowed);
    EXPECT_EQ(voidRefusal(toText(m_finding), false, actor(m_holder)), Code::NotAllowed);
    EXPECT_TRUE(voidEntity(intake(), actor(reviewer), toText(m_finding), "误录", false));
    EXPECT_EQ(voidRefusal(toText(m_tablet.id()), false), Code::WrongUsage);
    EXPECT_EQ(voidRefusal(toText(m_keys.ledger), false), Code::WrongUsage);
    EXPECT_EQ(voidRefusal("nothing", false), Code::NotFound);
    EXPECT_EQ(voidRefusal(toText(m_check), false, {}, ""), Code::InvalidArgument);
}

TEST_F(Amend, aVoidRoleIsNoRole) {
    const Uuid reviewer = person("科长", "reviewer");
    std::optional<Uuid> role;
    for (const LogOperation &operation : log())
        if (operation.kind == "role.grant")
            role = operation.entity;
    ASSERT_TRUE(voidEntity(intake(), {}, toText(*role), "离任", false));
    EXPECT_EQ(requireRole(ledger(), actor(reviewer), "reviewer").error().code, Code::NotAllowed);
}

TEST_F(Amend, anAmbiguousCodeIsNotGuessed) {
    append({{"unit.put",
             derivedId(m_keys.ledger, "unit", "x1"),
             {{"code", "x1"}, {"name", "局"}, {"group", "county"}, {"vice_mayor", "王"}}},
            {"site.put",
             derivedId(m_keys.ledger, "site", "x1"),
             {{"code", "x1"}, {"name", "地"}, {"unit", Uuid{{1}}}, {"lat", 0}, {"lon", 0}, {"crs", "WGS-84"}}}});
    EXPECT_EQ(voidRefusal("x1", false), Code::Ambiguous);
}
} // namespace
