#include "shared/oplog/cbor.h"

#include <algorithm>
#include <limits>

namespace zhicha::cbor {

namespace {
enum Major : std::uint8_t { kUnsigned = 0, kNegative = 1, kBytes = 2, kText = 3, kArray = 4, kMap = 5, kSimple = 7 };
constexpr std::uint8_t kFalse = 0xf4;
constexpr std::uint8_t kTrue = 0xf5;
constexpr std::uint8_t kNull = 0xf6;
} // namespace

void Writer::head(std::uint8_t major, std::uint64_t argument) {
    const auto top = static_cast<std::uint8_t>(major << 5);
    if (argument < 24) {
        m_out.push_back(static_cast<std::uint8_t>(top | argument));
        return;
    }
    const int size = argument <= 0xff ? 0 : argument <= 0xffff ? 1 : argument <= 0xffffffff ? 2 : 3;
    m_out.push_back(static_cast<std::uint8_t>(top | (24 + size)));
    for (int shift = (8 << size) - 8; shift >= 0; shift -= 8)
        m_out.push_back(static_cast<std::uint8_t>(argument >> shift));
}

Writer &Writer::integer(std::int64_t value) {
    if (value >= 0)
        head(kUnsigned, static_cast<std::uint64_t>(value));
    else
        head(kNegative, static_cast<std::uint64_t>(-(value + 1)));
    return *this;
}
Writer &Writer::bytes(ByteView value) {
    head(kBytes, value.size());
    append(m_out, value);
    return *this;
}
Writer &Writer::text(std::string_view value) {
    head(kText, value.size());
    append(m_out, viewOf(value));
    return *this;
}
Writer &Writer::array(std::size_t count) {
    head(kArray, count);
    return *this;
}
Writer &Writer::map(std::size_t count) {
    head(kMap, count);
    return *this;
}
Writer &Writer::boolean(bool value) {
    m_out.push_back(value ? kTrue : kFalse);
    return *this;
}
Writer &Writer::null() {
    m_out.push_back(kNull);
    return *this;
}

Writer &Writer::value(const Value &value) {
    if (const auto *number = value.integer())
        return integer(*number);
    if (const auto *flag = value.boolean())
        return boolean(*flag);
    if (const auto *string = value.text())
        return text(*string);
    if (const auto *raw = value.bytes())
        return bytes(*raw);
    if (const auto *items = value.array()) {
        array(items->size());
        for (const Value &item : *items)
            this->value(item);
        return *this;
    }
    if (const auto *fields = value.map()) {
        map(fields->size());
        for (const auto &[name, field] : *fields)
            text(name).value(field);
        return *this;
    }
    return null();
}

void Reader::breakOff(const char *why) {
    if (m_why == nullptr)
        m_why = why;
    m_rest = {};
}

ByteView Reader::take(std::uint64_t count) {
    if (count > m_rest.size()) {
        breakOff("the bytes end too early");
        return {};
    }
    const ByteView taken = m_rest.first(static_cast<std::size_t>(count));
    m_rest = m_rest.subspan(static_cast<std::size_t>(count));
    return taken;
}

std::uint64_t Reader::head(std::uint8_t major) {
    const ByteView first = take(1);
    if (first.empty())
        return 0;
    if (first[0] >> 5 != major) {
        breakOff("a value has another type than expected");
        return 0;
    }
    const std::uint8_t info = first[0] & 0x1f;
    if (info < 24)
        return info;
    if (info > 27) {
        breakOff("indefinite or reserved length");
        return 0;
    }
    const int size = info - 24;
    std::uint64_t argument = 0;
    for (const std::uint8_t b : take(std::uint64_t{1} << size))
        argument = argument << 8 | b;
    constexpr std::array<std::uint64_t, 4> kLeast{24, 0x100, 0x10000, 0x100000000};
    if (ok() && argument < kLeast[static_cast<std::size_t>(size)])
        breakOff("a number is not in its shortest form");
    return ok() ? argument : 0;
}

std::int64_t Reader::integer() {
    const bool negative = !m_rest.empty() && m_rest[0] >> 5 == kNegative;
    const std::uint64_t argument = head(negative ? kNegative : kUnsigned);
    if (argument > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        breakOff("a number is out of range");
        return 0;
    }
    return negative ? -static_cast<std::int64_t>(argument) - 1 : static_cast<std::int64_t>(argument);
}

ByteView Reader::bytes() {
    return take(head(kBytes));
}

std::string_view Reader::text() {
    const std::string_view value = textOf(take(head(kText)));
    if (!isUtf8(value)) {
        breakOff("text is not valid UTF-8");
        return {};
    }
    return value;
}

std::size_t Reader::array() {
    const std::uint64_t count = head(kArray);
    if (count > m_rest.size())
        breakOff("an array is longer than the bytes left");
    return ok() ? static_cast<std::size_t>(count) : 0;
}

std::size_t Reader::map() {
    const std::uint64_t count = head(kMap);
    if (count > m_rest.size() / 2)
        breakOff("a map is longer than the bytes left");
    return ok() ? static_cast<std::size_t>(count) : 0;
}

bool Reader::boolean() {
    const ByteView first = take(1);
    if (!first.empty() && first[0] != kFalse && first[0] != kTrue)
        breakOff("neither true nor false");
    return ok() && !first.empty() && first[0] == kTrue;
}

void Reader::null() {
    const ByteView first = take(1);
    if (!first.empty() && first[0] != kNull)
        breakOff("null expected");
}

std::string_view Reader::key(std::string_view last) {
    const std::string_view name = text();
    if (ok() && !KeyOrder()(last, name))
        breakOff("map keys are not sorted, or one stands twice");
    return name;
}

Value Reader::value(int depth) {
    if (depth > kMaxDepth || m_rest.empty()) {
        breakOff(m_rest.empty() ? "the bytes end too early" : "nested too deeply");
        return {};
    }
    switch (m_rest[0] >> 5) {
    case kUnsigned:
    case kNegative:
        return integer();
    case kBytes:
        return toBytes(bytes());
    case kText:
        return std::string(text());
    case kArray: {
        Array items;
        for (std::size_t left = array(); left > 0 && ok(); --left)
            items.push_back(value(depth + 1));
        return items;
    }
    case kMap: {
        Map fields;
        std::string_view last;
        bool first = true;
        const std::size_t count = map();
        fields.reserve(std::min<std::size_t>(count, 16)); // what a hostile head claims is no reason to ask for memory
        for (std::size_t left = count; left > 0 && ok(); --left, first = false) {
            // The empty key is allowed as the first one: nothing sorts before it.
            const std::string_view name = first ? text() : key(last);
            fields.append(name, value(depth + 1));
            last = name;
        }
        return fields;
    }
    default:
        break;
    }
    if (m_rest[0] == kNull) {
        null();
        return {};
    }
    return boolean();
}

Status Reader::finish() const {
    if (m_why != nullptr)
        return fail(Code::BadEncoding, m_why);
    if (!m_rest.empty())
        return fail(Code::BadEncoding, "bytes are left over at the end");
    return {};
}

Bytes encode(const Value &value) {
    Bytes out;
    Writer(out).value(value);
    return out;
}

Result<Value> decode(ByteView bytes) {
    Reader reader(bytes);
    Value value = reader.value();
    ZHICHA_TRY(reader.finish());
    return value;
}

} // namespace zhicha::cbor
