// Goal: what a ledger file says is in the ledger after import, once, and comes back on export without loss. Method:
// files written by hand, imported, imported again, changed, exported and compared as JSON with numbers as text.
#include "sync-server/office/export_file.h"
#include "sync-server/office/import_file.h"
#include "tests/unit/sync-server/office/office_fixture.h"
#include "tests/unit/sync-server/office/sorted_json.h"

#include <nlohmann/json.hpp>

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
constexpr const char *kFile = R"json({
 "units":[{"id":"u2","name":"乙局","group":"department","vice_mayor":"王","phone":[1,2.50]},
          {"id":"u1","name":"甲县","group":"county","vice_mayor":"李"}],
 "sites":[{"id":"s1","name":"工地","unit":"u1","lat":34.77731250,"lon":-111.2,"radius_m":150.5,"address":"路 1"},
          {"id":"s2","name":"库","unit":"u2","lat":34.123456789,"lon":111,"radius_m":80,"crs":"GCJ-02"},
          {"id":"s3","name":"桥","unit":"u2","lat":0,"lon":0.0,"radius_m":0.5,"crs":"WGS-84"}],
 "items":[{"id":"i1","number":"督〔2026〕1号","title":"修路","source":3,"kind":"general","lead":"u2",
           "cooperating":["u1","u2"],"issued_on":"2026-01-05","due_on":"2026-03-31","responsible_person":"赵",
           "supervisor":"钱","completed_on":"2026-03-01","awarded":12.500,"content":"x","extensions":[],
           "withdrawal":null,"memo":{"a":[1.10,null,"汉"]}},
          {"id":"i2","number":"督〔2026〕2号","title":"","source":1,"kind":"planning","lead":"u1","cooperating":[],
           "issued_on":"2026-01-05","due_on":"2026-12-31","responsible_person":"","supervisor":"钱"}],
 "events":[],"reports":[],"ladder":[],"published_rankings":[],
 "city":{"name":"三门峡","version":2.0}
})json";

class ImportFile : public OfficeFixture {
protected:
    json import(std::string_view text, bool dryRun = false, const Actor &actor = {}) {
        auto answer = importLedgerFile(intake(), actor, text, dryRun);
        if (!answer) {
            ADD_FAILURE() << answer.error().detail;
            return {};
        }
        return *answer;
    }
    Error refusal(std::string_view text, const Actor &actor = {}) {
        const std::size_t before = log().size();
        const auto answer = importLedgerFile(intake(), actor, text, false);
        EXPECT_FALSE(answer);
        EXPECT_EQ(log().size(), before);
        return answer ? Error{} : answer.error();
    }
    std::string exported() {
        const auto text = exportLedgerFile(ledger());
        EXPECT_TRUE(text);
        return text ? *text : "";
    }
    static std::string changed(std::string text, std::string_view from, std::string_view to) {
        const std::size_t at = text.find(from);
        EXPECT_NE(at, std::string::npos);
        return text.replace(at, from.size(), to);
    }
};

