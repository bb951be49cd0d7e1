#pragma once
// Fields that a row keeps although the ledger file does not name them: JSON texts by their names, in its `extra`.
#include "shared/ledger/row.h"

namespace zhicha {

/** As it is kept; null if there is none. */
[[nodiscard]] const std::string *extraJson(const EntityRow &row, std::string_view name);
/** Of a field that is a text; "" if there is none, or another value. */
[[nodiscard]] std::string extraText(const EntityRow &row, std::string_view name);
/** A text as it is kept in one. */
[[nodiscard]] std::string extraOfText(const std::string &text);

} // namespace zhicha
