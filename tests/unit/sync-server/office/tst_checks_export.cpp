// Goal: `export --checks` says what was found, in the shape of the contract, whatever is contested, void or missing.
// Method: one check of two tablets with everything in it; the JSON compared place by place.
#include "sync-server/office/checks_export.h"
#include "sync-server/office/import_file.h"
#include "tests/unit/sync-server/office/office_fixture.h"

#include <nlohmann/json.hpp>

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
class ChecksExport : public OfficeFixture {
protected:
    ChecksExport() {
        EXPECT_TRUE(importLedgerFile(intake(), {},
                                     R"({"units":[{"id":"u1","name":"局","group":"county","vice_mayor":"王"}],
          "sites":[{"id":"s1","name":"工地","unit":"u1","lat":34.5,"lon":111.5,"radius_m":100}],
          "items":[{"id":"i1","number":"1","title":"t","source":1,"kind":"general","lead":"u1","cooperating":[],
          "issued_on":"2026-01-01","due_on":"2026-02-01","responsible_person":"p","supervisor":"s"}]})",
                                     false));
        m_item = derivedId(m_keys.ledger, "item", "i1");
        m_check = startCheck(m_tablet, derivedId(m_keys.ledger, "site", "s1"), {m_item});
    }
    Uuid answer(TestDevice &tablet, const char *value) {
        const Uuid id = answerId(m_keys.ledger, m_check, m_item, "satisfied");
        tablet.make("answer.give", id,
                    {{"check", m_check}, {"item", m_item}, {"question", "satisfied"}, {"value", value}});
        return id;
    }
    json all() {
        const auto out = exportChecks(ledger(), [this](const Digest &photo) { return photo == m_here; });
        EXPECT_TRUE(out) << out.error().detail;
        return out ? (*out)["checks"] : json();
    }

    TestDevice m_tablet = enrolled(person("张三", "inspector"), 1);
    TestDevice m_other = enrolled(person("李四", "inspector"), 2);
    const Digest m_here{1};
    const Digest m_away{2};
    Uuid m_item;
    Uuid m_check;
};

