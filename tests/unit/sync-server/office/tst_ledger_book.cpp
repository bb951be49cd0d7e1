// Goal: what the console counts with in memory is the ledger, on every day and after every change, and numbers are
// given out once. Method: figures of the book against those of the exported file, for a ledger by hand and those of
// ZHICHA_VECTORS; a book that follows the log against one that is read anew, after each of many changes.
#include "shared/crypto/digest.h"
#include "shared/rules/assessment.h"
#include "sync-server/office/amend.h"
#include "sync-server/office/export_file.h"
#include "sync-server/office/import_file.h"
#include "sync-server/office/ledger/item_acts.h"
#include "tests/unit/sync-server/office/office_fixture.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {
constexpr const char *kFile = R"json({
 "units":[{"id":"u1","name":"甲县","group":"county","vice_mayor":"李"},
          {"id":"u2","name":"乙局","group":"department","vice_mayor":"王"}],
 "items":[{"id":"i1","number":"督〔2026〕1号","title":"修路","source":3,"kind":"general","lead":"u2",
           "cooperating":["u1"],"issued_on":"2026-01-05","due_on":"2026-03-31","responsible_person":"赵","supervisor":"钱",
           "extensions":[{"approved_on":"2026-03-20","approved_by":"","new_due_on":"2026-05-01"},
                         {"approved_on":"2026-03-21","approved_by":"王","new_due_on":"2026-04-30"}],
           "transfers":[{"on":"2026-04-02","to":"u1","signed_from":"王","signed_to":"李"},
                        {"on":"2026-04-02","to":"u2","signed_from":"李","signed_to":"王"}],
           "withdrawal":{"on":"2026-12-01","reviewed_by":"王","agreed_by":""},
           "exemptions":[{"from":"2026-05-01","until":"2026-05-10","approved_by":"市长"}]},
          {"id":"i2","number":"督〔2026〕7号","title":"建渠","source":1,"kind":"planning","lead":"u1","cooperating":[],
           "issued_on":"2026-01-05","due_on":"2026-02-27","responsible_person":"孙","supervisor":"钱"},
          {"id":"i3","number":"督〔2025〕9号","title":"旧账","source":5,"kind":"general","lead":"u2","cooperating":[],
           "issued_on":"2025-11-03","due_on":"2026-06-30","responsible_person":"周","supervisor":"吴",
           "completed_on":"2026-02-10","awarded":18.5}],
 "events":[{"id":"e1","unit":"u2","rule":"criticism.city","on":"2026-04-20","item":"i1","document":"通报7号"},
           {"id":"e2","unit":"u1","rule":"what.ever","on":"2026-04-21","document":"","item":"i9"}],
 "reports":[{"id":"r1","item":"i1","unit":"u2","due_on":"2026-02-02","submitted_on":null},
            {"id":"r2","item":"i1","unit":"u2","due_on":"2026-02-02","submitted_on":"2026-02-02",
             "returned_on":"2026-02-03","resubmit_due_on":"2026-02-10","resubmitted_on":"2026-02-12"}],
 "ladder":[{"item":"i2","step":1,"on":"2026-03-02"},{"item":"i2","step":2,"on":"2026-03-13"}],
 "published_rankings":[{"month":"2026-01","published_on":"2026-02-03","winners":["u2","u1"]}]
})json";

class LedgerBookTest : public OfficeFixture {
protected:
    void import(const std::string &text) {
        const auto done = importLedgerFile(intake(), {}, text, false);
        ASSERT_TRUE(done) << done.error().detail;
    }
    static rules::Day day(const char *text) { return *rules::dayFromText(text); }

