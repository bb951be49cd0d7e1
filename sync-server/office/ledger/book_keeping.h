#pragma once
// Brings a book up to date: everything once, then what the log names.
#include "sync-server/office/ledger/book.h"

#include <set>

namespace zhicha {

/** Owner: one refresh, under the book's lock. */
class BookKeeping {
public:
    BookKeeping(Book &book, LedgerReader &ledger) : m_book(book), m_ledger(ledger) {}
    /** On an error the book is behind and is brought up to date the next time. */
    Status bringUpTo(std::int64_t last, rules::Day today);

private:
    Status loadAll();
    Status loadSince(std::int64_t from);
    Status put(const Uuid &id, const EntityRow &row);
    void putUnit(const Uuid &id, const EntityRow &row);
    void putItem(const Uuid &id, const EntityRow &row);
    Status putOfItem(const Uuid &id, const EntityRow &row);
    void putReport(rules::Index item, const Uuid &id, const EntityRow &row);
    void putEvent(const Uuid &id, const EntityRow &row);
    void putPublication(const Uuid &id, const EntityRow &row);
    Status putRequest(const Uuid &id, const EntityRow &row);
    void putRequestWord(const Uuid &id, const EntityRow &row);
    Status putOrder(const Uuid &id, const EntityRow &row);
    Status putOrderStep(const Uuid &id, const EntityRow &row);
    void touchItem(const std::optional<Uuid> &item);
    void dropFromOwner(const Uuid &id);
    /** What was decided, as the rules read it: in the order in which the ledger first had it. */
    void settle(BookItem &item) const;
    void arrange(rules::Day today);
    [[nodiscard]] rules::Index unitIndex(const Uuid &id);
    [[nodiscard]] rules::Index itemIndex(const Uuid &id);
    [[nodiscard]] std::vector<rules::Index> unitList(const EntityRow &row, std::string_view name);
    Result<std::int64_t> birthLog(const Uuid &id, const EntityRow &row);
    [[nodiscard]] static rules::Day dayOr(const EntityRow &row, std::string_view name, rules::Day absent);

    Book &m_book;
    LedgerReader &m_ledger;
    std::set<rules::Index> m_touched;
};

} // namespace zhicha
