#include "shared/rules/json_fields.h"
#include "shared/rules/rules.h"
#include "shared/rules/rules_data.h"

#include <algorithm>
#include <set>

namespace zhicha::rules {

namespace {
constexpr std::int64_t kMostPoints = 1'000'000 * kPoint; ///< keeps every sum of a real ledger far inside 128 bits
constexpr std::size_t kMostRows = 10'000;

class RuleFileReader {
public:
    RuleFileReader(const JsonText &root, Trouble &trouble) : m_fields(root, m_top, trouble) {}

    Rules read() {
        if (m_fields.text("format") != "zhicha-rules 1")
            m_fields.refuse("format", "not \"zhicha-rules 1\"");
        m_rules.id = nonEmpty(m_fields, "id");
        m_rules.notice = nonEmpty(m_fields, "notice");
        m_rules.title = nonEmpty(m_fields, "title");
        people();
        paths();
        score();
        ranking();
        readObject(m_fields, "escalation", true, [&](JsonFields &in) { escalation(in); });
        pointRules();
        m_fields.refuseOthers();
        return std::move(m_rules);
    }

private:
    static std::string nonEmpty(JsonFields &in, std::string_view name) {
        std::string text = in.text(name);
        if (text.empty())
            in.refuse(name, "empty");
        return text;
    }
    /** An id is words of a-z, 0-9 and _, with dots between them. */
    static std::string idOf(JsonFields &in, std::string_view name, std::set<std::string> &known) {
        std::string id = nonEmpty(in, name);
        const auto isPart = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
        };
        if (!std::all_of(id.begin(), id.end(), isPart))
            in.refuse(name, quoted(id) + " has other signs than a-z, 0-9, _ and .");
        if (!known.insert(id).second)
            in.refuse(name, "a second " + quoted(id));
        return id;
    }
    /** A rule without the clause that it rests on would be a figure that nobody can explain. */
    static Clause clauseOf(JsonFields &in, const std::string &prefix = "", bool required = true) {
        Clause clause;
        clause.number = required ? nonEmpty(in, prefix + "clause") : in.text(prefix + "clause", false);
        clause.wording = required ? nonEmpty(in, prefix + "wording") : in.text(prefix + "wording", false);
        if (prefix.empty() || prefix == "highest_only_")
            clause.reading = in.text("reading", false);
        return clause;
    }
    static std::vector<std::string> texts(JsonFields &in, std::string_view name) {
        std::vector<std::string> out;
        const std::vector<JsonText> *list = in.list(name, true);
        for (std::size_t i = 0; list != nullptr && i < list->size() && i < kMostRows; ++i) {
            if ((*list)[i].kind != JsonText::Kind::String)
                in.refuse(name, "not texts");
            out.push_back((*list)[i].text);
        }
        return out;
    }
    static void atLeastOne(JsonFields &in, std::string_view name, std::size_t count) {
        if (count == 0)
            in.refuse(name, "an empty list");
        if (count > kMostRows)
            in.refuse(name, "more than " + std::to_string(kMostRows) + " rows");
    }

    void people() {
        readObjects(m_fields, "sources", true, [&](JsonFields &in, std::size_t index) {
            if (in.whole("number", 1, 1000) != static_cast<int>(index) + 1)
                in.refuse("number", "not " + std::to_string(index + 1) + ": sources are numbered in order");
            m_rules.sources.push_back(clauseOf(in));
            in.refuseOthers();
        });
        atLeastOne(m_fields, "sources", m_rules.sources.size());
        if (m_rules.sources.size() > 200)
            m_fields.refuse("sources", "more than 200");
        std::set<std::string> groups;
        readObjects(m_fields, "groups", true, [&](JsonFields &in, std::size_t) {
            Group group;
            group.id = idOf(in, "id", groups);
            group.name = nonEmpty(in, "name");
            group.monthlyWinners = in.whole("monthly_winners", 0, 1000);
            group.clause = clauseOf(in);
            in.refuseOthers();
            m_rules.groups.push_back(std::move(group));
        });
        atLeastOne(m_fields, "groups", m_rules.groups.size());
        if (m_rules.groups.size() > 200)
            m_fields.refuse("groups", "more than 200");
        std::set<std::string> kinds;
        readObjects(m_fields, "item_kinds", true, [&](JsonFields &in, std::size_t) {
            ItemKind kind;
            kind.id = idOf(in, "id", kinds);
            kind.name = nonEmpty(in, "name");
            if (in.find("extension_limited", true) != nullptr)
                kind.extensionLimited = in.flag("extension_limited");
            kind.clause = clauseOf(in, "", !kind.extensionLimited);
            in.refuseOthers();
            m_rules.itemKinds.push_back(std::move(kind));
        });
        atLeastOne(m_fields, "item_kinds", m_rules.itemKinds.size());
        if (m_rules.itemKinds.size() > 200)
            m_fields.refuse("item_kinds", "more than 200");
    }

