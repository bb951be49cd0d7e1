#include "tests/support/formats/vectors.h"

#include <limits>

namespace zhicha::vectors {

using cbor::Array;
using cbor::Map;
using cbor::Value;

Json valueJson(const cbor::Value &value) {
    if (const auto *number = value.integer())
        return {{"int", std::to_string(*number)}};
    if (const auto *flag = value.boolean())
        return {{"bool", *flag}};
    if (const auto *text = value.text())
        return {{"text", *text}};
    if (const auto *bytes = value.bytes())
        return {{"bytes", toHex(*bytes)}};
    if (const auto *items = value.array()) {
        Json list = Json::array();
        for (const Value &item : *items)
            list.push_back(valueJson(item));
        return {{"array", std::move(list)}};
    }
    if (const auto *fields = value.map()) {
        Json pairs = Json::array();
        for (const auto &[key, field] : *fields)
            pairs.push_back(Json::array({key, valueJson(field)}));
        return {{"map", std::move(pairs)}};
    }
    return {{"null", nullptr}};
}

std::vector<cbor::Value> acceptedCbor() {
    constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
    constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
    std::vector<Value> values;
    for (const std::int64_t n :
         {std::int64_t{0}, std::int64_t{23}, std::int64_t{24}, std::int64_t{255}, std::int64_t{256},
          std::int64_t{65535}, std::int64_t{65536}, std::int64_t{4294967295}, std::int64_t{4294967296}, kMax,
          std::int64_t{-1}, std::int64_t{-24}, std::int64_t{-25}, std::int64_t{-256}, std::int64_t{-257},
          std::int64_t{-4294967296}, std::int64_t{-4294967297}, kMin})
        values.emplace_back(n);
    values.emplace_back(true);
    values.emplace_back(false);
    values.emplace_back();
    values.emplace_back(Bytes{});
    values.emplace_back(Bytes(23, 1));
    values.emplace_back(Bytes(24, 2));
    values.emplace_back(Bytes(256, 3));
    values.emplace_back("");
    values.emplace_back("直查 🏛 é");
    values.emplace_back(std::string(24, 'a'));
    values.emplace_back(std::string("zero\0inside", 11));
    values.emplace_back(Array{});
    values.emplace_back(Array{1, "a", Bytes{2}, Value(), true, Array{Array{}}});
    values.emplace_back(Array(24, Value(7)));
    values.emplace_back(Map{});
    values.emplace_back(Map{{"", 0}, {"b", 1}, {"aa", 2}, {"é", 3}, {"ab", 4}, {"z", Map{{"y", Value()}}}});
    Value deepest = 5; // at level 16, the last one that is allowed
    for (int level = 0; level < cbor::kMaxDepth; ++level)
        deepest = level % 2 == 0 ? Value(Array{deepest}) : Value(Map{{"k", deepest}});
    values.push_back(deepest);
    return values;
}

std::vector<RefusedBytes> refusedCbor() {
    const auto hex = [](std::string_view text) { return fromHex(text).value(); };
    Bytes tooDeep(17, 0x81);
    tooDeep.push_back(0x00);
    return {
        {"nothing at all", {}},
        {"two values", hex("0000")},
        {"23 in two bytes", hex("1817")},
        {"255 in three bytes", hex("1900ff")},
        {"65535 in five bytes", hex("1a0000ffff")},
        {"4294967295 in nine bytes", hex("1b00000000ffffffff")},
        {"-1 in two bytes", hex("3800")},
        {"2^63", hex("1b8000000000000000")},
        {"2^64-1", hex("1bffffffffffffffff")},
        {"-2^63-1", hex("3b8000000000000000")},
        {"reserved length 28", hex("1c")},
        {"reserved length 29", hex("5d")},
        {"reserved length 30", hex("7e")},
        {"argument cut off", hex("19ff")},
        {"byte string in a long form", hex("5801aa")},
        {"byte string cut off", hex("42aa")},
        {"byte string longer than memory", hex("5bffffffffffffffff")},
        {"byte string of indefinite length", hex("5f41aaff")},
        {"text of indefinite length", hex("7f6161ff")},
        {"array of indefinite length", hex("9f01ff")},
        {"map of indefinite length", hex("bf616101ff")},
        {"break alone", hex("ff")},
        {"text in a long form", hex("780161")},
        {"text cut off", hex("6261")},
        {"text with a lone continuation byte", hex("6180")},
        {"text with an overlong form", hex("62c080")},
        {"text with a surrogate", hex("63eda080")},
        {"text past U+10FFFF", hex("64f4908080")},
        {"text ending within a character", hex("61e7")},
        {"array in a long form", hex("980100")},
        {"array cut off", hex("8201")},
        {"array longer than the bytes left", hex("9b7fffffffffffffff00")},
        {"map in a long form", hex("b801616100")},
        {"map cut off", hex("a16161")},
        {"map longer than the bytes left", hex("bb7fffffffffffffff616100")},
        {"keys not sorted by length", hex("a26261610061620a")},
        {"keys not sorted bytewise", hex("a2616200616100")},
        {"key twice", hex("a2616100616101")},
        {"empty key twice", hex("a260006001")},
        {"key that is a number", hex("a10000")},
        {"key that is a byte string", hex("a1416100")},
        {"key that is not UTF-8", hex("a161ff00")},
        {"tag", hex("c000")},
        {"tag of a big number", hex("c24101")},
        {"half float", hex("f93c00")},
        {"float", hex("fa3f800000")},
        {"double", hex("fb3ff0000000000000")},
        {"undefined", hex("f7")},
        {"simple value 0", hex("e0")},
        {"false in two bytes", hex("f814")},
        {"simple value 255", hex("f8ff")},
        {"nested 17 deep", tooDeep},
        {"a thousand arrays", Bytes(1000, 0x81)},
    };
}

Json cborVectors() {
    Json accepted = Json::array();
    for (const Value &value : acceptedCbor())
        accepted.push_back({{"bytes", toHex(cbor::encode(value))}, {"value", valueJson(value)}});
    Json refused = Json::array();
    for (const RefusedBytes &bad : refusedCbor())
        refused.push_back({{"why", bad.why}, {"bytes", toHex(bad.bytes)}});
    return {{"accepted", std::move(accepted)}, {"refused", std::move(refused)}};
}

} // namespace zhicha::vectors
