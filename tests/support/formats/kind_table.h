#pragma once
// The table of kinds as FORMATS.md shows it.
#include <string>

namespace zhicha {
/** Markdown, one row per kind; ends with a line feed. */
[[nodiscard]] std::string kindTable();
} // namespace zhicha
