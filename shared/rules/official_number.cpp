#include "shared/rules/official_number.h"

#include <algorithm>
#include <charconv>

namespace zhicha::rules {

namespace {
constexpr std::string_view kOpen = "〔";
constexpr std::string_view kClose = "〕";
constexpr std::string_view kEnd = "号";
constexpr int kLast = 999'999;

std::optional<int> plainNumber(std::string_view digits) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool whole = error == std::errc() && end == digits.data() + digits.size();
    return whole && digits[0] >= '1' && digits[0] <= '9' ? std::optional(value) : std::nullopt;
}
} // namespace

std::string officialNumberText(const OfficialNumber &number) {
    std::string out = number.prefix;
    out += kOpen;
    out += std::to_string(number.year);
    out += kClose;
    out += std::to_string(number.number);
    out += kEnd;
    return out;
}

std::optional<OfficialNumber> officialNumberFromText(std::string_view text) {
    const std::size_t open = text.find(kOpen);
    const std::size_t close = text.find(kClose);
    if (open == std::string_view::npos || open == 0 || close == std::string_view::npos || close < open ||
        !text.ends_with(kEnd))
        return std::nullopt;
    const std::string_view year = text.substr(open + kOpen.size(), close - open - kOpen.size());
    std::string_view digits = text.substr(close + kClose.size());
    if (digits.size() <= kEnd.size() || year.size() != 4)
        return std::nullopt;
    digits.remove_suffix(kEnd.size());
    const auto yearNumber = plainNumber(year);
    const auto number = plainNumber(digits);
    if (!yearNumber || !number || *number > kLast)
        return std::nullopt;
    return OfficialNumber{std::string(text.substr(0, open)), *yearNumber, *number};
}

Result<OfficialNumber> nextOfficialNumber(std::string_view prefix, int year, std::span<const std::string> givenOut) {
    int highest = 0;
    for (const std::string &text : givenOut)
        if (const auto number = officialNumberFromText(text);
            number && number->prefix == prefix && number->year == year)
            highest = std::max(highest, number->number);
    if (highest == kLast)
        return fail(Code::TooLarge,
                    "the numbers of " + std::string(prefix) + " for " + std::to_string(year) + " are used up");
    return OfficialNumber{std::string(prefix), year, highest + 1};
}

} // namespace zhicha::rules
