// Goal: what is packed unpacks to the same, no more ever comes out than allowed, and damage is an error. Method:
// random bodies, every cut of a frame, flipped bytes, a bomb, a frame that asks for a huge window.
#include "sync-server/http/zstd_coding.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <zstd.h>

namespace zhicha {
namespace {

Bytes frameOf(const Bytes &plain, int level = 3) {
    Bytes out(ZSTD_compressBound(plain.size()));
    out.resize(ZSTD_compress(out.data(), out.size(), plain.data(), plain.size(), level));
    return out;
}

TEST(ZstdCoding, roundTrips) {
    rc::check([](const Bytes &piece) {
        Bytes plain;
        for (int i = 0; i < 50; ++i)
            append(plain, piece);
        RC_ASSERT(unpackZstd(frameOf(plain), plain.size()).value() == plain);
        if (const auto packed = packZstd(plain)) {
            RC_ASSERT(packed->size() < plain.size());
            RC_ASSERT(unpackZstd(*packed, plain.size()).value() == plain);
        }
    });
}

TEST(ZstdCoding, holdsTheLimitToTheByte) {
    const Bytes plain(1000000, 7);
    EXPECT_TRUE(unpackZstd(frameOf(plain), 1000000));
    EXPECT_EQ(unpackZstd(frameOf(plain), 999999).error().code, Code::TooLarge);
    auto twice = frameOf(plain);
    append(twice, frameOf(plain));
    EXPECT_EQ(unpackZstd(twice, 1999999).error().code, Code::TooLarge);
    EXPECT_EQ(unpackZstd(twice, 2000000).value().size(), 2000000u);
    EXPECT_EQ(unpackZstd(frameOf(Bytes(50 << 20), 1), 8 << 20).error().code, Code::TooLarge);
}

TEST(ZstdCoding, refusesEveryCutAndMostDamage) {
    const auto frame = frameOf(toBytes(viewOf("a text with some repetition, some repetition, some repetition")));
    for (std::size_t size = 1; size < frame.size(); ++size)
        EXPECT_EQ(unpackZstd(ByteView(frame.data(), size), 1000).error().code, Code::BadEncoding) << size;
    for (std::size_t i = 0; i < frame.size(); ++i) {
        auto damaged = frame;
        damaged[i] ^= 0x40;
        const auto result = unpackZstd(damaged, 1000); // an error or other bytes: never a crash, never too many
        EXPECT_TRUE(!result || result->size() <= 1000);
    }
}

TEST(ZstdCoding, refusesAWindowThatWouldTakeTooMuchMemory) {
    // Frame head by hand (RFC 8878 §3.1.1): magic, no content size, window descriptor for 2^31.
    const Bytes frame{0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xA8, 0x01, 0x00, 0x00};
    EXPECT_EQ(unpackZstd(frame, 1000).error().code, Code::TooLarge);
    EXPECT_TRUE(unpackZstd(frameOf(Bytes(10, 1)), 1000)) << "and the context is as good as before";
}

} // namespace
} // namespace zhicha
