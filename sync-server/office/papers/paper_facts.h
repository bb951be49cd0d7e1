#pragma once
// What the ledger says as of a day, as papers need it: the book's items, units and figures, and the rows behind them.
#include "sync-server/office/ledger/book.h"
#include "sync-server/office/office.h"

namespace zhicha {

/** A recorded step of the ladder with what was written down of it. */
struct RecordedStep {
    int step = 0;
    rules::Day on;
    std::string commitment;
    std::string commitmentDueOn;
};

/** Owner: whoever drafts a paper, while it reads the book. */
class PaperFacts {
public:
    explicit PaperFacts(const Book &book) : m_book(book), m_ledger(book.asLedger()) {}

    [[nodiscard]] const rules::Ledger &ledger() const { return m_ledger; }
    /** Of units that are not void. */
    [[nodiscard]] std::optional<Uuid> unitId(rules::Index unit) const;
    [[nodiscard]] std::string unitName(rules::Index unit) const;
    [[nodiscard]] std::string unitName(const Uuid &unit) const;
    /** By code. */
    [[nodiscard]] std::vector<Uuid> allUnits() const;

    /** By UUID, code or official number. NotFound, also for a void one. */
    [[nodiscard]] Result<const BookItem *> findItem(LedgerReader &reader, const std::string &text) const;
    /** In ledger(). */
    [[nodiscard]] Result<rules::Index> indexOf(const BookItem &item) const;
    /** Steps recorded up to the day and counting by the notice, in order. */
    [[nodiscard]] Result<std::vector<RecordedStep>> stepsOf(LedgerReader &reader, const BookItem &item, rules::Day due,
                                                            rules::Day day) const;

private:
    const Book &m_book;
    rules::Ledger m_ledger;
};

} // namespace zhicha
