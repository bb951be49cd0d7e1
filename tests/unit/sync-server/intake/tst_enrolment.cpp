// Goal: a one-time code enrols one device, and the same device may ask again for its answer. Method: codes made and
// used through the product's functions, each request signed by the test device.
#include "tests/unit/sync-server/office/office_fixture.h"

using namespace zhicha;
using namespace zhicha::test;

namespace {
class Enrolment : public OfficeFixture {
protected:
    std::string code() {
        auto made = makeEnrolCode(intake(), m_holder);
        EXPECT_TRUE(made);
        return made ? *made : "";
    }
    Code refusal(const EnrolRequest &request) {
        const std::size_t before = log().size();
        const auto answer = enrol(intake(), request);
        EXPECT_FALSE(answer);
        EXPECT_EQ(log().size(), before);
        return answer ? Code::Internal : answer.error().code;
    }
    void signAgain(EnrolRequest &request, const TestDevice &device) {
        request.signature = device.key().signFor(
            "enrol", enrolSignedContent(m_keys.ledger, fingerprintOf(m_root.publicKey()), request));
    }

    Uuid m_holder = person("张三", "inspector");
    TestDevice m_tablet{m_keys.ledger, 1, m_clock};
    TestDevice m_other{m_keys.ledger, 2, m_clock};
};

TEST_F(Enrolment, aCodeEnrolsAndAnswersTheFirstAnchor) {
    const auto answer = enrol(intake(), enrolRequest(m_tablet, code()));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->person, m_holder);
    EXPECT_EQ(answer->personName, "张三");
    EXPECT_TRUE(openCheckpoint(answer->checkpoint, m_keys.log.publicKey()));
    EXPECT_EQ(rowOf(m_tablet.id()).uuid("person"), m_holder);
    const auto chain = ledger().chain(m_tablet.id());
    ASSERT_TRUE(chain && *chain);
    EXPECT_EQ((*chain)->head, m_tablet.head());
}

TEST_F(Enrolment, theSameRequestRepeatsTheSameAnswer) {
    const EnrolRequest request = enrolRequest(m_tablet, code());
    const auto first = enrol(intake(), request);
    ASSERT_TRUE(first);
    const std::size_t operations = log().size();
    m_clock.advanceMs(kCodeLifeMs * 2); // the answer was lost on a bad link
    reopen();
    const auto again = enrol(intake(), request);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->person, first->person);
    EXPECT_EQ(again->checkpoint, first->checkpoint);
    EXPECT_EQ(log().size(), operations);
}

TEST_F(Enrolment, aCodeServesOneDevice) {
    const std::string once = code();
    ASSERT_TRUE(enrol(intake(), enrolRequest(m_tablet, once)));
    EXPECT_EQ(refusal(enrolRequest(m_other, once)), Code::BadCode);
}

TEST_F(Enrolment, aCodeRunsOut) {
    const std::string late = code();
    m_clock.advanceMs(kCodeLifeMs + 1);
    EXPECT_EQ(refusal(enrolRequest(m_tablet, late)), Code::BadCode);
}

TEST_F(Enrolment, refusesCodesThatAreNone) {
    for (const char *none : {"", "AAAAAAAA", "short", "UUUUUUUU", "0000000000000000"})
        EXPECT_EQ(refusal(enrolRequest(m_tablet, none)), Code::BadCode) << none;
}

TEST_F(Enrolment, aCodeMayBeTypedAsPeopleType) {
    EXPECT_EQ(normalizeCode("abcd-efgh"), "ABCDEFGH");
    EXPECT_EQ(normalizeCode(" il o0 1234"), "11001234");
    EXPECT_EQ(normalizeCode("ABCDEFGU"), "");
    std::string typed = code();
    typed.insert(4, "-");
    EXPECT_TRUE(enrol(intake(), enrolRequest(m_tablet, typed)));
}

TEST_F(Enrolment, refusesADeviceIdWithOtherKeys) {
    ASSERT_TRUE(enrol(intake(), enrolRequest(m_tablet, code())));
    EnrolRequest request = enrolRequest(m_other, code());
    request.device = m_tablet.id();
    signAgain(request, m_other);
    EXPECT_EQ(refusal(request), Code::AlreadyDone);
}

TEST_F(Enrolment, aFreshCodeOfItsPersonTellsADeviceAgainWhoItIs) {
    ASSERT_TRUE(enrol(intake(), enrolRequest(m_tablet, code())));
    const std::size_t operations = log().size();
    const std::string fresh = code();
    const auto again = enrol(intake(), enrolRequest(m_tablet, fresh));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->person, m_holder);
    EXPECT_EQ(log().size(), operations);
    EXPECT_EQ(refusal(enrolRequest(m_other, fresh)), Code::BadCode);
    const auto others = makeEnrolCode(intake(), person("李四", "inspector"));
    ASSERT_TRUE(others);
    EXPECT_EQ(refusal(enrolRequest(m_tablet, *others)), Code::AlreadyDone);
    const std::string late = code();
    m_clock.advanceMs(kCodeLifeMs + 1);
    EXPECT_EQ(refusal(enrolRequest(m_tablet, late)), Code::BadCode);
}

TEST_F(Enrolment, refusesARepetitionWithAnotherBoxKey) {
    EnrolRequest request = enrolRequest(m_tablet, code());
    ASSERT_TRUE(enrol(intake(), request));
    request.boxKey[0] ^= 1;
    signAgain(request, m_tablet);
    EXPECT_EQ(refusal(request), Code::AlreadyDone);
}

TEST_F(Enrolment, refusesWhatTheDevicesOwnKeyDidNotSign) {
    EnrolRequest request = enrolRequest(m_tablet, code());
    signAgain(request, m_other);
    EXPECT_EQ(refusal(request), Code::BadSignature);
    request = enrolRequest(m_tablet, code());
    request.boxKey[0] ^= 1;
    EXPECT_EQ(refusal(request), Code::BadSignature);
}

TEST_F(Enrolment, refusesNamesAndIdsThatDoNotFit) {
    EnrolRequest request = enrolRequest(m_tablet, code());
    request.name = std::string(300, 'x');
    EXPECT_EQ(refusal(request), Code::InvalidArgument);
    request.name = "\xff";
    EXPECT_EQ(refusal(request), Code::InvalidArgument);
    request = enrolRequest(m_tablet, code());
    request.device = Uuid{};
    signAgain(request, m_tablet);
    EXPECT_EQ(refusal(request), Code::InvalidArgument);
}
} // namespace
