#pragma once
// An error as people read it on a terminal and as programs read it from one: both programs print the same.
#include "shared/protocol/problems.h"

#include <string>
#include <utility>
#include <vector>

namespace zhicha {

/** Eight lines, Chinese first: what happened, what is safe, what to do next, who can lift it. Ends with a newline. */
[[nodiscard]] std::string explanationText(const Error &error);

/** The members of the JSON object that --json prints: code, detail, then what, safe, next and who, each with its
 *  English as `…_en`. UTF-8 but for `detail`, which may quote any bytes. */
[[nodiscard]] std::vector<std::pair<std::string, std::string>> explanationFields(const Error &error);

} // namespace zhicha
