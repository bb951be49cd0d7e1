#include "tests/unit/shared/rules/reference.h"

#include "tests/unit/shared/rules/reference_item.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace zhicha::test {

namespace {
using namespace std::chrono;
using namespace reference;
__extension__ typedef __int128 Wide;

const std::map<std::string, int> &table() {
    static const auto *points = [] {
        auto *out = new std::map<std::string, int>;
        const std::pair<const char *, int> levels[] = {{"national", 20},
                                                       {"ministry", 15},
                                                       {"province", 15},
                                                       {"province_department", 10},
                                                       {"province_coordination", 10},
                                                       {"city", 10},
                                                       {"city_coordination", 5},
                                                       {"supervision_office", 5}};
        for (int i = 0; i < 8; ++i) {
            (*out)[std::string("commendation.") + levels[i].first] = levels[i].second;
            (*out)[std::string("criticism.") + levels[i].first] = -levels[i].second;
            if (i < 5)
                (*out)[std::string("inspection_excellence.") + levels[i].first] = levels[i].second;
        }
        out->insert({{"instruction_praise.national", 20},
                     {"instruction_praise.province", 15},
                     {"instruction_praise.city", 10},
                     {"publicity.central", 20},
                     {"publicity.province", 15},
                     {"publicity.department", 5},
                     {"instruction_criticism.national", -20},
                     {"instruction_criticism.province", -15},
                     {"instruction_criticism.city", -10},
                     {"interview.province", -15},
                     {"interview.city", -10},
                     {"meeting.national", 30},
                     {"meeting.province", 20},
                     {"meeting.city", 10},
                     {"cooperation.passive", -5}});
        return out;
    }();
    return *points;
}

// --- points --------------------------------------------------------------------------------------------------------

struct Line {
    std::string ref, rule, on, reason;
    int points = 0;
    std::string item;
    [[nodiscard]] bool counts() const { return reason.empty(); }
};
struct Standing {
    int items = 0, completed = 0;
    long earned = 0; ///< in 1/100
    std::vector<Line> lines;
    int merits = 0, demerits = 0;
    Wide num = 0, den = 1; ///< of the score
    int rank = 0;
};

class Reference {
public:
    explicit Reference(const Json &ledger) : m_ledger(ledger) {}

    std::map<std::string, Standing> standings(const std::string &from, const std::string &until) {
        const auto known = m_known.find({from, until});
        if (known != m_known.end())
            return known->second;
        std::map<std::string, Standing> all;
        for (const Json &unit : m_ledger["units"])
            all[unit["id"]];
        for (const Json &item : m_ledger["items"]) {
            if (text(item, "issued_on") > until || withdrawnBy(item, until))
                continue;
            const bool done = completedBy(item, until);
            if (done ? text(item, "completed_on") < from : dueThen(item, until) > until)
                continue;
            Standing &unit = all[leadThen(item, until)];
            ++unit.items;
            unit.completed += done ? 1 : 0;
            unit.earned += !done ? 0 : std::lround(item.value("awarded", 20.0) * 100);
        }
        int most = 0;
        for (const auto &[id, unit] : all)
            most = std::max(most, unit.items);
        for (auto &[id, unit] : all) {
            unit.lines = lines(id, from, until);
            for (const Line &line : unit.lines)
                if (line.counts())
                    (line.points > 0 ? unit.merits : unit.demerits) += line.points;
            if (unit.items == 0)
                continue;
            // earned/(20n) × 100 × (1/2 + n/(2 most)) + points, earned in hundredths
            unit.den = Wide{4000} * unit.items * most;
            unit.num = Wide{unit.earned} * 100 * (most + unit.items) + Wide{unit.merits + unit.demerits} * unit.den;
        }
        for (const Json &a : m_ledger["units"]) {
            Standing &mine = all[a["id"]];
            if (mine.items == 0)
                continue;
            mine.rank = 1;
            for (const Json &b : m_ledger["units"]) {
                const Standing &other = all[b["id"]];
                if (other.items > 0 && b["group"] == a["group"] && other.num * mine.den > mine.num * other.den)
                    ++mine.rank;
            }
        }
        return m_known[{from, until}] = all;
    }

