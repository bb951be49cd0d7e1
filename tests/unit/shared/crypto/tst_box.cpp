// Goal: what is sealed opens only with its key, for its purpose, unchanged.
// Method: round trips over random content, every bit flipped, every shorter length, other keys and contexts.
#include "shared/crypto/box.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace zhicha {
namespace {

TEST(Seal, opensWhatItSealed) {
    EXPECT_TRUE(rc::check("openSealed(seal(x)) == x", [](const Bytes &plain, const std::string &context) {
        const auto key = systemRandom().array<32>();
        const auto open = openSealed(key, seal(key, plain, context, systemRandom()), context);
        RC_ASSERT(open.has_value());
        RC_ASSERT(*open == plain);
    }));
}

TEST(Seal, everyBitKeyAndContextCount) {
    const SecretKey key{1};
    const Bytes sealed = seal(key, viewOf("secret"), "photo key", systemRandom());
    for (std::size_t bit = 0; bit < 8 * sealed.size(); ++bit) {
        Bytes bad = sealed;
        bad[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
        const auto open = openSealed(key, bad, "photo key");
        ASSERT_FALSE(open) << bit;
        ASSERT_EQ(open.error().code, Code::BadSignature);
    }
    for (std::size_t size = 0; size < sealed.size(); ++size)
        ASSERT_FALSE(openSealed(key, ByteView(sealed).first(size), "photo key")) << size;
    EXPECT_FALSE(openSealed(SecretKey{2}, sealed, "photo key"));
    EXPECT_FALSE(openSealed(key, sealed, "photo keys"));
    EXPECT_FALSE(openSealed(key, sealed, ""));
    EXPECT_TRUE(openSealed(key, sealed, "photo key"));
}

TEST(Seal, neverTwiceTheSameBytes) {
    const SecretKey key{1};
    EXPECT_NE(seal(key, viewOf("x"), "c", systemRandom()), seal(key, viewOf("x"), "c", systemRandom()));
}

TEST(SealedBox, onlyTheHolderOfThePrivateHalfOpensIt) {
    const BoxKeyPair keys = generateBoxKeys(systemRandom());
    const BoxKeyPair others = generateBoxKeys(systemRandom());
    Bytes sealed = sealToPublicKey(keys.publicKey, viewOf("for the office"));
    const auto open = openWithBoxKeys(keys, sealed);
    ASSERT_TRUE(open);
    EXPECT_EQ(textOf(*open), "for the office");
    EXPECT_FALSE(openWithBoxKeys(others, sealed));
    for (std::size_t size = 0; size < sealed.size(); ++size)
        ASSERT_FALSE(openWithBoxKeys(keys, ByteView(sealed).first(size))) << size;
    sealed.back() ^= 1;
    EXPECT_FALSE(openWithBoxKeys(keys, sealed));
}

TEST(SealedBox, takesNothingAtAll) {
    const BoxKeyPair keys = generateBoxKeys(systemRandom());
    const auto open = openWithBoxKeys(keys, sealToPublicKey(keys.publicKey, {}));
    ASSERT_TRUE(open);
    EXPECT_TRUE(open->empty());
}

} // namespace
} // namespace zhicha
