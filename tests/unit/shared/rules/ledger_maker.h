#pragma once
// Small ledgers as JSON, made by hand or at random, for the tests of the rules.
#include "shared/rules/assessment.h"

#include <nlohmann/json.hpp>
#include <random>

namespace zhicha::test {

using Json = nlohmann::json;

inline Json emptyLedger() {
    return {{"units", Json::array()},   {"items", Json::array()},  {"events", Json::array()},
            {"reports", Json::array()}, {"ladder", Json::array()}, {"published_rankings", Json::array()}};
}
inline Json unitRow(const std::string &id, const std::string &group = "county") {
    return {{"id", id}, {"name", "单位" + id}, {"group", group}, {"vice_mayor", "王副市长"}};
}
inline Json itemRow(const std::string &id, const std::string &lead, const std::string &issued, const std::string &due) {
    return {{"id", id},
            {"number", "督〔2024〕" + id.substr(1) + "号"},
            {"title", id},
            {"source", 1},
            {"kind", "general"},
            {"lead", lead},
            {"cooperating", Json::array()},
            {"issued_on", issued},
            {"due_on", due},
            {"responsible_person", "张"},
            {"supervisor", "李"}};
}
inline Json eventRow(const std::string &id, const std::string &unit, const std::string &rule, const std::string &on,
                     const std::string &item) {
    Json row = {{"id", id}, {"unit", unit}, {"rule", rule}, {"on", on}, {"document", "文"}};
    if (!item.empty())
        row["item"] = item;
    return row;
}

/** A ledger that can be read, full of edges: few units, crowded days, everything that may happen to an item. */
[[nodiscard]] Json randomLedger(std::mt19937 &dice);
/** A day about the time of randomLedger. */
[[nodiscard]] std::string randomDay(std::mt19937 &dice);
/** One row of a list as randomLedger makes it. */
[[nodiscard]] Json randomItem(std::mt19937 &dice, const std::string &id, std::size_t units);
[[nodiscard]] Json randomEvent(std::mt19937 &dice, const std::string &id, std::size_t units, std::size_t items);
[[nodiscard]] Json randomReport(std::mt19937 &dice, const std::string &id, std::size_t units, std::size_t items);

[[nodiscard]] inline std::size_t upTo(std::mt19937 &dice, std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(0, most)(dice);
}
[[nodiscard]] inline bool chance(std::mt19937 &dice, std::size_t percent) {
    return upTo(dice, 99) < percent;
}

[[nodiscard]] inline rules::Day day(const std::string &text) {
    return rules::dayFromText(text).value();
}
/** The answer of the product to a ledger, {"error": …} where it is refused. */
[[nodiscard]] inline Json assessed(const Json &ledger, const std::string &asOf,
                                   std::optional<rules::Commend> commend = {}, bool explain = false,
                                   const rules::Rules &rules = rules::sanmenxiaRules()) {
    const auto read = rules::readLedger(rules, ledger.dump());
    if (!read)
        return {{"error", read.error().detail}};
    const auto figures = rules::assessLedger(rules, *read, {day(asOf), commend, explain, false});
    return figures ? Json::parse(figures->json) : Json{{"error", figures.error().detail}};
}
[[nodiscard]] inline Json dueOn(const Json &ledger, const std::string &asOf,
                                const rules::Rules &rules = rules::sanmenxiaRules()) {
    const auto read = rules::readLedger(rules, ledger.dump());
    if (!read)
        return {{"error", read.error().detail}};
    const auto figures =
        rules::dueLedger(rules, *read, rules::WorkingCalendar::compiledIn(), {day(asOf), false, false});
    return Json::parse(figures.json);
}
[[nodiscard]] inline const Json *unitOf(const Json &answer, const std::string &id) {
    for (const Json &unit : answer["units"])
        if (unit["id"] == id)
            return &unit;
    return nullptr;
}

} // namespace zhicha::test
