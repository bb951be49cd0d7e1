// Goal: a notice is data: the city's own file says what the notice says, another city's file works without other code,
// and a broken one is refused with an error that names the place. Method: figures of a second, invented city computed
// by hand; broken files made by changing one thing of a good one.
#include "shared/rules/rules_data.h"
#include "tests/unit/shared/rules/ledger_maker.h"
#include "tests/unit/shared/rules/second_city.h"

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;
namespace zr = zhicha::rules;

namespace {
const zr::Rules &secondCity() {
    static const auto *rules = new zr::Rules(zr::readRules(secondCityRules()).value());
    return *rules;
}

TEST(RuleFile, holdsTheNoticeOfSanmenxia) {
    const zr::Rules &rules = zr::sanmenxiaRules();
    EXPECT_EQ(rules.notice, "三政办〔2019〕21号");
    EXPECT_EQ(rules.pointRules.size(), 39u);
    EXPECT_EQ(rules.escalation.steps.size(), 4u);
    const auto points = [&](const char *id) {
        const auto rule = rules.ruleForEvents(id);
        return rule ? rules.pointRules[*rule].points / zr::kPoint : 0;
    };
    EXPECT_EQ(points("commendation.national"), 20);
    EXPECT_EQ(points("instruction_criticism.city"), -10);
    EXPECT_EQ(points("meeting.national"), 30);
    EXPECT_EQ(points("cooperation.passive"), -5);
    for (const char *id :
         {"report.late", "report.returned_late", "ranking.monthly", "commendation", "commendation.x", ""})
        EXPECT_FALSE(rules.ruleForEvents(id)) << id;
}

// 施工一局 u1 leads i1 (finished, 8.5 of 10) and i2 (not finished); 二局 u2 cooperates on i1 and so shares it.
Json secondLedger() {
    Json ledger = emptyLedger();
    ledger["units"] = {unitRow("u1", "bureau"), unitRow("u2", "bureau"), unitRow("u3", "company")};
    Json one = itemRow("i1", "u1", "2024-03-01", "2024-05-31");
    one["kind"] = "plain";
    one["cooperating"] = Json::array({"u2"});
    one["completed_on"] = "2024-03-20";
    one["awarded"] = 8.5;
    Json two = itemRow("i2", "u1", "2024-03-01", "2024-04-01");
    two["kind"] = "project";
    two["source"] = 2;
    ledger["items"] = {one, two};
    ledger["events"] = {eventRow("e1", "u1", "praise.city", "2024-03-05", "i1"),
                        eventRow("e2", "u1", "praise.province", "2024-03-06", "i1"),
                        eventRow("e3", "u1", "blame.city", "2024-03-07", "i2")};
    ledger["published_rankings"].push_back({{"month", "2024-03"}, {"published_on", "2024-04-02"}});
    return ledger;
}

TEST(RuleFile, anotherCityNeedsNoOtherCode) {
    const Json answer = assessed(secondLedger(), "2024-04-30", zr::Commend::Annual, false, secondCity());
    const Json &first = *unitOf(answer, "u1");
    // 8.5 / 20 × 80 × (0.8 + 2/2 × 0.2) = 34; 20 + 34 + 7.5 + 1.5 (the month's ranking) - 3 = 60
    EXPECT_EQ(first["items"], 2);
    EXPECT_EQ(first["earned"], "8.50");
    EXPECT_EQ(first["total"], "20.00");
    EXPECT_EQ(first["efficacy"], "1.0000");
    EXPECT_EQ(first["item_score"], "34.00");
    EXPECT_EQ(first["merits"], "9.00");
    EXPECT_EQ(first["demerits"], "-3.00");
    EXPECT_EQ(first["score"], "60.00");
    EXPECT_EQ(first["rank"], 2);
    EXPECT_EQ(first["events"][3]["on"], "2024-03-31"); // a ranking is dated the month's last day there
    // 8.5 / 10 × 80 × (0.8 + 1/2 × 0.2) = 61.2; + 20 + 1.5
    const Json &second = *unitOf(answer, "u2");
    EXPECT_EQ(second["efficacy"], "0.9000");
    EXPECT_EQ(second["item_score"], "61.20");
    EXPECT_EQ(second["score"], "82.70");
    EXPECT_EQ(second["rank"], 1);
    EXPECT_EQ(unitOf(answer, "u3")->at("score"), nullptr);
    EXPECT_EQ(answer["commended"], Json::array({"u2"}));
}

TEST(RuleFile, anotherCitysLadderHasOtherStepsAndLengths) {
    Json ledger = secondLedger();
    const auto actionOn = [&](const char *day) -> Json {
        const Json answer = dueOn(ledger, day, secondCity());
        return answer["actions"].empty() ? Json() : answer["actions"][0];
    };
    EXPECT_EQ(actionOn("2024-03-27"), nullptr); // due on Monday 04-01: two working days before are the 28th and 29th
    EXPECT_EQ(actionOn("2024-03-28")["action"], "remind");
    EXPECT_EQ(actionOn("2024-04-02")["action"], "warn");
    ledger["ladder"].push_back({{"item", "i2"}, {"step", 1}, {"on", "2024-04-01"}}); // on the due day: counts there
    EXPECT_EQ(actionOn("2024-04-07"), nullptr); // 04-02, 04-03 and the Sunday 04-07 that is worked
    EXPECT_EQ(actionOn("2024-04-08")["action"], "talk");
    EXPECT_EQ(actionOn("2024-04-08")["since"], "2024-04-08");
    ledger["ladder"].push_back({{"item", "i2"}, {"step", 2}, {"on", "2024-04-08"}});
    EXPECT_EQ(actionOn("2024-04-22"), nullptr);
    EXPECT_EQ(actionOn("2024-04-23")["action"], "report_up");
    ledger["ladder"].push_back(
        {{"item", "i2"}, {"step", 2}, {"on", "2024-04-09"}, {"commitment_met_on", "2024-04-10"}});
    EXPECT_EQ(actionOn("2024-05-31"), nullptr);
    ledger["ladder"].push_back({{"item", "i2"}, {"step", 4}, {"on", "2024-04-09"}});
    EXPECT_EQ(dueOn(ledger, "2024-05-31", secondCity())["error"], "ladder[3].step: unknown step \"4\"");
}

TEST(RuleFile, anotherCityRefusesByItsOwnRules) {
    Json ledger = secondLedger();
    ledger["items"][0]["awarded"] = 8.25;
    EXPECT_EQ(assessed(ledger, "2024-04-30", {}, false, secondCity())["error"],
              "items[0].awarded: not 0 to 10 in steps of 0.1");
    EXPECT_EQ(assessed(secondLedger(), "2024-04-30")["error"], "units[0].group: unknown group \"bureau\"");
}

// --- broken files --------------------------------------------------------------------------------------------------

struct Broken {
    const char *pointer; ///< what is changed
    Json value;          ///< to what; a discarded value takes it away
    const char *error;
};
const Json kNoMember = Json(Json::value_t::discarded);

const std::vector<Broken> &brokenFiles() {
    static const auto *files = new std::vector<Broken>{
        {"/format", "zhicha-rules 2", "format: not \"zhicha-rules 1\""},
        {"/format", kNoMember, "format: missing"},
        {"/id", 7, "id: not a text"},
        {"/notice", "", "notice: empty"},
        {"/title", nullptr, "title: missing"},
        {"/sources", Json::array(), "sources: an empty list"},
        {"/sources", "一", "sources: not a list"},
        {"/sources/1/number", 3, "sources[1].number: not 2: sources are numbered in order"},
        {"/sources/0/wording", kNoMember, "sources[0].wording: missing"},
        {"/groups", kNoMember, "groups: missing"},
        {"/groups/0", 5, "groups[0]: not an object"},
        {"/groups/1/id", "district", "groups[1].id: a second \"district\""},
        {"/groups/0/id", "区", "groups[0].id: \"区\" has other signs than a-z, 0-9, _ and ."},
        {"/groups/0/monthly_winners", 1.5, "groups[0].monthly_winners: not a whole number from 0 to 1000"},
        {"/groups/0/monthly_winners", -1, "groups[0].monthly_winners: not a whole number from 0 to 1000"},
        {"/groups/2/points", 3, "groups[2].points: nothing of this name is known here"},
        {"/item_kinds/0/extension_limited", "yes", "item_kinds[0].extension_limited: not true or false"},
        {"/item_kinds/0/extension_limited", kNoMember, "item_kinds[0].extension_limited: missing"},
        {"/item_kinds/1/clause", kNoMember, "item_kinds[1].clause: missing"},
        {"/numbers/item", "", "numbers.item: empty"},
        {"/extension/max_months", "2", "extension.max_months: not a number"},
        {"/extension", kNoMember, "extension: missing"},
        {"/withdrawal/wording", "", "withdrawal.wording: empty"},
        {"/transfer", Json::array(), "transfer: not an object"},
        {"/score/factor", "80", "score.factor: not a number"},
        {"/score/factor", 80.00001, "score.factor: has more than 4 decimals"},
        {"/score/item_points", 0, "score.item_points: 0: the formula divides by it"},
        {"/score/item_points", -10, "score.item_points: outside 0 to 100000"},
        {"/score/award_decimals", 5, "score.award_decimals: not a whole number from 0 to 4"},
        {"/score/base", 100, "score.base: nothing of this name is known here"},
        {"/efficacy/shared", 1000, "efficacy.shared: outside 0 to 100"},
        {"/scope/unfinished", "late", "scope.unfinished: unknown unfinished \"late\" (known: due, issued)"},
        {"/events/subordinate_clause", kNoMember, "events.subordinate_clause: missing"},
        {"/monthly_ranking/score_of", "all",
         "monthly_ranking.score_of: unknown score_of \"all\" (known: year_to_date, month)"},
        {"/monthly_ranking/dated", 1, "monthly_ranking.dated: not a text"},
        {"/commendation/annual", kNoMember, "commendation.annual: missing"},
        {"/escalation", kNoMember, "escalation: missing"},
        {"/escalation/urge/workdays", 1000, "escalation.urge.workdays: not a whole number from 0 to 250"},
        {"/escalation/steps", Json::array(), "escalation.steps: not 1 to 200 steps"},
        {"/escalation/steps/1/step", 3, "escalation.steps[1].step: not 2: steps are numbered in order"},
        {"/escalation/steps/0/mend_workdays", kNoMember, "escalation.steps[0].mend_workdays: missing"},
        {"/escalation/steps/2/mend_workdays", 5, "escalation.steps[2].mend_workdays: nothing follows the last step"},
        {"/escalation/steps/2/action", "warn", "escalation.steps[2].action: a second \"warn\""},
        {"/classes/0/id", "pra.ise", "classes[0].id: \"pra.ise\" has a dot, which ends a class"},
        {"/classes/0/highest_only_wording", kNoMember, "classes[0].highest_only_wording: missing"},
        {"/rules", Json::array(), "rules: an empty list"},
        {"/rules/0/id", "praise", "rules[0].id: \"praise\" is not class.level"},
        {"/rules/0/id", "gift.city", "rules[0].id: unknown class \"gift\""},
        {"/rules/1/id", "praise.province", "rules[1].id: a second \"praise.province\""},
        {"/rules/0/points", "7.5", "rules[0].points: not a number"},
        {"/rules/0/points", 7.555, "rules[0].points: has more than 2 decimals"},
        {"/rules/0/points", 1e12, "rules[0].points: outside -1000000 to 1000000"},
        {"/rules/2/clause", "", "rules[2].clause: empty"},
        {"/rules/2/automatic", "monthly_ranking", "rules[3].automatic: a second rule of this kind"},
        {"/rules/2/automatic", "daily",
         "rules[2].automatic: unknown automatic \"daily\" (known: report_late, report_returned_late, "
         "monthly_ranking)"},
        {"/rules/2/charged_to", "everybody",
         "rules[2].charged_to: unknown charged_to \"everybody\" (known: cooperating_unit)"},
        {"/surplus", true, "surplus: nothing of this name is known here"},
    };
    return *files;
}

TEST(RuleFile, aBrokenOneIsRefusedAndNamesThePlace) {
    EXPECT_GE(brokenFiles().size(), 40u);
    const Json good = Json::parse(secondCityRules());
    for (const Broken &broken : brokenFiles()) {
        Json file = good;
        const Json::json_pointer pointer(broken.pointer);
        if (broken.value.is_discarded())
            file[pointer.parent_pointer()].erase(pointer.back());
        else
            file[pointer] = broken.value;
        const auto read = zr::readRules(file.dump());
        ASSERT_FALSE(read) << broken.pointer;
        EXPECT_EQ(read.error().detail, broken.error);
        EXPECT_EQ(read.error().code, Code::InvalidArgument);
    }
    for (const char *text : {"", "[]", "{", "{\"format\":1,\"format\":2}", "null"})
        EXPECT_FALSE(zr::readRules(text)) << text;
    EXPECT_EQ(zr::readRules("[]").error().detail, "the file: not an object");
}

/** Whatever one byte of the file says instead: rules or an error, and never rules that cannot be computed with. */
TEST(RuleFile, anyByteChangedIsReadOrRefused) {
    const std::string good = secondCityRules();
    const Json ledger = secondLedger();
    std::size_t readable = 0;
    for (std::size_t at = 0; at < good.size(); at += 3) {
        std::string text = good;
        text[at] = static_cast<char>("0}\",-x[9"[at % 8]);
        const auto read = zr::readRules(text);
        if (!read) {
            EXPECT_FALSE(read.error().detail.empty());
            continue;
        }
        ++readable;
        const Json answer = assessed(ledger, "2024-04-30", {}, true, *read);
        EXPECT_TRUE(answer.contains("units") != answer.contains("error"));
    }
    EXPECT_GT(readable, 0u);
}
} // namespace
