// Goal: the figures are those of the text, whatever the ledger. Method: random ledgers full of edges, computed a second
// time by tests/unit/shared/rules/reference.cpp; and what must hold between the answers to related ledgers.
#include "shared/rules/assessment.h"
#include "tests/unit/shared/rules/ledger_maker.h"
#include "tests/unit/shared/rules/reference.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace zhicha;
using namespace zhicha::test;
namespace zr = zhicha::rules;

namespace {
using Seed = std::uint32_t;

/** Both answers, so that a difference is shown as such. */
void expectSame(const Json &got, const Json &expected) {
    if (got != expected)
        RC_FAIL(Json::diff(expected, got).dump(1));
}

void shuffleLists(Json &ledger, std::mt19937 &dice) {
    for (const char *list : {"units", "items", "events", "reports", "ladder", "published_rankings"})
        std::shuffle(ledger[list].begin(), ledger[list].end(), dice);
}

RC_GTEST_PROP(Assessment, equalsTheSecondComputation, (Seed seed)) {
    std::mt19937 dice(seed);
    const Json ledger = randomLedger(dice);
    const std::string asOf = randomDay(dice);
    expectSame(assessed(ledger, asOf), referenceAssess(ledger, asOf, ""));
    expectSame(assessed(ledger, asOf, zr::Commend::Midyear), referenceAssess(ledger, asOf, "midyear"));
    expectSame(assessed(ledger, asOf, zr::Commend::Annual), referenceAssess(ledger, asOf, "annual"));
}

RC_GTEST_PROP(Due, equalsTheSecondComputation, (Seed seed)) {
    std::mt19937 dice(seed);
    const Json ledger = randomLedger(dice);
    const std::string asOf = randomDay(dice);
    expectSame(dueOn(ledger, asOf), referenceDue(ledger, asOf));
}

/** The same ledger some years later or earlier, where tables begin and end. */
std::string movedTo(std::string text, int years) {
    for (const int year : {2023, 2024, 2025}) {
        const std::string from = "\"" + std::to_string(year) + "-";
        const std::string to = "\"<" + std::to_string(year + years) + "-";
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
            text.replace(at, from.size(), to);
    }
    std::erase(text, '<');
    return text;
}

RC_GTEST_PROP(Due, saysWhichYearHasNoTable, (Seed seed)) {
    std::mt19937 dice(seed);
    std::string text = randomLedger(dice).dump();
    const int years = chance(dice, 50) ? 2 : -6; // 2025 to 2027, or 2017 to 2019
    for (std::size_t at = 0; (at = text.find("-02-29", at)) != std::string::npos; at += 6)
        text.replace(at, 6, "-02-28");
    const Json ledger = Json::parse(movedTo(text, years));
    std::string asOf = randomDay(dice);
    asOf = asOf.ends_with("-02-29") ? "2024-03-01" : asOf;
    asOf = movedTo("\"" + asOf, years).substr(1);
    expectSame(dueOn(ledger, asOf), referenceDue(ledger, asOf));
}

RC_GTEST_PROP(Assessment, doesNotDependOnTheOrderOfLists, (Seed seed)) {
    std::mt19937 dice(seed);
    Json ledger = randomLedger(dice);
    const std::string asOf = randomDay(dice);
    const Json before = assessed(ledger, asOf, zr::Commend::Annual);
    const Json dueBefore = dueOn(ledger, asOf);
    shuffleLists(ledger, dice);
    expectSame(assessed(ledger, asOf, zr::Commend::Annual), before);
    expectSame(dueOn(ledger, asOf), dueBefore);
}

RC_GTEST_PROP(Assessment, isNotMovedByFieldsThatItDoesNotKnow, (Seed seed)) {
    std::mt19937 dice(seed);
    Json ledger = randomLedger(dice);
    const std::string asOf = randomDay(dice);
    const Json before = assessed(ledger, asOf);
    ledger["note"] = {{"units", 3}};
    for (const char *list : {"units", "items", "events", "reports", "ladder", "published_rankings"})
        for (Json &row : ledger[list])
            row["备注"] = {1.5, nullptr, "due_on"};
    expectSame(assessed(ledger, asOf), before);
}

/** Every month as it was published, so that nothing is won anew. */
Json withWinners(Json ledger) {
    for (Json &row : ledger["published_rankings"])
        if (!row.contains("winners"))
            row["winners"] = Json::array();
    return ledger;
}

RC_GTEST_PROP(Assessment, anUnrelatedUnitChangesTheEfficacyOfOthersAlone, (Seed seed)) {
    std::mt19937 dice(seed);
    Json ledger = withWinners(randomLedger(dice));
    const std::string asOf = randomDay(dice);
    const Json before = assessed(ledger, asOf);
    ledger["units"].push_back(unitRow("z", "county"));
    expectSame(*unitOf(assessed(ledger, asOf), "u1"), *unitOf(before, "u1")); // it has no items yet
    const std::size_t count = 1 + upTo(dice, 40);
    for (std::size_t i = 0; i < count; ++i) {
        Json item = itemRow("z" + std::to_string(i), "z", "2023-10-01", "2023-10-10");
        item["completed_on"] = asOf;
        ledger["items"].push_back(item);
    }
    const Json after = assessed(ledger, asOf);
    std::uint64_t most = 0;
    for (const Json &unit : after["units"])
        most = std::max(most, unit["items"].get<std::uint64_t>());
    for (const Json &unit : before["units"]) {
        const Json &now = *unitOf(after, unit["id"]);
        for (const char *name : {"items", "earned", "total", "merits", "demerits", "all_completed", "events"})
            expectSame(now[name], unit[name]);
        if (unit["items"] == 0)
            continue;
        const auto items = unit["items"].get<std::int64_t>();
        const auto efficacy =
            zr::Fraction::of(static_cast<std::int64_t>(most) + items, static_cast<std::int64_t>(2 * most));
        RC_ASSERT((now["efficacy"] == *zr::roundedText(*efficacy, 4)));
    }
}

RC_GTEST_PROP(Assessment, aWithdrawnItemLeavesNoTrace, (Seed seed)) {
    std::mt19937 dice(seed);
    Json ledger = randomLedger(dice);
    const std::string asOf = randomDay(dice);
    const Json assessBefore = assessed(ledger, asOf, zr::Commend::Annual);
    const Json dueBefore = dueOn(ledger, asOf);
    Json item = randomItem(dice, "i9999", ledger["units"].size());
    item["withdrawal"] = {{"on", "2022-01-01"}, {"reviewed_by", "甲"}, {"agreed_by", "乙"}};
    ledger["items"].push_back(item);
    ledger["ladder"].push_back({{"item", "i9999"}, {"step", 1}, {"on", asOf}});
    expectSame(assessed(ledger, asOf, zr::Commend::Annual), assessBefore);
    expectSame(dueOn(ledger, asOf), dueBefore);
    // Without one of the signatures nothing changes.
    ledger["items"].back().erase("withdrawal");
    const Json plain = assessed(ledger, asOf);
    ledger["items"].back()["withdrawal"] = {{"on", "2022-01-01"}, {"reviewed_by", "甲"}, {"agreed_by", ""}};
    expectSame(assessed(ledger, asOf), plain);
}

RC_GTEST_PROP(Assessment, aHigherAwardNeverLowersTheOwnScore, (Seed seed)) {
    std::mt19937 dice(seed);
    Json ledger = withWinners(randomLedger(dice));
    if (ledger["items"].empty())
        return;
    const std::string asOf = randomDay(dice);
    Json &item = ledger["items"][upTo(dice, ledger["items"].size() - 1)];
    item["awarded"] = 7.25;
    const Json before = assessed(ledger, asOf);
    item["awarded"] = 7.26;
    const Json after = assessed(ledger, asOf);
    for (const Json &unit : before["units"]) {
        const Json &now = *unitOf(after, unit["id"]);
        if (unit["score"].is_null())
            continue;
        const auto cents = [](const Json &text) { return *zr::exactDecimal(text.get<std::string>(), 2); };
        RC_ASSERT((cents(now["score"]) >= cents(unit["score"])));
        RC_ASSERT((cents(now["earned"]) - cents(unit["earned"]) <= 1));
    }
}

/** Nothing happens to the items any more: no completion, no new date, no exemption. */
Json leftAlone(Json ledger) {
    for (Json &item : ledger["items"])
        for (const char *name : {"completed_on", "extensions", "exemptions", "withdrawal"})
            item.erase(name);
    return ledger;
}
int rungOf(const std::string &action) {
    constexpr std::string_view kRungs[] = {"urge", "circular", "criticism_and_media", "interview", "accountability"};
    return static_cast<int>(std::find(std::begin(kRungs), std::end(kRungs), action) - std::begin(kRungs));
}

RC_GTEST_PROP(Due, isMonotoneUntilAStepIsRecorded, (Seed seed)) {
    std::mt19937 dice(seed);
    Json ledger = leftAlone(randomLedger(dice));
    const std::string recorded = "2024-03-01";
    Json rows = Json::array();
    for (const Json &row : ledger["ladder"])
        if (row["on"] <= recorded && !row.contains("commitment_met_on"))
            rows.push_back(row);
    ledger["ladder"] = rows;
    std::map<std::string, Json> before;
    for (zr::Day now = day(recorded); now < day(recorded) + 40; ++now) {
        std::map<std::string, Json> today;
        const Json answer = dueOn(ledger, zr::dayText(now));
        for (const Json &action : answer["actions"])
            today[action["item"]] = action;
        for (const auto &[item, action] : before) {
            RC_ASSERT(today.contains(item));
            const Json &later = today[item];
            RC_ASSERT((rungOf(later["action"]) >= rungOf(action["action"])));
            RC_ASSERT((later["overdue_workdays"] >= action["overdue_workdays"]));
            if (later["action"] == action["action"])
                RC_ASSERT((later["since"] == action["since"]));
        }
        before = std::move(today);
    }
}

zr::Fraction sum(const zr::Fraction &a, const zr::Fraction &b) {
    return zr::plus(a, b).value();
}
zr::Fraction exactOf(const Json &text) {
    return zr::fractionFromText(text.get<std::string>()).value();
}
zr::Fraction decimalOf(const Json &text) {
    return zr::Fraction::of(zr::exactDecimal(text.get<std::string>(), 2).value(), 100).value();
}

RC_GTEST_PROP(Explanation, addsUpToTheFigure, (Seed seed)) {
    std::mt19937 dice(seed);
    const Json ledger = randomLedger(dice);
    const std::string asOf = randomDay(dice);
    const Json answer = assessed(ledger, asOf, std::nullopt, true);
    std::size_t explained = 0;
    for (const Json &unit : answer["units"]) {
        zr::Fraction earned, fromItems, merits, demerits;
        std::uint64_t inScope = 0;
        for (const Json &item : unit["explanation"]["items"]) {
            earned = sum(earned, decimalOf(item["earned"]));
            fromItems = sum(fromItems, exactOf(item["item_score"]));
            inScope += item["in_scope"].get<bool>() ? 1 : 0;
            RC_ASSERT((!item["clause"].get<std::string>().empty() && !item["why"].get<std::string>().empty()));
            ++explained;
        }
        for (const Json &event : unit["events"]) {
            RC_ASSERT((!event["why"].get<std::string>().empty()));
            RC_ASSERT((event["reason"] == "unknown_rule" || !event["wording"].get<std::string>().empty()));
            if (!event["counted"].get<bool>())
                continue;
            const zr::Fraction points = decimalOf(event["points"]);
            (points > zr::Fraction() ? merits : demerits) = sum(points > zr::Fraction() ? merits : demerits, points);
        }
        RC_ASSERT((unit["items"] == inScope));
        RC_ASSERT((unit["earned"] == *zr::roundedText(earned, 2)));
        RC_ASSERT((unit["merits"] == *zr::roundedText(merits, 2)));
        RC_ASSERT((unit["demerits"] == *zr::roundedText(demerits, 2)));
        if (inScope == 0)
            continue;
        const Json &formula = unit["explanation"]["formula"];
        RC_ASSERT((exactOf(formula["item_score"]) == fromItems));
        const zr::Fraction score = sum(sum(fromItems, merits), sum(demerits, decimalOf(formula["start"])));
        RC_ASSERT((exactOf(formula["score"]) == score));
        RC_ASSERT((unit["score"] == *zr::roundedText(score, 2)));
        RC_ASSERT((unit["item_score"] == *zr::roundedText(fromItems, 2)));
    }
    RC_ASSERT((explained == ledger["items"].size()));
    // Without the explanations it is the answer that is given without asking for them.
    Json plain = answer;
    for (const char *name : {"rules", "ranking_differences"})
        plain.erase(name);
    for (Json &unit : plain["units"]) {
        unit.erase("explanation");
        for (Json &event : unit["events"])
            for (const char *name : {"item", "document", "clause", "wording", "reading", "why", "why_en", "winners",
                                     "due_on", "submitted_on", "not_counted_clause", "not_counted_wording"})
                event.erase(name);
    }
    expectSame(plain, assessed(ledger, asOf));
}

/** The dice reach every reason, every action and every verdict; else equality with the reference would say little. */
TEST(RandomLedger, reachesEverything) {
    std::map<std::string, int> seen;
    for (Seed seed = 0; seed < 400; ++seed) {
        std::mt19937 dice(seed);
        const Json ledger = randomLedger(dice);
        const std::string asOf = randomDay(dice);
        const Json answer = assessed(ledger, asOf, zr::Commend::Midyear, true);
        seen["commended"] += answer["commended"].empty() ? 0 : 1;
        for (const Json &unit : answer["units"]) {
            seen["rank shared"] += unit["rank"] == 1 ? 1 : 0;
            for (const Json &event : unit["events"]) {
                ++seen[event["reason"].is_null() ? event["rule"].get<std::string>()
                                                 : event["reason"].get<std::string>()];
                ++seen[event.value("winners", "")];
            }
            for (const Json &item : unit["explanation"]["items"]) {
                ++seen[item["why_en"]];
                for (const Json &extension : item.value("extensions", Json::array()))
                    ++seen[extension["reason"].is_null() ? "extended" : extension["reason"].get<std::string>()];
            }
        }
        const Json due = dueOn(ledger, asOf);
        for (const Json &action : due["actions"])
            ++seen[action["action"]];
    }
    for (const char *what : {"unknown_rule",
                             "no_item",
                             "subordinate",
                             "not_cooperating",
                             "not_reported_by_lead",
                             "not_responsible",
                             "lower_level",
                             "cooperation.passive",
                             "report.late",
                             "report.returned_late",
                             "ranking.monthly",
                             "published",
                             "recomputed",
                             "commended",
                             "extended",
                             "unsigned",
                             "not_later",
                             "too_long",
                             "not_the_first",
                             "urge",
                             "circular",
                             "criticism_and_media",
                             "interview",
                             "accountability",
                             "in: completed within the year",
                             "in: due and not completed, earns 0",
                             "out: not issued yet",
                             "out: withdrawn",
                             "out: completed in an earlier year",
                             "out: neither completed nor due"})
        EXPECT_GT(seen[what], 2) << what;
}
} // namespace
