// Goal: every field with several values is listed with who said what, a decision settles it, and a later word that did
// not see the decision opens it again (invariant 17). Method: two tablets that do not see each other's writes.
#include "sync-server/office/conflicts.h"
#include "sync-server/office/import_file.h"
#include "tests/unit/sync-server/office/office_fixture.h"

#include <nlohmann/json.hpp>

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
class Conflicts : public OfficeFixture {
protected:
    Conflicts() {
        m_check = startCheck(m_tablet);
        m_finding = addFinding(m_tablet, m_check, "甲说", "minor");
        send(m_tablet);
    }
    void contest(const char *field, const cbor::Value &value) {
        m_other.make("finding.amend", m_finding, {{field, value}});
        send(m_other);
    }
    json list() {
        const auto out = listConflicts(ledger());
        EXPECT_TRUE(out);
        return out ? (*out)["conflicts"] : json();
    }
    Decision decision(const std::string &field, const std::string &value) {
        return {toText(m_finding), field, value, "核实", {}};
    }
    json decide(const Decision &what, const Actor &actor = {}) {
        const auto answer = decideConflict(intake(), actor, what);
        EXPECT_TRUE(answer) << answer.error().detail;
        return answer ? *answer : json();
    }
    Code refusal(const Decision &what, const Actor &actor = {}) {
        const std::size_t before = log().size();
        const auto answer = decideConflict(intake(), actor, what);
        EXPECT_FALSE(answer);
        EXPECT_EQ(log().size(), before);
        return answer ? Code::Internal : answer.error().code;
    }

    Uuid m_holder = person("张三", "inspector reviewer");
    TestDevice m_tablet = enrolled(m_holder, 1);
    TestDevice m_other = enrolled(person("李四", "inspector"), 2);
    Uuid m_check;
    Uuid m_finding;
};

TEST_F(Conflicts, inv17_aConflictReachesTheOfficeWhoeverSyncedLast) {
    EXPECT_TRUE(list().empty());
    m_clock.advanceMs(1000);
    contest("severity", "critical");
    const json conflicts = list();
    ASSERT_EQ(conflicts.size(), 1u);
    EXPECT_EQ(conflicts[0]["entity"], toText(m_finding));
    EXPECT_EQ(conflicts[0]["type"], "finding");
    EXPECT_EQ(conflicts[0]["check"], toText(m_check));
    EXPECT_EQ(conflicts[0]["field"], "severity");
    ASSERT_EQ(conflicts[0]["values"].size(), 2u);
    std::map<std::string, std::string> said;
    for (const json &value : conflicts[0]["values"])
        said[value["by"]] = value["value"];
    EXPECT_EQ(said, (std::map<std::string, std::string>{{"张三", "minor"}, {"李四", "critical"}}));
}

TEST_F(Conflicts, aDecisionSettlesItAndALaterWordReopensIt) {
    contest("severity", "critical");
    EXPECT_EQ(decide(decision("severity", "major"))["value"], "major");
    EXPECT_TRUE(list().empty());
    EXPECT_EQ(rowOf(m_finding).text("severity"), "major");
    m_tablet.make("finding.amend", m_finding, {{"severity", "major"}}); // equal: says nothing new
    send(m_tablet);
    EXPECT_TRUE(list().empty());
    contest("severity", "critical"); // did not see the decision
    ASSERT_EQ(list().size(), 1u);
    decide(decision("severity", "critical"));
    EXPECT_EQ(rowOf(m_finding).text("severity"), "critical");
    reopen();
    EXPECT_TRUE(list().empty());
}

TEST_F(Conflicts, everyFieldTakesItsOwnValues) {
    contest("severity", "critical");
    contest("text", "乙说");
    contest("item", Uuid{{1}});
    m_tablet.make("finding.amend", m_finding, {{"item", Uuid{{2}}}});
    send(m_tablet);
    EXPECT_EQ(list().size(), 3u);
    EXPECT_EQ(refusal(decision("severity", "huge")), Code::InvalidArgument);
    EXPECT_EQ(refusal(decision("severity", "minor major")), Code::InvalidArgument);
    EXPECT_EQ(refusal(decision("severity", "")), Code::InvalidArgument);
    EXPECT_EQ(refusal(decision("text", "")), Code::InvalidArgument);
    EXPECT_EQ(refusal(decision("text", "\xff")), Code::InvalidArgument);
    EXPECT_EQ(refusal(decision("item", "i9")), Code::NotFound);
    EXPECT_EQ(refusal(decision("check", "x")), Code::InvalidArgument);
    EXPECT_EQ(refusal(decision("void", "true")), Code::WrongUsage);
    decide(decision("text", "定论"));
    decide(decision("item", ""));
    decide(decision("severity", "minor"));
    EXPECT_TRUE(list().empty());
    EXPECT_EQ(rowOf(m_finding).text("text"), "定论");
}

