// Goal: everything that the figures rest on goes into the ledger and comes out of it again: grants, events, reports,
// steps, rankings. Method: a ledger written by hand, and those of ZHICHA_VECTORS, imported, exported, compared as JSON
// with numbers as text, and assessed; rows made void, taken out of the file and put back.
#include "shared/rules/assessment.h"
#include "sync-server/office/amend.h"
#include "sync-server/office/export_file.h"
#include "sync-server/office/fsck.h"
#include "sync-server/office/import_file.h"
#include "sync-server/office/rebuild.h"
#include "tests/unit/sync-server/office/office_fixture.h"
#include "tests/unit/sync-server/office/sorted_json.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {
constexpr const char *kWholeFile = R"json({
 "units":[{"id":"u1","name":"甲县","group":"county","vice_mayor":"李"},
          {"id":"u2","name":"乙局","group":"department","vice_mayor":"王"}],
 "items":[{"id":"i1","number":"督〔2026〕1号","title":"修路","source":3,"kind":"general","lead":"u2",
           "cooperating":["u1"],"issued_on":"2026-01-05","due_on":"2026-03-31","responsible_person":"赵",
           "supervisor":"钱",
           "extensions":[{"approved_on":"2026-03-20","approved_by":"","new_due_on":"2026-05-01"},
                         {"approved_on":"2026-03-21","approved_by":"王","new_due_on":"2026-04-30","reason":"雨",
                          "paper":{"n":1.50}}],
           "transfers":[{"on":"2026-04-02","to":"u1","signed_from":"王","signed_to":"李","pages":2},
                        {"on":"2026-04-02","to":"u2","signed_from":"李","signed_to":"王"}],
           "withdrawal":{"on":"2026-12-01","reviewed_by":"王","agreed_by":"","ground":null},
           "exemptions":[{"from":"2026-05-01","until":"2026-05-10","approved_by":"市长","reason":"汛期"},
                         {"from":"2026-05-01","until":"2026-05-10","approved_by":"市长","reason":"汛期"}]},
          {"id":"i2","number":"督〔2026〕2号","title":"","source":1,"kind":"planning","lead":"u1","cooperating":[],
           "issued_on":"2026-01-05","due_on":"2026-02-28","responsible_person":"","supervisor":"钱",
           "extensions":[],"transfers":null}],
 "events":[{"id":"e2","unit":"u2","rule":"criticism.city","on":"2026-04-20","item":"i1","document":"通报7号"},
           {"id":"e1","unit":"u1","rule":"what.ever","on":"2026-04-21","document":"","item":"i9","recipient":"x"},
           {"id":"e3","unit":"u1","rule":"cooperation.passive","on":"2026-04-22","document":"报告","item":"i1",
            "reported_by":"u2","reported":{"by":"乙"}}],
 "reports":[{"id":"r1","item":"i1","unit":"u2","due_on":"2026-02-01","submitted_on":null,"note":"催"},
            {"id":"r2","item":"i1","unit":"u2","due_on":"2026-02-01","submitted_on":"2026-02-01",
             "returned_on":"2026-02-03","resubmit_due_on":"2026-02-10","resubmitted_on":null},
            {"id":"r3","item":"i2","unit":"u1","due_on":"2026-02-02","submitted_on":null,
             "resubmit_due_on":"2026-02-10","resubmitted_on":"2026-02-12"}],
 "ladder":[{"item":"i2","step":1,"on":"2026-03-03"},{"item":"i1","step":1,"on":"2026-05-12","file":"通报"},
           {"item":"i2","step":3,"on":"2026-03-30","commitment":"三月内完成","commitment_due_on":"2026-06-30",
            "commitment_met_on":"2026-06-29"},
           {"item":"i2","step":2,"on":"2026-03-13"}],
 "published_rankings":[{"month":"2026-02","published_on":"2026-03-02","winners":[]},
                       {"month":"2026-01","published_on":"2026-02-03","winners":["u2","u1"],"seal":true},
                       {"month":"2026-03","published_on":"2026-04-02"}],
 "city":"三门峡"
})json";

