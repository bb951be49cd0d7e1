// Goal: a picture that was saved anew, smaller or brighter still looks the same in 64 bits, another one does not, and
// no file, however broken or boastful, costs more than its answer "cannot be told". Method: made scenes and hostile
// bytes.
#include "sync-server/office/ledger/photo_look.h"
#include "tests/support/jpeg_scene.h"

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;

namespace {
int distance(const Bytes &a, const Bytes &b) {
    const auto left = photoLook(a), right = photoLook(b);
    EXPECT_TRUE(left && right);
    return left && right ? lookDistance(*left, *right) : 64;
}

TEST(PhotoLook, staysThroughSavingShrinkingAndBrightening) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const Bytes shot = jpegScene(seed, {800, 600, 90, 0});
        EXPECT_LE(distance(shot, jpegScene(seed, {800, 600, 40, 0})), kNearLook) << seed;
        EXPECT_LE(distance(shot, jpegScene(seed, {320, 240, 80, 0})), kNearLook) << seed;
        EXPECT_LE(distance(shot, jpegScene(seed, {800, 600, 90, 15})), kNearLook) << seed;
    }
}

TEST(PhotoLook, tellsOtherScenesApart) {
    std::vector<std::uint64_t> looks;
    for (unsigned seed = 1; seed <= 60; ++seed)
        looks.push_back(photoLook(jpegScene(seed, {160, 120, 80, 0})).value());
    int near = 0;
    for (std::size_t i = 0; i < looks.size(); ++i)
        for (std::size_t other = 0; other < i; ++other)
            near += lookDistance(looks[i], looks[other]) <= kNearLook ? 1 : 0;
    EXPECT_EQ(near, 0);
}

TEST(PhotoLook, whatCannotBeReadHasNone) {
    const Bytes fine = jpegScene(7, {320, 240, 80, 0});
    EXPECT_FALSE(photoLook({}));
    EXPECT_FALSE(photoLook(Bytes(1000, 0xff)));
    EXPECT_FALSE(photoLook(Bytes(100, 'x')));
    Bytes cut(fine.begin(), fine.begin() + 60);
    EXPECT_FALSE(photoLook(cut));
    for (std::size_t at = 0; at < fine.size(); at += 97) {
        Bytes broken = fine;
        broken[at] ^= 0x55;
        (void)photoLook(broken); // must come back, with or without an answer
    }
    // A PNG of four bytes that says it is 20,000 × 20,000.
    Bytes boastful{0x89, 'P',  'N',  'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I',  'H',  'D',  'R', 0,
                   0,    0x4e, 0x20, 0,   0,    0x4e, 0x20, 8,    2, 0, 0, 0,  0x12, 0x34, 0x56, 0x78};
    EXPECT_FALSE(photoLook(boastful));
}

TEST(PhotoLook, aBlankWallIsNotComparedWithAnother) {
    // Nothing but noise would tell two of them apart, or make them one.
    EXPECT_FALSE(photoLook(jpegScene(1, {320, 240, 80, 255})));
}
} // namespace
