#pragma once
// The files of shared/rules/data, compiled in (shared/rules/embed.cmake).
#include <string_view>

namespace zhicha::rules {
[[nodiscard]] std::string_view sanmenxiaRulesText();
[[nodiscard]] std::string_view publicHolidaysText();
} // namespace zhicha::rules
