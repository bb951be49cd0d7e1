#pragma once
// Official numbers, running per kind and year: 督〔2026〕15号 for items, 三政督〔2026〕15号 for notices
// (二（二）登记、编号).
#include "shared/base/result.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace zhicha::rules {

struct OfficialNumber {
    std::string prefix; ///< the kind: 督, 三政督
    int year = 0;
    int number = 0; ///< from 1, without leading zeros
    friend bool operator==(const OfficialNumber &, const OfficialNumber &) = default;
};

[[nodiscard]] std::string officialNumberText(const OfficialNumber &number);
/** nullopt if it is not exactly what officialNumberText writes (a year of four digits, a number from 1 to 999,999). */
[[nodiscard]] std::optional<OfficialNumber> officialNumberFromText(std::string_view text);
/** The one after the highest of its kind and year among those given out; numbers of withdrawn items stay taken, so a
 *  gap is never filled. TooLarge after the last. Texts that are no official numbers take none. */
[[nodiscard]] Result<OfficialNumber> nextOfficialNumber(std::string_view prefix, int year,
                                                        std::span<const std::string> givenOut);

} // namespace zhicha::rules
