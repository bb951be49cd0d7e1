// Goal: `due` says what 四（二）4 says, day by day. Method: one item taken through the ladder, each edge on the day it
// turns, and every path that takes an item off it.
#include "shared/rules/escalation.h"
#include "tests/unit/shared/rules/ledger_maker.h"

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;

namespace {
/** One item of u1, due on Thursday 2024-02-29. */
Json oneItem() {
    Json ledger = emptyLedger();
    ledger["units"] = Json::array({unitRow("u1"), unitRow("u2")});
    ledger["items"] = Json::array({itemRow("i1", "u1", "2024-01-02", "2024-02-29")});
    return ledger;
}
void record(Json &ledger, int step, const char *on, const char *met = nullptr) {
    Json row = {{"item", "i1"}, {"step", step}, {"on", on}};
    if (met != nullptr)
        row["commitment_met_on"] = met;
    ledger["ladder"].push_back(row);
}
/** "action since overdue_workdays", "" if nothing is due. */
std::string on(const Json &ledger, const char *day) {
    const Json answer = dueOn(ledger, day);
    if (answer.contains("undetermined"))
        return "undetermined " + answer["undetermined"][0]["year"].dump();
    if (answer["actions"].empty())
        return "";
    const Json &action = answer["actions"][0];
    return action["action"].get<std::string>() + " " + action["since"].get<std::string>() + " " +
           action["overdue_workdays"].dump();
}

TEST(Escalation, urgesFromFiveWorkingDaysBefore) {
    const Json ledger = oneItem();
    EXPECT_EQ(on(ledger, "2024-02-21"), "");
    EXPECT_EQ(on(ledger, "2024-02-22"), "urge 2024-02-22 0");
    EXPECT_EQ(on(ledger, "2024-02-29"), "urge 2024-02-22 0"); // on its due day it is still urged
    EXPECT_EQ(on(ledger, "2024-01-01"), "");                  // not issued yet
}

TEST(Escalation, climbsTheLadderStepByStep) {
    Json ledger = oneItem();
    EXPECT_EQ(on(ledger, "2024-03-01"), "circular 2024-03-01 1");
    EXPECT_EQ(on(ledger, "2024-03-03"), "circular 2024-03-01 1"); // a weekend adds nothing
    record(ledger, 1, "2024-03-04");
    EXPECT_EQ(on(ledger, "2024-03-03"), "circular 2024-03-01 1"); // not recorded yet
    EXPECT_EQ(on(ledger, "2024-03-04"), "");
    EXPECT_EQ(on(ledger, "2024-03-11"), ""); // the fifth working day is for mending
    EXPECT_EQ(on(ledger, "2024-03-12"), "criticism_and_media 2024-03-12 8");
    record(ledger, 2, "2024-03-12");
    EXPECT_EQ(on(ledger, "2024-03-19"), "");
    EXPECT_EQ(on(ledger, "2024-03-20"), "interview 2024-03-20 14");
    record(ledger, 3, "2024-03-22");
    EXPECT_EQ(on(ledger, "2024-03-29"), "");
    EXPECT_EQ(on(ledger, "2024-03-30"), "accountability 2024-03-30 21"); // a Saturday is the day after the fifth
    record(ledger, 4, "2024-04-01");
    EXPECT_EQ(on(ledger, "2024-04-30"), "");
}

TEST(Escalation, onlyTheHighestStepMattersAndOfTwoTheLater) {
    Json ledger = oneItem();
    record(ledger, 2, "2024-03-05");
    record(ledger, 1, "2024-03-20");
    EXPECT_EQ(on(ledger, "2024-03-13"), "interview 2024-03-13 9");
    record(ledger, 2, "2024-03-08");
    EXPECT_EQ(on(ledger, "2024-03-15"), "");
    EXPECT_EQ(on(ledger, "2024-03-16"), "interview 2024-03-16 11");
}

TEST(Escalation, stepsOnOrBeforeTheEffectiveDueDateDoNotCount) {
    Json ledger = oneItem();
    record(ledger, 4, "2024-02-29");
    EXPECT_EQ(on(ledger, "2024-03-01"), "circular 2024-03-01 1");
    // An extension approved late makes a step that counted count no more.
    record(ledger, 1, "2024-03-04");
    ledger["items"][0]["extensions"] =
        Json::array({{{"approved_on", "2024-04-10"}, {"approved_by", "王"}, {"new_due_on", "2024-04-08"}}});
    EXPECT_EQ(on(ledger, "2024-04-09"), "criticism_and_media 2024-03-12 27");
    EXPECT_EQ(on(ledger, "2024-04-10"), "circular 2024-04-09 2");
}

TEST(Escalation, aWrittenCommitmentThatIsMetEndsIt) {
    Json ledger = oneItem();
    record(ledger, 3, "2024-03-05");
    EXPECT_EQ(on(ledger, "2024-03-13"), "accountability 2024-03-13 9");
    record(ledger, 3, "2024-03-04", "2024-03-20"); // on any record of the step
    EXPECT_EQ(on(ledger, "2024-03-19"), "accountability 2024-03-13 13");
    EXPECT_EQ(on(ledger, "2024-03-20"), "");
    record(ledger, 2, "2024-03-06", "2024-03-07"); // means nothing there
    EXPECT_EQ(on(ledger, "2024-03-19"), "accountability 2024-03-13 13");
}

TEST(Escalation, whatTakesAnItemOffIt) {
    const auto with = [](const char *name, Json value) {
        Json ledger = oneItem();
        ledger["items"][0][name] = std::move(value);
        return ledger;
    };
    EXPECT_EQ(on(with("completed_on", "2024-03-05"), "2024-03-04"), "circular 2024-03-01 2");
    EXPECT_EQ(on(with("completed_on", "2024-03-05"), "2024-03-05"), "");
    const Json withdrawal = {{"on", "2024-03-05"}, {"reviewed_by", "甲"}, {"agreed_by", "乙"}};
    EXPECT_EQ(on(with("withdrawal", withdrawal), "2024-03-05"), "");
    Json halfSigned = withdrawal;
    halfSigned["reviewed_by"] = "";
    EXPECT_EQ(on(with("withdrawal", halfSigned), "2024-03-05"), "circular 2024-03-01 3");
    const Json exemption = Json::array({{{"from", "2024-03-04"}, {"until", "2024-03-06"}, {"approved_by", "王"}}});
    EXPECT_EQ(on(with("exemptions", exemption), "2024-03-03"), "circular 2024-03-01 1");
    EXPECT_EQ(on(with("exemptions", exemption), "2024-03-04"), "");
    EXPECT_EQ(on(with("exemptions", exemption), "2024-03-06"), "");
    EXPECT_EQ(on(with("exemptions", exemption), "2024-03-07"), "circular 2024-03-01 5");
    Json unsignedOne = exemption;
    unsignedOne[0]["approved_by"] = "";
    EXPECT_EQ(on(with("exemptions", unsignedOne), "2024-03-05"), "circular 2024-03-01 3");
    // An item that is not due yet is urged although it is exempted.
    const Json early = Json::array({{{"from", "2024-02-01"}, {"until", "2024-03-06"}, {"approved_by", "王"}}});
    EXPECT_EQ(on(with("exemptions", early), "2024-02-28"), "urge 2024-02-22 0");
}

TEST(Escalation, anActionIsTheLeadsOfThatDay) {
    Json ledger = oneItem();
    ledger["items"][0]["transfers"] =
        Json::array({{{"on", "2024-03-05"}, {"to", "u2"}, {"signed_from", "甲"}, {"signed_to", "乙"}}});
    EXPECT_EQ(dueOn(ledger, "2024-03-04")["actions"][0]["unit"], "u1");
    EXPECT_EQ(dueOn(ledger, "2024-03-05")["actions"][0]["unit"], "u2");
    EXPECT_EQ(on(ledger, "2024-03-05"), "circular 2024-03-01 3"); // and since when it is due does not change
}

TEST(Escalation, extensionsOfTwoMonthsAndNoMore) {
    const auto extended = [](const char *to, const char *kind, const char *by = "王") {
        Json ledger = oneItem();
        ledger["items"][0]["due_on"] = "2023-12-31";
        ledger["items"][0]["kind"] = kind;
        ledger["items"][0]["extensions"] =
            Json::array({{{"approved_on", "2024-01-05"}, {"approved_by", by}, {"new_due_on", to}}});
        return on(ledger, "2024-02-29");
    };
    EXPECT_EQ(extended("2024-02-29", "general"), "urge 2024-02-22 0");
    EXPECT_EQ(extended("2024-03-01", "general"), "circular 2024-01-01 40");
    EXPECT_EQ(extended("2024-03-01", "planning"), "urge 2024-02-23 0");
    EXPECT_EQ(extended("2023-12-31", "planning"), "circular 2024-01-01 40"); // not later
    EXPECT_EQ(extended("2024-02-29", "general", ""), "circular 2024-01-01 40");
}

TEST(Escalation, aYearWithoutTableIsSaidWhereItIsNeeded) {
    Json ledger = oneItem();
    ledger["items"][0]["issued_on"] = "2026-12-01";
    ledger["items"][0]["due_on"] = "2027-01-20";
    EXPECT_EQ(on(ledger, "2026-12-20"), ""); // 31 days: no count is made
    EXPECT_EQ(on(ledger, "2026-12-21"), "undetermined 2027");
    ledger["items"][0]["due_on"] = "2027-01-01";
    EXPECT_EQ(on(ledger, "2026-12-20"), ""); // counted back within 2026
    EXPECT_EQ(on(ledger, "2026-12-25"), "urge 2026-12-25 0");
    ledger["items"][0]["due_on"] = "2026-12-31";
    EXPECT_EQ(on(ledger, "2027-01-01"), "undetermined 2027"); // its overdue days
    record(ledger, 1, "2027-01-01");
    EXPECT_EQ(on(ledger, "2027-01-01"), ""); // no day has passed: nothing is counted
    EXPECT_EQ(on(ledger, "2027-01-02"), "undetermined 2027");
    record(ledger, 4, "2027-01-02");
    EXPECT_EQ(on(ledger, "2028-01-02"), "");
}

TEST(Escalation, listsBySinceThenItem) {
    Json ledger = oneItem();
    for (const char *id : {"i9", "i10"})
        ledger["items"].push_back(itemRow(id, "u2", "2024-01-02", "2024-02-28"));
    const Json actions = dueOn(ledger, "2024-03-04")["actions"];
    ASSERT_EQ(actions.size(), 3u);
    EXPECT_EQ(actions[0]["item"], "i10");
    EXPECT_EQ(actions[1]["item"], "i9");
    EXPECT_EQ(actions[2]["item"], "i1");
}
} // namespace
