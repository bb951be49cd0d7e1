#pragma once
// Makes JSON values: numbers that are counts, everything else text.
#include "shared/json/json_text.h"

namespace zhicha::rules {

inline JsonText jsonText(std::string text) {
    return {JsonText::Kind::String, std::move(text), {}, {}};
}
inline JsonText jsonNumber(std::int64_t number) {
    return {JsonText::Kind::Number, std::to_string(number), {}, {}};
}
inline JsonText jsonFlag(bool flag) {
    return {flag ? JsonText::Kind::True : JsonText::Kind::False, {}, {}, {}};
}
inline JsonText jsonNull() {
    return {};
}
inline JsonText jsonList(std::vector<JsonText> items = {}) {
    return {JsonText::Kind::Array, {}, std::move(items), {}};
}
inline JsonText jsonObject(std::vector<std::pair<std::string, JsonText>> members = {}) {
    return {JsonText::Kind::Object, {}, {}, std::move(members)};
}

} // namespace zhicha::rules
