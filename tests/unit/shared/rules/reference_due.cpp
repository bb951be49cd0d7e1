#include "tests/unit/shared/rules/reference.h"

#include "tests/unit/shared/rules/reference_item.h"

#include <fstream>
#include <map>

namespace zhicha::test {

namespace {
using namespace std::chrono;
using namespace reference;

struct NoTable {
    int year;
};

/** Looks one day up; throws where its year has no table. */
bool works(Days day) {
    static const auto *kinds = [] {
        auto *out = new std::map<std::string, std::string>;
        std::ifstream file("shared/rules/data/cn-public-holidays.csv");
        for (std::string line; std::getline(file, line);)
            (*out)[line.substr(0, 10)] = line.substr(11, 4);
        return out;
    }();
    const int year = yearIn(day);
    const auto first = kinds->lower_bound(std::to_string(year));
    if (first == kinds->end() || first->first.substr(0, 4) != std::to_string(year))
        throw NoTable{year};
    if (const auto at = kinds->find(written(day)); at != kinds->end())
        return at->second == "work";
    const weekday name{day};
    return name != Saturday && name != Sunday;
}

int worksBetween(Days after, Days until) {
    int count = 0;
    for (Days day = after + days{1}; day <= until; day += days{1})
        count += works(day) ? 1 : 0;
    return count;
}

/** Five working days have passed by D: the day they end on, which lies before D. */
std::optional<Days> fiveDaysAfter(Days day, Days asOf) {
    int count = 0;
    while (count < 5) {
        day += days{1};
        if (day > asOf)
            return std::nullopt;
        count += works(day) ? 1 : 0;
    }
    return day < asOf ? std::optional(day) : std::nullopt;
}

std::optional<Json> actionOf(const Json &ledger, const Json &item, const std::string &asOf) {
    const std::string due = dueThen(item, asOf);
    const Days now = parse(asOf);
    Json action = {{"item", item["id"]}, {"unit", leadThen(item, asOf)}, {"overdue_workdays", 0}};
    if (asOf <= due) {
        if (parse(due) - now > days{30})
            return std::nullopt;
        Days since = parse(due);
        for (int count = 0; count < 5;) {
            since -= days{1};
            count += works(since) ? 1 : 0;
        }
        action["action"] = "urge";
        action["since"] = written(since);
        return now >= since ? std::optional(action) : std::nullopt;
    }
    for (const Json &exemption : item.value("exemptions", Json::array()))
        if (!text(exemption, "approved_by").empty() && text(exemption, "from") <= asOf &&
            asOf <= text(exemption, "until"))
            return std::nullopt;
    int step = 0;
    std::string on;
    bool met = false;
    for (const Json &row : ledger["ladder"]) {
        if (row["item"] != item["id"])
            continue;
        met = met ||
              (row["step"] == 3 && !text(row, "commitment_met_on").empty() && text(row, "commitment_met_on") <= asOf);
        if (text(row, "on") <= due || text(row, "on") > asOf)
            continue;
        if (std::pair(row["step"].get<int>(), text(row, "on")) > std::pair(step, on)) {
            step = row["step"];
            on = row["on"];
        }
    }
    if (step == 4 || (step == 3 && met))
        return std::nullopt;
    const char *names[] = {"circular", "criticism_and_media", "interview", "accountability"};
    action["action"] = names[step];
    action["since"] = written(parse(due) + days{1});
    if (step > 0) {
        const auto end = fiveDaysAfter(parse(on), now);
        if (!end)
            return std::nullopt;
        action["since"] = written(*end + days{1});
    }
    action["overdue_workdays"] = worksBetween(parse(due), now);
    return action;
}
} // namespace

Json referenceDue(const Json &ledger, const std::string &asOf) {
    std::vector<Json> actions;
    std::map<std::string, int> undetermined;
    for (const Json &item : ledger["items"]) {
        if (text(item, "issued_on") > asOf || completedBy(item, asOf) || withdrawnBy(item, asOf))
            continue;
        try {
            if (const auto action = actionOf(ledger, item, asOf))
                actions.push_back(*action);
        } catch (const NoTable &missing) {
            undetermined[item["id"]] = missing.year;
        }
    }
    std::sort(actions.begin(), actions.end(), [](const Json &a, const Json &b) {
        return std::pair(text(a, "since"), text(a, "item")) < std::pair(text(b, "since"), text(b, "item"));
    });
    Json answer = {{"as_of", asOf}, {"actions", actions}};
    for (const auto &[id, year] : undetermined)
        answer["undetermined"].push_back({{"item", id}, {"year", year}});
    return answer;
}

} // namespace zhicha::test
