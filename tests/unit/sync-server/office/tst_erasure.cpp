// Bodies that two officers erase: they are gone from the ledger's file, the lists, the search and the photos, whatever
// is sent again and wherever a crash cut it short; every proof still holds and the hole is labelled. Bodies that are
// withheld stay and are given to no tablet.
#include "sync-server/office/erasure.h"

#include "shared/sqlite/database.h"
#include "sync-server/intake/changes.h"
#include "sync-server/intake/own_chain.h"
#include "sync-server/intake/photo_intake.h"
#include "sync-server/office/console/finish_erasure.h"
#include "sync-server/office/console/index_refresh.h"
#include "sync-server/office/fsck.h"
#include "sync-server/office/rebuild.h"
#include "tests/support/http/memory_photo_store.h"
#include "tests/unit/sync-server/office/office_fixture.h"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace zhicha::test {
namespace {

const std::string kSecret = "举报人张三手机一三八零零一三八零零零";

class Erasure : public OfficeFixture {
protected:
    void SetUp() override {
        m_security = person("安", "security");
        m_chief = person("主任", "chief");
        m_reviewer = person("审", "reviewer");
        m_first.emplace(enrolled(person("王督查", "inspector", "一组"), 1));
        m_second.emplace(enrolled(person("李督查", "inspector", "一组"), 2));
        m_check = startCheck(*m_first);
        m_finding = addFinding(*m_first, m_check, "护栏缺失，" + kSecret);
        m_kept = addFinding(*m_first, m_check, "井盖破损");
        addPhoto(*m_first, m_check, m_finding, m_photo, static_cast<std::int64_t>(m_bytes.size()));
        send(*m_first);
        m_second->make("check.join", m_second->newId(), {{"check", m_check}, {"by", "list"}});
        m_second->make("finding.amend", m_finding, {{"text", kSecret + "又说"}, {"reason", "补充"}}, {{"text", {}}});
        send(*m_second);
        ASSERT_TRUE(refreshConsoleIndex(ledger(), 1000));
    }

    ErasureAsk ask() const {
        ErasureAsk ask;
        ask.check = toText(m_check);
        ask.entities = {toText(m_finding)};
        ask.reason = "含举报人信息";
        return ask;
    }

    Uuid asked(const ErasureAsk &what) {
        const auto answer = askErasure(intake(), actor(m_reviewer), what);
        if (!answer) {
            ADD_FAILURE() << answer.error().detail;
            return {};
        }
        return *uuidFromText(answer->at("erasure").get<std::string>());
    }

    void erase(const ErasureAsk &what) {
        const auto done = eraseAsked(intake(), actor(m_security), toText(asked(what)));
        ASSERT_TRUE(done) << done.error().detail;
    }

    void scrubbed() {
        DirectAccess access(intake());
        const Status finished = finishErasures(access, m_photos);
        ASSERT_TRUE(finished) << finished.error().detail;
    }

    nlohmann::json problems() { return OfficeFixture::problems(&m_photos); }

