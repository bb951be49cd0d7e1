// Goal: "saved" means durable: an acknowledged offset or photo is there after any crash; a reported offset can be
// resumed at. Method: two photos uploaded in three PATCHes each; crash, fault or a full disk at call 1, 2, 3 …, every
// kind of power cut; then a tablet's loop (create, resume at the offset told) must finish with the right bytes.
#include "tests/contract/photo_store/photo_stores.h"

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;

namespace {

class PhotoCrash : public ::testing::TestWithParam<bool> {
protected:
    struct Told { ///< what the store acknowledged
        std::uint64_t offset = 0;
        bool complete = false;
    };
    const std::vector<Bytes> photos{somePhoto(3'000, 1), somePhoto(70'000, 2)};
    std::vector<Digest> names{sha256(photos[0]), sha256(photos[1])};

    // Uploads until something fails; a HEAD after every second PATCH, while that is still open.
    std::vector<Told> work(SimDisk &disk) const {
        std::vector<Told> told(photos.size());
        const auto store = openStore(disk, GetParam());
        for (std::size_t i = 0; i < photos.size(); ++i) {
            if (!store->create(names[i], photos[i].size()))
                return told;
            for (std::size_t part = 0; part < 3; ++part) {
                auto patch = store->resume(names[i], told[i].offset);
                const std::size_t to = photos[i].size() * (part + 1) / 3;
                if (!patch || !(*patch)->write(ByteView(photos[i]).subspan(told[i].offset, to - told[i].offset)))
                    return told;
                const auto state = part == 1 ? store->state(names[i]) : (*patch)->finish();
                if (!state)
                    return told;
                told[i] = {state->offset, state->complete};
            }
        }
        return told;
    }

    void lookAfter(SimDisk &disk, const std::vector<Told> &told, const std::string &where) const {
        const auto store = openStore(disk, GetParam());
        for (std::size_t i = 0; i < photos.size(); ++i) {
            auto state = store->state(names[i]);
            ASSERT_TRUE(state || state.error().code == Code::NotFound) << where << state.error().detail;
            const UploadState now = state ? *state : UploadState{};
            ASSERT_GE(now.offset, told[i].offset) << where << ": an acknowledged offset was lost";
            ASSERT_TRUE(now.complete || !told[i].complete) << where << ": an acknowledged photo was lost";
            if (!state) {
                ASSERT_TRUE(store->create(names[i], photos[i].size())) << where;
            }
            auto done = upload(*store, names[i], photos[i], now.offset, photos[i].size());
            ASSERT_TRUE(done) << where << ": " << done.error().detail;
            ASSERT_TRUE(done->complete && store->verify(names[i])) << where;
        }
    }
};
INSTANTIATE_TEST_SUITE_P(Directory, PhotoCrash, ::testing::Values(false, true),
                         [](const auto &instance) { return instance.param ? "sealed" : "plain"; });

TEST_P(PhotoCrash, nothingAcknowledgedIsLostByACrashAtEachDiskCall) {
    for (const PowerCut cut : {PowerCut::LoseAll, PowerCut::Torn, PowerCut::KeepAll})
        for (std::uint64_t seed = 1; seed <= (cut == PowerCut::Torn ? 8 : 1); ++seed)
            for (std::uint64_t call = 1;; ++call) {
                SimDisk disk(seed * 1000 + call);
                disk.crashAtCall(call);
                const auto told = work(disk);
                const bool crashed = disk.crashed();
                disk.restart(cut);
                lookAfter(disk, told, "crash at call " + std::to_string(call) + ", seed " + std::to_string(seed));
                if (HasFatalFailure())
                    return;
                if (!crashed)
                    break;
            }
}

TEST_P(PhotoCrash, powerCutAfterEachAcknowledgementLosesNothing) {
    for (std::size_t size = 1; size <= 200'000; size = size * 3 + 1) {
        const Bytes photo = somePhoto(size, 5);
        const Digest name = sha256(photo);
        SimDisk disk;
        auto store = openStore(disk, GetParam());
        ASSERT_TRUE(store->create(name, size));
        {
            auto patch = store->resume(name, 0);
            ASSERT_TRUE(patch && (*patch)->write(ByteView(photo).first(size / 2)));
            ASSERT_EQ(store->state(name).value().offset, size / 2); // a HEAD while the PATCH hangs
            disk.crashNow();
        }
        disk.restart(PowerCut::LoseAll);
        store = openStore(disk, GetParam());
        ASSERT_EQ(store->state(name).value().offset, size / 2);
        ASSERT_TRUE(upload(*store, name, photo, size / 2, size).value().complete);
        disk.crashNow();
        disk.restart(PowerCut::LoseAll);
        store = openStore(disk, GetParam());
        ASSERT_TRUE(store->state(name).value().complete);
        ASSERT_EQ(readAll(*store, name, 0, size).value(), photo);
    }
}

TEST_P(PhotoCrash, faultAtEachDiskCallLosesNothing) {
    for (std::uint64_t call = 1;; ++call) {
        SimDisk disk(call);
        disk.failCall(call);
        const auto told = work(disk);
        const bool struck = disk.calls() >= call;
        disk.failCall(0);
        disk.crashNow();
        disk.restart(PowerCut::LoseAll);
        lookAfter(disk, told, "fault at call " + std::to_string(call));
        if (HasFatalFailure() || !struck)
            return;
    }
}

TEST_P(PhotoCrash, uploadGoesOnInTheSameProcessAfterAFullDiskOrAFault) {
    const Bytes &photo = photos[1];
    SimDisk disk;
    const auto store = openStore(disk, GetParam());
    ASSERT_TRUE(store->create(names[1], photo.size()) && upload(*store, names[1], photo, 0, 10'000));
    disk.limitGrowth(5'000);
    EXPECT_EQ(upload(*store, names[1], photo, 10'000, photo.size(), 1'000).error().code, Code::DiskFull);
    EXPECT_EQ(store->state(names[1]).value().offset, 10'000u);
    disk.limitGrowth(std::nullopt);
    disk.failCall(disk.calls() + 2); // the sync after the write
    EXPECT_EQ(upload(*store, names[1], photo, 10'000, 20'000).error().code, Code::DiskError);
    EXPECT_EQ(store->state(names[1]).value().offset, 10'000u) << "a failed sync makes nothing durable";
    EXPECT_TRUE(upload(*store, names[1], photo, 10'000, photo.size()).value().complete);
}

TEST_P(PhotoCrash, fullDiskAtEachSizeLosesNothing) {
    for (std::uint64_t room = 0; room < 80'000; room += 997) {
        SimDisk disk(room);
        disk.limitGrowth(room);
        const auto told = work(disk);
        disk.limitGrowth(std::nullopt);
        lookAfter(disk, told, "room for " + std::to_string(room));
        if (HasFatalFailure())
            return;
    }
}

} // namespace
