#pragma once
// The closed list of what the audit trail records, in words.
#include <string>
#include <utility>

namespace zhicha {

/** Chinese and English; the word itself for one that a later version wrote. */
[[nodiscard]] std::pair<std::string, std::string> auditWords(const std::string &act);

} // namespace zhicha
