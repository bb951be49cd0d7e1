#include "shared/documents/characters.h"

#include "shared/base/bytes.h"

#include <algorithm>
#include <cstdio>

namespace zhicha::documents {

namespace {

struct SignRange {
    char32_t first, last;
    const char *why;
};

constexpr const char *kControl = "控制字符 · a control sign";
constexpr const char *kTurns = "改变文字方向的字符 · a sign that turns the direction of reading";
constexpr const char *kUnseen = "看不见的字符 · a sign that nobody sees";
constexpr const char *kPrivate = "自造字（私有区）· a private sign, which is another one elsewhere";
constexpr const char *kMark = "附加符号 · a mark that stands on another sign";

constexpr SignRange kRefused[] = {
    {0x0000, 0x001F, kControl}, {0x007F, 0x009F, kControl},  {0x00AD, 0x00AD, kUnseen},     {0x0300, 0x036F, kMark},
    {0x0483, 0x0489, kMark},    {0x0590, 0x08FF, kTurns},    {0x115F, 0x1160, kUnseen},     {0x17B4, 0x17B5, kUnseen},
    {0x180B, 0x180F, kUnseen},  {0x1AB0, 0x1AFF, kMark},     {0x1DC0, 0x1DFF, kMark},       {0x200B, 0x200D, kUnseen},
    {0x200E, 0x200F, kTurns},   {0x2028, 0x2029, kControl},  {0x202A, 0x202E, kTurns},      {0x2060, 0x2065, kUnseen},
    {0x2066, 0x2069, kTurns},   {0x206A, 0x206F, kUnseen},   {0x20D0, 0x20FF, kMark},       {0x3099, 0x309A, kMark},
    {0x3164, 0x3164, kUnseen},  {0xE000, 0xF8FF, kPrivate},  {0xFB1D, 0xFDCF, kTurns},      {0xFDD0, 0xFDEF, kUnseen},
    {0xFDF0, 0xFDFF, kTurns},   {0xFE00, 0xFE0F, kUnseen},   {0xFE20, 0xFE2F, kMark},       {0xFE70, 0xFEFF, kTurns},
    {0xFFA0, 0xFFA0, kUnseen},  {0xFFF0, 0xFFFF, kUnseen},   {0x10800, 0x10FFF, kTurns},    {0x1D165, 0x1D182, kMark},
    {0x1E800, 0x1EFFF, kTurns}, {0xE0000, 0xE0FFF, kUnseen}, {0xF0000, 0x10FFFF, kPrivate},
};

const char *refusal(char32_t sign) {
    const SignRange *range = std::find_if(std::begin(kRefused), std::end(kRefused),
                                          [&](const SignRange &r) { return sign >= r.first && sign <= r.last; });
    return range == std::end(kRefused) ? nullptr : range->why;
}

/** One sign of well-formed UTF-8; moves `at` past it. */
char32_t nextSign(std::string_view text, std::size_t &at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t sign = size == 1 ? lead : lead & (0x7Fu >> size);
    for (std::size_t i = 1; i < size; ++i)
        sign = (sign << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
    at += size;
    return sign;
}
} // namespace

Result<std::u32string> signsOf(std::string_view text, std::string_view place) {
    if (!isUtf8(text))
        return fail(Code::BadEncoding, std::string(place) + ": 不是 UTF-8 文字 · not UTF-8");
    std::u32string signs;
    signs.reserve(text.size() / 2);
    for (std::size_t at = 0; at < text.size();) {
        const char32_t sign = nextSign(text, at);
        if (const char *why = refusal(sign))
            return fail(Code::InvalidArgument, std::string(place) + ": 第 " + std::to_string(signs.size() + 1) +
                                                   " 个字 " + nameOfSign(sign) + " 是" + why);
        signs.push_back(sign);
    }
    return signs;
}

std::string replacedSigns(std::string_view text, const std::function<bool(char32_t)> &has) {
    std::u32string signs;
    for (std::size_t at = 0; isUtf8(text) && at < text.size();) {
        const char32_t sign = nextSign(text, at);
        signs += refusal(sign) == nullptr && has(sign) ? sign : U'〓';
    }
    return toUtf8(signs);
}

std::string toUtf8(std::u32string_view signs) {
    std::string out;
    for (const char32_t sign : signs) {
        const auto put = [&](char32_t bits) { out += static_cast<char>(bits); };
        if (sign < 0x80) {
            put(sign);
        } else if (sign < 0x800) {
            put(0xC0 | (sign >> 6));
            put(0x80 | (sign & 0x3F));
        } else if (sign < 0x10000) {
            put(0xE0 | (sign >> 12));
            put(0x80 | ((sign >> 6) & 0x3F));
            put(0x80 | (sign & 0x3F));
        } else {
            put(0xF0 | (sign >> 18));
            put(0x80 | ((sign >> 12) & 0x3F));
            put(0x80 | ((sign >> 6) & 0x3F));
            put(0x80 | (sign & 0x3F));
        }
    }
    return out;
}

std::string nameOfSign(char32_t sign) {
    char number[16];
    std::snprintf(number, sizeof number, "U+%04X", static_cast<unsigned>(sign));
    return refusal(sign) != nullptr ? std::string(number) : "「" + toUtf8({&sign, 1}) + "」(" + number + ")";
}

bool mayStartLine(char32_t sign) {
    constexpr std::u32string_view kClosing = U"，。、；：？！）》」』】〉〕”’％‰—…·～,.;:?!)]}%°℃/";
    return kClosing.find(sign) == std::u32string_view::npos;
}

bool mayEndLine(char32_t sign) {
    constexpr std::u32string_view kOpening = U"（《「『【〈〔“‘([{＃￥$";
    return kOpening.find(sign) == std::u32string_view::npos;
}

} // namespace zhicha::documents
