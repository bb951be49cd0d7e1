// Goal: an ES256 signature verifies only under its key and over its message, and no broken bytes crash or pass.
// Method: the P-256/SHA-256 vector of RFC 6979 appendix A.2.5, then every kind of damage to it.
#include "shared/crypto/ecdsa.h"

#include <gtest/gtest.h>

using namespace zhicha;

namespace {
P256Point key() {
    P256Point point;
    point.x = *digestFromHex("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6");
    point.y = *digestFromHex("7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
    return point;
}
const Bytes kSignature = *fromHex("3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                                  "022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
const ByteView kMessage = viewOf("sample");

TEST(Ecdsa, verifiesTheVectorOfRfc6979) {
    EXPECT_TRUE(isOnP256(key()));
    EXPECT_TRUE(verifyEs256(key(), kMessage, kSignature));
    EXPECT_FALSE(verifyEs256(key(), viewOf("sampl"), kSignature));
}

TEST(Ecdsa, refusesEveryFlippedByteAndLength) {
    for (std::size_t i = 0; i < kSignature.size(); ++i) {
        Bytes broken = kSignature;
        broken[i] ^= 1;
        EXPECT_FALSE(verifyEs256(key(), kMessage, broken)) << i;
        EXPECT_FALSE(verifyEs256(key(), kMessage, ByteView(kSignature).first(i))) << i;
    }
    Bytes longer = kSignature;
    longer.push_back(0);
    EXPECT_FALSE(verifyEs256(key(), kMessage, longer));
}

TEST(Ecdsa, refusesPointsOffTheCurve) {
    P256Point off = key();
    off.y[31] ^= 1;
    EXPECT_FALSE(isOnP256(off));
    EXPECT_FALSE(isOnP256(P256Point{}));
    EXPECT_FALSE(verifyEs256(off, kMessage, kSignature));
}
} // namespace
