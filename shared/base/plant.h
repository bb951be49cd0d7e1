#pragma once
// Planted bugs: `if (plant("skip_fsync"))` is `if (false)` in the product. One extra build (preset `planted`) asks the
// environment variable ZHICHA_PLANT instead, so that each suite can be shown to catch what it claims to catch.
// docs/RELIABILITY.md lists them with the check that finds each.
#include <string_view>

namespace zhicha {
#ifdef ZHICHA_PLANT
[[nodiscard]] bool plant(std::string_view name);
#else
[[nodiscard]] constexpr bool plant(std::string_view) {
    return false;
}
#endif
} // namespace zhicha
