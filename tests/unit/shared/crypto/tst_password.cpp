// Goal: a key follows from password, salt and cost alone; stored hashes match their password only.
// Method: the least cost that libsodium takes, so that the test is quick; every input changed in turn.
#include "shared/crypto/password.h"

#include <gtest/gtest.h>

namespace zhicha {
namespace {

constexpr PasswordCost kCheap{1, 8192};

TEST(KeyFromPassword, dependsOnEveryInput) {
    const auto key = keyFromPassword("246810", Salt{1}, kCheap);
    ASSERT_TRUE(key);
    EXPECT_EQ(*key, *keyFromPassword("246810", Salt{1}, kCheap));
    EXPECT_NE(*key, *keyFromPassword("246811", Salt{1}, kCheap));
    EXPECT_NE(*key, *keyFromPassword("246810", Salt{2}, kCheap));
    EXPECT_NE(*key, *keyFromPassword("246810", Salt{1}, {2, 8192}));
    EXPECT_NE(*key, *keyFromPassword("246810", Salt{1}, {1, 16384}));
}

TEST(KeyFromPassword, refusesNothingAndCostsOutOfRange) {
    EXPECT_FALSE(keyFromPassword("", Salt{}, kCheap));
    EXPECT_FALSE(keyFromPassword("x", Salt{}, {0, 8192}));
    EXPECT_FALSE(keyFromPassword("x", Salt{}, {65, 8192}));
    EXPECT_FALSE(keyFromPassword("x", Salt{}, {1, 8191}));
    EXPECT_FALSE(keyFromPassword("x", Salt{}, {1, (std::uint64_t{1} << 30) + 1}));
}

TEST(HashPassword, matchesItsPasswordOnly) {
    const auto stored = hashPassword("直查2026", kCheap);
    ASSERT_TRUE(stored);
    EXPECT_TRUE(stored->starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
    EXPECT_TRUE(passwordMatches(*stored, "直查2026"));
    EXPECT_FALSE(passwordMatches(*stored, "直查2027"));
    EXPECT_FALSE(passwordMatches(*stored, ""));
    EXPECT_NE(*stored, *hashPassword("直查2026", kCheap));
}

TEST(HashPassword, aDamagedHashMatchesNothing) {
    const std::string stored = *hashPassword("x", kCheap);
    for (const std::string &bad : {std::string(), std::string("$"), stored.substr(0, stored.size() - 1), stored + "A",
                                   "$argon2i" + stored.substr(9), std::string(500, '$')})
        EXPECT_FALSE(passwordMatches(bad, "x")) << bad;
}

} // namespace
} // namespace zhicha
