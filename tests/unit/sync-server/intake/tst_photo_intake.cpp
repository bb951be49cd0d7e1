// Goal: only photos that a device's own operations name may arrive, in the size stated there, and each check is told
// once. Method: photo.add through intake, then the gate and what is said when bytes are complete.
#include "sync-server/intake/photo_intake.h"
#include "tests/unit/sync-server/office/office_fixture.h"

using namespace zhicha;
using namespace zhicha::test;

namespace {
class PhotoIntake : public OfficeFixture {
protected:
    PhotoIntake() {
        m_check = startCheck(m_tablet);
        addPhoto(m_tablet, m_check, m_check, m_photo, 1000);
        send(m_tablet);
    }
    int received() {
        int count = 0;
        for (const LogOperation &operation : log())
            count += operation.kind == "photos.received" ? 1 : 0;
        return count;
    }
    Code gate(const TestDevice &tablet, const Digest &photo, std::uint64_t size) {
        const Status status = photoMayArrive(ledger(), tablet.id(), photo, size);
        return status ? Code::Internal : status.error().code;
    }

    TestDevice m_tablet = enrolled(person("张三", "inspector"), 1);
    TestDevice m_other = enrolled(person("李四", "inspector"), 2);
    const Digest m_photo{9};
    Uuid m_check;
};

TEST_F(PhotoIntake, takesWhatTheDevicesOwnOperationsName) {
    EXPECT_TRUE(photoMayArrive(ledger(), m_tablet.id(), m_photo, 1000));
    EXPECT_EQ(gate(m_tablet, m_photo, 999), Code::InvalidArgument);
    EXPECT_EQ(gate(m_tablet, Digest{1}, 1000), Code::NotFound);
    EXPECT_EQ(gate(m_other, m_photo, 1000), Code::NotFound);
}

TEST_F(PhotoIntake, takesPreviewsUpToTheirLimit) {
    const Digest preview{3};
    m_tablet.make("photo.add", m_tablet.newId(),
                  {{"check", m_check},
                   {"sha256", Digest{4}},
                   {"size", 5},
                   {"type", "image/png"},
                   {"preview", preview},
                   {"how_taken", "unstated"},
                   {"origin", "import"},
                   {"to", m_check},
                   {"rank", "b"}});
    send(m_tablet);
    EXPECT_TRUE(photoMayArrive(ledger(), m_tablet.id(), preview, kMaxPreviewBytes));
    EXPECT_EQ(gate(m_tablet, preview, kMaxPreviewBytes + 1), Code::InvalidArgument);
    ASSERT_TRUE(photoArrived(intake(), preview));
    EXPECT_EQ(received(), 0); // a preview is no evidence
}

TEST_F(PhotoIntake, everyCheckThatAwaitsItIsToldOnce) {
    const Uuid second = startCheck(m_other);
    addPhoto(m_other, second, second, m_photo, 1000);
    send(m_other);
    ASSERT_TRUE(photoArrived(intake(), m_photo));
    EXPECT_EQ(received(), 2);
    ASSERT_TRUE(photoArrived(intake(), m_photo));
    EXPECT_EQ(received(), 2);
    EXPECT_EQ(log().back().check.has_value(), true);
}

TEST_F(PhotoIntake, aPhotoWhoseIdWasUsedBeforeIsEvidenceAllTheSame) {
    const Uuid id = addPhoto(m_tablet, m_check, m_check, Digest{4}, 400);
    send(m_tablet);
    const Uuid second = startCheck(m_other);
    m_other.make("photo.add", id,
                 {{"check", second},
                  {"sha256", Digest{5}},
                  {"size", 500},
                  {"type", "image/jpeg"},
                  {"how_taken", "public"},
                  {"origin", "camera"},
                  {"to", second},
                  {"rank", "a"}});
    EXPECT_EQ(send(m_other).outcomes, (std::vector<std::string>{"applied", "ineffective:already_born"}));
    EXPECT_TRUE(photoMayArrive(ledger(), m_other.id(), Digest{5}, 500));
    EXPECT_EQ(gate(m_tablet, Digest{5}, 500), Code::NotFound);
    ASSERT_TRUE(photoArrived(intake(), Digest{5}));
    EXPECT_EQ(log().back().kind, "photos.received");
    EXPECT_EQ(log().back().check, second);
}

TEST_F(PhotoIntake, aPhotoPastACutIsEvidenceAllTheSame) {
    append({{"device.revoke", m_tablet.id(), {{"cut", 0}, {"reason", "遗失"}}}});
    addPhoto(m_tablet, m_check, m_check, Digest{6}, 600);
    EXPECT_EQ(send(m_tablet).outcomes, (std::vector<std::string>{"ineffective:past_cut"}));
    EXPECT_TRUE(photoMayArrive(ledger(), m_tablet.id(), Digest{6}, 600));
}

TEST_F(PhotoIntake, aMismatchIsATaskOnBothSides) {
    ASSERT_TRUE(photoDiffered(intake(), m_tablet.id(), m_photo, Digest{8}));
    EXPECT_EQ(log().back().kind, "photo.mismatch");
    EXPECT_EQ(log().back().check, m_check);
    EXPECT_EQ(alarms(), (std::vector<std::string>{"photo_mismatch"}));
    ASSERT_TRUE(photoDiffered(intake(), m_other.id(), m_photo, Digest{8}));
    EXPECT_EQ(alarms().size(), 1u);
}
} // namespace
