#include "shared/base/plant.h"
#include "shared/rules/json_fields.h"
#include "shared/rules/ledger.h"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>
#include <unordered_set>

namespace zhicha::rules {

namespace {
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using Names = std::unordered_map<std::string, Index, TextHash, std::equal_to<>>;

class LedgerReader {
public:
    LedgerReader(const Rules &rules, const JsonText &root, Trouble &trouble)
        : m_rules(rules), m_fields(root, m_top, trouble) {
        for (Index i = 0; i < rules.pointRules.size(); ++i)
            if (rules.pointRules[i].automatic == Automatic::No)
                m_ruleIds.emplace(rules.pointRules[i].id, i);
    }

    Ledger read() {
        readObjects(m_fields, "units", false, [&](JsonFields &in, std::size_t) { unit(in); });
        readObjects(m_fields, "sites", false, [&](JsonFields &in, std::size_t) { site(in); });
        reserve(m_ledger.items, "items");
        readObjects(m_fields, "items", false, [&](JsonFields &in, std::size_t) { item(in); });
        reserve(m_ledger.events, "events");
        std::unordered_set<std::string> events, reports;
        readObjects(m_fields, "events", false, [&](JsonFields &in, std::size_t) { event(in, events); });
        reserve(m_ledger.reports, "reports");
        readObjects(m_fields, "reports", false, [&](JsonFields &in, std::size_t) { report(in, reports); });
        readObjects(m_fields, "ladder", false, [&](JsonFields &in, std::size_t) { ladderRow(in); });
        readObjects(m_fields, "published_rankings", false, [&](JsonFields &in, std::size_t) { publication(in); });
        return std::move(m_ledger);
    }

private:
    template <typename Row>
    void reserve(std::vector<Row> &rows, std::string_view name) {
        if (const auto *list = m_fields.list(name))
            rows.reserve(list->size());
    }

    template <typename Known>
    static std::string idOf(JsonFields &in, Known &known, const char *what) {
        std::string id = in.text("id");
        if (id.empty())
            in.refuse("id", "empty");
        if (known.contains(id))
            in.refuse("id", std::string("a second ") + what + " " + quoted(id));
        return id;
    }

    Index unitOf(JsonFields &in, std::string_view name, const std::string &id) {
        const auto at = m_units.find(id);
        if (at != m_units.end())
            return at->second;
        in.refuse(name, "unknown unit " + quoted(id));
        return kNone;
    }
    Index unitOf(JsonFields &in, std::string_view name) { return unitOf(in, name, in.text(name)); }

    std::vector<Index> unitList(JsonFields &in, std::string_view name) {
        std::vector<Index> units;
        const std::vector<JsonText> *list = in.list(name);
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
            const auto at = m_units.find((*list)[i].text);
            if ((*list)[i].kind != JsonText::Kind::String)
                in.refuse(std::string(name) + "[" + std::to_string(i) + "]", "not a text");
            else if (at == m_units.end())
                in.refuse(std::string(name) + "[" + std::to_string(i) + "]", "unknown unit " + quoted((*list)[i].text));
            else if (std::find(units.begin(), units.end(), at->second) == units.end())
                units.push_back(at->second);
        }
        return units;
    }

    Index itemOf(JsonFields &in) {
        const std::string id = in.text("item");
        const auto at = m_items.find(id);
        if (at != m_items.end())
            return at->second;
        in.refuse("item", "unknown item " + quoted(id));
        return kNone;
    }

    /** A signature is valid when its name is not empty. */
    static bool hasSigned(JsonFields &in, std::string_view name) { return !in.text(name).empty(); }

    void unit(JsonFields &in) {
        Unit out;
        out.id = idOf(in, m_units, "unit");
        out.name = in.text("name");
        const std::string group = in.text("group");
        const auto at = std::find_if(m_rules.groups.begin(), m_rules.groups.end(),
                                     [&](const Group &known) { return known.id == group; });
        if (at == m_rules.groups.end())
            in.refuse("group", "unknown group " + quoted(group));
        out.group = static_cast<std::uint8_t>(at - m_rules.groups.begin());
        (void)in.text("vice_mayor");
        m_units.emplace(out.id, static_cast<Index>(m_ledger.units.size()));
        m_ledger.units.push_back(std::move(out));
    }

    /** Sites play no part in the figures; a file with a broken one is refused all the same. */
    void site(JsonFields &in) {
        m_sites.insert(idOf(in, m_sites, "site"));
        (void)in.text("name");
        (void)unitOf(in, "unit");
        for (const std::string_view name : {"lat", "lon", "radius_m"})
            (void)in.numberText(name);
    }

