// Goal: what every photo store owes (photo_store.h), now the directory one, sealed and plain.
// Method: the interface alone, over a simulated disk; nothing here knows files but the damage tests.
#include "tests/contract/photo_store/photo_stores.h"

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;

namespace {

class PhotoStoreContract : public ::testing::TestWithParam<bool> {
protected:
    void reopen() { store = openStore(disk, GetParam()); }
    std::string pathOf(const Digest &name) const {
        const std::string hex = toHex(name);
        return hex.substr(0, 2) + "/" + hex.substr(2);
    }
    SimDisk disk;
    std::unique_ptr<PhotoStore> store = openStore(disk, GetParam());
    const Bytes photo = somePhoto(300'000);
    const Digest digest = sha256(photo);
};
INSTANTIATE_TEST_SUITE_P(Directory, PhotoStoreContract, ::testing::Values(false, true),
                         [](const auto &instance) { return instance.param ? "sealed" : "plain"; });

TEST_P(PhotoStoreContract, wholeUploadIsKeptByteForByte) {
    EXPECT_EQ(store->state(digest).error().code, Code::NotFound);
    ASSERT_EQ(store->create(digest, photo.size()).value().offset, 0u);
    EXPECT_EQ(store->read(digest, 0, 1, {}).error().code, Code::NotFound) << "not whole yet";
    const UploadState state = upload(*store, digest, photo, 0, photo.size()).value();
    EXPECT_TRUE(state.complete);
    EXPECT_EQ(state.offset, photo.size());
    EXPECT_EQ(readAll(*store, digest, 0, photo.size()).value(), photo);
    EXPECT_EQ(readAll(*store, digest, 70'000, 70'001).value(), Bytes{photo[70'000]});
    EXPECT_EQ(readAll(*store, digest, 1, photo.size() + 1).error().code, Code::InvalidArgument);
    EXPECT_TRUE(store->verify(digest));
    reopen();
    EXPECT_TRUE(store->state(digest).value().complete);
    EXPECT_TRUE(store->create(digest, photo.size()).value().complete) << "again is no error";
    EXPECT_TRUE(upload(*store, digest, photo, photo.size(), photo.size()).value().complete);
    EXPECT_EQ(disk.content(pathOf(digest)) == photo, !GetParam());
}

TEST_P(PhotoStoreContract, resumesAtAnyByteWithAndWithoutARestart) {
    const Bytes small = somePhoto(700, 3);
    const Digest name = sha256(small);
    for (std::size_t cut = 0; cut <= small.size(); cut += 7)
        for (const bool restart : {false, true}) {
            SimDisk own;
            auto first = openStore(own, GetParam());
            ASSERT_TRUE(first->create(name, small.size()));
            ASSERT_TRUE(cut == small.size() || upload(*first, name, small, 0, cut, 100).value().offset == cut);
            if (restart)
                first = openStore(own, GetParam());
            const std::uint64_t at = first->state(name).value().offset;
            ASSERT_TRUE(upload(*first, name, small, at, small.size(), 100).value().complete) << cut;
            ASSERT_EQ(readAll(*first, name, 0, small.size()).value(), small);
        }
}

TEST_P(PhotoStoreContract, refusesAnotherSizeAnotherOffsetAndTooMuch) {
    ASSERT_TRUE(store->create(digest, photo.size()));
    EXPECT_EQ(store->create(digest, 5).error().code, Code::Conflict);
    EXPECT_EQ(store->resume(digest, 1).error().code, Code::OffsetMismatch);
    EXPECT_EQ(store->resume(sha256(viewOf("unknown")), 0).error().code, Code::NotFound);
    auto patch = store->resume(digest, 0);
    ASSERT_TRUE(patch && (*patch)->write(ByteView(photo).first(photo.size() - 1)));
    EXPECT_EQ((*patch)->write(ByteView(photo).last(2)).error().code, Code::TooLarge);
    EXPECT_EQ((*patch)->finish().value().offset, photo.size() - 1) << "nothing of that chunk was kept";
    EXPECT_TRUE(upload(*store, digest, photo, photo.size() - 1, photo.size()).value().complete);
}

TEST_P(PhotoStoreContract, wrongBytesAreDeletedAndAskedForAgain) {
    Bytes wrong = photo;
    wrong[12345] ^= 1;
    ASSERT_TRUE(store->create(digest, photo.size()));
    EXPECT_EQ(upload(*store, digest, wrong, 0, wrong.size()).error().code, Code::DigestMismatch);
    const UploadState state = store->state(digest).value();
    EXPECT_EQ(state.offset, 0u);
    EXPECT_FALSE(state.complete);
    EXPECT_FALSE(disk.exists(pathOf(digest)) || disk.exists(pathOf(digest) + ".part"));
    EXPECT_TRUE(upload(*store, digest, photo, 0, photo.size()).value().complete);
}

TEST_P(PhotoStoreContract, newHeadPreemptsADeadPatch) {
    ASSERT_TRUE(store->create(digest, photo.size()));
    auto dead = store->resume(digest, 0);
    ASSERT_TRUE(dead && (*dead)->write(ByteView(photo).first(100'001)));
    const std::uint64_t offset = store->state(digest).value().offset;
    EXPECT_EQ(offset, 100'001u) << "what the dead one brought is kept";
    EXPECT_EQ((*dead)->write(ByteView(photo).subspan(100'001, 1)).error().code, Code::Conflict);
    auto alive = store->resume(digest, offset);
    ASSERT_TRUE(alive && (*alive)->write(ByteView(photo).subspan(offset)));
    EXPECT_EQ((*dead)->finish().error().code, Code::Conflict);
    dead = fail(Code::Stopped, "its connection is gone");
    EXPECT_TRUE((*alive)->finish().value().complete);
}

TEST_P(PhotoStoreContract, droppedUploadKeepsWhatItBrought) {
    ASSERT_TRUE(store->create(digest, photo.size()));
    {
        auto dropped = store->resume(digest, 0);
        ASSERT_TRUE(dropped && (*dropped)->write(ByteView(photo).first(99)));
    }
    reopen();
    EXPECT_EQ(store->state(digest).value().offset, 99u);
    {
        auto whole = store->resume(digest, 99); // dropped after its last byte, before finish
        ASSERT_TRUE(whole && (*whole)->write(ByteView(photo).subspan(99)));
    }
    EXPECT_TRUE(store->state(digest).value().complete);
}

TEST_P(PhotoStoreContract, emptyPhotoIsAPhoto) {
    const Digest nothing = sha256(ByteView());
    ASSERT_TRUE(store->create(nothing, 0));
    EXPECT_TRUE(upload(*store, nothing, {}, 0, 0).value().complete);
    EXPECT_TRUE(store->verify(nothing));
}

TEST_P(PhotoStoreContract, everyPhotoIsVisitedInDigestOrder) {
    std::vector<Digest> expected;
    for (std::uint32_t i = 0; i < 40; ++i) {
        const Bytes bytes = somePhoto(100 + i, i);
        expected.push_back(sha256(bytes));
        ASSERT_TRUE(store->create(expected.back(), bytes.size()));
        if (i % 2 == 0) {
            ASSERT_TRUE(upload(*store, expected.back(), bytes, 0, bytes.size()));
        }
    }
    ASSERT_TRUE(std::move(disk.open(pathOf(expected[0]) + ".jpg", Disk::Open::Create)).value());
    std::sort(expected.begin(), expected.end());
    reopen();
    std::vector<Digest> seen;
    int complete = 0;
    ASSERT_TRUE(store->forEach([&](const Digest &name, const UploadState &state) {
        seen.push_back(name);
        complete += state.complete ? 1 : 0;
        return Status();
    }));
    EXPECT_EQ(seen, expected);
    EXPECT_EQ(complete, 20);
}

TEST_P(PhotoStoreContract, anyFlippedByteOfAWholePhotoIsFound) {
    const Bytes small = somePhoto(500, 9);
    const Digest name = sha256(small);
    ASSERT_TRUE(store->create(name, small.size()) && upload(*store, name, small, 0, small.size()));
    const std::size_t size = disk.content(pathOf(name)).size();
    for (std::size_t byte = 0; byte < size; ++byte) {
        disk.flipBit(pathOf(name), byte, static_cast<int>(byte % 8));
        const Status seen = store->verify(name);
        ASSERT_FALSE(seen) << byte;
        ASSERT_EQ(seen.error().code, GetParam() ? Code::StoreDamaged : Code::DigestMismatch);
        disk.flipBit(pathOf(name), byte, static_cast<int>(byte % 8));
    }
    EXPECT_TRUE(store->verify(name));
}

TEST_P(PhotoStoreContract, damagedPartOrNoteIsAskedForAgain) {
    for (const char *suffix : {".part", ".begun"})
        for (const std::uint64_t byte : {0u, 10u, 25u, 50'000u}) {
            SimDisk own;
            auto first = openStore(own, GetParam());
            ASSERT_TRUE(first->create(digest, photo.size()) && upload(*first, digest, photo, 0, 100'000));
            own.flipBit(pathOf(digest) + suffix, byte, 3);
            first = openStore(own, GetParam());
            bool whole = false;
            for (int tries = 0; tries < 3 && !whole; ++tries) { // as a tablet would: HEAD or create, then PATCH
                const auto state = first->create(digest, photo.size());
                ASSERT_TRUE(state);
                whole = upload(*first, digest, photo, state->offset, photo.size()).has_value();
            }
            EXPECT_TRUE(whole) << suffix << " byte " << byte;
            EXPECT_TRUE(first->verify(digest));
        }
}

} // namespace
