#pragma once
// What the resources of the supervision ledger share: whose items somebody sees, the filters of their lists, one act
// of the office on the ledger's thread.
#include "sync-server/http/resources/console/console_gate.h"
#include "sync-server/http/resources/console/list_query.h"
#include "sync-server/office/ledger/item_acts.h"
#include "sync-server/office/ledger/item_list.h"
#include "sync-server/office/ledger/request_acts.h"

namespace zhicha {

/** What the reach of this call covers. */
[[nodiscard]] Result<ItemScope> scopeOf(ConsoleCall &call, LedgerReader &reader, const Book &book);
/** The book on today's day, for reading. */
template <typename T>
Result<T> lookInBook(ConsoleCall &call, const std::function<Result<T>(LedgerReader &, const Book &)> &work) {
    return call.access.look<T>([&](LedgerReader &reader) -> Result<T> {
        return call.context.book.look<T>(reader, dayOfInstant(call.context.signIn.clock().nowMs()),
                                         [&](const Book &book) { return work(reader, book); });
    });
}
/** The item of the path as far as the call may see it: not_yours for an own scope, whether it exists or not. */
[[nodiscard]] Result<const BookItem *> itemOfPath(ConsoleCall &call, LedgerReader &reader, const Book &book,
                                                  Resource resource);

struct ReadItemQuery {
    ItemListQuery query;
    std::string text;
};
[[nodiscard]] Result<ReadItemQuery> readItemQuery(ConsoleCall &call, LedgerReader &reader, const Book &book);

/** An operation of the office on the ledger, seen by everybody from then on. */
[[nodiscard]] Result<Response> actOnLedger(ConsoleCall &call,
                                           const std::function<Result<nlohmann::json>(const LedgerAct &)> &work);
/** Fields of the body that make an item. InvalidArgument for a wrong type. */
[[nodiscard]] Result<ItemDraft> readItemDraft(ConsoleCall &call, const nlohmann::json &body);
/** What the notice forbids, or does not make due, is refused with its clause, in its own words. */
[[nodiscard]] Result<nlohmann::json> orByTheNotice(ConsoleCall &call, Result<nlohmann::json> done,
                                                   const Refusal &refusal);
/** The name of whoever asks: units name their vice mayor by it. */
[[nodiscard]] Result<std::string> ownName(ConsoleCall &call, LedgerReader &reader);

} // namespace zhicha
