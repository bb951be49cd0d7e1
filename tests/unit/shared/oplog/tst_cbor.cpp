// Goal: one value has one encoding, and whatever is not that encoding is refused, since these bytes are the evidence.
// Method: encodings of RFC 8949's appendix, a list of every non-deterministic form, random values and random bytes.
#include "tests/support/formats/arbitrary.h"
#include "tests/support/formats/vectors.h"

#include <gtest/gtest.h>
#include <map>

namespace zhicha::cbor {
namespace {

std::string hexOf(const Value &value) {
    return toHex(encode(value));
}

TEST(Cbor, agreesWithAppendixAOfRfc8949) {
    EXPECT_EQ(hexOf(0), "00");
    EXPECT_EQ(hexOf(23), "17");
    EXPECT_EQ(hexOf(24), "1818");
    EXPECT_EQ(hexOf(1000), "1903e8");
    EXPECT_EQ(hexOf(1000000), "1a000f4240");
    EXPECT_EQ(hexOf(std::int64_t{1000000000000}), "1b000000e8d4a51000");
    EXPECT_EQ(hexOf(-1), "20");
    EXPECT_EQ(hexOf(-1000), "3903e7");
    EXPECT_EQ(hexOf(false), "f4");
    EXPECT_EQ(hexOf(true), "f5");
    EXPECT_EQ(hexOf(Value()), "f6");
    EXPECT_EQ(hexOf(Bytes{1, 2, 3, 4}), "4401020304");
    EXPECT_EQ(hexOf("IETF"), "6449455446");
    EXPECT_EQ(hexOf("\u6c34"), "63e6b0b4");
    EXPECT_EQ(hexOf(Array{1, Array{2, 3}, Array{4, 5}}), "8301820203820405");
    EXPECT_EQ(hexOf(Map{{"a", 1}, {"b", Array{2, 3}}}), "a26161016162820203");
}

TEST(Cbor, keepsTheEndsOfTheRange) {
    for (const std::int64_t n : {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
        const auto back = decode(encode(n));
        ASSERT_TRUE(back);
        EXPECT_EQ(*back, Value(n));
    }
}

TEST(Cbor, sortsShorterKeysFirst) {
    EXPECT_EQ(hexOf(Map{{"aa", 0}, {"z", 0}, {"", 0}, {"y", 0}}), "a46000617900617a0062616100");
}

TEST(Cbor, everyAcceptedVectorComesBack) {
    for (const Value &value : vectors::acceptedCbor()) {
        const auto back = decode(encode(value));
        ASSERT_TRUE(back) << hexOf(value);
        EXPECT_EQ(*back, value);
    }
}

TEST(Cbor, refusesEveryFormThatIsNotTheOneRightOne) {
    for (const vectors::RefusedBytes &bad : vectors::refusedCbor()) {
        const auto value = decode(bad.bytes);
        ASSERT_FALSE(value) << bad.why;
        EXPECT_EQ(value.error().code, Code::BadEncoding) << bad.why;
    }
}

TEST(Cbor, refusesEveryFirstByteThatNamesNoAllowedType) {
    for (int first = 0xc0; first <= 0xff; ++first) {
        if (first == 0xf4 || first == 0xf5 || first == 0xf6)
            continue;
        Bytes bytes(12, 0);
        bytes[0] = static_cast<std::uint8_t>(first);
        for (std::size_t size = 1; size <= bytes.size(); ++size)
            EXPECT_FALSE(decode(ByteView(bytes).first(size))) << first << " size " << size;
    }
}

TEST(Cbor, allowsSixteenLevelsAndRefusesSeventeen) {
    Bytes bytes(16, 0x81);
    bytes.push_back(0x00);
    EXPECT_TRUE(decode(bytes));
    bytes.insert(bytes.begin(), 0x81);
    EXPECT_FALSE(decode(bytes));
}

TEST(Cbor, hugeCountsCostNothing) {
    for (const std::string_view head : {"9a7fffffff", "ba7fffffff", "9b0fffffffffffffff", "5a7fffffff", "7a7fffffff"}) {
        Bytes bytes = fromHex(head).value();
        bytes.resize(64);
        EXPECT_FALSE(decode(bytes)) << head;
    }
}

TEST(CborReader, failsForGoodAfterTheFirstError) {
    const Bytes bytes = fromHex("6161"
                                "05")
                            .value();
    Reader reader(bytes);
    EXPECT_EQ(reader.integer(), 0);
    EXPECT_FALSE(reader.ok());
    EXPECT_EQ(reader.text(), "");
    EXPECT_EQ(reader.array(), 0u);
    EXPECT_EQ(reader.map(), 0u);
    EXPECT_FALSE(reader.boolean());
    EXPECT_FALSE(reader.finish());
}

TEST(CborReader, demandsTheExactLengthOfFixedBytes) {
    const Bytes bytes = encode(Bytes(31));
    Reader reader(bytes);
    (void)reader.fixed<32>();
    EXPECT_FALSE(reader.ok());
}

TEST(CborProperties, decodeUndoesEncode) {
    EXPECT_TRUE(rc::check("decode(encode(v)) == v", [] {
        const Value value = *arbitrary::value();
        const auto back = decode(encode(value));
        RC_ASSERT(back.has_value());
        RC_ASSERT(*back == value);
    }));
}

TEST(CborProperties, whateverDecodesIsItsOwnEncoding) {
    EXPECT_TRUE(rc::check("decode(b) succeeds => encode(decode(b)) == b", [] {
        Bytes bytes = encode(*arbitrary::value());
        const auto flips = *rc::gen::inRange(0, 3);
        for (int i = 0; i < flips; ++i)
            bytes = arbitrary::withBitFlipped(bytes, *rc::gen::inRange<std::size_t>(0, bytes.size() * 8));
        if (const auto value = decode(bytes))
            RC_ASSERT(encode(*value) == bytes);
    }));
}

TEST(CborProperties, equalValuesHaveEqualBytesAndOthersHaveNot) {
    EXPECT_TRUE(rc::check("a == b <=> encode(a) == encode(b)", [] {
        const Value a = *arbitrary::value(1);
        const Value b = *rc::gen::oneOf(rc::gen::just(a), arbitrary::value(1));
        RC_ASSERT((a == b) == (encode(a) == encode(b)));
    }));
}

TEST(CborProperties, orderOfInsertionPlaysNoPart) {
    EXPECT_TRUE(rc::check("a map built backwards has the same bytes", [] {
        const auto keys = *rc::gen::container<std::vector<std::string>>(arbitrary::text());
        Map forward;
        Map backward;
        for (const std::string &key : keys)
            forward[key] = 1;
        for (auto it = keys.rbegin(); it != keys.rend(); ++it)
            backward[*it] = 1;
        RC_ASSERT(encode(forward) == encode(backward));
    }));
}

TEST(CborProperties, anyPrefixOrExtensionIsRefused) {
    EXPECT_TRUE(rc::check("no proper prefix decodes, nor one byte more", [] {
        Bytes bytes = encode(*arbitrary::value());
        const auto size = *rc::gen::inRange<std::size_t>(0, bytes.size());
        RC_ASSERT(!decode(ByteView(bytes).first(size)));
        bytes.push_back(*rc::gen::arbitrary<std::uint8_t>());
        RC_ASSERT(!decode(bytes));
    }));
}

TEST(Cbor, aMapBehavesAsASortedMapDoes) {
    EXPECT_TRUE(rc::check("any writes and erasures leave what std::map would hold", [] {
        using Step = std::pair<std::string, int>;
        const auto keys = rc::gen::container<std::string>(rc::gen::element('a', 'b', 'c'));
        const auto steps = *rc::gen::container<std::vector<Step>>(rc::gen::pair(keys, rc::gen::inRange(-9, 10)));
        std::map<std::string, Value, KeyOrder> wanted;
        Map map;
        for (const auto &[key, number] : steps) {
            if (number < -3) {
                RC_ASSERT(map.erase(key) == wanted.erase(key));
            } else if (number < 3) {
                map[key] = number;
                wanted[key] = number;
            } else {
                RC_ASSERT(map.emplace(key, number).second == wanted.emplace(key, number).second);
            }
        }
        RC_ASSERT(map.size() == wanted.size());
        auto at = map.begin();
        for (const auto &[key, value] : wanted) {
            RC_ASSERT(at->first == key);
            RC_ASSERT(at->second == value);
            RC_ASSERT(map.at(key) == value);
            RC_ASSERT(map.contains(key));
            ++at;
        }
    }));
}

} // namespace
} // namespace zhicha::cbor
