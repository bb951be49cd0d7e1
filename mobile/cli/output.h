#pragma once
// What people and scripts are told.
#include "shared/base/error.h"

#include <nlohmann/json.hpp>

namespace zhicha::cli {

/** What happened, what is safe, what to do next, who can lift it: Chinese first, then English, on standard error; with
 *  `json` also an object {"error": …} on standard output. Answers the exit code: 2 for wrong usage, else 1. */
int printError(const Error &error, bool json);
/** One line to standard error. */
void say(const std::string &line);
/** The words of the problem table for an outcome or a code, "中文 / English"; the key itself if there are none. */
[[nodiscard]] std::string wordsOf(const std::string &key);

} // namespace zhicha::cli
