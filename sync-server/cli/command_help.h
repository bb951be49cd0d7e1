#pragma once
// What a person reads: usage, and errors from the one table of problems, Chinese first.
#include "shared/base/error.h"

#include <string>

namespace zhicha {

[[nodiscard]] std::string overview();
[[nodiscard]] std::string commandUsage(std::string_view name); ///< "" for an unknown one
/** An error as one JSON object, for --json (shared/protocol/explanation.h). */
[[nodiscard]] std::string problemJson(const Error &error);

} // namespace zhicha