    /** What may happen to an item on its way. */
    void paths() {
        readObject(m_fields, "numbers", true, [&](JsonFields &in) {
            m_rules.itemNumberPrefix = nonEmpty(in, "item");
            m_rules.noticeNumberPrefix = nonEmpty(in, "notice");
            m_rules.numbersClause = clauseOf(in);
            in.refuseOthers();
        });
        readObject(m_fields, "papers", false, [&](JsonFields &in) {
            m_rules.papers.issuer = nonEmpty(in, "issuer");
            m_rules.papers.mark = nonEmpty(in, "mark");
            m_rules.papers.superior = nonEmpty(in, "superior");
            m_rules.papers.everyone = nonEmpty(in, "everyone");
            m_rules.papers.copies = texts(in, "copies");
            m_rules.papers.clause = clauseOf(in);
            in.refuseOthers();
        });
        readObject(m_fields, "extension", true, [&](JsonFields &in) {
            m_rules.extensionMaxMonths = in.whole("max_months", 0, 1200);
            m_rules.extensionClause = clauseOf(in);
            in.refuseOthers();
        });
        readObject(m_fields, "withdrawal", true, [&](JsonFields &in) {
            m_rules.withdrawalClause = clauseOf(in);
            in.refuseOthers();
        });
        readObject(m_fields, "transfer", true, [&](JsonFields &in) {
            m_rules.transferClause = clauseOf(in);
            in.refuseOthers();
        });
    }

