// Goal: a Result carries its value or its error through every return unharmed, and the product has no planted bug.
// Method: small functions that use the macros, move-only values, and a compile-time look at plant().
#include "shared/base/plant.h"
#include "shared/base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>

namespace zhicha {
namespace {

#ifndef ZHICHA_PLANT
static_assert(!plant("skip_fsync"), "the product must not carry planted bugs");
static_assert(!plant(""), "the product must not carry planted bugs");
#endif

Result<int> half(int number) {
    if (number % 2 != 0)
        return fail(Code::InvalidArgument, "halving an odd number");
    return number / 2;
}

Result<int> quarter(int number) {
    ZHICHA_ASSIGN(const int once, half(number));
    ZHICHA_ASSIGN(const int twice, half(once));
    return twice;
}

Status mustBeFourfold(int number, int &after) {
    ZHICHA_TRY(quarter(number));
    ++after;
    return {};
}

TEST(Result, carriesItsValue) {
    const auto result = half(4);
    ASSERT_TRUE(result.has_value());
    EXPECT_TRUE(result);
    EXPECT_EQ(result.value(), 2);
    EXPECT_EQ(*result, 2);
    EXPECT_EQ(result.value_or(7), 2);
}

TEST(Result, carriesItsError) {
    const auto result = half(3);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::InvalidArgument);
    EXPECT_EQ(result.error().detail, "halving an odd number");
    EXPECT_EQ(result.error().retry, Retry::Never);
    EXPECT_EQ(result.value_or(7), 7);
}

TEST(Result, assignReturnsTheFirstError) {
    EXPECT_EQ(quarter(8).value(), 2);
    EXPECT_FALSE(quarter(7));
    EXPECT_FALSE(quarter(6));
}

TEST(Result, tryStopsTheFunctionAtTheError) {
    int after = 0;
    EXPECT_TRUE(mustBeFourfold(8, after));
    EXPECT_EQ(after, 1);
    const auto status = mustBeFourfold(6, after);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, Code::InvalidArgument);
    EXPECT_EQ(after, 1);
}

TEST(Result, movesValuesThatCannotBeCopied) {
    Result<std::unique_ptr<int>> result(std::make_unique<int>(5));
    EXPECT_EQ(**result, 5);
    const std::unique_ptr<int> owned = std::move(result).value();
    EXPECT_EQ(*owned, 5);
}

TEST(Result, aResultOfTextIsNotMistakenForItsError) {
    const Result<std::string> result(std::string("invalid_argument"));
    ASSERT_TRUE(result);
    EXPECT_EQ(result->size(), 16u);
}

TEST(Status, isGoodByDefaultAndKeepsRetry) {
    EXPECT_TRUE(Status());
    const Status later = fail(Code::NetworkDown, "sending", Retry::Later);
    ASSERT_FALSE(later.has_value());
    EXPECT_EQ(later.error().retry, Retry::Later);
}

TEST(Code, everyCodeHasANameOfItsOwn) {
    std::set<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(Code::Internal); ++i)
        names.insert(codeName(static_cast<Code>(i)));
    EXPECT_EQ(names.size(), static_cast<std::size_t>(Code::Internal) + 1);
}

TEST(CheckDeathTest, aFailedCheckStopsTheProgramAndNamesThePlace) {
    EXPECT_DEATH(ZHICHA_CHECK(1 + 1 == 3), "tst_result.cpp.*1 \\+ 1 == 3");
}

} // namespace
} // namespace zhicha
