// Goal: what is acknowledged is in the ledger, once, as signed, under a receipt that anybody can check; what does not
// continue a chain is refused or answered with the number expected. Method: real ledger file, tablets that sign, the
// receipts checked with shared/oplog alone.
#include "tests/unit/sync-server/office/office_fixture.h"

using namespace zhicha;
using namespace zhicha::test;

namespace {
class Submit : public OfficeFixture {
protected:
    Checkpoint checkpointOf(const std::string &note) {
        const auto checkpoint = openCheckpoint(note, m_keys.log.publicKey());
        EXPECT_TRUE(checkpoint);
        return checkpoint ? *checkpoint : Checkpoint();
    }
    void expectReceiptsFit(const SubmitAnswer &answer) {
        const Checkpoint checkpoint = checkpointOf(answer.checkpoint);
        for (const RunVerdict &verdict : answer.runs) {
            EXPECT_FALSE(verdict.receipts.empty());
            for (const Receipt &receipt : verdict.receipts)
                EXPECT_TRUE(receiptFits(receipt, checkpoint));
        }
    }
    RunVerdict only(const SubmitAnswer &answer) {
        EXPECT_EQ(answer.runs.size(), 1u);
        return answer.runs.empty() ? RunVerdict() : answer.runs[0];
    }
    void expectRefused(const TestDevice &tablet, const zhicha::Run &run, Code code) {
        const std::size_t before = log().size();
        const RunVerdict verdict = only(submit(tablet, {run}));
        EXPECT_EQ(verdict.status, RunVerdict::Status::Refused);
        EXPECT_EQ(verdict.code, codeName(code));
        EXPECT_FALSE(verdict.detail.empty());
        EXPECT_TRUE(verdict.receipts.empty());
        EXPECT_EQ(log().size(), before);
    }

