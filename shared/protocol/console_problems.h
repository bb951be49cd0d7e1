#pragma once
// What only the console refuses (docs/CONSOLE_API.md §1), in the same words-for-people form as the tablets' table.
#include "shared/protocol/problems.h"

namespace zhicha {

[[nodiscard]] std::span<const Problem> consoleProblems();
/** nullptr if there is none. */
[[nodiscard]] const Problem *findConsoleProblem(std::string_view key);

} // namespace zhicha
