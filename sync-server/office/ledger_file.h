#pragma once
// The ledger file (design 4 "The ledger file"), read and checked before anything of it is written.
#include "shared/json/json_text.h"
#include "shared/oplog/operation.h"

#include <functional>

namespace zhicha {

/** One row of a list, as the fields of its ledger operations. */
struct FileEntry {
    std::string place; ///< "items[3]", "items[3].extensions[0]"
    std::string code;  ///< empty where rows have none; rankings: the month, papers: the number
    Uuid id;           ///< derived from the code
    cbor::Map fields;  ///< of the kind that bears it
    cbor::Map changes; ///< fields that other kinds of the same entity write (an item's completion); absent = not so
};

struct LedgerFile {
    std::vector<FileEntry> units;
    std::vector<FileEntry> sites;
    std::vector<FileEntry> items;
    std::vector<FileEntry> extensions; ///< of all items, in the order of the file; like the next three and the ladder
    std::vector<FileEntry> transfers;  ///< they name their item in `fields`
    std::vector<FileEntry> withdrawals;
    std::vector<FileEntry> exemptions;
    std::vector<FileEntry> events;
    std::vector<FileEntry> reports;
    std::vector<FileEntry> ladder;
    std::vector<FileEntry> rankings;
    std::vector<FileEntry> papers;   ///< the number is the code; `changes` has the revocation, `revoked_by` as a number
    std::vector<FileEntry> receipts; ///< of all papers, with the paper's number as the code
    bool hasLadder = false;          ///< the file says what steps there are, be it none
    cbor::Map extra;                 ///< unknown lists and fields at the top: name -> JSON text
};

/** Says whether the ledger has a unit or an item ("unit", "item") of this id already, beside those of the file. */
using KnowsEntity = std::function<Result<bool>(std::string_view type, const Uuid &entity)>;

/** Every error names its place ("items[3].due_on: not a day"). BadEncoding, TooLarge, InvalidArgument. */
[[nodiscard]] Result<LedgerFile> readLedgerFile(const Uuid &ledger, std::string_view text, const KnowsEntity &knows);

} // namespace zhicha
