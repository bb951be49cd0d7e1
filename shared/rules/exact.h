#pragma once
// Exact numbers: decimals read from their text, and fractions of 128-bit integers. Nothing here is a binary float;
// a result that does not fit is an error, never a wrong figure.
#include "shared/base/result.h"

#include <compare>
#include <cstdint>
#include <string_view>

namespace zhicha::rules {

__extension__ typedef __int128 Int128;

/** What points, awards and factors are counted in: 1/10^4, fine enough for every number of a rule file. */
inline constexpr int kPointDigits = 4;
inline constexpr std::int64_t kPoint = 10'000; ///< one point

/** The value of a JSON number (an exponent is read by value) times 10^digits. InvalidArgument if it is none, is finer
 *  than that, or does not fit. */
[[nodiscard]] Result<std::int64_t> exactDecimal(std::string_view text, int digits);

/** A fraction; `den` is positive. Not kept in lowest terms: two equal ones may be written differently. */
class Fraction {
public:
    constexpr Fraction() = default;
    constexpr Fraction(std::int64_t whole) : m_num(whole) {} // NOLINT: a whole number is a fraction
    /** InvalidArgument if `den` is 0, TooLarge if the sign cannot be moved up. */
    [[nodiscard]] static Result<Fraction> of(Int128 num, Int128 den);

    [[nodiscard]] Int128 num() const { return m_num; }
    [[nodiscard]] Int128 den() const { return m_den; }
    [[nodiscard]] Fraction inLowestTerms() const;
    [[nodiscard]] bool isZero() const { return m_num == 0; }

    /** By value; never overflows. */
    friend std::strong_ordering operator<=>(const Fraction &a, const Fraction &b);
    friend bool operator==(const Fraction &a, const Fraction &b) { return (a <=> b) == std::strong_ordering::equal; }

private:
    constexpr Fraction(Int128 num, Int128 den) : m_num(num), m_den(den) {}
    Int128 m_num = 0;
    Int128 m_den = 1;
};

/** TooLarge where the exact result does not fit 128 bits even in lowest terms. */
[[nodiscard]] Result<Fraction> plus(const Fraction &a, const Fraction &b);
[[nodiscard]] Result<Fraction> times(const Fraction &a, const Fraction &b);
/** a/b against c/d for positive b and d. */
[[nodiscard]] std::strong_ordering compareFractions(Int128 a, Int128 b, Int128 c, Int128 d);

/** With so many decimals, halves away from zero, zero without a sign. TooLarge where the rounding does not fit. */
[[nodiscard]] Result<std::string> roundedText(const Fraction &value, int decimals);
/** Exactly: "2/3", or "5" where the value is whole. */
[[nodiscard]] std::string fractionText(const Fraction &value);
/** Exactly, and read back: num or num/den. InvalidArgument, TooLarge. */
[[nodiscard]] Result<Fraction> fractionFromText(std::string_view text);

} // namespace zhicha::rules
