#pragma once
// JSON with its keys in order and its numbers as they were written, so that only the order of lists counts.
#include "shared/json/json_text.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace zhicha::test {

inline void sortKeys(JsonText &value) {
    std::sort(value.members.begin(), value.members.end(), [](const auto &a, const auto &b) { return a.name < b.name; });
    for (auto &[name, member] : value.members)
        sortKeys(member);
    for (JsonText &item : value.items)
        sortKeys(item);
}

inline std::string withSortedKeys(std::string_view text) {
    auto parsed = parseJsonText(text);
    if (!parsed) {
        ADD_FAILURE() << parsed.error().detail;
        return {};
    }
    sortKeys(*parsed);
    return writeJsonText(*parsed);
}

} // namespace zhicha::test
