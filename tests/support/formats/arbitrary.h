#pragma once
// RapidCheck generators for what the formats are made of. Values shrink by RapidCheck's own means.
#include "shared/oplog/cbor.h"

#include <rapidcheck.h>

namespace zhicha::arbitrary {

/** Valid UTF-8 of every length of character, surrogates left out. */
inline rc::Gen<std::string> text() {
    const auto character = rc::gen::map(
        rc::gen::oneOf(rc::gen::inRange(0, 0x80), rc::gen::inRange(0x80, 0x800), rc::gen::inRange(0x4e00, 0xd800),
                       rc::gen::inRange(0xe000, 0x10000), rc::gen::inRange(0x10000, 0x110000)),
        [](int code) {
            const auto tail = [](int bits) { return static_cast<char>(0x80 | (bits & 0x3f)); };
            if (code < 0x80)
                return std::string{static_cast<char>(code)};
            if (code < 0x800)
                return std::string{static_cast<char>(0xc0 | (code >> 6)), tail(code)};
            if (code < 0x10000)
                return std::string{static_cast<char>(0xe0 | (code >> 12)), tail(code >> 6), tail(code)};
            return std::string{static_cast<char>(0xf0 | (code >> 18)), tail(code >> 12), tail(code >> 6), tail(code)};
        });
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(character), [](const auto &characters) {
        std::string out;
        for (const std::string &c : characters)
            out += c;
        return out;
    });
}

/** Any value nested at most `depth` deep; integers of every size class. */
inline rc::Gen<cbor::Value> value(int depth = 3) {
    const auto number =
        rc::gen::map(rc::gen::pair(rc::gen::arbitrary<std::uint64_t>(), rc::gen::inRange(0, 64)), [](const auto &pair) {
            return cbor::Value(static_cast<std::int64_t>(pair.first >> pair.second));
        });
    const auto leaf = rc::gen::oneOf(
        number, rc::gen::map(rc::gen::arbitrary<bool>(), [](bool b) { return cbor::Value(b); }),
        rc::gen::just(cbor::Value()), rc::gen::map(text(), [](std::string s) { return cbor::Value(std::move(s)); }),
        rc::gen::map(rc::gen::arbitrary<Bytes>(), [](Bytes b) { return cbor::Value(std::move(b)); }));
    if (depth == 0)
        return leaf;
    const auto inner = rc::gen::resize(6, rc::gen::lazy([depth] { return value(depth - 1); }));
    return rc::gen::oneOf(
        leaf,
        rc::gen::map(rc::gen::container<std::vector<cbor::Value>>(inner),
                     [](std::vector<cbor::Value> items) { return cbor::Value(std::move(items)); }),
        rc::gen::map(rc::gen::container<std::vector<std::pair<std::string, cbor::Value>>>(rc::gen::pair(text(), inner)),
                     [](std::vector<std::pair<std::string, cbor::Value>> pairs) {
                         cbor::Map map;
                         for (auto &[key, field] : pairs)
                             map[key] = std::move(field);
                         return cbor::Value(std::move(map));
                     }));
}

/** The bytes with one bit turned. Not for empty ones. */
inline Bytes withBitFlipped(Bytes bytes, std::size_t bit) {
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
    return bytes;
}

} // namespace zhicha::arbitrary
