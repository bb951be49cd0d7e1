// Goal: a restored office takes back what its earlier chain said and what colleagues had pulled, whole or with holes,
// once; nothing that does not verify, and nothing of which an earlier word could make it forget what it lacks. Method:
// a second server chain plays the one that was lost; its runs are shown as tablets hold them.
#include "sync-server/intake/presented.h"

#include "sync-server/intake/photo_intake.h"
#include "sync-server/office/fsck.h"
#include "sync-server/office/rebuild.h"
#include "sync-server/office/reconcile.h"
#include "tests/unit/sync-server/office/office_fixture.h"

#include <nlohmann/json.hpp>

using namespace zhicha;
using namespace zhicha::test;

namespace {
class Presented : public OfficeFixture {
protected:
    Presented() {
        m_keys.note.past.push_back({0, PublicKey{}, m_lost.id(), m_lost.key().publicKey()});
        ChainRecord chain;
        chain.device = m_lost.id();
        chain.key = m_lost.key().publicKey();
        chain.server = true;
        chain.head = {0, chainStart(m_keys.ledger, chain.suite, chain.device, chain.key)};
        DeviceFacts facts;
        facts.server = true;
        EXPECT_TRUE(ledger().begin() && ledger().putChain(chain) && ledger().setDeviceFacts(chain.device, facts) &&
                    ledger().commit());
        append({{"log.open",
                 newUuid(m_clock, m_random),
                 {{"generation", m_keys.note.generation}, {"continues", cbor::Map{}}, {"reason", "restored"}}}});
    }
    /** The run with only these places whole. */
    static zhicha::Run seenAt(zhicha::Run run, const std::set<std::size_t> &places) {
        for (std::size_t i = 0; i < run.elements.size(); ++i)
            if (!places.contains(i))
                run.elements[i].operation.reset();
        return run;
    }
    std::string show(const zhicha::Run &run, bool admitted = true) {
        const auto words = takePresented(intake(), {{{100, encodeRun(run).value()}}, {}, {}}, admitted);
        EXPECT_TRUE(words);
        return words ? words->at(0) : "";
    }
    std::int64_t soundHoles() {
        const auto found = checkLedger(ledger(), m_keys, nullptr);
        EXPECT_TRUE(found && found->at("ok").get<bool>()) << (found ? found->dump() : found.error().detail);
        return found ? found->at("holes").get<std::int64_t>() : -1;
    }
    MadeOperation personPut(const Uuid &id, const std::string &name) {
        return m_lost.make("person.put", id, {{"name", name}});
    }