    TestDevice m_tablet = enrolled(person("张三", "inspector"), 1);
};

TEST_F(Submit, inv2_anAcknowledgedOperationIsThereOnceAndSigned) {
    const Uuid check = startCheck(m_tablet);
    const Uuid finding = addFinding(m_tablet, check, "台账缺页");
    const zhicha::Run run = m_tablet.cutRun();
    const SubmitAnswer answer = submit(m_tablet, {run});
    ASSERT_EQ(only(answer).status, RunVerdict::Status::Stored);
    EXPECT_EQ(only(answer).outcomes, (std::vector<std::string>{"applied", "applied"}));
    EXPECT_EQ(answer.next, 3);
    EXPECT_EQ(answer.head, run.bounds.h);
    expectReceiptsFit(answer);
    const Leaf leaf = only(answer).receipts.at(0).leaf;
    EXPECT_EQ(leaf.device, m_tablet.id());
    EXPECT_EQ(leaf.first, 1);
    EXPECT_EQ(leaf.last, 2);
    EXPECT_EQ(leaf.h, run.bounds.h);
    int found = 0;
    for (const LogOperation &stored : log())
        if (stored.operation.device == m_tablet.id()) {
            EXPECT_EQ(stored.log, leaf.log + found);
            EXPECT_EQ(stored.operation.d, run.elements[static_cast<std::size_t>(found)].d);
            ++found;
        }
    EXPECT_EQ(found, 2);
    EXPECT_EQ(rowOf(finding).text("text"), "台账缺页");
    addFinding(m_tablet, check, "公示栏无内容");
    zhicha::Run forged = m_tablet.cutRun();
    forged.signature = signRun(forged.bounds, TestDevice(m_keys.ledger, 77, m_clock).key());
    expectRefused(m_tablet, forged, Code::BadSignature);
}

TEST_F(Submit, inv1_anAcknowledgedOperationIsThereAfterACrashOfTheProcess) {
    const Uuid check = startCheck(m_tablet);
    const SubmitAnswer answer = submit(m_tablet, {m_tablet.cutRun()});
    ASSERT_EQ(only(answer).status, RunVerdict::Status::Stored);
    const std::size_t operations = log().size();
    reopen();
    EXPECT_EQ(log().size(), operations);
    EXPECT_TRUE(hasRow(check));
    expectReceiptsFit(answer);
    const auto note = intake().checkpoint();
    ASSERT_TRUE(note);
    EXPECT_EQ(*note, answer.checkpoint);
    const auto root = merkleRoot(ledger().tree(), checkpointOf(*note).size);
    ASSERT_TRUE(root);
    EXPECT_EQ(*root, checkpointOf(*note).root);
}

TEST_F(Submit, aRepeatedRunHasTheSameOutcomesAndReceipts) {
    const Uuid check = startCheck(m_tablet);
    const Uuid finding = m_tablet.newId();
    m_tablet.make("finding.record", finding, {{"check", check}, {"severity", "none such"}, {"text", "x"}});
    const zhicha::Run run = m_tablet.cutRun();
    const RunVerdict first = only(submit(m_tablet, {run}));
    EXPECT_EQ(first.outcomes, (std::vector<std::string>{"applied", "ineffective:bad_operation"}));
    finish(m_tablet, check);
    send(m_tablet);
    const std::size_t operations = log().size();
    const SubmitAnswer again = submit(m_tablet, {run});
    EXPECT_EQ(log().size(), operations);
    EXPECT_EQ(only(again).outcomes, first.outcomes);
    ASSERT_EQ(only(again).receipts.size(), 1u);
    EXPECT_EQ(only(again).receipts[0].leaf, first.receipts[0].leaf);
    EXPECT_EQ(only(again).receipts[0].index, first.receipts[0].index);
    EXPECT_EQ(again.next, 4);
    expectReceiptsFit(again);
}

TEST_F(Submit, inv6_aGapIsAnsweredWithTheNextSequence) {
    const Uuid check = startCheck(m_tablet);
    const zhicha::Run lost = m_tablet.cutRun();
    finish(m_tablet, check);
    const zhicha::Run early = m_tablet.cutRun();
    addFinding(m_tablet, check, "x");
    const std::size_t operations = log().size();
    const SubmitAnswer answer = submit(m_tablet, {early, m_tablet.cutRun()});
    ASSERT_EQ(answer.runs.size(), 2u);
    for (const RunVerdict &verdict : answer.runs) {
        EXPECT_EQ(verdict.status, RunVerdict::Status::Gap);
        EXPECT_EQ(verdict.code, "chain_gap");
        EXPECT_EQ(verdict.next, 1);
    }
    EXPECT_EQ(log().size(), operations);
    const SubmitAnswer healed = submit(m_tablet, {lost, early});
    EXPECT_EQ(healed.next, 3);
    expectReceiptsFit(healed);
}

TEST_F(Submit, nothingAfterARefusalIsStored) {
    startCheck(m_tablet);
    zhicha::Run broken = m_tablet.cutRun();
    broken.signature[0] ^= 1;
    startCheck(m_tablet);
    const SubmitAnswer answer = submit(m_tablet, {broken, m_tablet.cutRun()});
    EXPECT_EQ(answer.runs.at(0).status, RunVerdict::Status::Refused);
    EXPECT_EQ(answer.runs.at(1).status, RunVerdict::Status::Gap);
    EXPECT_EQ(answer.next, 1);
}

TEST_F(Submit, anOverlappingRunIsStoredWholeAndItsOldPartIsDuplicate) {
    const Uuid check = startCheck(m_tablet);
    TestDevice image = m_tablet; // cuts its run over both
    send(m_tablet);
    const Uuid finding = addFinding(image, check, "x");
    const zhicha::Run both = image.cutRun();
    const SubmitAnswer answer = submit(image, {both});
    EXPECT_EQ(only(answer).outcomes, (std::vector<std::string>{"duplicate", "applied"}));
    ASSERT_EQ(only(answer).receipts.size(), 1u);
    const Leaf leaf = only(answer).receipts[0].leaf;
    EXPECT_EQ(leaf.first, 1);
    EXPECT_EQ(leaf.last, 2);
    EXPECT_EQ(leaf.log, static_cast<std::int64_t>(log().size()));
    expectReceiptsFit(answer);
    EXPECT_TRUE(hasRow(finding));
    EXPECT_EQ(only(submit(image, {both})).outcomes, (std::vector<std::string>{"duplicate", "applied"}));
}

TEST_F(Submit, aRunInsideWhatIsStoredIsDuplicateUnderTheLeavesThatCoverIt) {
    const Uuid check = startCheck(m_tablet);
    TestDevice image = m_tablet;
    const zhicha::Run part = image.cutRun();
    finish(m_tablet, check);
    send(m_tablet);
    const SubmitAnswer answer = submit(image, {part});
    EXPECT_EQ(only(answer).outcomes, (std::vector<std::string>{"duplicate"}));
    EXPECT_EQ(only(answer).receipts.at(0).leaf.last, 2);
    expectReceiptsFit(answer);
}

TEST_F(Submit, refusesWhatIsNotSignedByTheDevice) {
    startCheck(m_tablet);
    zhicha::Run run = m_tablet.cutRun();
    TestDevice stranger(m_keys.ledger, 77, m_clock);
    run.signature = signRun(run.bounds, stranger.key());
    expectRefused(m_tablet, run, Code::BadSignature);
}

TEST_F(Submit, refusesARunOfAnotherLedgerOrDevice) {
    TestDevice foreign(Uuid{{42}}, 1, m_clock);
    startCheck(foreign);
    expectRefused(m_tablet, foreign.cutRun(), Code::UnknownDevice);
    TestDevice other = enrolled(person("李四", "inspector"), 2);
    startCheck(other);
    expectRefused(m_tablet, other.cutRun(), Code::UnknownDevice);
}

TEST_F(Submit, refusesADeviceThatIsNotEnrolledAndTheServersOwnChain) {
    TestDevice stranger(m_keys.ledger, 77, m_clock);
    startCheck(stranger);
    const auto bytes = encodeRun(stranger.cutRun());
    ASSERT_TRUE(bytes);
    const auto answer = intake().submit(stranger.id(), {*bytes});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, Code::UnknownDevice);
    const auto head = ledger().chain(m_keys.device());
    zhicha::Run forged;
    forged.bounds = {m_keys.ledger, kSuite1, m_keys.device(), 1, 1, {}, {}};
    const MadeOperation made = TestDevice(m_keys.ledger, 5, m_clock).make("check.finish", Uuid{{1}}, {});
    forged.elements.push_back({made.bytes, made.d});
    forged.bounds.h = chainNext({}, made.d);
    forged.signature = signRun(forged.bounds, m_keys.chain);
    const auto forgedBytes = encodeRun(forged);
    ASSERT_TRUE(forgedBytes);
    const auto refused = intake().submit(m_keys.device(), {*forgedBytes});
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->runs.at(0).status, RunVerdict::Status::Refused);
    EXPECT_EQ(ledger().chain(m_keys.device())->value().head, head->value().head);
}

