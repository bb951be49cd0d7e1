// Goal: figures are exact or an error, never something between. Method: decimals by value, fractions against small ones
// computed by hand and large ones that must overflow, rounding at every half.
#include "shared/rules/exact.h"

#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck/gtest.h>

using namespace zhicha;
using namespace zhicha::rules;

namespace {
Fraction frac(Int128 num, Int128 den) {
    return Fraction::of(num, den).value();
}
constexpr std::int64_t kHuge = std::numeric_limits<std::int64_t>::max();
Int128 square() {
    return Int128{kHuge} * kHuge; // 126 bits
}

TEST(Decimal, isReadByValueFromItsText) {
    const std::pair<const char *, std::int64_t> same[] = {{"0", 0},
                                                          {"-0", 0},
                                                          {"20", 2000},
                                                          {"12.5", 1250},
                                                          {"12.500", 1250},
                                                          {"0.01", 1},
                                                          {"-17.25", -1725},
                                                          {"1e1", 1000},
                                                          {"1.25E+1", 1250},
                                                          {"2000e-2", 2000},
                                                          {"0.000e9", 0},
                                                          {"1e-2", 1},
                                                          {"0e-999999999", 0},
                                                          {"9999999999999999", 999999999999999900},
                                                          {"0.10e00000000000001", 100}};
    for (const auto &[text, value] : same) {
        const auto read = exactDecimal(text, 2);
        ASSERT_TRUE(read) << text;
        EXPECT_EQ(*read, value) << text;
    }
}

TEST(Decimal, refusesWhatIsNoneOrDoesNotFit) {
    for (const char *text : {"",
                             "-",
                             ".5",
                             "1.",
                             "01",
                             "+1",
                             "1e",
                             "1e+",
                             "0x10",
                             "1,5",
                             "NaN",
                             "1 ",
                             " 1",
                             "--1",
                             "1.2.3",
                             "0.001",
                             "1e-3",
                             "12.3456",
                             "99999999999999999",
                             "1e400",
                             "1e99999999999999999999",
                             "1e-99999999999999999999",
                             "0.0000000000000000000000001"})
        EXPECT_FALSE(exactDecimal(text, 2)) << text;
    // 0.1 + 0.2 is 0.3, which no binary fraction knows.
    EXPECT_EQ(*exactDecimal("0.1", 2) + *exactDecimal("0.2", 2), *exactDecimal("0.3", 2));
}

TEST(Decimal, ofAnyLengthIsReadOrRefused) {
    EXPECT_EQ(*exactDecimal("1" + std::string(1, '0') + "." + std::string(100'000, '0'), 2), 1000);
    EXPECT_FALSE(exactDecimal(std::string(100'000, '9'), 2));
    EXPECT_FALSE(exactDecimal("0." + std::string(100'000, '0') + "1", 2));
}

TEST(Fraction, refusesZeroBelowAndWhatHasNoOtherSign) {
    EXPECT_EQ(Fraction::of(1, 0).error().code, Code::InvalidArgument);
    EXPECT_EQ(fractionText(frac(3, -6)), "-1/2");
    const Int128 least = -square() - square() - 4 * Int128{kHuge} - 2; // the least of all
    EXPECT_EQ(Fraction::of(least, -1).error().code, Code::TooLarge);
    EXPECT_EQ(Fraction::of(1, least).error().code, Code::TooLarge);
}

TEST(Fraction, overflowIsAnError) {
    const Fraction large = frac(square(), 3);
    EXPECT_EQ(times(large, large).error().code, Code::TooLarge);
    EXPECT_EQ(plus(frac(square(), kHuge - 1), frac(1, square() - 1)).error().code, Code::TooLarge);
    // What cancels fits although the plain product does not.
    EXPECT_EQ(fractionText(times(large, frac(3, square())).value()), "1");
    EXPECT_EQ(fractionText(plus(frac(square(), square()), frac(2 * Int128{kHuge}, kHuge)).value()), "3");
    EXPECT_EQ(roundedText(frac(square(), 1), 18).error().code, Code::TooLarge);
    EXPECT_EQ(roundedText(frac(square() - 1, square()), 18).error().code, Code::TooLarge);
}

TEST(Fraction, roundsHalvesAwayFromZeroAndWritesZeroWithoutASign) {
    EXPECT_EQ(*roundedText(frac(1, 200), 2), "0.01");
    EXPECT_EQ(*roundedText(frac(-1, 200), 2), "-0.01");
    EXPECT_EQ(*roundedText(frac(1, 201), 2), "0.00");
    EXPECT_EQ(*roundedText(frac(-1, 201), 2), "0.00");
    EXPECT_EQ(*roundedText(frac(2, 3), 4), "0.6667");
    EXPECT_EQ(*roundedText(frac(1999, 200), 2), "10.00");
    EXPECT_EQ(*roundedText(frac(-19995, 1000), 2), "-20.00");
    EXPECT_EQ(*roundedText(frac(5, 2), 0), "3");
    EXPECT_EQ(*roundedText(frac(0, 7), 2), "0.00");
    EXPECT_EQ(*roundedText(frac(square(), kHuge), 2), std::to_string(kHuge) + ".00");
}

TEST(Fraction, isReadBackFromItsText) {
    for (const Fraction &value : {frac(0, 1), frac(-2, 3), frac(square(), square() - 1), frac(40, 20)})
        EXPECT_EQ(*fractionFromText(fractionText(value)), value);
    for (const char *text :
         {"", "/", "1/", "/2", "1/0", "1/2/3", "1.5", "a", "-", "99999999999999999999999999999999999999999"})
        EXPECT_FALSE(fractionFromText(text)) << text;
}

RC_GTEST_PROP(Fraction, addsAndMultipliesAsByHand, (std::int32_t a, std::int16_t b, std::int32_t c, std::int16_t d)) {
    const Int128 x = b == 0 ? 1 : b;
    const Int128 y = d == 0 ? 1 : d;
    RC_ASSERT(plus(frac(a, x), frac(c, y)).value() == frac(a * y + c * x, x * y));
    RC_ASSERT(times(frac(a, x), frac(c, y)).value() == frac(Int128{a} * c, x * y));
    RC_ASSERT((frac(a, x) < frac(c, y)) == ((Int128{a} * y - Int128{c} * x) * (x * y > 0 ? 1 : -1) < 0));
}

/** Comparing needs no room: it is right where cross multiplication would overflow. */
RC_GTEST_PROP(Fraction, comparesWhateverTheSize, (std::int64_t a, std::int64_t b, std::uint32_t c, std::uint32_t d)) {
    const Int128 den = square() - c;
    const Int128 num = Int128{a} * kHuge + d;
    const Fraction value = frac(num, den);
    const Fraction next = frac(num + 1, den);
    RC_ASSERT(value < next);
    RC_ASSERT(next > value);
    RC_ASSERT(value == frac(num, den));
    RC_ASSERT((frac(num, den) <=> frac(Int128{b} * kHuge, den)) == (num <=> Int128{b} * kHuge));
    // The same value in other terms, and a neighbour that differs in the last place only.
    const Fraction reduced = value.inLowestTerms();
    RC_ASSERT(reduced == value);
    RC_ASSERT(frac(num, den) != frac(num, den - 1) || num == 0);
}
} // namespace
