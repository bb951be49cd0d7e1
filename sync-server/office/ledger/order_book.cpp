#include "sync-server/office/ledger/order_book.h"

#include <algorithm>
#include <array>

namespace zhicha {

namespace {
constexpr std::array<std::string_view, kOrderStates> kOrderStateNames{"issued",  "open",   "answered",
                                                                      "recheck", "closed", "withdrawn"};

void take(OrderNow &now, const BookOrderStep &step) {
    const bool wasClosed = now.state == OrderState::Closed;
    const bool wasLookedAt = now.state == OrderState::Recheck;
    if (step.kind == "answer") {
        now.state = OrderState::Answered;
    } else if (step.kind == "accept") {
        now.state = OrderState::Closed;
        now.closedOn = step.on;
        now.recheckFailed = false;
    } else if (step.kind == "return" || step.kind == "recheck") {
        const bool back = step.kind == "return";
        now.state = back ? OrderState::Open : OrderState::Recheck;
        now.reopened = now.reopened || wasClosed;
        now.recheckFailed = now.recheckFailed || (back && wasLookedAt);
        now.closedOn = rules::kNever;
        if (back)
            now.due = step.dueOn;
        if (back || wasClosed)
            now.why = step.id;
    } else if (step.kind == "review_ask") {
        now.reviewAskedOn = step.on;
    } else if (step.kind == "review_decide") {
        now.reviewDecidedOn = step.on;
        if (step.outcome == "withdrawn")
            now.state = OrderState::Withdrawn;
        else if (step.outcome == "changed" && step.dueOn != rules::kNever)
            now.due = step.dueOn;
    }
}
} // namespace

std::string_view orderStateName(OrderState state) {
    return kOrderStateNames[static_cast<std::size_t>(state)];
}

std::optional<OrderState> orderStateFromName(std::string_view name) {
    const auto *const found = std::find(kOrderStateNames.begin(), kOrderStateNames.end(), name);
    return found == kOrderStateNames.end() ? std::nullopt
                                           : std::optional(static_cast<OrderState>(found - kOrderStateNames.begin()));
}

OrderNow BookOrder::standing(bool withRechecks) const {
    OrderNow now;
    now.state = acknowledgedOn == rules::kNever ? OrderState::Issued : OrderState::Open;
    now.due = dueOn;
    for (const BookOrderStep &step : steps)
        if (withRechecks || step.kind != "recheck")
            take(now, step);
    return now;
}

rules::Day BookOrder::reviewUntil() const {
    return acknowledgedOn == rules::kNever ? rules::kNever : acknowledgedOn + kReviewDays;
}

} // namespace zhicha