TEST_F(Conflicts, sitesItemsAndAnswersAreDecidedByCode) {
    ASSERT_TRUE(importLedgerFile(intake(), {}, R"({"units":[{"id":"u1","name":"局","group":"county","vice_mayor":"王"}],
      "sites":[{"id":"s1","name":"工地","unit":"u1","lat":34.5,"lon":111.5,"radius_m":100}],
      "items":[{"id":"i1","number":"1","title":"t","source":1,"kind":"general","lead":"u1","cooperating":[],
      "issued_on":"2026-01-01","due_on":"2026-02-01","responsible_person":"p","supervisor":"s"}]})",
                                 false));
    m_other.make("check.correct", m_check, {{"site", Uuid{{6}}}, {"items", cbor::Array{Uuid{{7}}}}, {"reason", "x"}});
    const Uuid answer = answerId(m_keys.ledger, m_check, std::nullopt, "rectified");
    for (TestDevice *tablet : {&m_tablet, &m_other}) {
        tablet->make("answer.give", answer,
                     {{"check", m_check}, {"question", "rectified"}, {"value", tablet == &m_tablet ? "yes" : "no"}});
        send(*tablet);
    }
    EXPECT_EQ(list().size(), 3u);
    const std::string check = "检〔2026〕0001";
    EXPECT_EQ(refusal({check, "site", "u1", "x", {}}), Code::NotFound);
    decide({check, "site", "s1", "x", {}});
    EXPECT_EQ(refusal({check, "items", "i1, i2", "x", {}}), Code::NotFound);
    EXPECT_EQ(decide({check, "items", "i1", "x", {}})["value"], json::array({"i1"}));
    EXPECT_EQ(refusal({toText(answer), "value", "maybe", "x", {}}), Code::InvalidArgument);
    decide({toText(answer), "value", "partly", "x", {}});
    EXPECT_EQ(rowOf(answer).text("value"), "partly");
    EXPECT_EQ(rowOf(m_check).uuid("site"), derivedId(m_keys.ledger, "site", "s1"));
    EXPECT_TRUE(list().empty());
}

TEST_F(Conflicts, aContestedVoidIsDecidedToo) {
    m_tablet.make("entity.void", m_finding, {{"void", true}, {"reason", "a"}});
    send(m_tablet);
    m_other.make("entity.void", m_finding, {{"void", false}, {"reason", "b"}});
    send(m_other);
    ASSERT_EQ(list().size(), 1u);
    EXPECT_EQ(refusal(decision("void", "maybe")), Code::InvalidArgument);
    decide(decision("void", "true"));
    EXPECT_TRUE(rowOf(m_finding).isVoid());
}

TEST_F(Conflicts, refusesWhoMayNotAndWhatIsNotContested) {
    EXPECT_EQ(refusal(decision("severity", "major")), Code::WrongUsage);
    contest("severity", "critical");
    Decision what = decision("severity", "major");
    EXPECT_EQ(refusal(what, actor(m_holder)), Code::NotAllowed); // recused
    EXPECT_EQ(refusal(what, actor(person("无", "mayor"))), Code::NotAllowed);
    what.reason.clear();
    EXPECT_EQ(refusal(what), Code::InvalidArgument);
    what = decision("severity", "major");
    what.entity = "nothing";
    EXPECT_EQ(refusal(what), Code::NotFound);
    what = decision("severity", "major");
    what.seen = std::vector<Digest>{Digest{1}};
    EXPECT_EQ(refusal(what), Code::Conflict);
    what.seen = rowOf(m_finding).field("severity")->writes;
    decide(what, actor(person("科长", "reviewer")));
}
} // namespace
