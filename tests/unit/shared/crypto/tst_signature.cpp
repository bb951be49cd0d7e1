// Goal: signatures are Ed25519, cover every byte and their purpose, and hold under no other key.
// Method: vectors of RFC 8032, every bit flipped, malleated and degenerate signatures, purposes exchanged.
#include "shared/crypto/signature.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace zhicha {
namespace {

template <std::size_t N>
std::array<std::uint8_t, N> fixedHex(std::string_view hex) {
    return fixedBytes<N>(fromHex(hex).value()).value();
}

TEST(Signature, agreesWithRfc8032) {
    struct Vector {
        std::string_view seed, key, message, signature;
    };
    const Vector vectors[] = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bb"
         "e246551"
         "41438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302"
         "aeeb00d"
         "291612bb0c00"},
    };
    for (const Vector &v : vectors) {
        const SigningKey key = SigningKey::fromSeed(fixedHex<32>(v.seed));
        const Bytes message = fromHex(v.message).value();
        EXPECT_EQ(toHex(key.publicKey()), v.key);
        EXPECT_EQ(toHex(key.signRaw(message)), v.signature);
        EXPECT_TRUE(verifyRaw(key.publicKey(), message, fixedHex<64>(v.signature)));
        EXPECT_EQ(toHex(key.seed()), v.seed);
    }
}

TEST(Signature, coversEveryBitOfMessageSignatureAndKey) {
    const SigningKey key = SigningKey::fromSeed(SecretSeed{1, 2, 3});
    const Bytes message = toBytes(viewOf("直查"));
    const Signature signature = key.signRaw(message);
    for (std::size_t bit = 0; bit < 8 * signature.size(); ++bit) {
        Signature bad = signature;
        bad[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
        ASSERT_FALSE(verifyRaw(key.publicKey(), message, bad)) << bit;
    }
    for (std::size_t bit = 0; bit < 8 * message.size(); ++bit) {
        Bytes bad = message;
        bad[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
        ASSERT_FALSE(verifyRaw(key.publicKey(), bad, signature)) << bit;
    }
    for (std::size_t bit = 0; bit < 8 * key.publicKey().size(); ++bit) {
        PublicKey bad = key.publicKey();
        bad[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
        ASSERT_FALSE(verifyRaw(bad, message, signature)) << bit;
    }
}

TEST(Signature, malleatedAndDegenerateOnesAreRefused) {
    const SigningKey key = SigningKey::fromSeed(SecretSeed{7});
    Signature signature = key.signRaw({});
    // S + L is the same number modulo the group's order.
    const auto order = fixedHex<32>("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    unsigned carry = 0;
    for (std::size_t i = 0; i < 32; ++i) {
        carry += signature[32 + i] + order[i];
        signature[32 + i] = static_cast<std::uint8_t>(carry);
        carry >>= 8;
    }
    EXPECT_FALSE(verifyRaw(key.publicKey(), {}, signature));
    EXPECT_FALSE(verifyRaw(PublicKey{}, {}, Signature{}));
    EXPECT_FALSE(verifyRaw(PublicKey{1}, {}, Signature{1}));
    PublicKey ones;
    ones.fill(0xff);
    EXPECT_FALSE(verifyRaw(ones, {}, Signature{}));
}

TEST(Signature, namesItsPurpose) {
    const SigningKey key = SigningKey::fromSeed(SecretSeed{9});
    const Bytes content = toBytes(viewOf("content"));
    const char *purposes[] = {"run", "keys", "enrol", "session", "join"};
    for (const char *made : purposes)
        for (const char *used : purposes)
            EXPECT_EQ(verifyFor(key.publicKey(), used, content, key.signFor(made, content)),
                      std::string_view(made) == used);
    EXPECT_EQ(key.signFor("run", content), key.signRaw(viewOf(std::string_view("zhicha/v1/run\0content", 21))));
    EXPECT_FALSE(verifyRaw(key.publicKey(), content, key.signFor("run", content)));
}

TEST(Signature, purposeAndContentDoNotRunIntoEachOther) {
    EXPECT_TRUE(rc::check("a byte moved from content to purpose is another message", [](const Bytes &content) {
        const SigningKey key = SigningKey::fromSeed(SecretSeed{3});
        Bytes longer{'x'};
        append(longer, content);
        RC_ASSERT(!verifyFor(key.publicKey(), "runx", content, key.signFor("run", longer)));
    }));
}

TEST(SigningKey, generatedOnesDiffer) {
    EXPECT_NE(SigningKey::generate(systemRandom()).publicKey(), SigningKey::generate(systemRandom()).publicKey());
}

} // namespace
} // namespace zhicha
