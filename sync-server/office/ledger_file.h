#pragma once
// The ledger file (design 4 "The ledger file"), read and checked before anything of it is written.
#include "shared/json/json_text.h"
#include "shared/oplog/operation.h"

#include <functional>

namespace zhicha {

/** One row of a list, as the fields of its ledger operation. */
struct FileEntry {
    std::string place; ///< "items[3]"
    std::string code;
    Uuid id;
    cbor::Map fields;                       ///< of unit.put, site.put or item.register
    std::optional<std::string> completedOn; ///< items
    std::optional<std::string> awarded;     ///< as written
};

struct LedgerFile {
    std::vector<FileEntry> units;
    std::vector<FileEntry> sites;
    std::vector<FileEntry> items;
    cbor::Map extra; ///< unknown lists and fields at the top: name -> JSON text
};

/** Says whether the ledger has a unit of this code already, beside those of the file. */
using KnowsUnit = std::function<Result<bool>(const Uuid &unit)>;

/** Every error names its place ("items[3].due_on: not a day"). BadEncoding, TooLarge, InvalidArgument, NotYet (a list
 *  that this version does not take is not empty). */
[[nodiscard]] Result<LedgerFile> readLedgerFile(const Uuid &ledger, std::string_view text, const KnowsUnit &knowsUnit);

/** Lists and fields of the file that this version keeps empty. */
[[nodiscard]] bool isListForLater(std::string_view name);

} // namespace zhicha
