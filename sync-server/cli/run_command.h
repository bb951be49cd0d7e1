#pragma once
// The whole of zhicha-server behind main().
#include <string>
#include <vector>

namespace zhicha {
/** The exit code: 0 done, 1 refused or failed, 2 wrong usage. */
[[nodiscard]] int runServerCommand(const std::vector<std::string> &arguments);
} // namespace zhicha
