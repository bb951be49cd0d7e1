#pragma once
// Rectification orders as the pages show them: the list behind board and table, and one order with everything said
// about it. A unit never reads that somebody goes to look again, nor who or when.
#include "sync-server/office/ledger/item_list.h"
#include "sync-server/office/ledger/order_acts.h"

namespace zhicha {

/** Whose orders somebody sees. */
struct OrderScope {
    ItemScope units;
    std::optional<Uuid> inspector; ///< those that this person is sent to look at again
    [[nodiscard]] bool covers(const BookOrder &order) const;
    /** The office, and who is sent to look again. */
    [[nodiscard]] bool seesRechecks(const BookOrder &order) const;
    [[nodiscard]] OrderNow standing(const BookOrder &order) const {
        return seesRechecks(order) ? order.now() : order.nowForUnit();
    }
};

struct OrderListQuery {
    std::optional<OrderState> state;
    std::string due; ///< "", overdue, today, week
    std::optional<Uuid> unit, item, finding;
    OrderScope scope;
};
inline constexpr std::array<std::string_view, 3> kOrderDues{"overdue", "today", "week"};

struct OrderPage {
    ListPage page;
    nlohmann::json states; ///< {state: how many} of what the other filters leave
};
/** Open ones by their limit, closed ones the latest first. */
[[nodiscard]] Result<OrderPage> listOrders(LedgerReader &ledger, const Book &book, const OrderListQuery &query,
                                           std::string_view queryText, std::string_view cursor, std::int64_t limit);

/** Row of a list. */
[[nodiscard]] Result<nlohmann::json> orderRowJson(LedgerReader &ledger, Names &names, const Book &book,
                                                  const BookOrder &order, const OrderScope &scope);
/** Row, demand, and what was said step by step. */
[[nodiscard]] Result<nlohmann::json> orderDetailJson(LedgerReader &ledger, const Book &book, const BookOrder &order,
                                                     const OrderScope &scope);

/** What a person may do about it now: true, or the word for why not. */
struct OrderPowers {
    bool office = false, unit = false, chief = false;
    std::optional<Uuid> person;
    OrderScope scope;
};
[[nodiscard]] Result<nlohmann::json> mayDoAboutOrder(LedgerReader &ledger, const Book &book, const BookOrder &order,
                                                     const OrderPowers &powers);

/** How many wait for the office (answered), or for the unit (to be received, to be answered). */
[[nodiscard]] std::int64_t ordersWaiting(const Book &book, const OrderScope &scope, bool forOffice);

} // namespace zhicha
