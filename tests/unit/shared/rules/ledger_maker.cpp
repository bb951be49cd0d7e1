#include "tests/unit/shared/rules/ledger_maker.h"

#include <algorithm>
#include <array>

namespace zhicha::test {

namespace {
template <typename List>
auto oneOf(std::mt19937 &dice, const List &list) {
    return list[upTo(dice, std::size(list) - 1)];
}
std::string unitId(std::mt19937 &dice, std::size_t units) {
    return "u" + std::to_string(upTo(dice, units - 1) + 1); // u10 stands before u2
}
std::string itemId(std::mt19937 &dice, std::size_t items) {
    return "i" + std::to_string(upTo(dice, items) + 1); // now and then one that the ledger does not have
}
std::string laterBy(const std::string &from, std::size_t days) {
    return rules::dayText(day(from) + static_cast<std::int32_t>(days));
}
std::string signature(std::mt19937 &dice) {
    return chance(dice, 80) ? "王副市长" : "";
}

constexpr std::array kRules{"commendation.national",
                            "commendation.ministry",
                            "commendation.city",
                            "commendation.supervision_office",
                            "commendation.city_coordination",
                            "criticism.national",
                            "criticism.city",
                            "criticism.supervision_office",
                            "criticism.province",
                            "instruction_praise.city",
                            "publicity.department",
                            "interview.city",
                            "interview.province",
                            "meeting.national",
                            "inspection_excellence.ministry",
                            "cooperation.passive",
                            "instruction_criticism.city",
                            "report.late",
                            "ranking.monthly",
                            "commendation.nobody",
                            "cooperation.passive",
                            "commendation.province_department"};
} // namespace

std::string randomDay(std::mt19937 &dice) {
    constexpr std::array kEdges{"2023-12-31", "2024-01-01", "2024-01-31", "2024-02-29", "2024-02-28",
                                "2024-03-01", "2024-04-30", "2024-12-31", "2023-12-29", "2024-02-09"};
    if (chance(dice, 30))
        return oneOf(dice, kEdges);
    return laterBy("2023-10-15", upTo(dice, 260));
}

Json randomItem(std::mt19937 &dice, const std::string &id, std::size_t units) {
    const std::string issued = randomDay(dice);
    Json item = itemRow(id, unitId(dice, units), issued, laterBy(issued, upTo(dice, 70)));
    item["kind"] = chance(dice, 80) ? "general" : "planning";
    item["source"] = upTo(dice, 4) + 1;
    for (std::size_t i = upTo(dice, 3); i > 1; --i)
        item["cooperating"].push_back(unitId(dice, units));
    if (chance(dice, 55))
        item["completed_on"] = laterBy(issued, upTo(dice, 120));
    if (chance(dice, 30)) // in hundredths, exactly representable as text
        item["awarded"] = static_cast<double>(upTo(dice, 2000)) / 100;
    for (std::size_t i = upTo(dice, 4); i > 2; --i)
        item["extensions"].push_back({{"approved_on", laterBy(issued, upTo(dice, 90))},
                                      {"approved_by", signature(dice)},
                                      {"new_due_on", laterBy(issued, upTo(dice, 150))}});
    for (std::size_t i = upTo(dice, 5); i > 3; --i)
        item["transfers"].push_back({{"on", laterBy(issued, upTo(dice, 60))},
                                     {"to", unitId(dice, units)},
                                     {"signed_from", signature(dice)},
                                     {"signed_to", signature(dice)}});
    if (chance(dice, 10))
        item["withdrawal"] = {
            {"on", randomDay(dice)}, {"reviewed_by", signature(dice)}, {"agreed_by", signature(dice)}};
    if (chance(dice, 15)) {
        const std::string from = randomDay(dice);
        item["exemptions"].push_back(
            {{"from", from}, {"until", laterBy(from, upTo(dice, 40))}, {"approved_by", signature(dice)}});
    }
    return item;
}

Json randomEvent(std::mt19937 &dice, const std::string &id, std::size_t units, std::size_t items) {
    const auto &all = rules::sanmenxiaRules().pointRules;
    const std::string rule = chance(dice, 60) ? oneOf(dice, kRules) : oneOf(dice, all).id;
    Json event = eventRow(id, unitId(dice, units), rule, randomDay(dice), chance(dice, 93) ? itemId(dice, items) : "");
    if (chance(dice, 10))
        event["recipient"] = chance(dice, 80) ? "subordinate" : "unit";
    if (chance(dice, 60))
        event["reported_by"] = unitId(dice, units);
    return event;
}

Json randomReport(std::mt19937 &dice, const std::string &id, std::size_t units, std::size_t items) {
    const std::string due = randomDay(dice);
    Json report = {{"id", id},
                   {"item", "i" + std::to_string(upTo(dice, items - 1) + 1)},
                   {"unit", unitId(dice, units)},
                   {"due_on", due},
                   {"submitted_on", nullptr}};
    if (chance(dice, 80))
        report["submitted_on"] = rules::dayText(day(due) - 3 + static_cast<std::int32_t>(upTo(dice, 6)));
    if (chance(dice, 30)) {
        report["returned_on"] = due;
        report["resubmit_due_on"] = laterBy(due, 5);
        report["resubmitted_on"] = chance(dice, 70) ? Json(laterBy(due, 2 + upTo(dice, 6))) : Json();
    }
    return report;
}

Json randomLedger(std::mt19937 &dice) {
    Json ledger = emptyLedger();
    const std::size_t units = 2 + upTo(dice, 9);
    for (std::size_t i = 1; i <= units; ++i)
        ledger["units"].push_back(unitRow("u" + std::to_string(i), chance(dice, 50) ? "county" : "department"));
    const std::size_t items = upTo(dice, 30);
    for (std::size_t i = 1; i <= items; ++i)
        ledger["items"].push_back(randomItem(dice, "i" + std::to_string(i), units));
    for (std::size_t i = upTo(dice, 40); i > 0; --i)
        ledger["events"].push_back(randomEvent(dice, "e" + std::to_string(i), units, items));
    for (const Json &item : ledger["items"]) // a lead complains of a unit that should cooperate
        if (!item["cooperating"].empty() && chance(dice, 15)) {
            const std::string id = "c" + item["id"].get<std::string>();
            Json event = eventRow(id, item["cooperating"][0], "cooperation.passive", randomDay(dice), item["id"]);
            event["reported_by"] = item["lead"];
            ledger["events"].push_back(event);
        }
    for (std::size_t i = items > 0 ? upTo(dice, 12) : 0; i > 0; --i)
        ledger["reports"].push_back(randomReport(dice, "r" + std::to_string(i), units, items));
    for (std::size_t i = items > 0 ? upTo(dice, 40) : 0; i > 0; --i) {
        Json row = {{"item", "i" + std::to_string(upTo(dice, items - 1) + 1)},
                    {"step", upTo(dice, 3) + 1},
                    {"on", randomDay(dice)}};
        if (row["step"] == 3 && chance(dice, 30))
            row["commitment_met_on"] = randomDay(dice);
        ledger["ladder"].push_back(row);
    }
    constexpr std::array kMonths{"2023-10", "2023-11", "2023-12", "2024-01", "2024-02", "2024-03", "2024-04"};
    for (const char *month : kMonths) {
        if (chance(dice, 50))
            continue;
        const std::string last = rules::dayText(rules::monthFromText(month)->last());
        Json row = {{"month", month}, {"published_on", laterBy(last, upTo(dice, 40))}};
        if (chance(dice, 10))
            row["published_on"] = last; // too early, so ignored
        if (chance(dice, 30)) {
            row["winners"] = Json::array();
            for (std::size_t i = upTo(dice, 3); i > 0; --i)
                row["winners"].push_back(unitId(dice, units));
        }
        ledger["published_rankings"].push_back(row);
    }
    std::shuffle(ledger["published_rankings"].begin(), ledger["published_rankings"].end(), dice);
    return ledger;
}

} // namespace zhicha::test
