// Goal: photos go by tus, previews first, resumed at any byte; delivered only by the office's pulled word.
// Method: the test's office keeps what it got; connections break at every request.
#include "mobile/engine/status/status_view.h"
#include "tests/unit/mobile/engine/test_tablet.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <utility>

namespace zhicha::test {

class SyncPhotosTest : public ::testing::Test {
protected:
    SyncPhotosTest() : tablet(clock), office(clock), site(office.addSite("s1")) {
        tablet.enrol(office);
        check = tablet.startCheck(site);
    }
    PhotoAdded addPhoto(const Bytes &picture) {
        PhotoIntake photos(*tablet.recorder);
        PhotoToAdd photo;
        photo.check = check;
        photo.to = check;
        return photos.add(photo, picture).value();
    }
    PhotoState stateOf(const Digest &digest) { return tablet.store->photos().find(digest).value()->state; }
    TestClock clock;
    TestTablet tablet;
    TestOffice office;
    Uuid site, check;
};

TEST_F(SyncPhotosTest, sendsPreviewsFirstAndEveryByte) {
    const Bytes picture = tinyPng(1'200'000);
    const PhotoAdded added = addPhoto(picture);
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_EQ(office.photos.at(added.sha256).bytes, picture);
    EXPECT_EQ(stateOf(added.sha256), PhotoState::Delivered);
    EXPECT_EQ(StatusView(*tablet.store).summary()->pendingPhotos, 0);
    const auto firstHead = std::find_if(office.requests.begin(), office.requests.end(),
                                        [](const std::string &line) { return line.starts_with("HEAD"); });
    ASSERT_NE(firstHead, office.requests.end());
    EXPECT_EQ(firstHead->find(toHex(added.sha256)), std::string::npos) << "the preview comes first";
}

TEST_F(SyncPhotosTest, deliveredOnlyOnceTheOfficesWordWasPulled) {
    office.forgetReceived = true;
    const PhotoAdded added = addPhoto(tinyPng(1000));
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_EQ(office.photos.at(added.sha256).bytes.size(), tinyPng(1000).size());
    EXPECT_EQ(stateOf(added.sha256), PhotoState::Sent);
    office.append("photos.received", office.server.newId(), {{"check", check}, {"digests", cbor::Array{added.sha256}}});
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_EQ(stateOf(added.sha256), PhotoState::Delivered);
}

TEST_F(SyncPhotosTest, goesOnWhereTheLinkBroke) {
    const Bytes picture = tinyPng(2'000'000);
    const PhotoAdded added = addPhoto(picture);
    // Every third answer is lost; of every fifth chunk the office got only a part.
    SyncMachine machine(*tablet.store, clock, tablet.random);
    int count = 0;
    for (int i = 0; i < 500 && machine.state() != SyncMachine::State::Done; ++i) {
        auto request = machine.next();
        if (!request) {
            clock.advanceMs(1000 * 1000);
            continue;
        }
        ++count;
        if (count % 5 == 0 && request->method == "PATCH")
            request->body.resize(request->body.size() / 3);
        const HttpResponse response = office.handle(*request);
        if (count % 3 == 0)
            machine.onFailure(TransportFailure::NetworkDown);
        else
            machine.onResponse(response);
    }
    EXPECT_EQ(machine.state(), SyncMachine::State::Done);
    EXPECT_EQ(office.photos.at(added.sha256).bytes, picture);
    EXPECT_EQ(stateOf(added.sha256), PhotoState::Delivered);
}

TEST_F(SyncPhotosTest, asksThreeTimesAndThenSetsItAsideVisibly) {
    office.mismatches = 100;
    const PhotoAdded added = addPhoto(tinyPng(1000));
    tablet.sync(office);
    EXPECT_EQ(stateOf(added.sha256), PhotoState::Parked);
    EXPECT_EQ(tablet.store->photos().find(added.sha256).value()->problem, "digest_mismatch");
    EXPECT_GE(StatusView(*tablet.store).summary()->parkedPhotos, 1);
    office.mismatches = 0;
    const PhotoAdded other = addPhoto(tinyPng(2000));
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done) << "one that does not go blocks no other";
    EXPECT_EQ(stateOf(other.sha256), PhotoState::Delivered);
}

TEST_F(SyncPhotosTest, aDamagedFileIsSetAsideAndTheRestGoes) {
    const PhotoAdded bad = addPhoto(tinyPng(1000));
    const PhotoAdded good = addPhoto(tinyPng(2000));
    const std::string file = tablet.store->photos().find(bad.sha256).value()->file;
    auto open = std::move(tablet.disk->open(file, Disk::Open::ReadWrite)).value();
    ASSERT_TRUE(open->writeAt(200, Bytes{0xff, 0x00, 0xff}));
    tablet.sync(office);
    EXPECT_EQ(stateOf(bad.sha256), PhotoState::Parked);
    EXPECT_EQ(stateOf(good.sha256), PhotoState::Delivered);
    EXPECT_FALSE(office.photos[bad.sha256].size == static_cast<std::int64_t>(office.photos[bad.sha256].bytes.size()));
}

TEST_F(SyncPhotosTest, waitsForItsOperationToBeAcknowledged) {
    addPhoto(tinyPng(1000));
    office.refuse = "over_quota";
    tablet.sync(office);
    EXPECT_TRUE(std::none_of(office.requests.begin(), office.requests.end(),
                             [](const std::string &line) { return line.find("/blobs") != std::string::npos; }));
}

TEST_F(SyncPhotosTest, isAskedAboutOnceMoreWhenItIsTakenForAnotherCheck) {
    const PhotoAdded added = addPhoto(tinyPng(1000));
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    ASSERT_EQ(stateOf(added.sha256), PhotoState::Delivered);
    const Uuid first = std::exchange(check, tablet.startCheck(site));
    addPhoto(tinyPng(1000));
    EXPECT_EQ(stateOf(added.sha256), PhotoState::Waiting);
    // The office's word about the other check says nothing of this one.
    office.append("photos.received", office.server.newId(), {{"check", first}, {"digests", cbor::Array{added.sha256}}});
    office.requests.clear();
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    const std::string head = "HEAD /api/v1/blobs/" + toHex(added.sha256);
    EXPECT_NE(std::find(office.requests.begin(), office.requests.end(), head), office.requests.end());
}

} // namespace zhicha::test