TEST_F(Submit, refusesOperationsAsDigestsAlone) {
    startCheck(m_tablet);
    zhicha::Run run = m_tablet.cutRun();
    run.elements[0].operation.reset();
    expectRefused(m_tablet, run, Code::BadEncoding);
}

TEST_F(Submit, refusesBytesThatAreNoRun) {
    for (const Bytes &bytes : {Bytes(), Bytes{0x80}, Bytes(600 * 1024, 0), Bytes{0x88, 0xff}}) {
        const auto answer = intake().submit(m_tablet.id(), {bytes});
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->runs.at(0).status, RunVerdict::Status::Refused);
    }
}

TEST_F(Submit, anUndecodableOperationDoesNotBreakItsNeighbours) {
    const Uuid check = startCheck(m_tablet);
    m_tablet.append(Bytes{0xff, 0x00}, Bytes{0x01});
    m_tablet.make("draw.commit", m_tablet.newId(), {{"later", 1}});
    const Uuid finding = addFinding(m_tablet, check, "x");
    const RunVerdict verdict = send(m_tablet);
    EXPECT_EQ(verdict.outcomes, (std::vector<std::string>{"applied", "ineffective:undecodable",
                                                          "ineffective:not_interpreted", "applied"}));
    EXPECT_TRUE(hasRow(finding));
}

