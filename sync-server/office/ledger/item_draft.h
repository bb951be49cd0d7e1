#pragma once
// An item as somebody typed it, in a form or in a row of a table, and everything that is wrong with it at once.
#include "sync-server/office/ledger/book.h"

#include <nlohmann/json_fwd.hpp>

namespace zhicha {

/** Texts by the names of item.register's fields. A unit is named by its UUID, its code or its name. */
struct ItemDraft {
    std::map<std::string, std::string> texts;
    std::optional<std::vector<std::string>> cooperating;
};

/** What is wrong with one field; `why` is a word: missing, too_long, not_text, not_a_day, before_issue, unknown_unit,
 *  ambiguous_unit, unknown_source, unknown_kind, also_lead, twice. */
struct DraftProblem {
    std::string field;
    std::string why;
    bool operator==(const DraftProblem &) const = default;
};

struct ReadDraft {
    cbor::Map fields; ///< of item.register, as far as they are right
    std::vector<DraftProblem> problems;
};

/** Fields of a draft, in the order of the form. */
[[nodiscard]] const std::vector<std::string> &draftFields();
/** `whole`: everything that registering needs must be there; else what is there is read alone. */
[[nodiscard]] ReadDraft readDraft(const Book &book, const ItemDraft &draft, bool whole);

} // namespace zhicha