std::string textOf(const fs::path &path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

class ImportLists : public OfficeFixture {
protected:
    json import(const std::string &text, bool dryRun = false, const Actor &actor = {}) {
        auto answer = importLedgerFile(intake(), actor, text, dryRun);
        EXPECT_TRUE(answer) << answer.error().detail;
        return answer ? *answer : json();
    }
    std::string exported() {
        const auto text = exportLedgerFile(ledger());
        EXPECT_TRUE(text);
        return text ? *text : "";
    }
    /** Comes back as it is, and once in is in. */
    void expectImported(const std::string &text) {
        import(text);
        EXPECT_EQ(withSortedKeys(exported()), withSortedKeys(text));
        const std::size_t operations = log().size();
        const json again = import(text);
        import(exported());
        EXPECT_EQ(log().size(), operations) << again.dump();
    }
    void expectSound() {
        const auto answer = checkLedger(ledger(), m_keys, nullptr);
        ASSERT_TRUE(answer) << answer.error().detail;
        EXPECT_EQ(answer->at("problems"), json::array());
    }
    static std::string changed(std::string text, std::string_view from, std::string_view to) {
        const std::size_t at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return text.replace(at, from.size(), to);
    }
    static json assessed(const std::string &text, const std::string &day,
                         std::optional<rules::Commend> commend = std::nullopt) {
        const auto read = rules::readLedger(rules::sanmenxiaRules(), text);
        EXPECT_TRUE(read) << read.error().detail;
        if (!read)
            return {};
        const auto figures =
            rules::assessLedger(rules::sanmenxiaRules(), *read, {*rules::dayFromText(day), commend, false, true});
        EXPECT_TRUE(figures);
        return figures ? json::parse(figures->json) : json();
    }
    static json demanded(const std::string &text, const std::string &day) {
        const auto read = rules::readLedger(rules::sanmenxiaRules(), text);
        EXPECT_TRUE(read) << read.error().detail;
        return read ? json::parse(rules::dueLedger(rules::sanmenxiaRules(), *read, rules::WorkingCalendar::compiledIn(),
                                                   {*rules::dayFromText(day), false, true})
                                      .json)
                    : json();
    }
};

TEST_F(ImportLists, comeBackWithoutLossAndOnce) {
    const json answer = import(kWholeFile, true);
    EXPECT_EQ(answer["extensions"], (json{{"new", 2}, {"removed", 0}, {"same", 0}}));
    EXPECT_EQ(answer["ladder"], (json{{"new", 4}, {"removed", 0}, {"same", 0}}));
    EXPECT_EQ(answer["published_rankings"], (json{{"new", 3}, {"changed", 0}, {"same", 0}}));
    EXPECT_EQ(answer["changes"].size(), 2u + 2 + 7 + 3 + 3 + 4 + 3 + 1);
    expectImported(kWholeFile);
    reopen();
    EXPECT_EQ(withSortedKeys(exported()), withSortedKeys(kWholeFile));
    expectSound();
}

TEST_F(ImportLists, figuresOfTheLedgerAreThoseOfTheFile) {
    import(kWholeFile);
    for (const char *day : {"2026-02-15", "2026-04-30", "2026-06-30", "2026-12-31"}) {
        EXPECT_EQ(assessed(exported(), day), assessed(kWholeFile, day)) << day;
        EXPECT_EQ(demanded(exported(), day), demanded(kWholeFile, day)) << day;
    }
}

TEST_F(ImportLists, aRebuiltLedgerHasTheSameState) {
    import(kWholeFile);
    import(changed(kWholeFile, "\"new_due_on\":\"2026-05-01\"", "\"new_due_on\":\"2026-05-02\""));
    const Digest before = *ledger().stateHash();
    const std::string file = exported();
    const auto rebuilt = rebuildLedger(ledger());
    ASSERT_TRUE(rebuilt) << rebuilt.error().detail;
    EXPECT_EQ(rebuilt->at("same"), true);
    EXPECT_EQ(*ledger().stateHash(), before);
    EXPECT_EQ(exported(), file);
    expectSound();
}

TEST_F(ImportLists, otherContentTakesThePlaceOfWhatStood) {
    import(kWholeFile);
    std::string file = changed(kWholeFile, "\"new_due_on\":\"2026-05-01\"", "\"new_due_on\":\"2026-05-02\"");
    const json planned = import(file, true);
    EXPECT_EQ(planned["extensions"], (json{{"new", 2}, {"removed", 2}, {"same", 0}})); // their order may decide
    expectImported(file);
    for (const auto &[from, to] : {std::pair{"通报7号", "通报8号"},
                                   {"\"item\":\"i9\"", "\"item\":\"i2\""},
                                   {"\"submitted_on\":null,\"note\"", "\"submitted_on\":\"2026-02-05\",\"note\""},
                                   {"\"submitted_on\":\"2026-02-05\",\"note\"", "\"submitted_on\":null,\"note\""},
                                   {"\"resubmitted_on\":null", "\"resubmitted_on\":\"2026-02-09\""},
                                   {"\"returned_on\":\"2026-02-03\",", ""},
                                   {"\"2026-06-29\"", "\"2026-06-28\""},
                                   {"\"winners\":[\"u2\",\"u1\"]", "\"winners\":[\"u1\"]"},
                                   {",\"winners\":[]", ""}}) {
        file = changed(file, from, to);
        expectImported(file);
    }
    file = changed(file, R"("withdrawal":{"on":"2026-12-01","reviewed_by":"王","agreed_by":"","ground":null},)", "");
    expectImported(file);
    expectSound();
}

TEST_F(ImportLists, aStepIsTakenBackWithItsFile) {
    import(kWholeFile);
    const std::string without = changed(kWholeFile, R"(,
           {"item":"i2","step":2,"on":"2026-03-13"})",
                                        "");
    EXPECT_EQ(import(without, true)["ladder"], (json{{"new", 0}, {"removed", 1}, {"same", 3}}));
    expectImported(without);
    // A file that says nothing of steps takes none away.
    import(R"({"units":[]})");
    EXPECT_EQ(withSortedKeys(exported()), withSortedKeys(without));
    const std::string unmet = changed(without, R"(,
            "commitment_met_on":"2026-06-29")",
                                      "");
    expectImported(unmet);
}