TEST_F(ChecksExport, saysEverythingOfACheck) {
    const std::string started = "2026-11-24T01:00:00.000Z";
    const Uuid given = answer(m_tablet, "partly");
    const Uuid second = addFinding(m_tablet, m_check, "甲", "major");
    m_clock.advanceMs(1000);
    const Uuid third = addFinding(m_tablet, m_check, "乙");
    addPhoto(m_tablet, m_check, second, m_here, 100);
    addPhoto(m_tablet, m_check, given, m_away, 200);
    addPhoto(m_tablet, m_check, m_check, Digest{3}, 300);
    for (int i = 0; i < 2; ++i)
        m_tablet.make("tally.count", m_tablet.newId(),
                      {{"check", m_check}, {"satisfied", 5 - 2 * i}, {"neutral", -i}, {"dissatisfied", 1}});
    m_tablet.make("check.note", m_tablet.newId(), {{"check", m_check}, {"text", "随记"}});
    m_clock.advanceMs(60'000);
    finish(m_tablet, m_check);
    send(m_tablet);
    m_other.make("check.join", m_other.newId(), {{"check", m_check}, {"by", "list"}});
    send(m_other);
    const json checks = all();
    ASSERT_EQ(checks.size(), 1u);
    const json &check = checks[0];
    EXPECT_EQ(check["id"], toText(m_check));
    EXPECT_EQ(check["number"], "检〔2026〕0001");
    EXPECT_EQ(check["state"], "photos_arriving");
    EXPECT_EQ(check["site"], "s1");
    EXPECT_EQ(check["items"], json::array({"i1"}));
    EXPECT_EQ(check["inspector"], "张三");
    EXPECT_EQ(check["inspectors"], json::array({"张三", "李四"}));
    EXPECT_EQ(check["started_at"], started);
    EXPECT_EQ(check["finished_at"], "2026-11-24T01:01:01.000Z");
    ASSERT_EQ(check["answers"].size(), 1u);
    EXPECT_EQ(check["answers"][0]["item"], "i1");
    EXPECT_EQ(check["answers"][0]["question"], "satisfied");
    EXPECT_EQ(check["answers"][0]["value"], "partly");
    EXPECT_EQ(check["answers"][0]["note"], nullptr);
    EXPECT_EQ(check["answers"][0]["photos"][0]["present"], false);
    EXPECT_EQ(check["tally"], json::parse(R"({"satisfied":8,"neutral":-1,"dissatisfied":2})"));
    ASSERT_EQ(check["findings"].size(), 2u);
    EXPECT_EQ(check["findings"][0]["id"], toText(second));
    EXPECT_EQ(check["findings"][1]["id"], toText(third));
    EXPECT_EQ(check["findings"][0]["severity"], "major");
    EXPECT_EQ(check["findings"][0]["item"], nullptr);
    const json &photo = check["findings"][0]["photos"][0];
    EXPECT_EQ(photo["sha256"], toHex(m_here));
    EXPECT_EQ(photo["size"], 100);
    EXPECT_EQ(photo["present"], true);
    ASSERT_EQ(check["photos"].size(), 1u);
    EXPECT_EQ(check["photos"][0]["size"], 300);
    EXPECT_EQ(check["notes"][0]["text"], "随记");
    EXPECT_TRUE(check["conflicts"].empty());
    EXPECT_EQ(all(), checks);
}

TEST_F(ChecksExport, aContestedFieldIsNullAndListed) {
    send(m_tablet);
    const Uuid given = answer(m_tablet, "yes");
    send(m_tablet);
    answer(m_other, "no");
    send(m_other);
    const json check = all()[0];
    EXPECT_EQ(check["state"], "conflict");
    EXPECT_EQ(check["answers"][0]["value"], nullptr);
    ASSERT_EQ(check["conflicts"].size(), 1u);
    EXPECT_EQ(check["conflicts"][0]["entity"], toText(given));
    EXPECT_EQ(check["conflicts"][0]["field"], "value");
    EXPECT_EQ(check["conflicts"][0]["values"], json::array({"no", "yes"}));
}

TEST_F(ChecksExport, voidEntitiesAndWhatHangsOnThemAreLeftOut) {
    const Uuid finding = addFinding(m_tablet, m_check, "x");
    addPhoto(m_tablet, m_check, finding, m_here, 1);
    m_tablet.make("entity.void", finding, {{"void", true}, {"reason", "误录"}});
    send(m_tablet);
    EXPECT_TRUE(all()[0]["findings"].empty());
    EXPECT_TRUE(all()[0]["photos"].empty());
    m_tablet.make("entity.void", m_check, {{"void", true}, {"reason", "误开"}});
    send(m_tablet);
    EXPECT_TRUE(all().empty());
}

TEST_F(ChecksExport, orphansOfNoCheckAreNoCheck) {
    addFinding(m_other, m_check, "先到");
    send(m_other);
    EXPECT_TRUE(all().empty());
    send(m_tablet);
    EXPECT_EQ(all()[0]["findings"].size(), 1u);
}

TEST_F(ChecksExport, checksComeInTheOrderOfTheirIds) {
    for (int i = 0; i < 5; ++i)
        startCheck(m_tablet);
    send(m_tablet);
    const json checks = all();
    ASSERT_EQ(checks.size(), 6u);
    for (std::size_t i = 1; i < checks.size(); ++i)
        EXPECT_LT(checks[i - 1]["id"].get<std::string>(), checks[i]["id"].get<std::string>());
    EXPECT_EQ(exportCheck(ledger(), Uuid{{1}}, [](const Digest &) { return false; }).error().code, Code::NotFound);
}
} // namespace