    void item(JsonFields &in) {
        Item out;
        out.id = idOf(in, m_items, "item");
        out.number = in.text("number");
        (void)in.text("title");
        out.source = static_cast<std::uint8_t>(in.whole("source", 1, static_cast<int>(m_rules.sources.size())));
        const std::string kind = in.text("kind");
        const auto known = std::find_if(m_rules.itemKinds.begin(), m_rules.itemKinds.end(),
                                        [&](const ItemKind &one) { return one.id == kind; });
        if (known == m_rules.itemKinds.end())
            in.refuse("kind", "unknown kind " + quoted(kind));
        out.kind = static_cast<std::uint8_t>(known - m_rules.itemKinds.begin());
        out.lead = unitOf(in, "lead");
        out.cooperating = unitList(in, "cooperating");
        out.issuedOn = in.day("issued_on");
        out.dueOn = in.day("due_on");
        (void)in.text("responsible_person");
        (void)in.text("supervisor");
        out.completedOn = in.dayIfAny("completed_on").value_or(kNever);
        out.awarded = awardOf(in);
        readObjects(in, "extensions", false, [&](JsonFields &row, std::size_t) {
            out.extensions.push_back({row.day("approved_on"), row.day("new_due_on"), hasSigned(row, "approved_by")});
        });
        readObjects(in, "transfers", false, [&](JsonFields &row, std::size_t) {
            const bool from = hasSigned(row, "signed_from");
            const bool to = hasSigned(row, "signed_to");
            out.transfers.push_back({row.day("on"), unitOf(row, "to"), from && to});
        });
        readObject(in, "withdrawal", false, [&](JsonFields &row) {
            const bool reviewed = hasSigned(row, "reviewed_by");
            const bool agreed = hasSigned(row, "agreed_by");
            const Day on = row.day("on");
            out.withdrawnOn = reviewed && agreed ? on : kNever;
        });
        readObjects(in, "exemptions", false, [&](JsonFields &row, std::size_t) {
            out.exemptions.push_back({row.day("from"), row.day("until"), hasSigned(row, "approved_by")});
        });
        m_items.emplace(out.id, static_cast<Index>(m_ledger.items.size()));
        m_ledger.items.push_back(std::move(out));
    }

    std::int32_t awardOf(JsonFields &in) {
        const JsonText *written = in.find("awarded", false);
        if (written == nullptr)
            return static_cast<std::int32_t>(m_rules.itemPoints);
        auto value = exactDecimal(in.numberText("awarded"), m_rules.awardDecimals);
        std::int64_t step = kPoint;
        for (int i = 0; i < m_rules.awardDecimals; ++i)
            step /= 10;
        if (plant("rules_award_through_binary")) {
            const double steps = static_cast<double>(kPoint) / static_cast<double>(step);
            value = static_cast<std::int64_t>(std::strtod(written->text.c_str(), nullptr) * steps);
        }
        if (!value || *value < 0 || *value > m_rules.itemPoints / step) {
            in.refuse("awarded", "not 0 to " + worth(m_rules.itemPoints) + " in steps of " + worth(step));
            return 0;
        }
        return static_cast<std::int32_t>(*value * step);
    }
    /** Without zeros at the end: 20, 0.01. */
    static std::string worth(std::int64_t points) {
        std::string text = roundedText(*Fraction::of(points, kPoint), kPointDigits).value_or("");
        text.erase(text.find_last_not_of('0') + 1);
        return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
    }

    void event(JsonFields &in, std::unordered_set<std::string> &known) {
        Event out;
        out.id = idOf(in, known, "event");
        out.unit = unitOf(in, "unit");
        out.ruleId = in.text("rule");
        const auto rule = m_ruleIds.find(out.ruleId);
        out.rule = rule != m_ruleIds.end() ? rule->second : kNone;
        out.on = in.day("on");
        out.itemId = in.text("item", false);
        const auto at = m_items.find(out.itemId);
        out.item = at != m_items.end() ? at->second : kNone;
        out.document = in.text("document");
        out.subordinate = in.text("recipient", false) == "subordinate";
        if (in.find("reported_by", false) != nullptr)
            out.reportedBy = unitOf(in, "reported_by");
        known.insert(out.id);
        m_ledger.events.push_back(std::move(out));
    }

    void report(JsonFields &in, std::unordered_set<std::string> &known) {
        Report out;
        out.id = idOf(in, known, "report");
        out.item = itemOf(in);
        out.unit = unitOf(in, "unit");
        out.dueOn = in.day("due_on");
        out.submittedOn = in.dayOrNull("submitted_on").value_or(kNever);
        (void)in.dayIfAny("returned_on");
        out.resubmitDueOn = in.dayIfAny("resubmit_due_on").value_or(kNever);
        out.resubmittedOn = in.dayIfAny("resubmitted_on").value_or(kNever);
        known.insert(out.id);
        m_ledger.reports.push_back(std::move(out));
    }

    void ladderRow(JsonFields &in) {
        LadderRow out;
        out.item = itemOf(in);
        const std::string step = in.numberText("step");
        const auto number = exactDecimal(step, 0);
        const auto steps = static_cast<std::int64_t>(m_rules.escalation.steps.size());
        if (!number || *number < 1 || *number > steps)
            in.refuse("step", "unknown step " + quoted(step));
        else
            out.step = static_cast<std::uint8_t>(*number);
        out.on = in.day("on");
        (void)in.text("commitment", false);
        (void)in.dayIfAny("commitment_due_on");
        out.commitmentMetOn = in.dayIfAny("commitment_met_on").value_or(kNever);
        m_ledger.ladder.push_back(out);
    }

    void publication(JsonFields &in) {
        Publication out;
        const std::string written = in.text("month");
        const auto month = monthFromText(written);
        if (!month)
            in.refuse("month", "not a month (YYYY-MM)");
        else if (!m_months.insert(written).second)
            in.refuse("month", "published a second time: " + written);
        out.month = month.value_or(Month{1, 1});
        out.publishedOn = in.day("published_on");
        out.hasWinners = in.find("winners", false) != nullptr;
        out.winners = unitList(in, "winners");
        m_ledger.publications.push_back(std::move(out));
    }

    const Rules &m_rules;
    Place m_top;
    JsonFields m_fields;
    Names m_units, m_items, m_ruleIds;
    std::unordered_set<std::string> m_sites, m_months;
    Ledger m_ledger;
};
} // namespace

Result<Ledger> readLedger(const Rules &rules, std::string_view json) {
    ZHICHA_ASSIGN(const JsonText root, parseJsonText(json));
    Trouble trouble;
    Ledger ledger = LedgerReader(rules, root, trouble).read();
    ZHICHA_TRY(trouble.status());
    return ledger;
}

} // namespace zhicha::rules
