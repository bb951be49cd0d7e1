// Goal (invariant 12): what arrived before the birth of its entity reaches every tablet that has the check or gets it
// later. Method: two tablets and the office in chosen and in shuffled orders; readers whose cursors have passed; the
// same scopes after a rebuild.
#include "sync-server/office/rebuild.h"
#include "tests/unit/sync-server/intake/changes_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

using namespace zhicha;
using namespace zhicha::test;

namespace {
class LateBirth : public OfficeFixture {
protected:
    ChangesReader readerOf(const TestDevice &tablet) { return {ledger(), m_keys.ledger, tablet.id()}; }
    Digest amend(TestDevice &tablet, const Uuid &finding, const char *text) {
        return tablet.make("finding.amend", finding, {{"text", text}}).d;
    }
    Digest setVoid(TestDevice &tablet, const Uuid &entity) {
        return tablet.make("entity.void", entity, {{"void", true}, {"reason", "x"}}).d;
    }
    Digest record(TestDevice &tablet, const Uuid &finding) {
        return tablet.make("finding.record", finding, {{"check", m_check}, {"severity", "minor"}, {"text", "a"}}).d;
    }
    void grant(const TestDevice &tablet) {
        append({{"scope.grant",
                 newUuid(m_clock, m_random),
                 {{"device", tablet.id()}, {"entity", m_check}, {"why", "x"}}}});
    }
    std::vector<std::pair<std::int64_t, Uuid>> scopesOf(const TestDevice &tablet) {
        std::vector<std::pair<std::int64_t, Uuid>> out;
        const auto granted = ledger().grants(tablet.id(), -1, 1'000'000);
        EXPECT_TRUE(granted);
        for (const LedgerReader::Granted &one : *granted)
            out.emplace_back(one.log, one.entity);
        return out;
    }

    TestDevice m_starter = enrolled(person("张三", "inspector", "一组"), 1);
    TestDevice m_other = enrolled(person("李四", "inspector", "一组"), 2);
    TestDevice m_third = enrolled(person("王五", "inspector", "二组"), 3);
    const Uuid m_check = startCheck(m_starter);
};

TEST_F(LateBirth, inv12_aReaderPastItGetsItWhenTheBirthComes) {
    send(m_starter);
    grant(m_third);
    const Uuid finding = m_starter.newId();
    const Uuid answer = answerId(m_keys.ledger, m_check, std::nullopt, "rectified");
    const std::set<Digest> early{amend(m_other, finding, "b"), setVoid(m_other, finding), setVoid(m_other, answer)};
    send(m_other);
    ChangesReader starter = readerOf(m_starter);
    ChangesReader granted = readerOf(m_third);
    starter.readAll();
    granted.readAll();
    const auto has = [&](const ChangesReader &reader) {
        return std::includes(reader.got().begin(), reader.got().end(), early.begin(), early.end());
    };
    EXPECT_FALSE(has(starter));
    record(m_starter, finding);
    m_starter.make("answer.give", answer, {{"check", m_check}, {"question", "rectified"}, {"value", "yes"}});
    send(m_starter);
    starter.readAll();
    granted.readAll();
    EXPECT_TRUE(has(starter));
    EXPECT_TRUE(has(granted));
    EXPECT_TRUE(rowOf(finding).isVoid());
    EXPECT_TRUE(rowOf(answer).isVoid());
    for (const LogOperation &operation : log())
        if (early.contains(operation.operation.d)) {
            EXPECT_EQ(operation.check, m_check);
        }
    ChangesReader later = readerOf(m_other); // gains the scope only now
    later.readAll();
    grant(m_other);
    later.readAll();
    EXPECT_TRUE(has(later));
    const auto before = std::pair(scopesOf(m_starter), scopesOf(m_third));
    const auto rebuilt = rebuildLedger(ledger());
    ASSERT_TRUE(rebuilt);
    EXPECT_TRUE(rebuilt->at("same").get<bool>());
    EXPECT_EQ(before, std::pair(scopesOf(m_starter), scopesOf(m_third)));
}

TEST_F(LateBirth, whatIsAboutABirthPastACutBelongsToItsCheckAtOnce) {
    send(m_starter);
    append({{"device.revoke", m_other.id(), {{"cut", 0}, {"reason", "遗失"}}}});
    const Uuid finding = m_other.newId();
    record(m_other, finding);
    send(m_other);
    const Digest amended = amend(m_third, finding, "b");
    send(m_third);
    ChangesReader starter = readerOf(m_starter);
    starter.readAll();
    EXPECT_TRUE(starter.got().contains(amended));
}

TEST_F(LateBirth, inv12_inAnyOrderOfRunsEveryReaderHasTheWholeCheck) {
    std::mt19937_64 random(5);
    for (int round = 0; round < 20; ++round) {
        const Uuid check = startCheck(m_starter);
        send(m_starter);
        append(
            {{"scope.grant", newUuid(m_clock, m_random), {{"device", m_third.id()}, {"entity", check}, {"why", "x"}}}});
        ChangesReader starter = readerOf(m_starter);
        ChangesReader third = readerOf(m_third);
        std::set<Digest> others;
        std::vector<Uuid> findings{m_starter.newId(), m_starter.newId(), m_starter.newId()};
        std::vector<Uuid> unborn = findings;
        for (int step = 0; step < 12 || !unborn.empty(); ++step) {
            const Uuid &finding = findings[random() % findings.size()];
            switch (random() % 4) {
            case 0:
                others.insert(amend(m_other, finding, "b"));
                send(m_other);
                break;
            case 1:
                others.insert(setVoid(m_other, finding));
                send(m_other);
                break;
            case 2:
                if (unborn.empty())
                    break;
                m_starter.make("finding.record", unborn.back(),
                               {{"check", check}, {"severity", "minor"}, {"text", "a"}});
                unborn.pop_back();
                send(m_starter);
                break;
            default:
                random() % 2 == 0 ? starter.readOne() : third.readOne();
            }
        }
        starter.readAll();
        third.readAll();
        for (const ChangesReader *reader : {&starter, &third})
            EXPECT_TRUE(std::includes(reader->got().begin(), reader->got().end(), others.begin(), others.end()))
                << round;
    }
}
} // namespace
