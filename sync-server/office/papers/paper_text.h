#pragma once
// Titles and days of papers; how their bodies are put together is in shared/documents/paper_body.h.
#include "shared/documents/paper_body.h"
#include "shared/rules/day.h"

namespace zhicha {

[[nodiscard]] std::string inWords(rules::Day day);

/** A title of these parts: on one line if it fits, else in as few lines as it takes, broken between parts alone. Where
 * a part is longer than a line, nothing is said of lines. */
[[nodiscard]] std::string titleOf(const std::vector<std::string> &parts);

} // namespace zhicha
