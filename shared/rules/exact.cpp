#include "shared/rules/exact.h"

#include "shared/base/plant.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace zhicha::rules {

namespace {
__extension__ typedef unsigned __int128 Uint128;

constexpr Int128 kLeast = static_cast<Int128>(Uint128{1} << 127); // has no magnitude of its own type

Error tooLarge() {
    return fail(Code::TooLarge, "the exact figure does not fit 128 bits");
}

Int128 greatestDivisor(Int128 a, Int128 b) {
    Uint128 x = a < 0 ? Uint128{0} - static_cast<Uint128>(a) : static_cast<Uint128>(a);
    Uint128 y = b < 0 ? Uint128{0} - static_cast<Uint128>(b) : static_cast<Uint128>(b);
    while (y != 0) {
        const Uint128 rest = x % y;
        x = y;
        y = rest;
    }
    return x == 0 ? 1 : static_cast<Int128>(x);
}

std::string digitsOf(Uint128 value) {
    std::string out;
    do
        out += static_cast<char>('0' + static_cast<int>(value % 10));
    while ((value /= 10) != 0);
    std::reverse(out.begin(), out.end());
    return out;
}

Uint128 magnitude(Int128 value) {
    return value < 0 ? Uint128{0} - static_cast<Uint128>(value) : static_cast<Uint128>(value);
}

std::string wholeText(Int128 value) {
    return (value < 0 ? "-" : "") + digitsOf(magnitude(value));
}

/** Floor and the rest of a division by a positive number: rest in [0, b). */
struct Divided {
    Int128 whole;
    Int128 rest;
};
Divided divideDown(Int128 a, Int128 b) {
    ZHICHA_CHECK(b > 0);
    Int128 whole = a / b;
    Int128 rest = a % b;
    if (rest < 0) {
        whole -= 1;
        rest += b;
    }
    return {whole, rest};
}

bool isDigits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/** The digits and the place of the point of a JSON number: value = digits × 10^scale. */
struct Written {
    bool negative = false;
    std::string digits;
    std::int64_t scale = 0;
};

std::optional<Written> readWritten(std::string_view text) {
    Written out;
    out.negative = !text.empty() && text.front() == '-';
    text.remove_prefix(out.negative ? 1 : 0);
    if (const std::size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
        std::string_view exponent = text.substr(e + 1);
        text = text.substr(0, e);
        const bool down = !exponent.empty() && exponent.front() == '-';
        if (!exponent.empty() && (exponent.front() == '-' || exponent.front() == '+'))
            exponent.remove_prefix(1);
        if (!isDigits(exponent))
            return std::nullopt;
        // An exponent beyond this is 0 or does not fit whatever the digits are; files are shorter than that.
        exponent.remove_prefix(std::min(exponent.find_first_not_of('0'), exponent.size() - 1));
        std::int64_t value = 1'000'000'000;
        if (exponent.size() <= 9)
            std::from_chars(exponent.data(), exponent.data() + exponent.size(), value);
        out.scale = down ? -value : value;
    }
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = point < text.size() ? text.substr(point + 1) : std::string_view();
    if (!isDigits(whole) || (point < text.size() && !isDigits(fraction)) || (whole.size() > 1 && whole[0] == '0'))
        return std::nullopt;
    out.digits = std::string(whole) + std::string(fraction);
    out.scale -= static_cast<std::int64_t>(fraction.size());
    return out;
}
} // namespace

Result<std::int64_t> exactDecimal(std::string_view text, int digits) {
    auto written = readWritten(text);
    if (!written)
        return fail(Code::InvalidArgument, "not a decimal number");
    written->digits.erase(0, std::min(written->digits.find_first_not_of('0'), written->digits.size()));
    while (!written->digits.empty() && written->digits.back() == '0') {
        written->digits.pop_back();
        ++written->scale;
    }
    if (written->digits.empty())
        return std::int64_t{0};
    const std::int64_t zeros = written->scale + digits;
    if (zeros < 0)
        return fail(Code::InvalidArgument, "has more than " + std::to_string(digits) + " decimals");
    if (zeros > 18 || written->digits.size() + static_cast<std::size_t>(zeros) > 18)
        return fail(Code::InvalidArgument, "too large a number");
    written->digits.append(static_cast<std::size_t>(zeros), '0');
    std::int64_t value = 0;
    for (const char c : written->digits)
        value = value * 10 + (c - '0');
    return written->negative ? -value : value;
}

Result<Fraction> Fraction::of(Int128 num, Int128 den) {
    if (den == 0)
        return fail(Code::InvalidArgument, "a fraction over zero");
    if (den < 0) {
        if (num == kLeast || den == kLeast)
            return tooLarge();
        return Fraction(-num, -den);
    }
    return Fraction(num, den);
}

Fraction Fraction::inLowestTerms() const {
    const Int128 divisor = greatestDivisor(m_num, m_den);
    return Fraction(m_num / divisor, m_den / divisor);
}