TEST_F(ImportFile, takesUnitsSitesAndItems) {
    const json answer = import(kFile);
    for (const auto &[list, rows] : {std::pair{"units", 2}, {"sites", 3}, {"items", 2}, {"events", 0}, {"reports", 0}})
        EXPECT_EQ(answer[list], (json{{"new", rows}, {"changed", 0}, {"same", 0}})) << list;
    const EntityRow site = rowOf(derivedId(m_keys.ledger, "site", "s1"));
    EXPECT_EQ(site.integer("lat"), 347'773'125);
    EXPECT_EQ(site.integer("lon"), -1'112'000'000);
    EXPECT_EQ(site.integer("radius_mm"), 150'500);
    EXPECT_EQ(site.uuid("unit"), derivedId(m_keys.ledger, "unit", "u1"));
    const EntityRow item = rowOf(derivedId(m_keys.ledger, "item", "i1"));
    EXPECT_EQ(item.text("on"), "2026-03-01");
    EXPECT_EQ(item.text("awarded"), "12.500");
    EXPECT_EQ(item.uuid("lead"), derivedId(m_keys.ledger, "unit", "u2"));
    EXPECT_EQ(findEntity(ledger(), m_keys.ledger, "item", "i1").value(), derivedId(m_keys.ledger, "item", "i1"));
    EXPECT_EQ(codeOf(ledger(), derivedId(m_keys.ledger, "unit", "u2")), "u2");
}

TEST_F(ImportFile, exportGivesTheFileBackWithoutLoss) {
    import(kFile);
    EXPECT_EQ(withSortedKeys(exported()), withSortedKeys(kFile));
    reopen();
    EXPECT_EQ(withSortedKeys(exported()), withSortedKeys(kFile));
}

TEST_F(ImportFile, theSameFileTwiceIsNoOperation) {
    import(kFile);
    const std::size_t operations = log().size();
    const json again = import(kFile);
    EXPECT_EQ(log().size(), operations);
    EXPECT_EQ(again["units"]["same"], 2);
    EXPECT_EQ(again["sites"]["same"], 3);
    EXPECT_EQ(again["items"]["same"], 2);
    import(exported()); // nor is what was exported
    EXPECT_EQ(log().size(), operations);
}

TEST_F(ImportFile, otherContentIsPutAgain) {
    import(kFile);
    const std::string file = changed(changed(kFile, "甲县", "甲市"), "\"radius_m\":80", "\"radius_m\":90");
    const json planned = import(file, true);
    EXPECT_EQ(planned["dry_run"], true);
    ASSERT_EQ(planned["changes"].size(), 2u);
    EXPECT_EQ(planned["changes"][0], json::parse(R"({"type":"unit","code":"u1","what":"changed","fields":["name"]})"));
    EXPECT_EQ(rowOf(derivedId(m_keys.ledger, "unit", "u1")).text("name"), "甲县");
    const json answer = import(file);
    EXPECT_EQ(answer["units"]["changed"], 1);
    EXPECT_EQ(answer["sites"]["changed"], 1);
    EXPECT_EQ(rowOf(derivedId(m_keys.ledger, "unit", "u1")).text("name"), "甲市");
    EXPECT_EQ(withSortedKeys(exported()), withSortedKeys(file));
}

TEST_F(ImportFile, aDryRunWritesNothing) {
    const std::size_t operations = log().size();
    const json planned = import(kFile, true);
    EXPECT_EQ(planned["items"]["new"], 2);
    EXPECT_EQ(log().size(), operations);
}

TEST_F(ImportFile, itemsAreCorrectedButForNumberAndIssueDate) {
    import(kFile);
    const Uuid item = derivedId(m_keys.ledger, "item", "i1");
    const std::string bridge = changed(changed(kFile, "修路", "修桥"), ",\"content\":\"x\"", "");
    const json planned = import(bridge, true);
    ASSERT_EQ(planned["changes"].size(), 1u);
    EXPECT_EQ(planned["changes"][0],
              json::parse(R"({"type":"item","code":"i1","what":"changed","fields":["title","content"]})"));
    import(bridge);
    EXPECT_EQ(decodeEnvelope(log().back().operation.bytes.envelope)->kind, "item.correct");
    EXPECT_EQ(rowOf(item).text("title"), "修桥");
    EXPECT_EQ(withSortedKeys(exported()), withSortedKeys(bridge));
    EXPECT_EQ(refusal(changed(bridge, "督〔2026〕1号", "督〔2026〕9号")).detail.rfind("items[0].number: ", 0), 0u);
    EXPECT_EQ(refusal(changed(bridge, "2026-01-05", "2026-01-06")).detail.rfind("items[0].issued_on: ", 0), 0u);
}

TEST_F(ImportFile, itemsAreCompletedAndReopened) {
    import(kFile);
    const Uuid item = derivedId(m_keys.ledger, "item", "i1");
    const std::string later =
        changed(kFile, "\"responsible_person\":\"\"", "\"completed_on\":\"2026-06-01\",\"responsible_person\":\"\"");
    EXPECT_EQ(import(later)["items"]["changed"], 1);
    EXPECT_EQ(withSortedKeys(exported()), withSortedKeys(later));
    import(changed(later, "12.500", "20"));
    EXPECT_EQ(rowOf(item).text("awarded"), "20");
    const std::string reopened = changed(later, "\"completed_on\":\"2026-03-01\",\"awarded\":12.500,", "");
    import(reopened);
    EXPECT_EQ(rowOf(item).text("on"), "");
    EXPECT_EQ(rowOf(item).text("awarded"), "");
    EXPECT_EQ(rowOf(item).text("reopened_on"), "2026-11-24");
    EXPECT_EQ(withSortedKeys(exported()), withSortedKeys(reopened));
    import(later); // and completed again
    EXPECT_EQ(withSortedKeys(exported()), withSortedKeys(later));
}

TEST_F(ImportFile, aLaterFileMayNameEarlierUnits) {
    import(kFile);
    import(R"({"units":[],"items":[],"sites":[{"id":"s9","name":"x","unit":"u1","lat":1,"lon":1,"radius_m":1}]})");
    EXPECT_TRUE(hasRow(derivedId(m_keys.ledger, "site", "s9")));
}

TEST_F(ImportFile, voidRowsAreLeftOutOfTheExport) {
    import(kFile);
    append(
        {{"entity.void", derivedId(m_keys.ledger, "site", "s2"), {{"void", true}, {"reason", "x"}}, {{"void", {}}}}});
    EXPECT_EQ(exported().find("s2"), std::string::npos);
}

TEST_F(ImportFile, chiefsChangeUnitsTooAndReviewersTheRest) {
    const Actor chief = actor(person("主任", "chief"));
    const Actor reviewer = actor(person("科长", "reviewer"));
    EXPECT_EQ(refusal(kFile, actor(person("无", "inspector"))).code, Code::NotAllowed);
    EXPECT_EQ(refusal(kFile, reviewer).code, Code::NotAllowed);
    import(kFile, false, chief);
    EXPECT_EQ(decodeEnvelope(log().back().operation.bytes.envelope)->actor, chief.person);
    import(kFile, false, reviewer); // nothing to write
    import(changed(kFile, "\"radius_m\":80", "\"radius_m\":90"), false, reviewer);
}

TEST_F(ImportFile, aFileOfThousandsIsOneStep) {
    std::string file = R"({"units":[)";
    for (int i = 0; i < 1500; ++i)
        file += (i > 0 ? "," : "") + std::string(R"({"id":"n)") + std::to_string(i) +
                R"(","name":"x","group":"county","vice_mayor":"y"})";
    file += "]}";
    EXPECT_EQ(import(file)["units"]["new"], 1500);
    // One that is too large for an operation takes the whole file with it.
    EXPECT_NE(refusal(R"({"units":[{"id":"a","name":"x","group":"county","vice_mayor":"y"},{"id":"b","name":")" +
                      std::string(70'000, 'x') + R"(","group":"county","vice_mayor":"y"}]})")
                  .detail.find("units[1]"),
              std::string::npos);
}
} // namespace
