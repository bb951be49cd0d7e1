#include "shared/geo/fix.h"

#include <array>
#include <utility>

namespace zhicha {
namespace {

constexpr std::array<std::pair<FixFlag, std::string_view>, 4> kFlagWords{
    {{kFixMock, "mock"}, {kFixJump, "jump"}, {kFixFrozen, "frozen"}, {kFixFewSatellites, "few_satellites"}}};
constexpr std::array<std::pair<FixSource, std::string_view>, 3> kSourceWords{
    {{FixSource::System, "system"}, {FixSource::Nmea, "nmea"}, {FixSource::Simulated, "simulated"}}};

} // namespace

bool isPlace(std::int64_t lat, std::int64_t lon) {
    return lat >= -90LL * kDegree && lat <= 90LL * kDegree && lon >= -180LL * kDegree && lon <= 180LL * kDegree;
}

std::string_view fixSourceName(FixSource source) {
    for (const auto &[value, word] : kSourceWords)
        if (value == source)
            return word;
    return {};
}

std::optional<FixSource> fixSourceFromName(std::string_view name) {
    for (const auto &[value, word] : kSourceWords)
        if (word == name)
            return value;
    return std::nullopt;
}

std::vector<std::string_view> fixFlagNames(std::uint32_t flags) {
    std::vector<std::string_view> out;
    for (const auto &[flag, word] : kFlagWords)
        if ((flags & flag) != 0)
            out.push_back(word);
    return out;
}

std::optional<std::uint32_t> fixFlagFromName(std::string_view name) {
    for (const auto &[flag, word] : kFlagWords)
        if (word == name)
            return flag;
    return std::nullopt;
}

Freshness freshness(std::int64_t ageMs) {
    if (ageMs < 0 || ageMs > kUnusableAfterMs)
        return Freshness::Unusable;
    return ageMs > kOldAfterMs ? Freshness::Old : Freshness::Good;
}

} // namespace zhicha
