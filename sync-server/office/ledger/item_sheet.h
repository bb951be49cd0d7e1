#pragma once
// The master ledger as a table for spreadsheet programs, and a table as items to be registered. What a stranger's file
// says is read cell by cell; as long as one of them is wrong nothing of it is registered.
#include "shared/documents/sheet.h"
#include "sync-server/office/ledger/item_acts.h"
#include "sync-server/office/ledger/item_list.h"

namespace zhicha {

/** What the first sheet of a table that leaves the house says of it: who took it, when, by which filters, its level. */
struct SheetNote {
    std::string person;
    std::int64_t atMs = 0;
    std::vector<std::pair<std::string, std::string>> filters; ///< in Chinese, as a person reads them
};

inline constexpr std::size_t kMostSheetItems = 50'000;

/** The filtered list with the nine fields, the state and the days of each item. TooLarge over kMostSheetItems. */
[[nodiscard]] Result<Bytes> itemSheet(LedgerReader &ledger, const Book &book, const ItemListQuery &query,
                                      const SheetNote &note);
/** A month's ranking, a sheet for each group; a scope that is not everything has its own units alone. NotFound for a
 *  month that has not begun. */
[[nodiscard]] Result<Bytes> rankingSheet(LedgerReader &ledger, const Book &book, rules::Month month,
                                         const ItemScope &scope, const SheetNote &note);
/** An empty table to be filled in, with the units that it may name. */
[[nodiscard]] Result<Bytes> registrationForm(const Book &book);

/** The header that a field has in our tables. */
[[nodiscard]] std::string sheetHeader(const std::string &field);

/** A table as it was understood. `answer`: {"sheet","rows","header_row","columns":[{"column","header","field"}],
 *  "ignored":[{"column","header"}],"first":[≤ 20 rows as they would be registered],"problems":[≤ kMostShownProblems
 *  {"row","column","cell","header","field","value","why","right","right_en"}],"problem_count"}. `why`: a word of
 *  DraftProblem, or formula, failed_cell, merged, has_time, number_given, same_as_row, registered_already, no_column,
 *  column_twice, no_table, empty_table, too_many. */
struct SheetReading {
    nlohmann::json answer;
    std::vector<ItemDraft> drafts; ///< in the order of the file; those with a problem too
    [[nodiscard]] bool isClean() const { return answer["problem_count"] == 0; }
};
inline constexpr std::size_t kMostShownProblems = 500;
inline constexpr std::size_t kMostSheetRows = 10'000;
[[nodiscard]] SheetReading readItemSheet(const Book &book, const std::vector<documents::Sheet> &sheets);

/** Registers what the sheets hold, in the order of the file, in one transaction: the answer with {"registered",
 *  "numbers":[{"year","first","last","count"}]}; with a problem, or a dry run, nothing is written. Role: reviewer. */
[[nodiscard]] Result<nlohmann::json> registerSheet(const LedgerAct &act, const std::vector<documents::Sheet> &sheets,
                                                   bool dryRun);

} // namespace zhicha
