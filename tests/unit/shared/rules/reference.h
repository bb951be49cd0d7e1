#pragma once
// The rules computed a second time, straight from the text of the notice and the design: on JSON, by days of the
// standard library, with a table of points of its own, no index and no shortcut. Slow, for small ledgers.
#include <nlohmann/json.hpp>
#include <string>

namespace zhicha::test {

/** `commend`: "midyear", "annual" or "". The holiday table is read from the tree. */
[[nodiscard]] nlohmann::json referenceAssess(const nlohmann::json &ledger, const std::string &asOf,
                                             const std::string &commend);
[[nodiscard]] nlohmann::json referenceDue(const nlohmann::json &ledger, const std::string &asOf);

} // namespace zhicha::test