    void score() {
        readObject(m_fields, "score", true, [&](JsonFields &in) {
            m_rules.factor = in.decimal("factor", kPointDigits, 0, kMostPoints);
            m_rules.start = in.decimal("start", 2, -kMostPoints, kMostPoints);
            m_rules.itemPoints = in.decimal("item_points", 2, 0, 100'000 * kPoint);
            if (m_rules.itemPoints == 0)
                in.refuse("item_points", "0: the formula divides by it");
            m_rules.awardDecimals = in.whole("award_decimals", 0, kPointDigits);
            m_rules.scoreClause = clauseOf(in);
            m_rules.formulaClause = clauseOf(in, "formula_");
            in.refuseOthers();
        });
        readObject(m_fields, "efficacy", true, [&](JsonFields &in) {
            m_rules.efficacyFixed = in.decimal("fixed", kPointDigits, 0, 100 * kPoint);
            m_rules.efficacyShared = in.decimal("shared", kPointDigits, 0, 100 * kPoint);
            m_rules.efficacyClause = clauseOf(in);
            in.refuseOthers();
        });
        readObject(m_fields, "scope", true, [&](JsonFields &in) {
            m_rules.unfinished = static_cast<Unfinished>(in.word("unfinished", {"due", "issued"}));
            m_rules.cooperatingShare = in.flag("cooperating_share");
            m_rules.scopeClause = clauseOf(in);
            in.refuseOthers();
        });
        readObject(m_fields, "events", true, [&](JsonFields &in) {
            m_rules.eventsClause = clauseOf(in);
            m_rules.subordinateClause = clauseOf(in, "subordinate_");
            in.refuseOthers();
        });
    }

    void ranking() {
        readObject(m_fields, "monthly_ranking", true, [&](JsonFields &in) {
            m_rules.monthlyScore = static_cast<MonthlyScore>(in.word("score_of", {"year_to_date", "month"}));
            m_rules.rankingDated = static_cast<RankingDated>(in.word("dated", {"publication", "month_end"}));
            m_rules.withoutDemerit =
                static_cast<WithoutDemerit>(in.word("without_demerit", {"month", "period", "not_asked"}));
            m_rules.monthlyClause = clauseOf(in);
            in.refuseOthers();
        });
        readObject(m_fields, "commendation", true, [&](JsonFields &in) {
            m_rules.commendedMidyear = in.whole("midyear", 0, 100'000);
            m_rules.commendedAnnual = in.whole("annual", 0, 100'000);
            m_rules.commendedAcrossGroups = in.flag("across_groups");
            m_rules.commendedClause = clauseOf(in);
            in.refuseOthers();
        });
    }

    void escalation(JsonFields &in) {
        Escalation &out = m_rules.escalation;
        std::set<std::string> actions;
        readObject(in, "urge", true, [&](JsonFields &urge) {
            out.urgeAction = idOf(urge, "action", actions);
            out.urgeName = nonEmpty(urge, "name");
            out.urgeWorkdays = urge.whole("workdays", 0, 250);
            out.horizonDays = urge.whole("horizon_days", 0, 1000);
            out.urgeClause = clauseOf(urge);
            urge.refuseOthers();
        });
        out.stepsOnOrBeforeDueCount = in.flag("steps_on_or_before_due_count");
        const std::vector<JsonText> *steps = in.list("steps", true);
        const std::size_t count = steps != nullptr ? steps->size() : 0;
        if (count == 0 || count > 200)
            in.refuse("steps", "not 1 to 200 steps");
        readObjects(in, "steps", true, [&](JsonFields &row, std::size_t index) {
            LadderStep step;
            if (row.whole("step", 1, 200) != static_cast<int>(index) + 1)
                row.refuse("step", "not " + std::to_string(index + 1) + ": steps are numbered in order");
            step.action = idOf(row, "action", actions);
            step.name = nonEmpty(row, "name");
            if (index + 1 < count)
                step.mendWorkdays = row.whole("mend_workdays", 0, 2500);
            else if (row.find("mend_workdays", false) != nullptr)
                row.refuse("mend_workdays", "nothing follows the last step");
            step.writtenCommitment = row.flag("written_commitment");
            step.clause = clauseOf(row);
            row.refuseOthers();
            out.steps.push_back(std::move(step));
        });
        out.clause = clauseOf(in);
        in.refuseOthers();
    }

    void pointRules() {
        std::set<std::string> classes;
        readObjects(m_fields, "classes", true, [&](JsonFields &in, std::size_t) {
            RuleClass out;
            out.id = idOf(in, "id", classes);
            if (out.id.find('.') != std::string::npos)
                in.refuse("id", quoted(out.id) + " has a dot, which ends a class");
            out.name = nonEmpty(in, "name");
            out.highestOnly = in.flag("highest_only");
            out.clause = clauseOf(in);
            if (out.highestOnly)
                out.highestOnlyClause = clauseOf(in, "highest_only_");
            in.refuseOthers();
            m_rules.classes.push_back(std::move(out));
        });
        atLeastOne(m_fields, "classes", m_rules.classes.size());
        std::set<std::string> ids;
        readObjects(m_fields, "rules", true, [&](JsonFields &in, std::size_t) {
            PointRule rule;
            rule.id = idOf(in, "id", ids);
            rule.ruleClass = classOf(in, rule.id);
            rule.points = in.decimal("points", 2, -kMostPoints, kMostPoints);
            rule.clause = clauseOf(in);
            rule.automatic = automaticOf(in);
            if (in.find("charged_to", false) != nullptr)
                rule.chargedToCooperating = in.word("charged_to", {"cooperating_unit"}) == 0;
            in.refuseOthers();
            m_rules.pointRules.push_back(std::move(rule));
        });
        atLeastOne(m_fields, "rules", m_rules.pointRules.size());
    }

    std::uint32_t classOf(JsonFields &in, const std::string &id) {
        const std::string name = id.substr(0, id.find('.'));
        if (id.find('.') == std::string::npos)
            in.refuse("id", quoted(id) + " is not class.level");
        for (std::uint32_t i = 0; i < m_rules.classes.size(); ++i)
            if (m_rules.classes[i].id == name)
                return i;
        in.refuse("id", "unknown class " + quoted(name));
        return 0;
    }

    Automatic automaticOf(JsonFields &in) {
        if (in.find("automatic", false) == nullptr)
            return Automatic::No;
        const auto which = static_cast<Automatic>(
            in.word("automatic", {"report_late", "report_returned_late", "monthly_ranking"}) + 1);
        auto &slot = which == Automatic::ReportLate           ? m_rules.reportLate
                     : which == Automatic::ReportReturnedLate ? m_rules.reportReturnedLate
                                                              : m_rules.monthlyRanking;
        if (slot)
            in.refuse("automatic", "a second rule of this kind");
        slot = static_cast<std::uint32_t>(m_rules.pointRules.size());
        return which;
    }

    Place m_top;
    JsonFields m_fields;
    Rules m_rules;
};
} // namespace

std::optional<std::uint32_t> Rules::ruleForEvents(std::string_view ruleId) const {
    for (std::uint32_t i = 0; i < pointRules.size(); ++i)
        if (pointRules[i].id == ruleId)
            return pointRules[i].automatic == Automatic::No ? std::optional(i) : std::nullopt;
    return std::nullopt;
}

Result<Rules> readRules(std::string_view json) {
    ZHICHA_ASSIGN(const JsonText root, parseJsonText(json));
    Trouble trouble;
    Rules rules = RuleFileReader(root, trouble).read();
    ZHICHA_TRY(trouble.status());
    return rules;
}

const Rules &sanmenxiaRules() {
    static const Rules *rules = [] {
        auto read = readRules(sanmenxiaRulesText());
        ZHICHA_CHECK(read.has_value());
        return new Rules(*std::move(read));
    }();
    return *rules;
}

} // namespace zhicha::rules
