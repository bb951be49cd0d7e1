#include "shared/rules/json_fields.h"

#include "shared/rules/exact.h"

#include <algorithm>

namespace zhicha::rules {

std::string Place::text() const {
    std::string out = parent != nullptr ? parent->text() : "";
    if (!name.empty())
        out += (out.empty() ? "" : ".") + std::string(name);
    if (index >= 0)
        out += "[" + std::to_string(index) + "]";
    return out;
}

std::string quoted(std::string_view text) {
    constexpr std::size_t kLongest = 60;
    std::size_t end = std::min(text.size(), kLongest);
    while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u)
        --end; // not inside a character
    return "\"" + std::string(text.substr(0, end)) + (end < text.size() ? "…" : "") + "\"";
}

JsonFields::JsonFields(const JsonText &value, const Place &place, Trouble &trouble)
    : m_value(value), m_place(place), m_trouble(trouble) {
    if (value.kind != JsonText::Kind::Object)
        trouble.report(place.parent == nullptr ? "the file" : place.text(), "not an object");
}

void JsonFields::refuse(std::string_view name, const std::string &why) {
    m_trouble.report(Place{&m_place, name, -1}.text(), why);
}

const JsonText *JsonFields::find(std::string_view name, bool required) {
    for (std::size_t i = 0; i < m_value.members.size(); ++i) {
        if (m_value.members[i].name != name)
            continue;
        m_read |= i < 64 ? std::uint64_t{1} << i : 0;
        if (m_value.members[i].value.kind != JsonText::Kind::Null)
            return &m_value.members[i].value;
        break;
    }
    if (required)
        refuse(name, "missing");
    return nullptr;
}

std::string JsonFields::text(std::string_view name, bool required) {
    const JsonText *value = find(name, required);
    if (value == nullptr)
        return {};
    if (value->kind != JsonText::Kind::String)
        refuse(name, "not a text");
    return value->text;
}

std::optional<Day> JsonFields::dayIfAny(std::string_view name) {
    const JsonText *value = find(name, false);
    if (value == nullptr)
        return std::nullopt;
    const auto day = value->kind == JsonText::Kind::String ? dayFromText(value->text) : std::nullopt;
    if (!day)
        refuse(name, "not a day (YYYY-MM-DD)");
    return day;
}

std::optional<Day> JsonFields::dayOrNull(std::string_view name) {
    if (m_value.member(name) == nullptr)
        refuse(name, "missing (null where nothing was handed in)");
    return dayIfAny(name);
}

Day JsonFields::day(std::string_view name) {
    return find(name, true) != nullptr ? dayIfAny(name).value_or(Day{}) : Day{};
}

std::string JsonFields::numberText(std::string_view name, bool required) {
    const JsonText *value = find(name, required);
    if (value == nullptr)
        return {};
    if (value->kind != JsonText::Kind::Number)
        refuse(name, "not a number");
    return value->text;
}

std::int64_t JsonFields::decimal(std::string_view name, int decimals, std::int64_t least, std::int64_t most) {
    const std::string text = numberText(name);
    if (m_trouble.any())
        return 0;
    const auto value = exactDecimal(text, kPointDigits);
    const auto kept = exactDecimal(text, decimals);
    if (!value || !kept)
        refuse(name, !kept ? kept.error().detail : value.error().detail);
    else if (*value < least || *value > most)
        refuse(name, "outside " + roundedText(*Fraction::of(least, kPoint), 0).value_or("") + " to " +
                         roundedText(*Fraction::of(most, kPoint), 0).value_or(""));
    return value ? *value : 0;
}

int JsonFields::whole(std::string_view name, int least, int most) {
    const std::string text = numberText(name);
    if (m_trouble.any())
        return least;
    const auto value = exactDecimal(text, 0);
    if (value && *value >= least && *value <= most)
        return static_cast<int>(*value);
    refuse(name, "not a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return least;
}

bool JsonFields::flag(std::string_view name) {
    const JsonText *value = find(name, false);
    if (value != nullptr && value->kind != JsonText::Kind::True && value->kind != JsonText::Kind::False)
        refuse(name, "not true or false");
    return value != nullptr && value->kind == JsonText::Kind::True;
}

std::size_t JsonFields::word(std::string_view name, std::initializer_list<std::string_view> words) {
    const std::string given = text(name);
    const auto *const at = std::find(words.begin(), words.end(), given);
    if (at != words.end())
        return static_cast<std::size_t>(at - words.begin());
    std::string known;
    for (const std::string_view word : words)
        known += (known.empty() ? "" : ", ") + std::string(word);
    refuse(name, "unknown " + std::string(name) + " " + quoted(given) + " (known: " + known + ")");
    return 0;
}

const std::vector<JsonText> *JsonFields::list(std::string_view name, bool required) {
    const JsonText *value = find(name, required);
    if (value == nullptr)
        return nullptr;
    if (value->kind != JsonText::Kind::Array) {
        refuse(name, "not a list");
        return nullptr;
    }
    return &value->items;
}

void JsonFields::refuseOthers() {
    for (std::size_t i = 0; i < m_value.members.size() && i < 64; ++i)
        if ((m_read >> i & 1) == 0)
            refuse(m_value.members[i].name, "nothing of this name is known here");
}

} // namespace zhicha::rules
