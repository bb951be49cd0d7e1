// Goal: each clause of 附件1 and 附件2 gives the figure that it names, and what does not count says why. Method:
// ledgers of a few rows, figures computed by hand.
#include "shared/rules/assessment.h"
#include "tests/unit/shared/rules/ledger_maker.h"

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;
namespace zr = zhicha::rules;

namespace {
/** u1 leads i1 (u2 cooperates), u3 leads i2; both were finished in February 2024. */
Json twoItems() {
    Json ledger = emptyLedger();
    ledger["units"] = Json::array({unitRow("u1"), unitRow("u2"), unitRow("u3", "department")});
    Json one = itemRow("i1", "u1", "2024-01-02", "2024-02-29");
    one["cooperating"] = Json::array({"u2"});
    one["completed_on"] = "2024-02-20";
    Json two = itemRow("i2", "u3", "2024-01-02", "2024-02-29");
    two["completed_on"] = "2024-02-20";
    ledger["items"] = Json::array({one, two});
    return ledger;
}
/** "points counted" or "points reason" of the one event. */
std::string verdict(Json ledger, Json event, const char *asOf = "2024-06-30") {
    const std::string unit = event["unit"];
    ledger["events"].push_back(std::move(event));
    const Json answer = assessed(ledger, asOf);
    if (answer.contains("error"))
        return answer["error"];
    const Json &events = unitOf(answer, unit)->at("events");
    if (events.empty())
        return "not listed";
    const Json &entry = events.back();
    const Json &figures = *unitOf(answer, unit);
    const bool counted = entry["counted"];
    EXPECT_EQ(entry["reason"].is_null(), counted);
    const std::string sum = counted ? entry["points"].get<std::string>() : "0.00";
    EXPECT_TRUE(figures["merits"] == sum || figures["demerits"] == sum) << figures;
    EXPECT_TRUE(figures["merits"] == "0.00" || figures["demerits"] == "0.00") << figures;
    return entry["points"].get<std::string>() + " " + (counted ? "counted" : entry["reason"].get<std::string>());
}
Json with(Json event, const char *name, Json value) {
    event[name] = std::move(value);
    return event;
}

TEST(Reasons, unknownRule) {
    EXPECT_EQ(verdict(twoItems(), eventRow("e1", "u1", "commendation.world", "2024-03-01", "i1")), "0.00 unknown_rule");
    EXPECT_EQ(verdict(twoItems(), eventRow("e1", "u1", "ranking.monthly", "2024-03-01", "i1")), "0.00 unknown_rule");
    EXPECT_EQ(verdict(twoItems(), eventRow("e1", "u1", "report.late", "2024-03-01", "")), "0.00 unknown_rule"); // first
}
TEST(Reasons, noItem) {
    EXPECT_EQ(verdict(twoItems(), eventRow("e1", "u1", "criticism.city", "2024-03-01", "")), "-10.00 no_item");
    EXPECT_EQ(verdict(twoItems(), with(eventRow("e1", "u1", "commendation.city", "2024-03-01", "i404"), "recipient",
                                       "subordinate")),
              "10.00 no_item"); // before subordinate
}
TEST(Reasons, subordinate) {
    const Json praise = with(eventRow("e1", "u1", "commendation.city", "2024-03-01", "i1"), "recipient", "subordinate");
    const Json blame = with(eventRow("e1", "u1", "criticism.city", "2024-03-01", "i1"), "recipient", "subordinate");
    EXPECT_EQ(verdict(twoItems(), praise), "10.00 subordinate");
    EXPECT_EQ(verdict(twoItems(), blame), "-10.00 counted"); // demerits count
    EXPECT_EQ(verdict(twoItems(), with(praise, "recipient", "branch")), "10.00 counted");
    EXPECT_EQ(verdict(twoItems(), with(praise, "unit", "u3")), "10.00 subordinate"); // before not_responsible
}
TEST(Reasons, notCooperatingAndNotReportedByLead) {
    const Json passive = with(eventRow("e1", "u2", "cooperation.passive", "2024-03-01", "i1"), "reported_by", "u1");
    EXPECT_EQ(verdict(twoItems(), passive), "-5.00 counted");
    EXPECT_EQ(verdict(twoItems(), with(passive, "unit", "u1")), "-5.00 not_cooperating");
    EXPECT_EQ(verdict(twoItems(), with(passive, "unit", "u3")), "-5.00 not_cooperating");
    EXPECT_EQ(verdict(twoItems(), with(passive, "reported_by", "u3")), "-5.00 not_reported_by_lead");
    EXPECT_EQ(verdict(twoItems(), with(passive, "reported_by", nullptr)), "-5.00 not_reported_by_lead");
    // The lead on that date is what matters.
    Json moved = twoItems();
    moved["items"][0]["transfers"] =
        Json::array({{{"on", "2024-03-01"}, {"to", "u3"}, {"signed_from", "甲"}, {"signed_to", "乙"}}});
    EXPECT_EQ(verdict(moved, passive), "-5.00 not_reported_by_lead");
    EXPECT_EQ(verdict(moved, with(passive, "on", "2024-02-29")), "-5.00 counted");
    moved["items"][0]["transfers"][0]["to"] = "u2"; // a cooperating unit that leads is no cooperating one
    EXPECT_EQ(verdict(moved, with(passive, "reported_by", "u2")), "-5.00 not_cooperating");
}
TEST(Reasons, notResponsible) {
    const Json praise = eventRow("e1", "u3", "commendation.city", "2024-03-01", "i1");
    EXPECT_EQ(verdict(twoItems(), praise), "10.00 not_responsible");
    EXPECT_EQ(verdict(twoItems(), with(praise, "unit", "u2")), "10.00 counted"); // cooperating
    Json moved = twoItems();
    moved["items"][0]["transfers"] =
        Json::array({{{"on", "2024-03-02"}, {"to", "u3"}, {"signed_from", "甲"}, {"signed_to", "乙"}}});
    EXPECT_EQ(verdict(moved, praise), "10.00 not_responsible");
    EXPECT_EQ(verdict(moved, with(praise, "on", "2024-03-02")), "10.00 counted");
    EXPECT_EQ(verdict(moved, with(with(praise, "unit", "u1"), "on", "2024-03-02")), "10.00 not_responsible");
}
TEST(Reasons, lowerLevel) {
    const auto reasons = [](std::vector<Json> events, const char *asOf = "2024-06-30") {
        Json ledger = twoItems();
        ledger["events"] = events;
        std::map<std::string, std::string> out;
        const Json answer = assessed(ledger, asOf);
        for (const Json &entry : unitOf(answer, "u1")->at("events"))
            out[entry["ref"]] = entry["reason"].is_null() ? "" : entry["reason"].get<std::string>();
        return out;
    };
    using Map = std::map<std::string, std::string>;
    const Json city = eventRow("e9", "u1", "commendation.city", "2024-03-01", "i1");
    const Json province = eventRow("e2", "u1", "commendation.province", "2024-04-01", "i1");
    EXPECT_EQ(reasons({city, province}), (Map{{"e9", "lower_level"}, {"e2", ""}}));
    EXPECT_EQ(reasons({city, province}, "2024-03-31"), (Map{{"e9", ""}})); // the province's is still to come
    // Equal points: the earliest, then the smallest id, by code point.
    const Json coordination = eventRow("e10", "u1", "commendation.province_coordination", "2024-03-01", "i1");
    EXPECT_EQ(reasons({city, coordination}), (Map{{"e9", "lower_level"}, {"e10", ""}}));
    EXPECT_EQ(reasons({with(city, "on", "2024-02-29"), coordination}), (Map{{"e9", ""}, {"e10", "lower_level"}}));
    // Another item, another class, another year, an entry that does not count: nothing to compare with.
    const Json blame = eventRow("e3", "u1", "criticism.national", "2024-03-01", "i1");
    EXPECT_EQ(reasons({city, blame}), (Map{{"e9", ""}, {"e3", ""}}));
    EXPECT_EQ(reasons({city, with(province, "on", "2023-12-31")}), (Map{{"e9", ""}}));
    EXPECT_EQ(reasons({city, with(province, "recipient", "subordinate")}), (Map{{"e9", ""}, {"e2", "subordinate"}}));
    EXPECT_EQ(reasons({city, with(province, "item", "i2")}), (Map{{"e9", ""}, {"e2", "not_responsible"}}));
    const Json harder = eventRow("e4", "u1", "criticism.supervision_office", "2024-02-01", "i1");
    EXPECT_EQ(reasons({blame, harder}), (Map{{"e3", ""}, {"e4", "lower_level"}}));
    // 领导批示 and 信息宣传 may be had several times.
    const Json praise = eventRow("e5", "u1", "instruction_praise.city", "2024-03-01", "i1");
    EXPECT_EQ(reasons({praise, with(praise, "id", "e6")}), (Map{{"e5", ""}, {"e6", ""}}));
}

TEST(Assessment, onlyWhatIsDatedInTheYearUpToTheDayIsListed) {
    const Json praise = eventRow("e1", "u1", "commendation.city", "2024-06-30", "i1");
    EXPECT_EQ(verdict(twoItems(), praise), "10.00 counted");
    EXPECT_EQ(verdict(twoItems(), with(praise, "on", "2024-07-01")), "not listed");
    EXPECT_EQ(verdict(twoItems(), with(praise, "on", "2024-01-01")), "10.00 counted");
    EXPECT_EQ(verdict(twoItems(), with(praise, "on", "2023-12-31")), "not listed");
}

TEST(Assessment, anItemIsInScopeOrNot) {
    const auto figures = [](const std::function<void(Json &)> &change, const char *asOf) {
        Json ledger = twoItems();
        change(ledger["items"][0]);
        const Json answer = assessed(ledger, asOf);
        const Json &unit = *unitOf(answer, "u1");
        return unit["items"].dump() + " " + unit["earned"].get<std::string>();
    };
    const auto same = [](Json &) {};
    const auto open = [](Json &item) { item.erase("completed_on"); };
    EXPECT_EQ(figures(same, "2024-02-19"), "0 0.00"); // neither finished nor due
    EXPECT_EQ(figures(same, "2024-02-20"), "1 20.00");
    EXPECT_EQ(figures(same, "2025-01-01"), "0 0.00"); // finished in another year
    EXPECT_EQ(figures(open, "2024-02-28"), "0 0.00");
    EXPECT_EQ(figures(open, "2024-02-29"), "1 0.00"); // on its due day it earns 0
    EXPECT_EQ(figures(open, "2027-05-05"), "1 0.00"); // until it is closed
    EXPECT_EQ(figures([](Json &item) { item["issued_on"] = "2024-02-25"; }, "2024-02-24"), "0 0.00");
    const auto withdrawn = [](Json &item) {
        item["withdrawal"] = {{"on", "2024-03-01"}, {"reviewed_by", "甲"}, {"agreed_by", "乙"}};
    };
    EXPECT_EQ(figures(withdrawn, "2024-02-29"), "1 20.00");
    EXPECT_EQ(figures(withdrawn, "2024-03-01"), "0 0.00"); // out, although it was finished
    const auto extended = [](Json &item) {
        item["extensions"] =
            Json::array({{{"approved_on", "2024-03-05"}, {"approved_by", "王"}, {"new_due_on", "2024-04-29"}}});
        item["completed_on"] = "2024-04-20";
    };
    EXPECT_EQ(figures(extended, "2024-03-04"), "1 0.00");
    EXPECT_EQ(figures(extended, "2024-03-05"), "0 0.00"); // from the approval's day on
    EXPECT_EQ(figures(extended, "2024-04-20"), "1 20.00");
}

TEST(Assessment, theFormulaWithHalvesRoundedAwayFromZero) {
    Json ledger = twoItems();
    for (int i = 3; i <= 5; ++i) {
        Json item = itemRow("i" + std::to_string(i), "u3", "2024-01-02", "2024-02-29");
        item["completed_on"] = "2024-02-20";
        ledger["items"].push_back(item);
    }
    ledger["items"][0]["awarded"] = 17.33;
    const Json answer = assessed(ledger, "2024-06-30");
    const Json &unit = *unitOf(answer, "u1");
    // 17.33 / 20 × 100 × (0.5 + 1/4 × 0.5) = 86.65 × 0.625 = 54.15625
    EXPECT_EQ(unit["efficacy"], "0.6250");
    EXPECT_EQ(unit["item_score"], "54.16");
    ledger["items"][0]["awarded"] = 17.36; // 86.8 × 0.625 = 54.25
    EXPECT_EQ(unitOf(assessed(ledger, "2024-06-30"), "u1")->at("item_score"), "54.25");
    ledger["items"][0]["awarded"] = 0.04; // 0.2 × 0.625 = 0.125
    EXPECT_EQ(unitOf(assessed(ledger, "2024-06-30"), "u1")->at("item_score"), "0.13");
    ledger["events"].push_back(eventRow("e1", "u1", "criticism.supervision_office", "2024-03-01", "i1"));
    ledger["items"][0]["awarded"] = 1.64; // 8.2 × 0.625 = 5.125; - 5 = 0.125
    EXPECT_EQ(unitOf(assessed(ledger, "2024-06-30"), "u1")->at("score"), "0.13");
    ledger["items"][0]["awarded"] = 1.56; // 7.8 × 0.625 = 4.875; - 5 = -0.125
    EXPECT_EQ(unitOf(assessed(ledger, "2024-06-30"), "u1")->at("score"), "-0.13");
    ledger["items"][0]["awarded"] = 1.6; // exactly nothing, without a sign
    EXPECT_EQ(unitOf(assessed(ledger, "2024-06-30"), "u1")->at("score"), "0.00");
    EXPECT_EQ(unitOf(answer, "u2")->at("score"), nullptr);
    EXPECT_EQ(unitOf(answer, "u2")->at("rank"), nullptr);
    EXPECT_EQ(unitOf(answer, "u2")->at("all_completed"), false);
}

TEST(Assessment, aLateReportIsChargedOnTheDayAfter) {
    Json ledger = twoItems();
    ledger["reports"] = Json::array({{{"id", "r1"},
                                      {"item", "i1"},
                                      {"unit", "u2"},
                                      {"due_on", "2024-03-31"},
                                      {"submitted_on", "2024-04-01"},
                                      {"returned_on", "2024-04-02"},
                                      {"resubmit_due_on", "2024-04-10"},
                                      {"resubmitted_on", nullptr}}});
    const auto entries = [&](const char *asOf) {
        std::string out;
        const Json answer = assessed(ledger, asOf);
        for (const Json &entry : unitOf(answer, "u2")->at("events"))
            out += entry["ref"].get<std::string>() + " " + entry["rule"].get<std::string>() + " " +
                   entry["on"].get<std::string>() + ";";
        return out + unitOf(answer, "u2")->at("demerits").get<std::string>();
    };
    EXPECT_EQ(entries("2024-03-31"), "0.00");
    EXPECT_EQ(entries("2024-04-01"), "r1 report.late 2024-04-01;-5.00");
    EXPECT_EQ(entries("2024-04-10"), "r1 report.late 2024-04-01;-5.00");
    EXPECT_EQ(entries("2024-04-11"), "r1 report.late 2024-04-01;r1 report.returned_late 2024-04-11;-10.00");
    ledger["reports"][0]["submitted_on"] = "2024-03-31";
    ledger["reports"][0]["resubmitted_on"] = "2024-04-10";
    EXPECT_EQ(entries("2024-06-30"), "0.00");
}

TEST(Ranking, sharesRanksAndCommendsAcrossGroups) {
    Json ledger = emptyLedger();
    for (int i = 1; i <= 6; ++i) {
        const std::string n = std::to_string(i);
        ledger["units"].push_back(unitRow("u" + n, i <= 4 ? "county" : "department"));
        Json item = itemRow("i" + n, "u" + n, "2024-01-02", "2024-02-29");
        item["completed_on"] = "2024-02-20";
        item["awarded"] = i == 3 ? 19 : i == 4 ? 18 : 20;
        ledger["items"].push_back(item);
    }
    const Json answer = assessed(ledger, "2024-06-30", zr::Commend::Midyear);
    const auto rank = [&](const char *unit) { return unitOf(answer, unit)->at("rank").get<int>(); };
    EXPECT_EQ(rank("u1"), 1);
    EXPECT_EQ(rank("u2"), 1);
    EXPECT_EQ(rank("u3"), 3); // 1, 1, 3
    EXPECT_EQ(rank("u4"), 4);
    EXPECT_EQ(rank("u5"), 1);
    EXPECT_EQ(answer["commended"], Json::array({"u1", "u2", "u5", "u6"})); // four share rank 1; the next is 5
    EXPECT_EQ(assessed(ledger, "2024-06-30", zr::Commend::Annual)["commended"],
              Json::array({"u1", "u2", "u5", "u6", "u3"}));
    EXPECT_FALSE(assessed(ledger, "2024-06-30").contains("commended"));
    ledger["items"][0].erase("completed_on");
    EXPECT_EQ(assessed(ledger, "2024-06-30", zr::Commend::Midyear)["commended"], Json::array({"u2", "u5", "u6"}));
}

/** Published winners count even where the ledger gives others; the difference is said. */
TEST(Ranking, publishedWinnersStandAndADifferenceIsAToDo) {
    Json ledger = twoItems();
    ledger["published_rankings"] = Json::array({{{"month", "2024-02"}, {"published_on", "2024-03-05"}}});
    EXPECT_EQ(unitOf(assessed(ledger, "2024-03-04"), "u1")->at("merits"), "0.00");
    EXPECT_EQ(unitOf(assessed(ledger, "2024-03-05"), "u1")->at("merits"), "10.00");
    ledger["published_rankings"][0]["winners"] = Json::array({"u2"});
    const auto read = zr::readLedger(zr::sanmenxiaRules(), ledger.dump());
    const auto figures = zr::assessLedger(zr::sanmenxiaRules(), *read, {day("2024-03-05"), {}, true, false});
    ASSERT_TRUE(figures.has_value());
    const Json answer = Json::parse(figures->json);
    EXPECT_EQ(unitOf(answer, "u1")->at("merits"), "0.00");
    EXPECT_EQ(unitOf(answer, "u2")->at("merits"), "10.00");
    ASSERT_EQ(figures->warnings.size(), 1u);
    EXPECT_NE(figures->warnings[0].find("2024-02"), std::string::npos);
    EXPECT_EQ(answer["ranking_differences"][0]["recomputed"], Json::array({"u1", "u3"}));
    ledger["published_rankings"][0]["published_on"] = "2024-02-29"; // on the month's last day: ignored
    EXPECT_EQ(unitOf(assessed(ledger, "2024-03-05"), "u2")->at("merits"), "0.00");
}

TEST(Ranking, aDemeritInTheMonthLosesIt) {
    Json ledger = twoItems();
    ledger["published_rankings"] = Json::array({{{"month", "2024-02"}, {"published_on", "2024-03-05"}}});
    const auto merits = [&](Json event) {
        ledger["events"] = Json::array({std::move(event)});
        return unitOf(assessed(ledger, "2024-06-30"), "u1")->at("merits").get<std::string>();
    };
    const Json blame = eventRow("e1", "u1", "criticism.supervision_office", "2024-02-15", "i1");
    EXPECT_EQ(merits(blame), "0.00");
    EXPECT_EQ(merits(with(blame, "on", "2024-01-31")), "10.00"); // another month
    EXPECT_EQ(merits(with(blame, "on", "2024-03-01")), "10.00");
    EXPECT_EQ(merits(with(blame, "item", "i404")), "10.00"); // does not count
}

TEST(Assessment, beyondExactArithmeticIsAnErrorAndNoFigure) {
    zr::Rules rules = zr::sanmenxiaRules();
    for (zr::PointRule &rule : rules.pointRules)
        rule.points = std::numeric_limits<std::int64_t>::max() / 2;
    rules.itemPoints = std::int64_t{1} << 30;
    rules.factor = std::int64_t{1} << 62;
    Json ledger = twoItems();
    for (int i = 3; i < 3000; ++i)
        ledger["items"].push_back(itemRow("i" + std::to_string(i), "u1", "2024-01-02", "2024-01-03"));
    ledger["events"].push_back(eventRow("e1", "u1", "meeting.city", "2024-03-01", "i1"));
    const Json answer = assessed(ledger, "2024-06-30", {}, true, rules);
    EXPECT_EQ(answer, (Json{{"error", "a score does not fit the exact arithmetic of 128 bits; no figure is given"}}));
}

TEST(Assessment, aThousandYearsOfRankingsAreRefused) {
    Json ledger = twoItems();
    for (int year = 1800; year < 1950; ++year)
        for (const char *month : {"-01", "-02", "-03", "-04", "-05", "-06", "-07", "-08", "-09", "-10", "-11", "-12"})
            ledger["published_rankings"].push_back(
                {{"month", std::to_string(year) + month}, {"published_on", "2024-03-05"}});
    EXPECT_EQ(assessed(ledger, "2024-06-30")["error"], "more than 1200 months would be ranked again");
    EXPECT_TRUE(assessed(ledger, "2024-03-04").contains("units"));
}
} // namespace
