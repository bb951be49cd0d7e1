#include "shared/json/json_text.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

namespace zhicha {

namespace {

/** Builds the tree; answers false to stop the parser. */
class Builder {
public:
    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = nlohmann::json::string_t;
    using binary_t = nlohmann::json::binary_t;

    bool null() { return put({}); }
    bool boolean(bool value) { return put(of(value ? JsonText::Kind::True : JsonText::Kind::False)); }
    bool number_integer(number_integer_t value) { return put(of(JsonText::Kind::Number, std::to_string(value))); }
    bool number_unsigned(number_unsigned_t value) { return put(of(JsonText::Kind::Number, std::to_string(value))); }
    bool number_float(number_float_t, const string_t &text) { return put(of(JsonText::Kind::Number, text)); }
    bool string(string_t &value) { return put(of(JsonText::Kind::String, std::move(value))); }
    bool binary(binary_t &) { return false; }
    bool start_object(std::size_t) { return open(JsonText::Kind::Object); }
    bool start_array(std::size_t) { return open(JsonText::Kind::Array); }
    bool end_array() { return close(); }
    bool end_object() {
        m_keys.pop_back();
        return close();
    }
    bool key(string_t &name) {
        if (!m_keys.back().insert(name).second)
            return stop(Code::BadEncoding, "the key \"" + name + "\" stands twice in one object");
        m_key = std::move(name);
        return true;
    }
    bool parse_error(std::size_t position, const std::string &, const nlohmann::detail::exception &) {
        return stop(Code::BadEncoding, "no JSON at byte " + std::to_string(position));
    }

    Result<JsonText> take() { return m_error ? Result<JsonText>(*m_error) : Result<JsonText>(std::move(m_root)); }

private:
    static JsonText of(JsonText::Kind kind, std::string text = {}) { return {kind, std::move(text), {}, {}}; }

    bool stop(Code code, std::string why) {
        m_error = m_error.value_or(fail(code, std::move(why)));
        return false;
    }
    /** Where the next value belongs. Pointers into the parents stay good: a parent does not grow while a child is open.
     */
    JsonText &place(JsonText value) {
        if (m_open.empty())
            return m_root = std::move(value);
        JsonText &parent = *m_open.back();
        if (parent.kind == JsonText::Kind::Array)
            return parent.items.emplace_back(std::move(value));
        parent.members.push_back({std::move(m_key), std::move(value)});
        return parent.members.back().value;
    }
    bool put(JsonText value) {
        if (++m_count > kMaxJsonValues)
            return stop(Code::TooLarge, "more than " + std::to_string(kMaxJsonValues) + " values");
        place(std::move(value));
        return true;
    }
    bool open(JsonText::Kind kind) {
        if (m_open.size() == kMaxJsonDepth)
            return stop(Code::BadEncoding, "nested deeper than " + std::to_string(kMaxJsonDepth));
        if (++m_count > kMaxJsonValues)
            return stop(Code::TooLarge, "more than " + std::to_string(kMaxJsonValues) + " values");
        m_open.push_back(&place(of(kind)));
        if (kind == JsonText::Kind::Object)
            m_keys.emplace_back();
        return true;
    }
    bool close() {
        m_open.pop_back();
        return true;
    }

    JsonText m_root;
    std::vector<JsonText *> m_open;
    std::vector<std::set<std::string>> m_keys;
    std::string m_key;
    std::size_t m_count = 0;
    std::optional<Error> m_error;
};

void write(std::string &out, const JsonText &value) {
    switch (value.kind) {
    case JsonText::Kind::Null:
        out += "null";
        break;
    case JsonText::Kind::True:
        out += "true";
        break;
    case JsonText::Kind::False:
        out += "false";
        break;
    case JsonText::Kind::Number:
        out += value.text;
        break;
    case JsonText::Kind::String:
        appendJsonString(out, value.text);
        break;
    case JsonText::Kind::Array:
        out += '[';
        for (std::size_t i = 0; i < value.items.size(); ++i) {
            out += i > 0 ? "," : "";
            write(out, value.items[i]);
        }
        out += ']';
        break;
    case JsonText::Kind::Object:
        out += '{';
        for (std::size_t i = 0; i < value.members.size(); ++i) {
            out += i > 0 ? "," : "";
            appendJsonString(out, value.members[i].name);
            out += ':';
            write(out, value.members[i].value);
        }
        out += '}';
        break;
    }
}
} // namespace

const JsonText *JsonText::member(std::string_view name) const {
    const auto it = std::find_if(members.begin(), members.end(), [&](const JsonMember &m) { return m.name == name; });
    return it == members.end() ? nullptr : &it->value;
}

void JsonText::add(std::string_view name, JsonText value) {
    members.push_back({std::string(name), std::move(value)});
}

Result<JsonText> parseJsonText(std::string_view text) {
    if (text.size() > kMaxJsonBytes)
        return fail(Code::TooLarge, "a ledger file takes at most " + std::to_string(kMaxJsonBytes >> 20) + " MiB");
    Builder builder;
    const bool whole = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
    auto root = builder.take();
    if (root && !whole)
        return fail(Code::BadEncoding, "no JSON");
    return root;
}

std::string writeJsonText(const JsonText &value) {
    std::string out;
    write(out, value);
    return out;
}

void appendJsonString(std::string &out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (c == '\n')
            out += "\\n";
        else if (byte < 0x20)
            ((out += "\\u00") += kHex[byte >> 4]) += kHex[byte & 15];
        else
            out += c;
    }
    out += '"';
}

std::optional<ScaledDecimal> scaleDecimal(std::string_view text, int digits) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative)
        text.remove_prefix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = point < text.size() ? text.substr(point + 1) : std::string_view();
    const auto isDigits = [](std::string_view s) {
        return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (!isDigits(whole) || (point < text.size() && !isDigits(fraction)) || (whole.size() > 1 && whole[0] == '0'))
        return std::nullopt;
    ScaledDecimal out;
    const auto push = [&](char c) {
        constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
        if (out.value > (kMax - 10) / 10)
            return false;
        out.value = out.value * 10 + (c - '0');
        return true;
    };
    for (const char c : whole)
        if (!push(c))
            return std::nullopt;
    const auto kept = static_cast<std::size_t>(digits);
    for (std::size_t i = 0; i < kept; ++i)
        if (!push(i < fraction.size() ? fraction[i] : '0'))
            return std::nullopt;
    if (fraction.size() > kept) {
        const std::string_view rest = fraction.substr(kept);
        out.exact = std::all_of(rest.begin(), rest.end(), [](char c) { return c == '0'; });
        out.value += rest.front() >= '5' ? 1 : 0;
    }
    out.value = negative ? -out.value : out.value;
    return out;
}

std::string decimalText(std::int64_t value, int digits) {
    const bool negative = value < 0;
    // Through unsigned, so that the smallest number has a magnitude too.
    std::string out =
        std::to_string(negative ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value));
    const auto places = static_cast<std::size_t>(digits);
    if (out.size() <= places)
        out.insert(0, places + 1 - out.size(), '0');
    out.insert(out.size() - places, ".");
    while (out.back() == '0')
        out.pop_back();
    if (out.back() == '.')
        out.pop_back();
    return (negative ? "-" : "") + out;
}

} // namespace zhicha