    /** Who won the month by the ledger as it stands, or as it was published. */
    std::set<std::string> winners(const Json &publication) {
        if (publication.contains("winners"))
            return publication["winners"].get<std::set<std::string>>();
        const std::string month = publication["month"];
        const std::string last = lastOf(month);
        std::set<std::string> out;
        const auto all = standings(month.substr(0, 4) + "-01-01", last);
        for (const Json &unit : m_ledger["units"]) {
            const Standing &standing = all.at(unit["id"]);
            const bool demerit = std::any_of(standing.lines.begin(), standing.lines.end(), [&](const Line &line) {
                return line.counts() && line.points < 0 && line.on.substr(0, 7) == month;
            });
            if (standing.rank > 0 && standing.rank <= (unit["group"] == "county" ? 3 : 6) && !demerit)
                out.insert(unit["id"].get<std::string>());
        }
        return out;
    }

private:
    static std::string lastOf(const std::string &month) {
        const year_month_day first{parse(month + "-01")};
        return written(Days{first.year() / first.month() / last});
    }

    const Json *item(const std::string &id) const {
        for (const Json &one : m_ledger["items"])
            if (one["id"] == id)
                return &one;
        return nullptr;
    }

    std::string reasonOf(const Json &event, const std::string &unit) const {
        const std::string rule = event["rule"];
        if (!table().contains(rule))
            return "unknown_rule";
        const Json *about = item(text(event, "item"));
        if (about == nullptr)
            return "no_item";
        if (text(event, "recipient") == "subordinate" && table().at(rule) > 0)
            return "subordinate";
        const std::string lead = leadThen(*about, event["on"]);
        if (rule == "cooperation.passive") {
            if (lead == unit || !cooperating(*about, unit))
                return "not_cooperating";
            return text(event, "reported_by") != lead ? "not_reported_by_lead" : "";
        }
        return lead != unit && !cooperating(*about, unit) ? "not_responsible" : "";
    }

    std::vector<Line> lines(const std::string &unit, const std::string &from, const std::string &until) {
        std::vector<Line> out;
        const auto dated = [&](const std::string &on) { return from <= on && on <= until; };
        for (const Json &event : m_ledger["events"])
            if (event["unit"] == unit && dated(event["on"])) {
                const std::string rule = event["rule"];
                out.push_back({event["id"], rule, event["on"], reasonOf(event, unit),
                               table().contains(rule) ? table().at(rule) : 0, text(event, "item")});
            }
        // Of the commendations of one item the highest counts, and of its criticisms.
        for (Line &line : out)
            for (const Line &other : out) {
                const std::string kind = line.rule.substr(0, line.rule.find('.'));
                if ((kind != "commendation" && kind != "criticism") || !line.reason.empty() || &line == &other ||
                    other.rule.substr(0, other.rule.find('.')) != kind || other.item != line.item ||
                    !(other.reason.empty() || other.reason == "lower_level"))
                    continue;
                const auto standing = [](const Line &l) { return std::tuple(-std::abs(l.points), l.on, l.ref); };
                if (standing(other) < standing(line))
                    line.reason = "lower_level";
            }
        for (const Json &report : m_ledger["reports"]) {
            if (report["unit"] != unit)
                continue;
            const auto charge = [&](const char *rule, const std::string &due, const std::string &done) {
                if (due.empty() || (!done.empty() && done <= due))
                    return;
                const std::string on = written(parse(due) + days{1});
                if (dated(on))
                    out.push_back({report["id"], rule, on, "", -5, ""});
            };
            charge("report.late", text(report, "due_on"), text(report, "submitted_on"));
            charge("report.returned_late", text(report, "resubmit_due_on"), text(report, "resubmitted_on"));
        }
        for (const Json &publication : m_ledger["published_rankings"]) {
            const std::string on = publication["published_on"];
            if (on > lastOf(publication["month"]) && dated(on) && winners(publication).contains(unit))
                out.push_back(
                    {"ranking:" + publication["month"].get<std::string>(), "ranking.monthly", on, "", 10, ""});
        }
        std::sort(out.begin(), out.end(), [](const Line &a, const Line &b) {
            return std::tie(a.on, a.rule, a.ref) < std::tie(b.on, b.rule, b.ref);
        });
        return out;
    }

