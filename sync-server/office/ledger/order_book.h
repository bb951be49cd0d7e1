#pragma once
// A rectification order as the console counts with it (二（三）, （五）): where it stands follows from what was said
// about it, in the ledger's order, and from nothing else.
#include "shared/base/ids.h"
#include "shared/rules/day.h"
#include "shared/rules/ledger.h"

#include <optional>
#include <string>
#include <vector>

namespace zhicha {

/** What was said about an order. Its words stand in its row. */
struct BookOrderStep {
    Uuid id;
    std::int64_t log = 0;
    std::string kind; ///< answer, accept, return, recheck, review_ask, review_decide
    rules::Day on;
    rules::Day dueOn = rules::kNever; ///< the new limit; of a recheck, the day by which it is made
    std::optional<Uuid> to;           ///< who is sent for a recheck
    std::string outcome;              ///< of a review: upheld, changed, withdrawn
};

enum class OrderState : std::uint8_t { Issued, Open, Answered, Recheck, Closed, Withdrawn };
inline constexpr std::size_t kOrderStates = 6;
[[nodiscard]] std::string_view orderStateName(OrderState state);
[[nodiscard]] std::optional<OrderState> orderStateFromName(std::string_view name);

/** Where an order stands. */
struct OrderNow {
    OrderState state = OrderState::Issued;
    rules::Day due;
    rules::Day closedOn = rules::kNever;
    bool reopened = false;                    ///< was closed before
    bool recheckFailed = false;               ///< returned after somebody had looked, and not closed since
    std::optional<Uuid> why;                  ///< the step that returned or reopened it
    rules::Day reviewAskedOn = rules::kNever; ///< the unit has used its right
    rules::Day reviewDecidedOn = rules::kNever;
    /** The unit owes an answer and the limit is past. */
    [[nodiscard]] bool isOverdue(rules::Day today) const {
        return (state == OrderState::Issued || state == OrderState::Open) && due < today;
    }
    [[nodiscard]] bool isOver() const { return state == OrderState::Closed || state == OrderState::Withdrawn; }
};

struct BookOrder {
    Uuid id;
    bool isHere = false;
    std::int64_t log = 0; ///< of its birth
    std::string number;   ///< 整〔2026〕35号
    int year = 0, running = 0;
    Uuid finding;
    std::optional<Uuid> item;
    rules::Index unit = rules::kNone;
    rules::Day issuedOn, dueOn; ///< as issued
    bool photosRequired = false;
    bool outside = false; ///< its assignee is no unit of the ledger and answers through a link
    rules::Day acknowledgedOn = rules::kNever;
    std::vector<BookOrderStep> steps; ///< in the ledger's order
    [[nodiscard]] OrderNow now() const { return standing(true); }
    /** As its unit may know it: that somebody comes to look again is not announced (四不两直). */
    [[nodiscard]] OrderNow nowForUnit() const { return standing(false); }
    /** The last day on which the unit may ask for a review; kNever while the order was not received. */
    [[nodiscard]] rules::Day reviewUntil() const;

private:
    [[nodiscard]] OrderNow standing(bool withRechecks) const;
};

/** Numbers of orders: 整〔YYYY〕N号. */
inline constexpr std::string_view kOrderPrefix = "整";
/** 政府督查工作条例: asked for within 30 days of receipt, decided within 30 days of the asking. */
inline constexpr int kReviewDays = 30;

} // namespace zhicha