std::strong_ordering compareFractions(Int128 a, Int128 b, Int128 c, Int128 d) {
    Int128 left = 0;
    Int128 right = 0;
    if (!__builtin_mul_overflow(a, d, &left) && !__builtin_mul_overflow(c, b, &right))
        return left <=> right;
    // Euclid: equal wholes are taken off both, then the rests are compared upside down.
    for (bool turned = false;; turned = !turned) {
        const Divided x = divideDown(a, b);
        const Divided y = divideDown(c, d);
        const auto order = x.whole != y.whole ? x.whole <=> y.whole
                           : x.rest == 0 || y.rest == 0
                               ? (x.rest == 0 ? (y.rest == 0 ? std::strong_ordering::equal : std::strong_ordering::less)
                                              : std::strong_ordering::greater)
                               : std::strong_ordering::equal;
        if (order != std::strong_ordering::equal || x.rest == 0)
            return turned ? 0 <=> order : order;
        a = b;
        b = x.rest;
        c = d;
        d = y.rest;
    }
}

std::strong_ordering operator<=>(const Fraction &a, const Fraction &b) {
    return compareFractions(a.m_num, a.m_den, b.m_num, b.m_den);
}

namespace {
Result<Fraction> plusOnce(const Fraction &a, const Fraction &b) {
    const Int128 shared = greatestDivisor(a.den(), b.den());
    Int128 left = 0, right = 0, sum = 0, den = 0;
    if (__builtin_mul_overflow(a.num(), b.den() / shared, &left) ||
        __builtin_mul_overflow(b.num(), a.den() / shared, &right) || __builtin_add_overflow(left, right, &sum) ||
        __builtin_mul_overflow(a.den(), b.den() / shared, &den))
        return tooLarge();
    return Fraction::of(sum, den);
}

Result<Fraction> timesOnce(const Fraction &a, const Fraction &b) {
    Int128 num = 0, den = 0;
    if (__builtin_mul_overflow(a.num(), b.num(), &num) || __builtin_mul_overflow(a.den(), b.den(), &den))
        return tooLarge();
    return Fraction::of(num, den);
}
} // namespace

Result<Fraction> plus(const Fraction &a, const Fraction &b) {
    auto sum = plusOnce(a, b);
    return sum ? sum : plusOnce(a.inLowestTerms(), b.inLowestTerms());
}

Result<Fraction> times(const Fraction &a, const Fraction &b) {
    if (auto product = timesOnce(a, b))
        return product;
    const Int128 first = greatestDivisor(a.num(), b.den());
    const Int128 second = greatestDivisor(b.num(), a.den());
    Int128 num = 0, den = 0;
    if (__builtin_mul_overflow(a.num() / first, b.num() / second, &num) ||
        __builtin_mul_overflow(a.den() / second, b.den() / first, &den))
        return tooLarge();
    return Fraction::of(num, den);
}

Result<std::string> roundedText(const Fraction &value, int decimals) {
    const Uint128 whole = magnitude(value.num());
    const auto den = static_cast<Uint128>(value.den());
    Uint128 scale = 1;
    for (int i = 0; i < decimals; ++i)
        scale *= 10;
    // The part before the point needs no scaling, so that only the rest can be too large.
    Uint128 scaledRest = 0;
    if (__builtin_mul_overflow(whole % den, scale, &scaledRest) || den > (Uint128{1} << 126))
        return tooLarge();
    const bool half = (scaledRest % den) * 2 == den;
    const bool up = (scaledRest % den) * 2 >= den && !(half && plant("rules_halves_dropped"));
    Uint128 scaledWhole = 0;
    if (__builtin_mul_overflow(whole / den, scale, &scaledWhole) ||
        __builtin_add_overflow(scaledWhole, scaledRest / den + (up ? 1 : 0), &scaledWhole))
        return tooLarge();
    std::string out = digitsOf(scaledWhole);
    const auto places = static_cast<std::size_t>(decimals);
    if (out.size() <= places)
        out.insert(0, places + 1 - out.size(), '0');
    if (places > 0)
        out.insert(out.size() - places, ".");
    return (value.num() < 0 && scaledWhole != 0 ? "-" : "") + out;
}

std::string fractionText(const Fraction &value) {
    const Fraction lowest = value.inLowestTerms();
    return wholeText(lowest.num()) + (lowest.den() == 1 ? "" : "/" + wholeText(lowest.den()));
}

namespace {
Result<Int128> wholeFromText(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    text.remove_prefix(negative ? 1 : 0);
    if (!isDigits(text))
        return fail(Code::InvalidArgument, "not a fraction");
    Int128 value = 0;
    for (const char c : text)
        if (__builtin_mul_overflow(value, Int128{10}, &value) || __builtin_add_overflow(value, Int128{c - '0'}, &value))
            return tooLarge();
    return negative ? -value : value;
}
} // namespace

Result<Fraction> fractionFromText(std::string_view text) {
    const std::size_t bar = text.find('/');
    ZHICHA_ASSIGN(const Int128 num, wholeFromText(text.substr(0, bar)));
    if (bar == std::string_view::npos)
        return Fraction::of(num, 1);
    ZHICHA_ASSIGN(const Int128 den, wholeFromText(text.substr(bar + 1)));
    return Fraction::of(num, den);
}

} // namespace zhicha::rules
