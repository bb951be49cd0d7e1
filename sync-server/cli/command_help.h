#pragma once
// What a person reads: usage, and errors from the one table of problems, Chinese first.
#include "shared/base/error.h"

#include <string>

namespace zhicha {

[[nodiscard]] std::string overview();
[[nodiscard]] std::string commandUsage(std::string_view name); ///< "" for an unknown one
/** What happened, what is safe, what to do, who can lift it: in both languages, several lines. */
[[nodiscard]] std::string problemText(const Error &error);
/** The same as one JSON object, for --json. */
[[nodiscard]] std::string problemJson(const Error &error);

} // namespace zhicha
