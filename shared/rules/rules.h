#pragma once
// A city's notice as data: points, clauses, ladder and the readings chosen where the notice leaves a point open. The
// code of this folder holds no points and no clause; another notice is another file.
#include "shared/base/result.h"
#include "shared/rules/exact.h"

#include <optional>
#include <string>
#include <vector>

namespace zhicha::rules {

/** Where in the notice something stands, in its own words, and how it was read where it is open. */
struct Clause {
    std::string number; ///< "附件2 一（一）6"
    std::string wording;
    std::string reading; ///< empty where the notice leaves nothing open
};

struct Group {
    std::string id;
    std::string name;
    int monthlyWinners = 0; ///< ranks up to this one win the month
    Clause clause;
};

struct ItemKind {
    std::string id;
    std::string name;
    bool extensionLimited = true; ///< false: free of Rules::extensionMaxMonths
    Clause clause;
};

struct RuleClass {
    std::string id;
    std::string name;
    Clause clause;
    bool highestOnly = false; ///< of several entries of one unit on one item only the highest counts
    Clause highestOnlyClause;
};

/** What makes entries of a rule that nobody enters by hand. */
enum class Automatic : std::uint8_t { No, ReportLate, ReportReturnedLate, MonthlyRanking };

struct PointRule {
    std::string id; ///< "class.level"
    std::uint32_t ruleClass = 0;
    std::int64_t points = 0; ///< in 1/kPoint
    Clause clause;
    Automatic automatic = Automatic::No;
    bool chargedToCooperating = false; ///< to a cooperating unit, on the lead's written report
};

struct LadderStep {
    std::string action;
    std::string name;
    int mendWorkdays = 0;           ///< working days after this step before the next one is due; 0 for the last
    bool writtenCommitment = false; ///< once met, nothing follows
    Clause clause;
};

struct Escalation {
    std::string urgeAction;
    std::string urgeName;
    int urgeWorkdays = 0; ///< before the due date
    int horizonDays = 0;  ///< no count for an item due later than so many days after the day asked for
    Clause urgeClause;
    bool stepsOnOrBeforeDueCount = false;
    std::vector<LadderStep> steps; ///< step n stands at n - 1
    Clause clause;
};

/** Who issues the notice's papers and whom they go to, where it is not the units of an item. */
struct PaperRules {
    std::string issuer;   ///< 发文机关署名; empty: the rule file says nothing of papers
    std::string mark;     ///< 发文机关标志
    std::string superior; ///< whom requests and reports go to
    std::string everyone; ///< 主送 of what all units get
    std::vector<std::string> copies;
    Clause clause;
};

enum class Unfinished : std::uint8_t { WhenDue, WhenIssued };
enum class MonthlyScore : std::uint8_t { YearToDate, Month };
enum class RankingDated : std::uint8_t { Publication, MonthEnd };
enum class WithoutDemerit : std::uint8_t { Month, Period, NotAsked };

struct Rules {
    std::string id;
    std::string notice;
    std::string title;
    std::vector<Clause> sources; ///< source n stands at n - 1
    std::vector<Group> groups;
    std::vector<ItemKind> itemKinds;
    std::string itemNumberPrefix;   ///< 督〔2026〕15号
    std::string noticeNumberPrefix; ///< 三政督〔2026〕15号
    Clause numbersClause;
    PaperRules papers;
    int extensionMaxMonths = 0;
    Clause extensionClause, withdrawalClause, transferClause;

    std::int64_t factor = 0;     ///< the 100 of the formula; like all points in 1/kPoint
    std::int64_t start = 0;      ///< points that every unit begins with
    std::int64_t itemPoints = 0; ///< what an item is worth
    int awardDecimals = 0;       ///< how fine an award may be
    Clause scoreClause, formulaClause;
    std::int64_t efficacyFixed = 0;
    std::int64_t efficacyShared = 0;
    Clause efficacyClause;
    Unfinished unfinished = Unfinished::WhenDue;
    bool cooperatingShare = false; ///< items count for cooperating units too
    Clause scopeClause, eventsClause, subordinateClause;
    MonthlyScore monthlyScore = MonthlyScore::YearToDate;
    RankingDated rankingDated = RankingDated::Publication;
    WithoutDemerit withoutDemerit = WithoutDemerit::Month;
    Clause monthlyClause;
    int commendedMidyear = 0;
    int commendedAnnual = 0;
    bool commendedAcrossGroups = true;
    Clause commendedClause;
    Escalation escalation;
    std::vector<RuleClass> classes;
    std::vector<PointRule> pointRules;
    std::optional<std::uint32_t> reportLate, reportReturnedLate, monthlyRanking; ///< in pointRules

    /** The rule that an event names: neither an unknown id nor an automatic one. */
    [[nodiscard]] std::optional<std::uint32_t> ruleForEvents(std::string_view ruleId) const;
};

/** InvalidArgument, naming the place ("rules[3].points: not a number"); BadEncoding, TooLarge where it is no JSON. */
[[nodiscard]] Result<Rules> readRules(std::string_view json);
/** 三政办〔2019〕21号, compiled in. */
[[nodiscard]] const Rules &sanmenxiaRules();

} // namespace zhicha::rules
