// Goal: the store opens with its PIN only, keeps what it was given and deletes nothing.
// Method: real files in a folder of the test's own, cheap password cost.
#include "tests/unit/mobile/engine/test_tablet.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace zhicha::test {

namespace {
Result<std::unique_ptr<LocalStore>> openAgain(TestTablet &tablet, std::string_view pin) {
    tablet.recorder.reset();
    tablet.store.reset();
    StoreOptions options;
    options.databasePath = tablet.folder / "store.db";
    return LocalStore::open(options, *tablet.disk, pin, tablet.random);
}

std::string contentOf(const std::string &folder) {
    std::string all;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) {
            std::ifstream file(entry.path(), std::ios::binary);
            all.append(std::istreambuf_iterator<char>(file), {});
        }
    return all;
}
} // namespace

TEST(LocalStore, refusesWrongPinAndOpensWithTheRightOne) {
    TestClock clock;
    TestTablet tablet(clock);
    const auto wrong = openAgain(tablet, "000000");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, Code::WrongPin);
    EXPECT_EQ(openAgain(tablet, "").error().code, Code::WrongPin);
    EXPECT_TRUE(openAgain(tablet, kPin));
}

TEST(LocalStore, holdsNothingReadableOnDisk) {
    TestClock clock;
    TestTablet tablet(clock);
    TestOffice office(clock);
    const Uuid site = office.addSite("s1");
    tablet.enrol(office);
    const Uuid check = tablet.startCheck(site);
    tablet.addFinding(check, "绝密样的一句话 readable-marker");
    PhotoIntake photos(*tablet.recorder);
    Bytes picture = tinyPng(200);
    append(picture, viewOf("picture-marker picture-marker picture-marker"));
    PhotoToAdd photo;
    photo.check = check;
    photo.to = check;
    ASSERT_TRUE(photos.add(photo, picture));
    const std::string all = contentOf(tablet.folder.path());
    EXPECT_EQ(all.find("readable-marker"), std::string::npos);
    EXPECT_EQ(all.find("picture-marker"), std::string::npos);
    EXPECT_EQ(all.find("督查员甲"), std::string::npos);
    EXPECT_EQ(all.find("SQLite format 3"), std::string::npos);
}

TEST(LocalStore, saysThatAKeyFileIsDamaged) {
    TestClock clock;
    TestTablet tablet(clock);
    for (const std::string &content : {std::string(), std::string("\xa1"), std::string(5000, 'x')}) {
        std::ofstream(tablet.folder / "store.key", std::ios::binary | std::ios::trunc) << content;
        const auto opened = openAgain(tablet, kPin);
        ASSERT_FALSE(opened);
        EXPECT_NE(opened.error().code, Code::WrongPin) << content.size();
    }
}

TEST(LocalStore, makesANewStoreOnlyWhenAsked) {
    TestClock clock;
    SeededRandom random(1);
    TempFolder folder;
    const auto disk = std::move(PosixDisk::open(folder.path())).value();
    StoreOptions options;
    options.databasePath = folder / "store.db";
    const auto opened = LocalStore::open(options, *disk, kPin, random);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Code::NotFound);
}

TEST(LocalStore, nothingUnacknowledgedIsEverDeleted) {
    TestClock clock;
    TestTablet tablet(clock);
    TestOffice office(clock);
    const Uuid site = office.addSite("s1");
    tablet.enrol(office);
    tablet.startCheck(site);
    ASSERT_TRUE(tablet.sync(office) == SyncMachine::State::Done);
    for (const char *sql : {"DELETE FROM operations", "DELETE FROM runs_own", "DELETE FROM receipts",
                            "UPDATE operations SET body = x'00' WHERE own = 1", "UPDATE runs_own SET last = last + 1",
                            "UPDATE operations SET seq = seq + 10"})
        EXPECT_FALSE(tablet.store->database().execute(sql)) << sql;
}

TEST(LocalStore, draftsSurviveAndAreListedLatestFirst) {
    TestClock clock;
    TestTablet tablet(clock);
    const Uuid first = newUuid(clock, tablet.random);
    const Uuid second = newUuid(clock, tablet.random);
    ASSERT_TRUE(tablet.store->drafts().put({first, "finding.record", std::nullopt, {{"text", "半"}}, 1}));
    ASSERT_TRUE(tablet.store->drafts().put({second, "finding.record", first, {{"text", "句"}}, 2}));
    ASSERT_TRUE(tablet.store->drafts().put({first, "finding.record", std::nullopt, {{"text", "半句话"}}, 3}));
    tablet.open();
    const auto all = tablet.store->drafts().all();
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 2u);
    EXPECT_EQ((*all)[0].id, first);
    EXPECT_EQ(*(*all)[0].content.at("text").text(), "半句话");
    EXPECT_EQ((*all)[1].check, first);
    ASSERT_TRUE(tablet.store->drafts().remove(first));
    EXPECT_FALSE(tablet.store->drafts().get(first).value());
}

TEST(LocalStore, anIdentityThatIsRolledBackDoesNotLiveOnInMemory) {
    TestClock clock;
    TestTablet tablet(clock);
    TestOffice office(clock);
    const Enrolment enrolment{"http://127.0.0.1:1", "abcd-1234", office.fingerprint(), "平板"};
    ASSERT_TRUE(beginEnrolment(*tablet.store, enrolment, clock, tablet.random));
    {
        const auto transaction = tablet.store->begin();
        ASSERT_TRUE(transaction);
        Identity enrolled = *tablet.store->identity();
        enrolled.enrolled = true;
        ASSERT_TRUE(tablet.store->setIdentity(enrolled));
    }
    EXPECT_FALSE(tablet.store->identity()->enrolled);
    EXPECT_FALSE(tablet.store->enrolledIdentity());
}

} // namespace zhicha::test
