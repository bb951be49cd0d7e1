#pragma once
// The figures as they are printed: `assess` and `due` of a ledger as JSON, exact decimals as text. Either a whole
// answer or an error, never part of one.
#include "shared/rules/assessor.h"
#include "shared/rules/escalation.h"

namespace zhicha::rules {

struct Figures {
    std::string json;
    std::vector<std::string> warnings; ///< for people, in both languages: what the answer leaves open
};

struct AssessRequest {
    Day asOf;
    std::optional<Commend> commend;
    bool explain = false; ///< each point with its item, document, clause and why it counts or does not
    bool lines = false;   ///< printed for people: one member a line
};

struct DueRequest {
    Day asOf;
    bool explain = false; ///< each action with what it rests on
    bool lines = false;
};

/** TooLarge where a figure is beyond exact arithmetic. */
[[nodiscard]] Result<Figures> assessLedger(const Rules &rules, const Ledger &ledger, const AssessRequest &request);

[[nodiscard]] Figures dueLedger(const Rules &rules, const Ledger &ledger, const WorkingCalendar &calendar,
                                const DueRequest &request);

/** Points (in 1/kPoint) with 2 decimals. */
[[nodiscard]] std::string pointsText(std::int64_t points);

} // namespace zhicha::rules