    TestDevice m_lost{m_keys.ledger, 77, m_clock};
    TestDevice m_tablet = enrolled(person("张三", "inspector"), 1);
};

TEST_F(Presented, aRunWithHolesIsFilledByWhoeverSawTheRest) {
    const Uuid first = m_lost.newId();
    const Uuid second = m_lost.newId();
    personPut(first, "甲");
    personPut(second, "乙");
    const zhicha::Run run = m_lost.cutRun();
    EXPECT_EQ(show(seenAt(run, {0})), "stored");
    EXPECT_TRUE(hasRow(first));
    EXPECT_FALSE(hasRow(second));
    EXPECT_EQ(soundHoles(), 1);
    EXPECT_EQ(show(seenAt(run, {0})), "known");
    EXPECT_EQ(show(seenAt(run, {1})), "stored");
    EXPECT_EQ(show(run), "known");
    EXPECT_EQ(rowOf(second).text("name"), "乙");
    soundHoles();
    const auto rebuilt = rebuildLedger(ledger());
    EXPECT_TRUE(rebuilt && rebuilt->at("same").get<bool>());
    reopen();
    soundHoles();
}

TEST_F(Presented, aWholeRunThatContinuesItsChainStandsInIt) {
    personPut(m_lost.newId(), "甲");
    EXPECT_EQ(show(m_lost.cutRun()), "stored");
    EXPECT_EQ(ledger().chain(m_lost.id()).value()->head.seq, 1);
    personPut(m_lost.newId(), "乙");
    static_cast<void>(m_lost.cutRun()); // nobody pulled it
    personPut(m_lost.newId(), "丙");
    EXPECT_EQ(show(m_lost.cutRun()), "stored");
    EXPECT_EQ(ledger().chain(m_lost.id()).value()->head.seq, 1);
    EXPECT_EQ(soundHoles(), 0);
}

TEST_F(Presented, whatDoesNotVerifyChangesNothing) {
    personPut(m_lost.newId(), "甲");
    const zhicha::Run run = m_lost.cutRun();
    const auto before = ledger().lastLog();
    zhicha::Run forged = run;
    forged.signature[3] ^= 1;
    EXPECT_EQ(show(forged), "bad_signature");
    TestDevice stranger(m_keys.ledger, 5, m_clock);
    stranger.make("check.note", stranger.newId(), {{"check", m_lost.newId()}, {"text", "x"}});
    EXPECT_EQ(show(stranger.cutRun()), "unknown_device");
    TestDevice foreign(Uuid{{9}}, 77, m_clock);
    foreign.make("person.put", foreign.newId(), {{"name", "x"}});
    EXPECT_EQ(show(foreign.cutRun()), "bad_encoding");
    startCheck(m_tablet);
    EXPECT_EQ(show(m_tablet.cutRun(), false), "session_expired") << "without a session only the office's own old words";
    Bytes bytes = encodeRun(run).value();
    for (std::size_t at = 0; at < bytes.size(); at += 7) {
        Bytes bent = bytes;
        bent[at] ^= 0x10;
        const auto words = takePresented(intake(), {{{1, bent}, {2, {}}}, {}, {}}, true);
        ASSERT_TRUE(words);
        EXPECT_NE(words->at(0), "stored") << at;
        EXPECT_NE(words->at(1), "stored");
    }
    EXPECT_EQ(ledger().lastLog().value(), before.value());
    m_keys.note.past.clear(); // an office that was never restored takes nothing at all
    EXPECT_EQ(show(run), "known");
    EXPECT_EQ(ledger().lastLog().value(), before.value());
}

TEST_F(Presented, aTabletWhoseEnrolmentWasLostIsKnownAgain) {
    TestDevice tablet(m_keys.ledger, 6, m_clock);
    m_lost.make("device.enrol", tablet.id(), tablet.enrolFields(person("李四", "inspector")));
    EXPECT_FALSE(ledger().chain(tablet.id()).value());
    EXPECT_EQ(show(m_lost.cutRun(), false), "stored");
    const Uuid check = startCheck(tablet);
    EXPECT_EQ(send(tablet).outcomes, std::vector<std::string>{"applied"});
    EXPECT_TRUE(hasRow(check));
    soundHoles();
}

TEST_F(Presented, whatTheLostOfficeHadReceivedIsAskedForAgain) {
    const Uuid check = startCheck(m_tablet);
    const Digest photo{7};
    addPhoto(m_tablet, check, check, photo, 100);
    send(m_tablet);
    m_lost.make("photos.received", m_lost.newId(), {{"check", check}, {"digests", cbor::Array{photo}}});
    EXPECT_EQ(show(m_lost.cutRun()), "stored");
    const auto awaited = ledger().photoExpectations(photo);
    ASSERT_TRUE(awaited && awaited->size() == 1);
    EXPECT_FALSE(awaited->front().received);
    soundHoles();
    ASSERT_TRUE(photoArrived(intake(), photo));
    EXPECT_TRUE(ledger().photoExpectations(photo)->front().received);
}

TEST_F(Presented, noNumberIsIssuedBeforeTheReconciliationEnds) {
    ASSERT_TRUE(ledger().begin() && beginReconciliation(ledger(), m_keys.note.generation, 10, 5) && ledger().commit());
    const Uuid numbered = startCheck(m_tablet);
    const Uuid fresh = startCheck(m_tablet);
    send(m_tablet);
    EXPECT_EQ(ledger().setting("numbered/" + toText(fresh)).value(), std::nullopt);
    m_lost.make("check.number", m_lost.newId(), {{"check", numbered}, {"number", "检〔2026〕0041"}});
    EXPECT_EQ(show(m_lost.cutRun()), "stored");
    EXPECT_FALSE(endReconciliation(intake(), actor(person("王五", "inspector")), 0));
    const auto ended = endReconciliation(intake(), actor(person("主任", "chief")), 2);
    ASSERT_TRUE(ended) << ended.error().detail;
    EXPECT_EQ(ended->at("numbered"), 1);
    EXPECT_EQ(ledger().setting("numbered/" + toText(numbered)).value(), "检〔2026〕0041");
    EXPECT_EQ(ledger().setting("numbered/" + toText(fresh)).value(), "检〔2026〕0044");
    EXPECT_FALSE(endReconciliation(intake(), Actor{}, 0)) << "there is none any more";
    soundHoles();
}

TEST(LogSpans, meetAndAreReadBack) {
    LogSpans spans;
    addLogSpan(spans, 10, 20);
    addLogSpan(spans, 30, 40);
    addLogSpan(spans, 21, 25);
    EXPECT_EQ(writeLogSpans(spans), "10-25,30-40");
    addLogSpan(spans, 1, 100);
    EXPECT_EQ(writeLogSpans(spans), "1-100");
    EXPECT_EQ(readLogSpans("x,1-,5-7,-3,9"), (LogSpans{{5, 7}}));
}
} // namespace
