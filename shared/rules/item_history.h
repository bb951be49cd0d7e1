#pragma once
// What an item was on a day: who led it, when it was due, whether it was withdrawn or exempted (附件2 三 5 to 7).
#include "shared/rules/ledger.h"

namespace zhicha::rules {

/** Why an extension does not count. */
enum class ExtensionRefusal : std::uint8_t { None, Unsigned, NotLater, TooLong, NotTheFirst };
[[nodiscard]] std::string_view extensionRefusalName(ExtensionRefusal refusal);

/** The verdict on each extension of the item, in the order of the ledger. Of several valid ones the first counts:
 *  earliest approval, on one day the order of the ledger. */
[[nodiscard]] std::vector<ExtensionRefusal> judgeExtensions(const Rules &rules, const Item &item);

/** The due date as it changes once at most. */
struct DueDate {
    Day original;
    Day extendedFrom = kNever; ///< the approval's day, that day included
    Day extendedTo = kNever;
    [[nodiscard]] Day on(Day day) const { return day >= extendedFrom ? extendedTo : original; }
};
[[nodiscard]] DueDate dueDateOf(const Rules &rules, const Item &item);

/** The transfers that count, in the order in which they take effect. */
[[nodiscard]] std::vector<Transfer> effectiveTransfers(const Item &item);
[[nodiscard]] Index leadOn(const Item &item, Day day);
[[nodiscard]] bool isExempted(const Item &item, Day day);

} // namespace zhicha::rules