TEST_F(Submit, aWithheldBodyIsKeptAsAHole) {
    const Uuid check = startCheck(m_tablet);
    addFinding(m_tablet, check, "x");
    zhicha::Run run = m_tablet.cutRun();
    run.elements[1].operation->body.reset();
    EXPECT_EQ(only(submit(m_tablet, {run})).outcomes, (std::vector<std::string>{"applied", "ineffective:withheld"}));
    const LogOperation stored = log().at(log().size() - 2); // the server's number came after it
    EXPECT_EQ(stored.operation.device, m_tablet.id());
    EXPECT_FALSE(stored.operation.bytes.body);
    EXPECT_EQ(stored.operation.bytes.digest(), stored.operation.d);
}

TEST_F(Submit, inv5_theStoredBytesAreTheSignedBytes) {
    const Uuid check = startCheck(m_tablet);
    addFinding(m_tablet, check, "字节");
    const zhicha::Run run = m_tablet.cutRun();
    submit(m_tablet, {run});
    reopen();
    const auto stored = ledger().operationsOfChain(m_tablet.id(), 0, 1, 2);
    ASSERT_TRUE(stored);
    ASSERT_EQ(stored->size(), 2u);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ((*stored)[i].operation.bytes.envelope, run.elements[i].operation->envelope);
        EXPECT_EQ((*stored)[i].operation.bytes.body, run.elements[i].operation->body);
    }
    EXPECT_TRUE(runSignatureFits(run.bounds, m_tablet.key().publicKey(), run.signature));
}

TEST_F(Submit, inv13_everyCheckpointIsConsistentWithTheEarlierOnes) {
    std::vector<Checkpoint> seen{checkpointOf(*intake().checkpoint())};
    for (int i = 0; i < 9; ++i) {
        startCheck(m_tablet);
        m_clock.advanceMs(i % 2 == 0 ? 1000 : -5000);
        const SubmitAnswer answer = submit(m_tablet, {m_tablet.cutRun()});
        seen.push_back(checkpointOf(answer.checkpoint));
        EXPECT_GE(seen.back().timeMs, seen[seen.size() - 2].timeMs);
    }
    for (std::size_t i = 0; i < seen.size(); ++i)
        for (std::size_t j = i; j < seen.size(); ++j) {
            const auto proof = consistencyProof(ledger().tree(), seen[i].size, seen[j].size);
            ASSERT_TRUE(proof);
            EXPECT_TRUE(consistencyFits(seen[i].size, seen[i].root, seen[j].size, seen[j].root, *proof));
        }
    EXPECT_LT(seen.front().size, seen.back().size);
}

TEST_F(Submit, inv10_theServersNextSequenceIsWhatIsNotAcknowledged) {
    for (int i = 0; i < 5; ++i)
        startCheck(m_tablet);
    send(m_tablet);
    const SubmitAnswer nothing = submit(m_tablet, {});
    EXPECT_EQ(nothing.next, m_tablet.head().seq + 1);
    EXPECT_EQ(nothing.head, m_tablet.head().h);
}

TEST_F(Submit, theLogIsGaplessWhateverIsRefused) {
    TestDevice other = enrolled(person("李四", "inspector"), 2);
    for (int i = 0; i < 4; ++i) {
        startCheck(m_tablet);
        send(m_tablet);
        startCheck(other);
        zhicha::Run run = other.cutRun();
        zhicha::Run broken = run;
        broken.signature[5] ^= 1;
        submit(other, {broken});
        submit(other, {run});
    }
    std::int64_t expected = 0;
    for (const LogOperation &operation : log())
        EXPECT_EQ(operation.log, ++expected);
}

TEST_F(Submit, aConflictIsToldToWhoMakesIt) {
    TestDevice other = enrolled(person("李四", "inspector"), 2);
    const Uuid check = startCheck(m_tablet);
    const Uuid finding = addFinding(m_tablet, check, "x", "minor");
    send(m_tablet);
    other.make("finding.amend", finding, {{"severity", "major"}});
    EXPECT_EQ(send(other).outcomes, (std::vector<std::string>{"conflict"}));
    EXPECT_TRUE(rowOf(finding).contested());
}
} // namespace
