#pragma once
// What the office owes an item as of a day: to urge it before it is due, then step by step what 四（二）4 says.
#include "shared/rules/ledger.h"
#include "shared/rules/working_calendar.h"

namespace zhicha::rules {

/** What is due and why it is. */
struct DueAction {
    Index item = kNone;
    Index unit = kNone; ///< the lead as of the day
    int step = 0;       ///< the step of the ladder that is due; 0: urge
    Day since;
    int overdueWorkdays = 0; ///< working days after the due date up to and including the day; 0 for `urge`
    Day effectiveDue;
    Day stepBefore = kNever; ///< when the step before it was recorded
};

/** A count met a day of a year without a table. */
struct Undetermined {
    Index item = kNone;
    int year = 0;
};

struct DueList {
    Day asOf;
    std::vector<DueAction> actions;         ///< by since, then item id
    std::vector<Undetermined> undetermined; ///< by item id
};

/** Everything that is due at the close of the day. */
[[nodiscard]] DueList dueActions(const Rules &rules, const Ledger &ledger, const WorkingCalendar &calendar, Day asOf);

/** The item's name of an action: the urge's or that of the step. */
[[nodiscard]] const std::string &actionName(const Rules &rules, const DueAction &action);

} // namespace zhicha::rules