    /** Whether the ledger's file or its write-ahead log holds this. */
    bool fileHolds(const std::string &what) const {
        for (const char *name : {"ledger.db", "ledger.db-wal"}) {
            std::ifstream in(m_folder / name, std::ios::binary);
            const std::string all((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
            if (all.find(what) != std::string::npos)
                return true;
        }
        return false;
    }

    /** Bodies that this tablet gets for operations of an entity. */
    std::pair<std::size_t, std::size_t> bodiesPulled(const TestDevice &tablet, const Uuid &entity) {
        const auto page = readChanges(ledger(), m_keys.ledger, tablet.id(), "");
        EXPECT_TRUE(page) << page.error().detail;
        std::size_t with = 0;
        std::size_t without = 0;
        for (const auto &shown : page->runs) {
            const auto run = decodeRun(shown.run);
            EXPECT_TRUE(run);
            for (const RunElement &element : run->elements) {
                const auto envelope =
                    element.operation ? decodeEnvelope(element.operation->envelope) : Result<Envelope>(Envelope());
                if (envelope && envelope->id == entity)
                    ++(element.operation->body ? with : without);
            }
        }
        return {with, without};
    }

    void photoArrives() {
        ASSERT_TRUE(m_photos.create(m_photo, m_bytes.size()));
        auto upload = m_photos.resume(m_photo, 0);
        ASSERT_TRUE(upload);
        ASSERT_TRUE((*upload)->write(m_bytes));
        ASSERT_TRUE((*upload)->finish());
        ASSERT_TRUE(photoArrived(intake(), m_photo));
    }

    Uuid m_security, m_chief, m_reviewer, m_check, m_finding, m_kept;
    std::optional<TestDevice> m_first, m_second;
    const Bytes m_bytes = Bytes(3000, 0x5a);
    const Digest m_photo = sha256(m_bytes);
    MemoryPhotoStore m_photos;
};

TEST_F(Erasure, bodiesAreGoneFromRowsSearchAndFileAndEveryProofHolds) {
    ASSERT_TRUE(fileHolds(kSecret));
    erase(ask());
    EXPECT_FALSE(hasRow(m_finding));
    EXPECT_TRUE(hasRow(m_kept));
    EXPECT_FALSE(problems().empty()) << "what is left to do is said";
    scrubbed();
    EXPECT_EQ(problems(), nlohmann::json::array());
    EXPECT_FALSE(fileHolds(kSecret));
    EXPECT_FALSE(fileHolds("举报人张三"));
    FindingListQuery query;
    const auto count = ledger().consoleIndex().findingCount(query, 100);
    ASSERT_TRUE(count);
    EXPECT_EQ(*count, 1) << "the other finding stays";
    reopen();
    EXPECT_EQ(problems(), nlohmann::json::array());
    EXPECT_FALSE(fileHolds(kSecret));
    const auto rebuilt = rebuildLedger(ledger());
    ASSERT_TRUE(rebuilt) << rebuilt.error().detail;
    EXPECT_EQ(rebuilt->at("same"), true);
    const auto placed = placeAgain(ledger(), m_keys, false);
    ASSERT_TRUE(placed) << placed.error().detail;
    EXPECT_EQ(placed->at("placed"), 0);
    scrubbed();
    EXPECT_EQ(problems(), nlohmann::json::array());
}

TEST_F(Erasure, aCrashBeforeTheRemainsAreRemovedIsMadeGoodAtTheNextStart) {
    photoArrives();
    ErasureAsk what = ask();
    what.photos = {toHex(m_photo)};
    erase(what);
    reopen(); // the process went before anything but the operation was done
    ASSERT_TRUE(m_photos.state(m_photo));
    EXPECT_FALSE(problems().empty());
    scrubbed();
    EXPECT_FALSE(m_photos.state(m_photo));
    EXPECT_FALSE(fileHolds(kSecret));
    EXPECT_EQ(problems(), nlohmann::json::array());
}

TEST_F(Erasure, whatIsErasedDoesNotComeBackWithTheSameRunOrOnAnotherBranch) {
    TestDevice tablet = enrolled(person("赵督查", "inspector"), 7);
    const Uuid check = startCheck(tablet);
    send(tablet);
    TestDevice clone = tablet;
    finish(tablet, check);
    const Uuid finding = tablet.newId();
    const MadeOperation secret =
        tablet.make("finding.record", finding, {{"check", check}, {"severity", "minor"}, {"text", kSecret}});
    const zhicha::Run run = tablet.cutRun();
    ASSERT_EQ(submit(tablet, {run}).runs.at(0).status, RunVerdict::Status::Stored);
    ErasureAsk what = ask();
    what.check = toText(check);
    what.entities = {toText(finding)};
    erase(what);
    // Once more as it was sent, then by a clone that differs before it and shares it.
    EXPECT_EQ(submit(tablet, {run}).runs.at(0).status, RunVerdict::Status::Stored);
    addFinding(clone, check, "另一处");
    clone.append(secret.bytes.envelope, *secret.bytes.body);
    const zhicha::Run forked = clone.cutRun();
    EXPECT_EQ(submit(clone, {forked}).runs.at(0).outcomes, (std::vector<std::string>{"fork", "fork"}));
    std::size_t rows = 0;
    for (const LogOperation &stored : log()) {
        rows += stored.operation.d == secret.d ? 1 : 0;
        EXPECT_FALSE(stored.operation.d == secret.d && stored.operation.bytes.body);
    }
    EXPECT_EQ(rows, 2U);
    scrubbed();
    EXPECT_EQ(problems(), nlohmann::json::array());
    EXPECT_TRUE(fileHolds("另一处"));
    EXPECT_FALSE(hasRow(finding));
}

TEST_F(Erasure, anOperationThatComesAfterItsErasureIsStoredWithoutItsBody) {
    // As in an office that was restored from before the operation, and was shown the erasure first.
    const Uuid note = m_second->newId();
    const MadeOperation late = m_second->make("check.note", note, {{"check", m_check}, {"text", kSecret}});
    const Uuid erasure = m_second->newId();
    append({{"body.erase_ask",
             erasure,
             {{"check", m_check},
              {"digests", cbor::Array{late.d}},
              {"photos", cbor::Array{}},
              {"reason", "含举报人信息"},
              {"asked_by", "审"},
              {"asked_on", "2026-11-30"}},
             {},
             m_reviewer}});
    append({{"body.erase", erasure, {{"erased_by", "安"}, {"erased_on", "2026-11-30"}}, {}, m_security}});
    const RunVerdict verdict = send(*m_second);
    EXPECT_EQ(verdict.outcomes, std::vector<std::string>{"ineffective:withheld"});
    EXPECT_FALSE(hasRow(note));
    scrubbed();
    EXPECT_EQ(problems(), nlohmann::json::array());
    EXPECT_EQ(bodiesPulled(*m_first, note), (std::pair<std::size_t, std::size_t>(0, 1)));
}

TEST_F(Erasure, tabletsGetTheHoleAndTheOrderAndTheOwnChainComesWithoutTheBody) {
    erase(ask());
    EXPECT_EQ(bodiesPulled(*m_first, m_finding), (std::pair<std::size_t, std::size_t>(0, 1)));  // the other's amendment
    EXPECT_EQ(bodiesPulled(*m_second, m_finding), (std::pair<std::size_t, std::size_t>(0, 2))); // who joined gets all
    const auto own = readOwnChain(ledger(), m_keys.ledger, m_first->id(), 0);
    ASSERT_TRUE(own) << own.error().detail;
    std::size_t holes = 0;
    for (const Bytes &bytes : own->runs) {
        const auto run = decodeRun(bytes);
        ASSERT_TRUE(run);
        EXPECT_TRUE(runSignatureFits(run->bounds, m_first->key().publicKey(), run->signature));
        for (const RunElement &element : run->elements)
            holes += element.operation && !element.operation->body ? 1 : 0;
    }
    EXPECT_EQ(holes, 1U);
}

TEST_F(Erasure, twoDifferentOfficersAndNobodyOfTheCheck) {
    const auto byOperator = askErasure(intake(), {}, ask());
    ASSERT_FALSE(byOperator);
    EXPECT_EQ(byOperator.error().code, Code::NotAllowed);
    const Uuid both = person("两任", "chief security");
    const auto own = askErasure(intake(), actor(both), ask());
    ASSERT_TRUE(own) << own.error().detail;
    const std::string id = own->at("erasure").get<std::string>();
    for (const Uuid &who : {both, m_reviewer}) { // who asked; and a role that only asks
        const auto refused = eraseAsked(intake(), actor(who), id);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Code::NotAllowed);
    }
    EXPECT_TRUE(hasRow(m_finding));
    ASSERT_TRUE(eraseAsked(intake(), actor(m_chief), id));
    const auto twice = eraseAsked(intake(), actor(m_security), id);
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code, Code::AlreadyDone);
    EXPECT_FALSE(hasRow(m_finding));
}

TEST_F(Erasure, theSameOfficerTwiceOnTheChainErasesNothing) {
    // Written past the acts, as by a server that lies: every replica judges the two actors for itself.
    const Uuid erasure = m_second->newId();
    Digest d{};
    for (const LogOperation &stored : log())
        d = stored.kind == "finding.record" ? stored.operation.d : d;
    const auto append2 = [&](const std::optional<Uuid> &asks, const std::optional<Uuid> &erases, const Uuid &id) {
        append({{"body.erase_ask",
                 id,
                 {{"check", m_check},
                  {"digests", cbor::Array{d}},
                  {"photos", cbor::Array{}},
                  {"reason", "x"},
                  {"asked_by", "审"},
                  {"asked_on", "2026-11-30"}},
                 {},
                 asks}});
        append({{"body.erase", id, {{"erased_by", "安"}, {"erased_on", "2026-11-30"}}, {}, erases}});
    };
    append2(m_chief, m_chief, erasure);
    append2(std::nullopt, m_chief, m_second->newId());
    append2(m_chief, std::nullopt, m_second->newId());
    EXPECT_TRUE(hasRow(m_kept));
    EXPECT_EQ(problems(), nlohmann::json::array());
}

TEST_F(Erasure, aTabletThatSaysSoErasesNothing) {
    const Uuid erasure = m_second->newId();
    Digest d{};
    for (const LogOperation &stored : log())
        d = stored.kind == "finding.record" ? stored.operation.d : d;
    m_second->make("body.erase_ask", erasure,
                   {{"check", m_check},
                    {"digests", cbor::Array{d}},
                    {"photos", cbor::Array{m_photo}},
                    {"reason", "x"},
                    {"asked_by", "李督查"},
                    {"asked_on", "2026-11-30"}});
    m_second->make("body.erase", erasure, {{"erased_by", "李督查"}, {"erased_on", "2026-11-30"}});
    m_second->make(
        "body.withhold", m_second->newId(),
        {{"check", m_check}, {"digests", cbor::Array{d}}, {"from", "tablets"}, {"reason", "x"}, {"name", "李督查"}});
    send(*m_second);
    EXPECT_TRUE(hasRow(m_kept));
    const auto any = ledger().anyWithdrawal();
    ASSERT_TRUE(any);
    EXPECT_FALSE(*any);
    EXPECT_EQ(problems(), nlohmann::json::array());
}

TEST_F(Erasure, refusesWhatIsNotThereNotOfTheCheckOrMustStay) {
    const auto refuse = [&](const ErasureAsk &what, Code code) {
        const auto answer = askErasure(intake(), actor(m_reviewer), what);
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().code, code) << answer.error().detail;
    };
    ErasureAsk what = ask();
    what.entities = {};
    refuse(what, Code::InvalidArgument);
    for (const std::string hostile :
         {"", "不是编号", toText(m_check).c_str(), "00000000-0000-0000-0000-000000000000"}) {
        what.entities = {hostile};
        refuse(what, Code::NotFound); // of the check's own start nothing may go either
    }
    what = ask();
    what.entities = {};
    for (const LogOperation &stored : log())
        if (stored.kind == "check.start")
            what.operations = {toHex(stored.operation.d)};
    refuse(what, Code::InvalidArgument);
    what.operations = {std::string(64, '0'), "zz"};
    refuse(what, Code::NotFound);
    what.operations = {};
    what.photos = {std::string(64, 'f')};
    refuse(what, Code::NotFound);
    what = ask();
    what.reason = "";
    refuse(what, Code::InvalidArgument);
    what.reason = "\xff\xfe";
    refuse(what, Code::InvalidArgument);
    what = ask();
    what.check = "检〔2026〕9999";
    refuse(what, Code::NotFound);
    for (const std::string hostile : {"", "x", "00000000-0000-0000-0000-000000000000"})
        EXPECT_FALSE(eraseAsked(intake(), actor(m_security), hostile));
    EXPECT_FALSE(eraseAsked(intake(), actor(m_security), toText(m_finding)));
}

