#pragma once
// The master ledger and a unit's own one as the console lists them, and one item with everything about it
// (docs/CONSOLE_API.md §11).
#include "sync-server/office/console/check_list.h"
#include "sync-server/office/ledger/book.h"

#include <set>

namespace zhicha {

/** Whose items somebody sees. */
struct ItemScope {
    bool all = false;
    std::vector<rules::Index> units; ///< else those that one of these leads or cooperates in
    [[nodiscard]] bool covers(const BookItem &item) const;
    [[nodiscard]] bool has(rules::Index unit) const;
};
/** What a clerk's and a vice mayor's roles in force make their own. */
[[nodiscard]] Result<ItemScope> ownItems(LedgerReader &ledger, const Book &book, const Uuid &person);

struct ItemListQuery {
    ItemOrder order = ItemOrder::Lamp;
    std::set<Lamp> lamps; ///< empty = every
    std::optional<Uuid> unit;
    std::string part; ///< "", lead, cooperating: of `unit`, or of the scope's units
    int source = 0;
    std::string kind, supervisor;
    std::optional<rules::Day> from, until; ///< of the due date, both included
    std::string text;
    ItemScope scope;
};

/** All that the query asks for, in its order. */
[[nodiscard]] std::vector<rules::Index> itemsOf(const Book &book, const ItemListQuery &query);

/** A page; beside it how many there are under each lamp ({name: count}) of what the other filters leave, and
 *  who the supervisors of those are. */
struct ItemPage {
    ListPage page;
    nlohmann::json lamps;
    std::set<std::string> supervisors; ///< at most kMostSupervisors
};
inline constexpr std::size_t kMostSupervisors = 100;
[[nodiscard]] Result<ItemPage> listItems(LedgerReader &ledger, const Book &book, const ItemListQuery &query,
                                         std::string_view queryText, std::string_view cursor, std::int64_t limit);

/** Row of a list. */
[[nodiscard]] Result<nlohmann::json> itemRowJson(LedgerReader &ledger, Names &names, const Book &book,
                                                 const BookItem &item);
/** {"colour","workdays"?,"step"?,…}: what the browser puts into words. */
[[nodiscard]] nlohmann::json lampJson(const Book &book, const ItemNow &now);
[[nodiscard]] nlohmann::json reportJson(Names &names, const Book &book, const BookReport &report);
/** A text that the row keeps as a field which the ledger file does not name. */
void putExtraText(nlohmann::json &out, const EntityRow &row, const char *name);
/** Nothing for kNever. */
void putDay(nlohmann::json &out, const char *name, rules::Day day);

/** The row and everything about it that the scope may see: of reports and points a unit sees its own alone. */
[[nodiscard]] Result<nlohmann::json> itemDetailJson(LedgerReader &ledger, const Book &book, const BookItem &item,
                                                    const ItemScope &scope);
/** {"rows","next"?}: operations of the item and of what stands with it, newest first, at most `limit` older than
 *  `before` (0 = the newest). */
[[nodiscard]] Result<nlohmann::json> itemHistoryJson(LedgerReader &ledger, const Book &book, const BookItem &item,
                                                     const ItemScope &scope, std::int64_t before, std::int64_t limit);
/** The last operation that wrote the item's own fields: what a form quotes as its base. */
[[nodiscard]] Result<std::int64_t> lastLogOf(LedgerReader &ledger, const Uuid &item);

} // namespace zhicha
