#pragma once
// Days of the standard library and what an item was on a day, for both halves of the second computation.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace zhicha::test::reference {

using Json = nlohmann::json;
using Days = std::chrono::sys_days;

inline Days parse(const std::string &text) {
    using namespace std::chrono;
    return Days{year{std::stoi(text.substr(0, 4))} / std::stoi(text.substr(5, 2)) / std::stoi(text.substr(8, 2))};
}
inline std::string written(Days day) {
    const std::chrono::year_month_day date{day};
    char out[40];
    std::snprintf(out, sizeof out, "%04d-%02u-%02u", int{date.year()}, unsigned{date.month()}, unsigned{date.day()});
    return out;
}
inline int yearIn(Days day) {
    return int{std::chrono::year_month_day{day}.year()};
}
inline std::string text(const Json &row, const char *name) {
    return row.contains(name) && row[name].is_string() ? row[name].get<std::string>() : "";
}

inline std::string leadThen(const Json &item, const std::string &day) {
    std::string lead = item["lead"];
    std::string since;
    for (const Json &transfer : item.value("transfers", Json::array()))
        if (!text(transfer, "signed_from").empty() && !text(transfer, "signed_to").empty() &&
            text(transfer, "on") <= day && text(transfer, "on") >= since) {
            since = text(transfer, "on");
            lead = transfer["to"];
        }
    return lead;
}

inline bool cooperating(const Json &item, const std::string &unit) {
    const Json &units = item["cooperating"];
    return std::find(units.begin(), units.end(), unit) != units.end();
}

inline std::string dueThen(const Json &item, const std::string &day) {
    using namespace std::chrono;
    const std::string due = item["due_on"];
    const year_month_day date{parse(due)};
    year_month_day limit = date + months{2};
    if (!limit.ok())
        limit = limit.year() / limit.month() / last;
    std::optional<std::pair<std::string, std::string>> first;
    for (const Json &extension : item.value("extensions", Json::array())) {
        const std::string to = extension["new_due_on"];
        const bool fits = item["kind"] == "planning" || parse(to) <= Days{limit};
        if (text(extension, "approved_by").empty() || to <= due || !fits)
            continue;
        if (!first || text(extension, "approved_on") < first->first)
            first = {text(extension, "approved_on"), to};
    }
    return first && first->first <= day ? first->second : due;
}

inline bool withdrawnBy(const Json &item, const std::string &day) {
    const Json way = item.value("withdrawal", Json::object());
    return !text(way, "reviewed_by").empty() && !text(way, "agreed_by").empty() && text(way, "on") <= day;
}
inline bool completedBy(const Json &item, const std::string &day) {
    return !text(item, "completed_on").empty() && text(item, "completed_on") <= day;
}

} // namespace zhicha::test::reference