    const Json &m_ledger;
    std::map<std::pair<std::string, std::string>, std::map<std::string, Standing>> m_known;
};

/** num / den with so many decimals, halves away from zero. */
std::string rounded(Wide num, Wide den, int decimals) {
    const bool negative = num < 0;
    Wide scaled = negative ? -num : num;
    for (int i = 0; i < decimals; ++i)
        scaled *= 10;
    scaled = (2 * scaled + den) / (2 * den);
    std::string digits;
    for (Wide rest = scaled; rest > 0; rest /= 10)
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
    while (digits.size() <= static_cast<std::size_t>(decimals))
        digits.insert(digits.begin(), '0');
    digits.insert(digits.end() - decimals, '.');
    return (negative && scaled != 0 ? "-" : "") + digits;
}
} // namespace

Json referenceAssess(const Json &ledger, const std::string &asOf, const std::string &commend) {
    Reference reference(ledger);
    const auto all = reference.standings(asOf.substr(0, 4) + "-01-01", asOf);
    int most = 0;
    for (const auto &[id, unit] : all)
        most = std::max(most, unit.items);
    Json units = Json::array();
    for (const auto &[id, unit] : all) {
        Json events = Json::array();
        for (const Line &line : unit.lines)
            events.push_back({{"ref", line.ref},
                              {"rule", line.rule},
                              {"on", line.on},
                              {"points", rounded(line.points, 1, 2)},
                              {"counted", line.counts()},
                              {"reason", line.counts() ? Json() : Json(line.reason)}});
        const auto group = std::find_if(ledger["units"].begin(), ledger["units"].end(),
                                        [&key = id](const Json &row) { return row["id"] == key; });
        Json row = {{"id", id},
                    {"group", (*group)["group"]},
                    {"items", unit.items},
                    {"earned", rounded(unit.earned, 100, 2)},
                    {"total", rounded(20 * unit.items, 1, 2)},
                    {"merits", rounded(unit.merits, 1, 2)},
                    {"demerits", rounded(unit.demerits, 1, 2)},
                    {"all_completed", unit.items > 0 && unit.completed == unit.items},
                    {"events", events}};
        for (const char *name : {"efficacy", "item_score", "score", "rank"})
            row[name] = nullptr;
        if (unit.items > 0) {
            row["efficacy"] = rounded(most + unit.items, 2 * most, 4);
            row["item_score"] = rounded(unit.num - Wide{unit.merits + unit.demerits} * unit.den, unit.den, 2);
            row["score"] = rounded(unit.num, unit.den, 2);
            row["rank"] = unit.rank;
        }
        units.push_back(row);
    }
    Json answer = {{"as_of", asOf}, {"units", units}};
    if (commend.empty())
        return answer;
    std::vector<std::tuple<int, std::string>> commended;
    for (const auto &[id, unit] : all) {
        if (unit.items == 0 || unit.completed != unit.items)
            continue;
        int rank = 1;
        for (const auto &[otherId, other] : all)
            if (other.items > 0 && other.completed == other.items && other.num * unit.den > unit.num * other.den)
                ++rank;
        if (rank <= (commend == "midyear" ? 3 : 5))
            commended.emplace_back(rank, id);
    }
    std::sort(commended.begin(), commended.end());
    answer["commended"] = Json::array();
    for (const auto &[rank, id] : commended)
        answer["commended"].push_back(id);
    return answer;
}

} // namespace zhicha::test