TEST_F(ImportLists, whatIsVoidIsOutOfTheFigures) {
    import(kWholeFile);
    const json before = assessed(exported(), "2026-12-31");
    const auto gone = voidEntity(intake(), {}, "e2", "登错", false);
    ASSERT_TRUE(gone) << gone.error().detail;
    const std::string file = exported();
    EXPECT_EQ(file.find("\"e2\""), std::string::npos);
    json expected = json::parse(kWholeFile);
    expected["events"].erase(0);
    EXPECT_EQ(assessed(file, "2026-12-31"), assessed(expected.dump(), "2026-12-31"));
    EXPECT_NE(assessed(file, "2026-12-31"), before);
    ASSERT_TRUE(voidEntity(intake(), {}, "e2", "没有登错", true));
    EXPECT_EQ(withSortedKeys(exported()), withSortedKeys(kWholeFile));
}

TEST_F(ImportLists, whatBelongsToAVoidItemGoesWithIt) {
    import(kWholeFile);
    ASSERT_TRUE(voidEntity(intake(), {}, "i1", "登错", false));
    const std::string file = exported();
    const json rest = json::parse(file);
    EXPECT_EQ(rest["items"].size(), 1u);
    EXPECT_EQ(rest["reports"].size(), 1u);
    EXPECT_EQ(rest["ladder"].size(), 3u);
    EXPECT_EQ(rest["events"].size(), 3u); // they stand, and do not count
    EXPECT_TRUE(rules::readLedger(rules::sanmenxiaRules(), file));
}

TEST_F(ImportLists, chiefsDecideAndReviewersEnter) {
    const Actor reviewer = actor(person("科长", "reviewer"));
    import(kWholeFile, false, actor(person("主任", "chief")));
    import(changed(kWholeFile, "通报7号", "通报8号"), false, reviewer);
    const auto refused = importLedgerFile(
        intake(), reviewer, changed(kWholeFile, "\"until\":\"2026-05-10\"", "\"until\":\"2026-05-11\""), true);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::NotAllowed);
}

/** A ledger of its own for each file. */
class OneOffice : public ImportLists {
public:
    void TestBody() override {}
    void expectAnswers(const std::string &file, const json &assessment, const json &due) {
        expectImported(file);
        const std::string day = assessment["as_of"];
        std::optional<rules::Commend> commend;
        if (assessment.contains("commended"))
            commend = day.substr(5, 2) == "12" ? rules::Commend::Annual : rules::Commend::Midyear;
        EXPECT_EQ(assessed(exported(), day, commend), assessment);
        EXPECT_EQ(demanded(exported(), due["as_of"]), due);
        expectSound();
        const auto rebuilt = rebuildLedger(ledger());
        ASSERT_TRUE(rebuilt) << rebuilt.error().detail;
        EXPECT_EQ(rebuilt->at("same"), true);
    }
};

TEST_F(ImportLists, theLedgersOfTheVectorsComeBackWithTheSameFigures) {
    const char *folder = std::getenv("ZHICHA_VECTORS");
    if (folder == nullptr)
        GTEST_SKIP() << "ZHICHA_VECTORS names no folder";
    std::size_t seen = 0;
    for (const auto &entry : fs::directory_iterator(fs::path(folder) / "assess")) {
        const std::string path = entry.path().string();
        if (path.find(".ledger.json") == std::string::npos)
            continue;
        OneOffice office;
        office.expectAnswers(textOf(path), json::parse(textOf(changed(path, ".ledger.", ".assess."))),
                             json::parse(textOf(changed(path, ".ledger.", ".due."))));
        ++seen;
    }
    EXPECT_GE(seen, 7u);
}
} // namespace