TEST_F(Erasure, anErasedPhotoIsGoneAndIsNotTakenAgain) {
    photoArrives();
    ErasureAsk what = ask();
    what.entities = {};
    what.photos = {toHex(m_photo)};
    erase(what);
    scrubbed();
    EXPECT_FALSE(m_photos.state(m_photo));
    const Status again = photoMayArrive(ledger(), m_first->id(), m_photo, m_bytes.size());
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, Code::NotFound);
    EXPECT_TRUE(hasRow(m_finding)) << "the records stay";
    EXPECT_EQ(problems(), nlohmann::json::array());
    ASSERT_TRUE(m_photos.create(m_photo, 10)); // as an old backup's file would be
    EXPECT_EQ(problems().size(), 1U);
    scrubbed();
    EXPECT_EQ(problems(), nlohmann::json::array());
}

TEST_F(Erasure, theHoleIsLabelledWithoutItsContent) {
    erase(ask());
    scrubbed();
    const auto listed = listErasures(ledger(), std::nullopt);
    ASSERT_TRUE(listed) << listed.error().detail;
    ASSERT_EQ(listed->at("erasures").size(), 1U);
    const nlohmann::json one = listed->at("erasures")[0];
    EXPECT_EQ(one["asked_by"], "审");
    EXPECT_EQ(one["erased_by"], "安");
    EXPECT_EQ(one["reason"], "含举报人信息");
    EXPECT_EQ(one["kinds"], (nlohmann::json{{"finding.amend", 1}, {"finding.record", 1}}));
    const auto ofCheck = listErasures(ledger(), m_check);
    ASSERT_TRUE(ofCheck);
    EXPECT_EQ(*ofCheck, *listed);
    EXPECT_EQ(listed->dump().find(kSecret), std::string::npos);
}

