#pragma once
// A title of 2号 in lines about as long as each other, broken where `\n` says or where it hurts the sense least.
#include <string>
#include <vector>

namespace zhicha::documents {

/** Lines of at most 20 signs. Of a text that checkPaper let through. */
[[nodiscard]] std::vector<std::u32string> titleLines(const std::string &title);

} // namespace zhicha::documents
