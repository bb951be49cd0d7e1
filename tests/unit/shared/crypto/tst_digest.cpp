// Goal: digests are SHA-256 and HMAC-SHA-256 of exactly the bytes given, and tags keep their purposes apart.
// Method: vectors of FIPS 180-4 and RFC 4231, the same bytes in other pieces, threads.
#include "shared/crypto/digest.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <thread>

namespace zhicha {
namespace {

TEST(Sha256, agreesWithFips180) {
    EXPECT_EQ(toHex(sha256(ByteView{})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(toHex(sha256(viewOf("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(toHex(sha256(viewOf("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(toHex(sha256(Bytes(1'000'000, 'a'))), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, piecesMakeNoDifference) {
    EXPECT_TRUE(rc::check("parts, updates and the whole agree", [](const Bytes &a, const Bytes &b, const Bytes &c) {
        Bytes whole = a;
        append(whole, b);
        append(whole, c);
        RC_ASSERT(sha256({a, b, c}) == sha256(whole));
        Sha256 running;
        running.update(a);
        RC_ASSERT(running.digest() == sha256(a));
        running.update(b);
        running.update(c);
        RC_ASSERT(running.digest() == sha256(whole));
        RC_ASSERT(running.digest() == sha256(whole));
    }));
}

TEST(Sha256, aMovedOneGoesOn) {
    Sha256 first;
    first.update(viewOf("ab"));
    Sha256 second = std::move(first);
    second.update(viewOf("c"));
    EXPECT_EQ(second.digest(), sha256(viewOf("abc")));
}

TEST(Sha256, threadsDoNotDisturbEachOther) {
    std::vector<std::thread> threads;
    std::vector<Digest> digests(4);
    for (std::size_t i = 0; i < digests.size(); ++i)
        threads.emplace_back([&, i] {
            for (int round = 0; round < 500; ++round)
                digests[i] = sha256(Bytes(i * 1000, static_cast<std::uint8_t>(i)));
        });
    for (std::thread &thread : threads)
        thread.join();
    for (std::size_t i = 0; i < digests.size(); ++i)
        EXPECT_EQ(digests[i], sha256(Bytes(i * 1000, static_cast<std::uint8_t>(i))));
}

TEST(TaggedDigest, isTheTagAZeroByteAndTheParts) {
    EXPECT_EQ(taggedDigest("zhicha/v1/op", {viewOf("ab"), viewOf("c")}),
              sha256(viewOf(std::string_view("zhicha/v1/op\0abc", 16))));
    EXPECT_NE(taggedDigest("a", {viewOf("b")}), taggedDigest("ab", {}));
}

TEST(Hmac, agreesWithRfc4231) {
    EXPECT_EQ(toHex(hmacSha256(Bytes(20, 0x0b), viewOf("Hi There"))),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(toHex(hmacSha256(viewOf("Jefe"), viewOf("what do ya want for nothing?"))),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(toHex(hmacSha256(Bytes(131, 0xaa), viewOf("Test Using Larger Than Block-Size Key - Hash Key First"))),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hmac, takesAnEmptyKeyAndAnEmptyMessage) {
    EXPECT_EQ(toHex(hmacSha256({}, {})), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(EqualInConstantTime, comparesLengthAndContent) {
    EXPECT_TRUE(equalInConstantTime({}, {}));
    EXPECT_TRUE(equalInConstantTime(viewOf("abc"), viewOf("abc")));
    EXPECT_FALSE(equalInConstantTime(viewOf("abc"), viewOf("abd")));
    EXPECT_FALSE(equalInConstantTime(viewOf("abc"), viewOf("abcd")));
}

} // namespace
} // namespace zhicha
