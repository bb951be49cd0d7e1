// Goal: uploads of different photos go on side by side, and those of one photo never mix.
// Method: threads over a real folder; each outcome is compared with the bytes that were sent.
#include "shared/files/posix_disk.h"
#include "tests/contract/photo_store/photo_stores.h"
#include "tests/support/temp_folder.h"

#include <atomic>
#include <gtest/gtest.h>
#include <thread>

using namespace zhicha;
using namespace zhicha::test;

namespace {

class PhotoThreads : public ::testing::TestWithParam<bool> {
protected:
    TempFolder folder;
    std::unique_ptr<PosixDisk> disk = std::move(PosixDisk::open(folder / "photos")).value();
    std::unique_ptr<PhotoStore> store = openStore(*disk, GetParam());
};
INSTANTIATE_TEST_SUITE_P(Directory, PhotoThreads, ::testing::Values(false, true),
                         [](const auto &instance) { return instance.param ? "sealed" : "plain"; });

TEST_P(PhotoThreads, eightPhotosAtOnceAllArrive) {
    std::atomic<int> complete = 0;
    std::vector<std::thread> threads;
    for (std::uint32_t i = 0; i < 8; ++i)
        threads.emplace_back([&, i] {
            for (std::uint32_t n = 0; n < 3; ++n) {
                const Bytes photo = somePhoto(400'000 + i, i * 10 + n);
                const Digest name = sha256(photo);
                if (store->create(name, photo.size()) && upload(*store, name, photo, 0, 123'456) &&
                    upload(*store, name, photo, 123'456, photo.size()) && store->verify(name))
                    ++complete;
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    EXPECT_EQ(complete, 24);
}

TEST_P(PhotoThreads, rivalsForOnePhotoEndWithTheRightBytes) {
    const Bytes photo = somePhoto(200'000, 77);
    const Digest name = sha256(photo);
    ASSERT_TRUE(store->create(name, photo.size()));
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < 4; ++i)
        threads.emplace_back([&, i] {
            for (int tries = 0; tries < 200; ++tries) {
                auto state = store->state(name);
                if (!state || state->complete)
                    return;
                const std::size_t to = std::min<std::size_t>(photo.size(), state->offset + 10'000 + i * 1'000);
                (void)upload(*store, name, photo, state->offset, to, 3'000).has_value(); // Conflict is the rule here
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    const std::uint64_t offset = store->state(name).value().offset;
    ASSERT_TRUE(upload(*store, name, photo, offset, photo.size()).value().complete);
    EXPECT_EQ(readAll(*store, name, 0, photo.size()).value(), photo);
}

} // namespace
