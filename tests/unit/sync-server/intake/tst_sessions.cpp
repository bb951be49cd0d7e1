// Goal: only the holder of a device's key gets a session, and a token is worth what it says until its time is over.
// Method: challenges and tokens made by the product, then bent, aged or made by other keys.
#include "sync-server/intake/sessions.h"
#include "tests/unit/sync-server/office/office_fixture.h"

using namespace zhicha;
using namespace zhicha::test;

namespace {
class Sessions : public OfficeFixture {
protected:
    Result<IssuedToken> open(const TestDevice &tablet, const Bytes &challenge) {
        return openSession(
            ledger(), ledger(), m_keys, m_clock, tablet.id(), challenge,
            tablet.key().signFor("session", sessionSignedContent(m_keys.ledger, tablet.id(), challenge)));
    }
    Bytes challenge(const TestDevice &tablet) { return makeChallenge(m_keys, tablet.id(), m_clock, m_random); }
    Code refusal(const Result<IssuedToken> &result) {
        EXPECT_FALSE(result);
        return result ? Code::Internal : result.error().code;
    }

    TestDevice m_tablet = enrolled(person("张三", "inspector"), 1);
    TestDevice m_stranger{m_keys.ledger, 2, m_clock};
};

TEST_F(Sessions, aSignedChallengeGivesAToken) {
    const auto issued = open(m_tablet, challenge(m_tablet));
    ASSERT_TRUE(issued);
    const auto session = checkToken(m_keys, m_clock, issued->token);
    ASSERT_TRUE(session);
    EXPECT_EQ(session->device, m_tablet.id());
    EXPECT_EQ(session->expiresAtMs, m_clock.nowMs() + kTokenLifeMs);
    EXPECT_FALSE(session->uploadOnly);
}

TEST_F(Sessions, challengesRunOut) {
    const Bytes old = challenge(m_tablet);
    m_clock.advanceMs(kChallengeLifeMs + 1);
    EXPECT_EQ(refusal(open(m_tablet, old)), Code::SessionExpired);
    const Bytes early = challenge(m_tablet);
    m_clock.advanceMs(-10'000);
    EXPECT_EQ(refusal(open(m_tablet, early)), Code::SessionExpired);
}

TEST_F(Sessions, refusesForeignAndBentChallenges) {
    TestDevice other = enrolled(person("李四", "inspector"), 3);
    EXPECT_EQ(refusal(open(m_tablet, challenge(other))), Code::SessionExpired);
    const Bytes good = challenge(m_tablet);
    for (std::size_t i = 0; i < good.size(); i += 7) {
        Bytes bent = good;
        bent[i] ^= 1;
        EXPECT_EQ(refusal(open(m_tablet, bent)), Code::SessionExpired);
    }
    EXPECT_EQ(refusal(open(m_tablet, {})), Code::SessionExpired);
    ServerKeys foreign = m_keys;
    foreign.tokenKey[0] ^= 1;
    EXPECT_EQ(refusal(open(m_tablet, makeChallenge(foreign, m_tablet.id(), m_clock, m_random))), Code::SessionExpired);
}

TEST_F(Sessions, refusesStrangersAndOtherKeys) {
    EXPECT_EQ(refusal(open(m_stranger, challenge(m_stranger))), Code::UnknownDevice);
    const Bytes mine = challenge(m_tablet);
    EXPECT_EQ(refusal(openSession(
                  ledger(), ledger(), m_keys, m_clock, m_tablet.id(), mine,
                  m_stranger.key().signFor("session", sessionSignedContent(m_keys.ledger, m_tablet.id(), mine)))),
              Code::BadSignature);
}

TEST_F(Sessions, tokensRunOutAndBendNot) {
    const auto issued = open(m_tablet, challenge(m_tablet));
    ASSERT_TRUE(issued);
    for (std::size_t i = 0; i < issued->token.size(); i += 5) {
        std::string bent = issued->token;
        bent[i] = bent[i] == '0' ? '1' : '0';
        EXPECT_FALSE(checkToken(m_keys, m_clock, bent));
    }
    for (const std::string &none : {std::string(), std::string("zz"), std::string(600, 'a')})
        EXPECT_FALSE(checkToken(m_keys, m_clock, none));
    ServerKeys foreign = m_keys;
    foreign.tokenKey[5] ^= 1;
    EXPECT_FALSE(checkToken(foreign, m_clock, issued->token));
    m_clock.advanceMs(kTokenLifeMs + 1);
    const auto late = checkToken(m_keys, m_clock, issued->token);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, Code::SessionExpired);
}

TEST_F(Sessions, aChallengeIsNoToken) {
    EXPECT_FALSE(checkToken(m_keys, m_clock, toHex(challenge(m_tablet))));
}

TEST_F(Sessions, aRevokedDeviceMayOnlyUpload) {
    append({{"device.revoke", m_tablet.id(), {{"cut", 0}, {"reason", "遗失"}}}});
    const auto issued = open(m_tablet, challenge(m_tablet));
    ASSERT_TRUE(issued);
    EXPECT_TRUE(issued->session.uploadOnly);
    EXPECT_TRUE(checkToken(m_keys, m_clock, issued->token)->uploadOnly);
    startCheck(m_tablet);
    send(m_tablet); // kept, without effect
}

TEST_F(Sessions, aTokenIssuedBeforeTheRevocationMayOnlyUploadAtOnce) {
    const auto issued = open(m_tablet, challenge(m_tablet));
    ASSERT_TRUE(issued);
    const auto before = admitToken(ledger(), m_keys, m_clock, issued->token);
    ASSERT_TRUE(before);
    EXPECT_FALSE(before->uploadOnly);
    append({{"device.revoke", m_tablet.id(), {{"cut", 7}, {"reason", "遗失"}}}});
    const auto after = admitToken(*reader(), m_keys, m_clock, issued->token);
    ASSERT_TRUE(after);
    EXPECT_TRUE(after->uploadOnly);
    EXPECT_EQ(after->device, m_tablet.id());
    EXPECT_FALSE(admitToken(ledger(), m_keys, m_clock, "00"));
}
} // namespace