    static std::string figures(const rules::Ledger &ledger, rules::Day asOf) {
        const auto assessed = rules::assessLedger(rules::sanmenxiaRules(), ledger, {asOf, std::nullopt, false, false});
        EXPECT_TRUE(assessed);
        const rules::Figures due = rules::dueLedger(rules::sanmenxiaRules(), ledger,
                                                    rules::WorkingCalendar::compiledIn(), {asOf, false, false});
        return assessed ? json::parse(assessed->json).dump() + json::parse(due.json).dump() : "";
    }
    /** The book that followed the log, a new one, and the file say the same. */
    void expectOneLedger(rules::Day asOf) {
        const auto file = exportLedgerFile(ledger());
        ASSERT_TRUE(file);
        const auto read = rules::readLedger(rules::sanmenxiaRules(), *file);
        ASSERT_TRUE(read) << read.error().detail;
        const std::string expected = figures(*read, asOf);
        LedgerBook anew;
        for (LedgerBook *book : {&m_book, &anew}) {
            const Status looked = book->read(ledger(), asOf, [&](const Book &of) -> Status {
                EXPECT_EQ(figures(of.asLedger(), asOf), expected);
                return {};
            });
            EXPECT_TRUE(looked);
        }
        EXPECT_EQ(listed(m_book, asOf), listed(anew, asOf));
    }
    /** Items in the order of the list, with what each is on the day. */
    std::vector<std::string> listed(LedgerBook &book, rules::Day asOf) {
        std::vector<std::string> out;
        EXPECT_TRUE(book.read(ledger(), asOf, [&](const Book &of) -> Status {
            for (const rules::Index i : of.ordered(ItemOrder::Lamp))
                out.push_back(of.items[i].of.number + " " + std::string(lampName(of.items[i].now.lamp)) + " " +
                              std::to_string(of.items[i].now.workdays) + " " + std::to_string(of.items[i].now.step) +
                              " " + rules::dayText(of.items[i].now.due) + " " + of.units[of.items[i].now.lead].of.id);
            return {};
        }));
        return out;
    }
    LedgerAct act(const std::string &request) {
        return {intake(), m_book, {}, uuidFromDigest(sha256(viewOf(request)))};
    }
    static ItemDraft draft(const std::string &issuedOn) {
        return {{{"title", "新事项"},
                 {"source", "3"},
                 {"kind", "general"},
                 {"lead", "乙局"},
                 {"issued_on", issuedOn},
                 {"due_on", "2026-12-31"},
                 {"responsible_person", "赵"},
                 {"supervisor", "钱"}},
                std::nullopt};
    }
    std::string registered(const std::string &request, const std::string &issuedOn) {
        const auto made = registerItems(act(request), {draft(issuedOn)}, false);
        EXPECT_TRUE(made) << made.error().detail;
        return made && (*made)["problems"].empty() ? (*made)["items"][0]["number"].get<std::string>() : "";
    }

    LedgerBook m_book;
};

TEST_F(LedgerBookTest, saysTheSameAsTheFileOnEveryDay) {
    import(kFile);
    for (rules::Day on = day("2026-01-01"); on <= day("2026-06-30"); on = on + 3)
        expectOneLedger(on);
}

TEST_F(LedgerBookTest, followsEveryChangeInTheLog) {
    import(kFile);
    const rules::Day asOf = day("2026-05-20");
    expectOneLedger(asOf);
    const std::string lines(kFile);
    const auto with = [&](const std::string &from, const std::string &to) {
        std::string text = lines;
        const std::size_t at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return text.replace(at, from.size(), to);
    };
    for (const std::string &text :
         {with("\"approved_by\":\"\",\"new_due_on\":\"2026-05-01\"",
               "\"approved_by\":\"王\",\"new_due_on\":\"2026-05-01\""),
          with("\"signed_from\":\"李\"", "\"signed_from\":\"\""), with("\"agreed_by\":\"\"", "\"agreed_by\":\"市长\""),
          with("\"on\":\"2026-12-01\"", "\"on\":\"2026-05-01\""),
          with("\"submitted_on\":null", "\"submitted_on\":\"2026-02-01\""),
          with("criticism.city", "criticism.national"), with(",{\"item\":\"i2\",\"step\":2,\"on\":\"2026-03-13\"}", ""),
          with("\"completed_on\":\"2026-02-10\",\"awarded\":18.5", "\"content\":\"又开\""),
          with("\"lead\":\"u1\"", "\"lead\":\"u2\""), with("\"winners\":[\"u2\",\"u1\"]", "\"winners\":[\"u2\"]"),
          with("\"until\":\"2026-05-10\"", "\"until\":\"2026-05-30\""), lines}) {
        import(text);
        expectOneLedger(asOf);
    }
    for (const char *gone : {"e1", "i1"}) {
        ASSERT_TRUE(voidEntity(intake(), {}, gone, "登错", false));
        expectOneLedger(asOf);
    }
    ASSERT_TRUE(voidEntity(intake(), {}, "i1", "没有登错", true));
    expectOneLedger(asOf);
}

TEST_F(LedgerBookTest, lightsTheLampThatAppliesFirst) {
    import(kFile);
    const auto lampOn = [&](const char *number, const char *on) {
        std::string found;
        EXPECT_TRUE(m_book.read(ledger(), day(on), [&](const Book &book) -> Status {
            for (const BookItem &item : book.items)
                if (item.of.number == number)
                    found = std::string(lampName(item.now.lamp)) + " " + std::to_string(item.now.workdays) + " " +
                            std::to_string(item.now.step);
            return {};
        }));
        return found;
    };
    EXPECT_EQ(lampOn("督〔2026〕1号", "2026-02-02"), "open -1 0");
    EXPECT_EQ(lampOn("督〔2026〕1号", "2026-02-03"), "yellow -1 0"); // a report was due the day before
    EXPECT_EQ(lampOn("督〔2026〕1号", "2026-05-01"), "red 0 0");     // extended to 04-30; a holiday is no working day
    EXPECT_EQ(lampOn("督〔2026〕7号", "2026-02-12"), "open -1 0");
    EXPECT_EQ(lampOn("督〔2026〕7号", "2026-02-13"), "blue 5 0"); // 02-14 is worked, 02-15 to 02-23 are not
    EXPECT_EQ(lampOn("督〔2026〕7号", "2026-02-27"), "blue 0 0"); // on its day
    EXPECT_EQ(lampOn("督〔2026〕7号", "2026-03-02"), "red 2 1");  // 02-28 is worked; the first step is of this day
    EXPECT_EQ(lampOn("督〔2026〕7号", "2026-03-13"), "red 11 2");
    EXPECT_EQ(lampOn("督〔2025〕9号", "2026-02-09"), "open -1 0");
    EXPECT_EQ(lampOn("督〔2025〕9号", "2026-02-10"), "done -1 0");
    EXPECT_EQ(lampOn("督〔2025〕9号", "2027-06-30"), "done -1 0");
    EXPECT_EQ(lampOn("督〔2026〕1号", "2027-02-01"), "red -1 0"); // no table of 2027: said, not guessed
}

