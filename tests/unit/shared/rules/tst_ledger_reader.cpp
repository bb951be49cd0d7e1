// Goal: a ledger is read whole or refused whole, and the error names the place. Method: one good ledger with everything
// in it, each kind of refusal by changing one thing, awards by value, and every byte of a file changed.
#include "shared/json/json_text.h"
#include "shared/rules/ledger.h"
#include "tests/unit/shared/rules/ledger_maker.h"

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;
namespace zr = zhicha::rules;

namespace {
/** One of everything. */
Json fullLedger() {
    Json ledger = emptyLedger();
    ledger["units"] = Json::array({unitRow("u1"), unitRow("u2", "department")});
    ledger["sites"] = Json::array(
        {{{"id", "s1"}, {"name", "工地"}, {"unit", "u1"}, {"lat", 34.7}, {"lon", 111.2}, {"radius_m", 120}}});
    Json item = itemRow("i1", "u1", "2024-01-02", "2024-02-01");
    item["cooperating"] = Json::array({"u2"});
    item["completed_on"] = "2024-02-03";
    item["awarded"] = 12.5;
    item["extensions"] = Json::array(
        {{{"approved_on", "2024-01-20"}, {"approved_by", "王"}, {"new_due_on", "2024-03-01"}, {"reason", "雨"}}});
    item["transfers"] = Json::array({{{"on", "2024-01-10"}, {"to", "u2"}, {"signed_from", "甲"}, {"signed_to", "乙"}}});
    item["withdrawal"] = {{"on", "2024-05-01"}, {"reviewed_by", "甲"}, {"agreed_by", ""}, {"ground", "缺条件"}};
    item["exemptions"] =
        Json::array({{{"from", "2024-02-01"}, {"until", "2024-02-02"}, {"approved_by", "王"}, {"reason", "疫情"}}});
    ledger["items"] = Json::array({item, itemRow("i2", "u2", "2024-01-02", "2024-02-01")});
    ledger["events"] = Json::array({eventRow("e1", "u1", "criticism.city", "2024-02-01", "i1")});
    ledger["events"][0]["reported_by"] = "u2";
    ledger["reports"] = Json::array({{{"id", "r1"},
                                      {"item", "i1"},
                                      {"unit", "u1"},
                                      {"due_on", "2024-01-15"},
                                      {"submitted_on", nullptr},
                                      {"returned_on", "2024-01-16"},
                                      {"resubmit_due_on", "2024-01-18"},
                                      {"resubmitted_on", nullptr}}});
    ledger["ladder"] = Json::array({{{"item", "i1"},
                                     {"step", 3},
                                     {"on", "2024-02-20"},
                                     {"commitment", "月底前完成"},
                                     {"commitment_due_on", "2024-02-28"},
                                     {"commitment_met_on", "2024-02-27"}}});
    ledger["published_rankings"] =
        Json::array({{{"month", "2024-01"}, {"published_on", "2024-02-02"}, {"winners", Json::array({"u1"})}},
                     {{"month", "2024-02"}, {"published_on", "2024-03-02"}}});
    return ledger;
}

struct Refused {
    const char *pointer;
    Json value; ///< a discarded value takes it away
    const char *error;
};
const Json kAbsent = Json(Json::value_t::discarded);

const std::vector<Refused> &refusals() {
    static const auto *all = new std::vector<Refused>{
        // an unknown unit
        {"/sites/0/unit", "u9", "sites[0].unit: unknown unit \"u9\""},
        {"/items/0/lead", "u9", "items[0].lead: unknown unit \"u9\""},
        {"/items/0/cooperating/0", "u9", "items[0].cooperating[0]: unknown unit \"u9\""},
        {"/items/0/transfers/0/to", "", "items[0].transfers[0].to: unknown unit \"\""},
        {"/events/0/unit", "U1", "events[0].unit: unknown unit \"U1\""},
        {"/events/0/reported_by", "u9", "events[0].reported_by: unknown unit \"u9\""},
        {"/reports/0/unit", "u9", "reports[0].unit: unknown unit \"u9\""},
        {"/published_rankings/0/winners/0", "u9", "published_rankings[0].winners[0]: unknown unit \"u9\""},
        // an unknown group, kind or step
        {"/units/1/group", "village", "units[1].group: unknown group \"village\""},
        {"/items/1/kind", "urgent", "items[1].kind: unknown kind \"urgent\""},
        {"/items/1/source", 6, "items[1].source: not a whole number from 1 to 5"},
        {"/items/1/source", "1", "items[1].source: not a number"},
        {"/ladder/0/step", 5, "ladder[0].step: unknown step \"5\""},
        {"/ladder/0/step", 0, "ladder[0].step: unknown step \"0\""},
        {"/ladder/0/step", 1.5, "ladder[0].step: unknown step \"1.5\""},
        // a report or ladder row of an unknown item
        {"/reports/0/item", "i9", "reports[0].item: unknown item \"i9\""},
        {"/ladder/0/item", "i9", "ladder[0].item: unknown item \"i9\""},
        // a second equal id in one list, a month published twice
        {"/units/1/id", "u1", "units[1].id: a second unit \"u1\""},
        {"/sites/1",
         {{"id", "s1"}, {"name", ""}, {"unit", "u1"}, {"lat", 1}, {"lon", 1}, {"radius_m", 1}},
         "sites[1].id: a second site \"s1\""},
        {"/items/1/id", "i1", "items[1].id: a second item \"i1\""},
        {"/events/1", eventRow("e1", "u2", "x", "2024-02-01", ""), "events[1].id: a second event \"e1\""},
        {"/reports/1",
         {{"id", "r1"}, {"item", "i1"}, {"unit", "u1"}, {"due_on", "2024-01-15"}, {"submitted_on", nullptr}},
         "reports[1].id: a second report \"r1\""},
        {"/published_rankings/1/month", "2024-01", "published_rankings[1].month: published a second time: 2024-01"},
        // an award that cannot be
        {"/items/0/awarded", 20.01, "items[0].awarded: not 0 to 20 in steps of 0.01"},
        {"/items/0/awarded", -0.01, "items[0].awarded: not 0 to 20 in steps of 0.01"},
        {"/items/0/awarded", 12.505, "items[0].awarded: not 0 to 20 in steps of 0.01"},
        {"/items/0/awarded", 1e30, "items[0].awarded: not 0 to 20 in steps of 0.01"},
        {"/items/0/awarded", "12.5", "items[0].awarded: not a number"},
        {"/items/1/awarded", 21, "items[1].awarded: not 0 to 20 in steps of 0.01"},
        // a missing field
        {"/units/0/id", kAbsent, "units[0].id: missing"},
        {"/units/0/name", kAbsent, "units[0].name: missing"},
        {"/units/0/group", nullptr, "units[0].group: missing"},
        {"/units/0/vice_mayor", kAbsent, "units[0].vice_mayor: missing"},
        {"/sites/0/radius_m", kAbsent, "sites[0].radius_m: missing"},
        {"/items/1/number", kAbsent, "items[1].number: missing"},
        {"/items/1/title", kAbsent, "items[1].title: missing"},
        {"/items/1/source", kAbsent, "items[1].source: missing"},
        {"/items/1/kind", kAbsent, "items[1].kind: missing"},
        {"/items/1/lead", kAbsent, "items[1].lead: missing"},
        {"/items/1/issued_on", kAbsent, "items[1].issued_on: missing"},
        {"/items/1/due_on", nullptr, "items[1].due_on: missing"},
        {"/items/1/responsible_person", kAbsent, "items[1].responsible_person: missing"},
        {"/items/1/supervisor", kAbsent, "items[1].supervisor: missing"},
        {"/items/0/extensions/0/approved_by", kAbsent, "items[0].extensions[0].approved_by: missing"},
        {"/items/0/transfers/0/signed_to", kAbsent, "items[0].transfers[0].signed_to: missing"},
        {"/items/0/withdrawal/agreed_by", kAbsent, "items[0].withdrawal.agreed_by: missing"},
        {"/items/0/exemptions/0/until", kAbsent, "items[0].exemptions[0].until: missing"},
        {"/events/0/rule", kAbsent, "events[0].rule: missing"},
        {"/events/0/document", kAbsent, "events[0].document: missing"},
        {"/reports/0/submitted_on", kAbsent, "reports[0].submitted_on: missing (null where nothing was handed in)"},
        {"/ladder/0/on", kAbsent, "ladder[0].on: missing"},
        {"/published_rankings/0/published_on", kAbsent, "published_rankings[0].published_on: missing"},
        // a date that is none
        {"/items/0/extensions/0/new_due_on", "2024-02-30", "items[0].extensions[0].new_due_on: not a day (YYYY-MM-DD)"},
        {"/items/0/extensions/0/approved_on", "", "items[0].extensions[0].approved_on: not a day (YYYY-MM-DD)"},
        {"/items/1/issued_on", "2024/01/02", "items[1].issued_on: not a day (YYYY-MM-DD)"},
        {"/items/1/due_on", 20240201, "items[1].due_on: not a day (YYYY-MM-DD)"},
        {"/items/0/completed_on", "soon", "items[0].completed_on: not a day (YYYY-MM-DD)"},
        {"/items/0/transfers/0/on", "2023-02-29", "items[0].transfers[0].on: not a day (YYYY-MM-DD)"},
        {"/items/0/withdrawal/on", "2024-13-01", "items[0].withdrawal.on: not a day (YYYY-MM-DD)"},
        {"/items/0/exemptions/0/from", "0000-01-01", "items[0].exemptions[0].from: not a day (YYYY-MM-DD)"},
        {"/events/0/on", "2024-1-1", "events[0].on: not a day (YYYY-MM-DD)"},
        {"/reports/0/due_on", "2024-01-32", "reports[0].due_on: not a day (YYYY-MM-DD)"},
        {"/reports/0/submitted_on", "", "reports[0].submitted_on: not a day (YYYY-MM-DD)"},
        {"/reports/0/returned_on", "x", "reports[0].returned_on: not a day (YYYY-MM-DD)"},
        {"/reports/0/resubmit_due_on", "x", "reports[0].resubmit_due_on: not a day (YYYY-MM-DD)"},
        {"/reports/0/resubmitted_on", false, "reports[0].resubmitted_on: not a day (YYYY-MM-DD)"},
        {"/ladder/0/commitment_due_on", "x", "ladder[0].commitment_due_on: not a day (YYYY-MM-DD)"},
        {"/ladder/0/commitment_met_on", "x", "ladder[0].commitment_met_on: not a day (YYYY-MM-DD)"},
        {"/published_rankings/0/month", "2024-13", "published_rankings[0].month: not a month (YYYY-MM)"},
        {"/published_rankings/0/published_on", "2024-02", "published_rankings[0].published_on: not a day (YYYY-MM-DD)"},
        // another shape
        {"/units", "u1", "units: not a list"},
        {"/items/0", 7, "items[0]: not an object"},
        {"/items/0/cooperating", "u2", "items[0].cooperating: not a list"},
        {"/items/0/cooperating/0", 2, "items[0].cooperating[0]: not a text"},
        {"/items/0/extensions", {{"approved_on", ""}}, "items[0].extensions: not a list"},
        {"/items/0/withdrawal", Json::array(), "items[0].withdrawal: not an object"},
        {"/events/0/item", 1, "events[0].item: not a text"},
        {"/events/0/id", "", "events[0].id: empty"},
        {"/units/0/name", 5, "units[0].name: not a text"},
    };
    return *all;
}

TEST(LedgerReader, takesOneOfEverything) {
    const auto ledger = zr::readLedger(zr::sanmenxiaRules(), fullLedger().dump());
    ASSERT_TRUE(ledger) << ledger.error().detail;
    EXPECT_EQ(ledger->items[0].awarded, 125'000);
    EXPECT_EQ(ledger->items[1].awarded, 200'000);
    EXPECT_EQ(ledger->items[0].withdrawnOn, zr::kNever); // one signature is missing
    EXPECT_EQ(ledger->items[0].cooperating, std::vector<zr::Index>{1});
    EXPECT_EQ(ledger->reports[0].submittedOn, zr::kNever);
    EXPECT_TRUE(ledger->publications[0].hasWinners);
    EXPECT_FALSE(ledger->publications[1].hasWinners);
}

TEST(LedgerReader, refusesWholeAndNamesThePlace) {
    const Json good = fullLedger();
    for (const Refused &refused : refusals()) {
        Json ledger = good;
        const Json::json_pointer pointer(refused.pointer);
        if (refused.value.is_discarded())
            ledger[pointer.parent_pointer()].erase(pointer.back());
        else
            ledger[pointer] = refused.value;
        for (const Json &answer : {assessed(ledger, "2024-06-30"), dueOn(ledger, "2024-06-30")}) {
            EXPECT_EQ(answer.value("error", "read"), refused.error) << refused.pointer;
            EXPECT_EQ(answer.size(), 1u); // no figure beside it
        }
    }
}

TEST(LedgerReader, anAbsentListIsAnEmptyOne) {
    EXPECT_TRUE(zr::readLedger(zr::sanmenxiaRules(), "{}"));
    Json ledger = fullLedger();
    for (const char *list : {"events", "reports", "ladder", "published_rankings", "sites"})
        ledger.erase(list);
    for (const char *list :
         {"cooperating", "extensions", "transfers", "exemptions", "withdrawal", "awarded", "completed_on"})
        ledger["items"][0].erase(list);
    EXPECT_TRUE(assessed(ledger, "2024-06-30").contains("units"));
    ledger["events"] = nullptr;
    EXPECT_TRUE(assessed(ledger, "2024-06-30").contains("units"));
}

/** The text of the award is what counts, not what a binary fraction would make of it. */
TEST(LedgerReader, readsAnAwardByValueFromItsText) {
    Json ledger = fullLedger();
    ledger["items"][0]["awarded"] = "@";
    const std::string text = ledger.dump();
    const auto with = [&](const std::string &award) {
        std::string changed = text;
        changed.replace(changed.find("\"@\""), 3, award);
        return zr::readLedger(zr::sanmenxiaRules(), changed);
    };
    const std::pair<const char *, int> good[] = {{"0", 0},
                                                 {"-0", 0},
                                                 {"-0.0", 0},
                                                 {"20", 200'000},
                                                 {"20.00", 200'000},
                                                 {"12.500", 125'000},
                                                 {"1.25e1", 125'000},
                                                 {"2000e-2", 200'000},
                                                 {"0.01", 100},
                                                 {"19.990000000000000000000000", 199'900},
                                                 {"17.29", 172'900},
                                                 {"2.9E0", 29'000}};
    for (const auto &[award, value] : good) {
        const auto ledgerRead = with(award);
        ASSERT_TRUE(ledgerRead) << award << ledgerRead.error().detail;
        EXPECT_EQ(ledgerRead->items[0].awarded, value) << award;
    }
    // The next double below 20.005 and its like are not 0.01 steps; nothing is rounded to one.
    for (const char *award : {"19.999999999999999999999", "20.000000000000000000001", "1e-400", "0.0100000000000000001",
                              "1e3", "18446744073709551616", "-18446744073709551616", "9e99", "[20]", "true"})
        EXPECT_FALSE(with(award)) << award;
    for (const char *award : {"1e999", "020", "+5", ".5", "5.", "NaN", "Infinity", "0x10", ""}) {
        const auto ledgerRead = with(award);
        ASSERT_FALSE(ledgerRead) << award;
        EXPECT_EQ(ledgerRead.error().code, Code::BadEncoding) << award;
    }
}

TEST(LedgerReader, refusesWhatIsNoJsonOfItsKind) {
    const std::string good = fullLedger().dump();
    EXPECT_EQ(zr::readLedger(zr::sanmenxiaRules(), good + "x").error().code, Code::BadEncoding);
    EXPECT_EQ(zr::readLedger(zr::sanmenxiaRules(), R"({"units":[],"units":[]})").error().code, Code::BadEncoding);
    EXPECT_EQ(zr::readLedger(zr::sanmenxiaRules(), "{\"units\":[{\"id\":\"\xff\"}]}").error().code, Code::BadEncoding);
    EXPECT_EQ(zr::readLedger(zr::sanmenxiaRules(), "{\"x\":" + std::string(1000, '[') + std::string(1000, ']') + "}")
                  .error()
                  .code,
              Code::BadEncoding);
    EXPECT_EQ(zr::readLedger(zr::sanmenxiaRules(), "[]").error().detail, "the file: not an object");
    EXPECT_EQ(zr::readLedger(zr::sanmenxiaRules(), std::string(kMaxJsonBytes + 1, ' ')).error().code, Code::TooLarge);
}

/** Any one byte changed: figures or an error, never both and never a crash. */
TEST(LedgerReader, anyByteChangedIsReadOrRefused) {
    const std::string good = fullLedger().dump();
    std::size_t refused = 0;
    for (std::size_t at = 0; at < good.size(); ++at)
        for (const char byte : {'0', '"', '9', '}', '\x80', '-'}) {
            std::string text = good;
            text[at] = byte;
            const auto ledger = zr::readLedger(zr::sanmenxiaRules(), text);
            if (!ledger) {
                ++refused;
                EXPECT_FALSE(ledger.error().detail.empty());
                continue;
            }
            const auto figures =
                zr::assessLedger(zr::sanmenxiaRules(), *ledger, {day("2024-06-30"), zr::Commend::Midyear, true, false});
            ASSERT_TRUE(figures.has_value());
            (void)zr::dueLedger(zr::sanmenxiaRules(), *ledger, zr::WorkingCalendar::compiledIn(),
                                {day("2024-06-30"), true, false});
        }
    EXPECT_GT(refused, good.size());
}

/** The same of a large one: 10 MB and more, with changes all over it. */
TEST(LedgerReader, aByteChangedInTenMegabytesIsReadOrRefused) {
    std::mt19937 dice(10);
    Json ledger = emptyLedger();
    for (int i = 1; i <= 60; ++i)
        ledger["units"].push_back(unitRow("u" + std::to_string(i), i % 2 == 0 ? "county" : "department"));
    for (int i = 1; i <= 20'000; ++i) {
        ledger["items"].push_back(randomItem(dice, "i" + std::to_string(i), 60));
        ledger["items"].back()["content"] = std::string(60, 'x') + "汉字";
        ledger["events"].push_back(randomEvent(dice, "e" + std::to_string(i), 60, 20'000));
    }
    const std::string good = ledger.dump();
    EXPECT_GT(good.size(), 10'000'000u);
    ASSERT_TRUE(zr::readLedger(zr::sanmenxiaRules(), good));
    for (int i = 0; i < 8; ++i) {
        std::string text = good;
        text[upTo(dice, text.size() - 1)] = static_cast<char>(upTo(dice, 255));
        const auto read = zr::readLedger(zr::sanmenxiaRules(), text);
        if (!read) {
            EXPECT_FALSE(read.error().detail.empty());
            continue;
        }
        const auto figures = zr::assessLedger(zr::sanmenxiaRules(), *read, {day("2024-06-30"), {}, false, false});
        ASSERT_TRUE(figures.has_value());
        EXPECT_TRUE(Json::parse(figures->json).contains("units"));
    }
}
} // namespace
