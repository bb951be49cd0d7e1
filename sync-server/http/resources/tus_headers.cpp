#include "sync-server/http/resources/tus_headers.h"

namespace zhicha {
namespace {

constexpr std::size_t kMaxDigits = 18; // always fits in 63 bits

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

} // namespace

std::optional<std::uint64_t> readDecimal(std::string_view text) {
    if (text.empty() || text.size() > kMaxDigits)
        return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return value;
}

std::optional<std::string> tusMetadata(std::string_view field, std::string_view key) {
    std::optional<std::string> result;
    while (!field.empty()) {
        const auto comma = field.find(',');
        const auto pair = trimmed(field.substr(0, comma));
        field.remove_prefix(comma == std::string_view::npos ? field.size() : comma + 1);
        const auto space = pair.find(' ');
        if (pair.substr(0, space) != key)
            continue;
        if (result || space == std::string_view::npos)
            return std::nullopt;
        const auto value = fromBase64(pair.substr(space + 1));
        if (!value)
            return std::nullopt;
        result = std::string(textOf(*value));
    }
    return result;
}

RangeVerdict readRange(std::string_view field, std::uint64_t size, ByteRange &range) {
    range.first = 0;
    range.last = size;
    static constexpr std::string_view kUnit = "bytes=";
    if (field.substr(0, kUnit.size()) != kUnit)
        return RangeVerdict::Whole;
    const auto spec = trimmed(field.substr(kUnit.size()));
    const auto dash = spec.find('-');
    if (dash == std::string_view::npos || spec.find(',') != std::string_view::npos)
        return RangeVerdict::Whole;
    const auto first = readDecimal(spec.substr(0, dash));
    const auto second = readDecimal(spec.substr(dash + 1));
    const bool openEnd = dash + 1 == spec.size();
    if (dash == 0) { // the last n bytes
        if (!second)
            return RangeVerdict::Whole;
        if (*second == 0 || size == 0)
            return RangeVerdict::Unsatisfiable;
        range.first = *second < size ? size - *second : 0;
        return RangeVerdict::Part;
    }
    if (!first || (!second && !openEnd) || (second && *second < *first))
        return RangeVerdict::Whole;
    if (*first >= size)
        return RangeVerdict::Unsatisfiable;
    range.first = *first;
    if (second && *second < size)
        range.last = *second + 1;
    return RangeVerdict::Part;
}

} // namespace zhicha