TEST_F(LedgerBookTest, numbersOnWithinTheYearAndNeverAgain) {
    import(kFile);
    EXPECT_EQ(registered("a", "2026-03-01"), "督〔2026〕8号"); // 2 to 6 are gaps and stay so
    EXPECT_EQ(registered("b", "2025-12-01"), "督〔2025〕10号");
    EXPECT_EQ(registered("c", "2024-12-01"), "督〔2024〕1号");
    EXPECT_EQ(registered("a", "2026-03-01"), "督〔2026〕8号"); // the same request: what it made
    const std::string last = registered("d", "2026-03-01");
    EXPECT_EQ(last, "督〔2026〕9号");
    std::string id;
    ASSERT_TRUE(m_book.read(ledger(), day("2026-03-02"), [&](const Book &book) -> Status {
        for (const BookItem &item : book.items)
            if (item.of.number == last)
                id = toText(item.id);
        return {};
    }));
    ASSERT_TRUE(voidEntity(intake(), {}, id, "登错", false));
    EXPECT_EQ(registered("e", "2026-03-01"), "督〔2026〕10号");
    LedgerBook anew;
    const LedgerAct afterARestart{intake(), anew, {}, uuidFromDigest(sha256(viewOf(std::string("f"))))};
    const auto made = registerItems(afterARestart, {draft("2026-03-01"), draft("2026-03-02")}, false);
    ASSERT_TRUE(made);
    EXPECT_EQ((*made)["items"][0]["number"], "督〔2026〕11号");
    EXPECT_EQ((*made)["items"][1]["number"], "督〔2026〕12号");
}

TEST_F(LedgerBookTest, namesEveryFaultOfADraftAtOnceAndWritesNothing) {
    import(kFile);
    ItemDraft bad = draft("2026-13-01");
    bad.texts["source"] = "6";
    bad.texts["kind"] = "别的";
    bad.texts["lead"] = "没有的局";
    bad.texts["title"] = " \n ";
    bad.texts["content"] = std::string(5000, 'x');
    bad.texts["supervisor"] = std::string("a\x01b");
    bad.cooperating = {{"甲县", "甲县"}};
    ItemDraft early = draft("2026-03-01");
    early.texts["due_on"] = "2026-02-28";
    early.cooperating = {{"u2"}};
    const std::int64_t before = ledger().lastLog().value();
    const auto answer = registerItems(act("x"), {draft("2026-03-01"), bad, early}, false);
    ASSERT_TRUE(answer);
    std::map<std::string, std::string> found;
    for (const json &problem : (*answer)["problems"])
        found[std::to_string(problem["row"].get<int>()) + problem["field"].get<std::string>()] = problem["why"];
    const std::map<std::string, std::string> expected{{"1title", "missing"},         {"1content", "too_long"},
                                                      {"1source", "unknown_source"}, {"1kind", "unknown_kind"},
                                                      {"1lead", "unknown_unit"},     {"1issued_on", "not_a_day"},
                                                      {"1supervisor", "not_text"},   {"1cooperating", "twice"},
                                                      {"2due_on", "before_issue"},   {"2cooperating", "also_lead"}};
    EXPECT_EQ(found, expected);
    EXPECT_EQ(ledger().lastLog().value(), before);
}

TEST_F(LedgerBookTest, theLedgersOfTheVectorsHaveTheirFigures) {
    const char *folder = std::getenv("ZHICHA_VECTORS");
    if (folder == nullptr)
        GTEST_SKIP() << "ZHICHA_VECTORS names no folder";
    for (const auto &entry : fs::directory_iterator(fs::path(folder) / "assess")) {
        std::string path = entry.path().string();
        if (path.find("107.ledger.json") == std::string::npos && path.find("101.ledger.json") == std::string::npos)
            continue;
        std::ifstream in(path, std::ios::binary);
        import(std::string(std::istreambuf_iterator<char>(in), {}));
        for (const char *on : {"2019-12-31", "2024-02-29", "2024-06-30"})
            expectOneLedger(day(on));
    }
}
} // namespace
