// Goal: a photo is kept byte for byte before it is said to be saved; what is none is refused clearly; a crash between
// file and operation loses nothing. Method: real files; crashes on the simulated disk at every call.
#include "mobile/engine/capture/picture_preview.h"
#include "tests/support/sim_disk.h"
#include "tests/support/sim_vfs.h"
#include "tests/unit/mobile/engine/test_tablet.h"

#include <gtest/gtest.h>

namespace zhicha::test {

namespace {
Bytes bytesOf(LocalStore &store, const PhotoRecord &photo) {
    Bytes out;
    EXPECT_TRUE(PhotoIntake::read(store, photo, 0, static_cast<std::uint64_t>(photo.size), [&](ByteView piece) {
        append(out, piece);
        return Status();
    }));
    return out;
}
} // namespace

class PhotoIntakeTest : public ::testing::Test {
protected:
    PhotoIntakeTest() : tablet(clock), office(clock), site(office.addSite("s1")) {
        tablet.enrol(office);
        check = tablet.startCheck(site);
        photo.check = check;
        photo.to = check;
    }
    TestClock clock;
    TestTablet tablet;
    TestOffice office;
    Uuid site, check;
    PhotoToAdd photo;
};

TEST_F(PhotoIntakeTest, keepsAPictureByteForByteWithAPreview) {
    PhotoIntake photos(*tablet.recorder);
    const Bytes picture = tinyPng(150'000);
    const auto added = photos.add(photo, picture);
    ASSERT_TRUE(added) << added.error().detail;
    EXPECT_TRUE(added->preview);
    tablet.open();
    const auto record = tablet.store->photos().find(added->sha256).value();
    ASSERT_TRUE(record);
    EXPECT_EQ(record->state, PhotoState::Waiting);
    EXPECT_EQ(bytesOf(*tablet.store, *record), picture);
    EXPECT_EQ(tablet.store->photos().all()->size(), 2u);
}

TEST_F(PhotoIntakeTest, keepsABrokenPictureAndRefusesWhatIsNone) {
    PhotoIntake photos(*tablet.recorder);
    Bytes broken = tinyPng();
    broken.resize(40);
    const auto kept = photos.add(photo, broken);
    ASSERT_TRUE(kept) << kept.error().detail;
    EXPECT_FALSE(kept->preview);
    EXPECT_FALSE(kept->trouble.empty());
    for (const Bytes &none : {Bytes(), toBytes(viewOf("%PDF-1.7 not a picture")), Bytes(100, 0)}) {
        const auto refused = photos.add(photo, none);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Code::BadPicture);
    }
}

TEST_F(PhotoIntakeTest, theSamePictureAtTheSamePlaceIsOnePhoto) {
    PhotoIntake photos(*tablet.recorder);
    const auto first = photos.add(photo, tinyPng()).value();
    const auto again = photos.add(photo, tinyPng()).value();
    EXPECT_EQ(again.photo, first.photo);
    const Uuid finding = tablet.addFinding(check);
    photo.to = finding;
    const auto elsewhere = photos.add(photo, tinyPng()).value();
    EXPECT_NE(elsewhere.photo, first.photo);
    EXPECT_EQ(elsewhere.sha256, first.sha256);
}

TEST_F(PhotoIntakeTest, placesAPhotoElsewhereInItsCheckOnly) {
    PhotoIntake photos(*tablet.recorder);
    const auto added = photos.add(photo, tinyPng()).value();
    const Uuid finding = tablet.addFinding(check);
    ASSERT_TRUE(photos.place(added.photo, finding, std::nullopt));
    EXPECT_EQ(tablet.store->entities().row(added.photo).value()->uuid("to"), finding);
    EXPECT_FALSE(photos.place(added.photo, site, std::nullopt));
    EXPECT_FALSE(photos.place(added.photo, newUuid(clock, tablet.random), std::nullopt));
}

TEST(PhotoIntakeCrash, whatWasSavedIsThereAfterACrashAtAnyCall) {
    TestClock clock;
    const Bytes picture = tinyPng(3000);
    bool saved = false;
    for (std::uint64_t at = 1; !saved && at < 400; ++at) {
        SimDisk disk(at);
        SimVfs vfs(disk, "photo-crash");
        StoreOptions options;
        options.databasePath = "store.db";
        options.vfs = vfs.vfs();
        options.exclusive = true;
        options.encrypted = false;
        SeededRandom random(5);
        TestOffice office(clock);
        const Uuid site = office.addSite("s1");
        Uuid check;
        bool mayAdopt = false;
        {
            auto store = std::move(LocalStore::openOrCreate(options, disk, "", random)).value();
            ASSERT_TRUE(
                beginEnrolment(*store, {"http://127.0.0.1:1", "ABCD1234", office.fingerprint(), "t"}, clock, random));
            SyncMachine machine(*store, clock, random);
            pump(machine, office);
            Recorder recorder(*store, clock, random);
            check = recorder.startCheck({std::nullopt, site, {}, {}, {}, "x", {}}).value();
            disk.crashAtCall(disk.calls() + at);
            PhotoIntake photos(recorder);
            PhotoToAdd photo;
            photo.check = check;
            photo.to = check;
            saved = photos.add(photo, picture).has_value();
        }
        disk.restart(at % 2 == 0 ? PowerCut::LoseAll : PowerCut::Torn);
        auto store = LocalStore::openOrCreate(options, disk, "", random);
        ASSERT_TRUE(store) << "crash at call " << at << ": " << store.error().detail;
        Recorder recorder(**store, clock, random);
        PhotoIntake photos(recorder);
        const auto adoptable = photos.recover();
        ASSERT_TRUE(adoptable) << adoptable.error().detail;
        mayAdopt = !adoptable->empty();
        const auto rows = (*store)->entities().ofCheck(check, EntityType::Photo).value();
        if (saved) {
            ASSERT_EQ(rows.size(), 1u) << "crash at call " << at;
        }
        if (!rows.empty()) {
            const auto record = (*store)->photos().find(*rows[0].row.value("sha256")->digest()).value();
            ASSERT_TRUE(record);
            EXPECT_EQ(bytesOf(**store, *record), picture);
        }
        // Whatever was there before: taking it again works and adopts what is whole.
        PhotoToAdd photo;
        photo.check = check;
        photo.to = check;
        const auto again = photos.add(photo, picture);
        ASSERT_TRUE(again) << "crash at call " << at << (mayAdopt ? " (adoptable)" : "") << again.error().detail;
        EXPECT_EQ((*store)->entities().ofCheck(check, EntityType::Photo)->size(), 1u);
    }
    EXPECT_TRUE(saved);
}

} // namespace zhicha::test