TEST_F(Erasure, fsckNamesABodyThatAHandRemovedAndAnOrderThatAHandWrote) {
    Digest d{};
    Digest bodyDigest{};
    for (const LogOperation &stored : log())
        if (stored.kind == "finding.record") {
            d = stored.operation.d;
            bodyDigest = stored.operation.bytes.bodyDigest;
        }
    byHand("UPDATE operations SET body = NULL, body_digest = X'" + toHex(bodyDigest) + "' WHERE d = X'" + toHex(d) +
           "'");
    EXPECT_FALSE(problems().empty());
    byHand("INSERT INTO withdrawn VALUES(X'" + toHex(d) + "', 0, X'" + toHex(m_check.bytes) + "', X'" +
           toHex(m_kept.bytes) + "', 3)");
    EXPECT_FALSE(problems().empty());
}

TEST_F(Erasure, aWithheldBodyStaysAndNoOtherTabletGetsIt) {
    EXPECT_EQ(bodiesPulled(*m_second, m_finding), (std::pair<std::size_t, std::size_t>(2, 0)));
    const auto withheld = withholdBodies(intake(), actor(m_reviewer), ask());
    ASSERT_TRUE(withheld) << withheld.error().detail;
    EXPECT_EQ(withheld->at("operations"), 2);
    EXPECT_TRUE(hasRow(m_finding));
    EXPECT_EQ(bodiesPulled(*m_second, m_finding), (std::pair<std::size_t, std::size_t>(1, 1))) << "its own stays";
    EXPECT_EQ(bodiesPulled(*m_first, m_finding), (std::pair<std::size_t, std::size_t>(0, 1)));
    EXPECT_EQ(bodiesPulled(*m_second, m_kept), (std::pair<std::size_t, std::size_t>(1, 0)));
    EXPECT_EQ(problems(), nlohmann::json::array());
    const auto byTablet = withholdBodies(intake(), actor(m_security), ask());
    EXPECT_FALSE(byTablet) << "security sees no content and withholds none";
}

} // namespace
} // namespace zhicha::test
