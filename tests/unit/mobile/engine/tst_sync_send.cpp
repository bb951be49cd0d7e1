// Goal: nothing is acknowledged without proof, runs are never cut anew, and no answer of whatever kind loses a record.
// Method: the test's office answers right, then with one thing bent.
#include "mobile/engine/status/status_view.h"
#include "mobile/engine/sync/backoff.h"
#include "tests/unit/mobile/engine/test_tablet.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace zhicha::test {

class SyncSendTest : public ::testing::Test {
protected:
    SyncSendTest() : tablet(clock), office(clock), site(office.addSite("s1")) { tablet.enrol(office); }
    std::int64_t acknowledged() { return tablet.store->acknowledged().value(); }
    /** With the office bent: nothing may be acknowledged, and once it is straight everything is. */
    void acknowledgesNothingUntilStraight() {
        const Uuid check = tablet.startCheck(site);
        tablet.addFinding(check);
        const std::int64_t before = acknowledged();
        EXPECT_NE(tablet.sync(office), SyncMachine::State::Done);
        EXPECT_TRUE(tablet.error);
        EXPECT_EQ(acknowledged(), before);
        office.tamper = nullptr;
        office.tamperReceipts = nullptr;
        EXPECT_EQ(tablet.sync(office), SyncMachine::State::Done);
        EXPECT_EQ(acknowledged(), tablet.store->chainHead()->seq);
    }
    void bendOperations(std::function<void(HttpResponse &)> bend) {
        office.tamper = [bend = std::move(bend)](const HttpRequest &request, HttpResponse &response) {
            if (request.path == "/api/v1/operations")
                bend(response);
        };
    }
    TestClock clock;
    TestTablet tablet;
    TestOffice office;
    Uuid site;
};

TEST_F(SyncSendTest, sendsAndShowsWhatTheOfficeHas) {
    const Uuid check = tablet.startCheck(site);
    tablet.addFinding(check);
    StatusView view(*tablet.store);
    EXPECT_EQ(view.summary()->pendingOperations, 2);
    EXPECT_EQ(view.operations()->at(0).stage, OperationStatus::Stage::Recorded);
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_EQ(acknowledged(), 2);
    EXPECT_EQ(office.tabletOperations.size(), 2u);
    const auto status = view.operations().value();
    EXPECT_EQ(status[1].stage, OperationStatus::Stage::Acknowledged);
    EXPECT_EQ(status[1].outcome, "applied");
    EXPECT_GT(status[1].log, 0);
    EXPECT_EQ(status[1].receivedAtMs, clock.trueMs());
    EXPECT_EQ(view.summary()->state, "in_step");
    tablet.open(); // the mark is recomputed from what is stored
    EXPECT_EQ(acknowledged(), 2);
}

TEST_F(SyncSendTest, acknowledgedMeansProofVerified) {
    office.tamperReceipts = [](std::vector<Receipt> &receipts) {
        for (Receipt &receipt : receipts)
            receipt.proof.empty() ? void(receipt.index += 1) : void(receipt.proof[0][0] ^= 1);
    };
    acknowledgesNothingUntilStraight();
}

TEST_F(SyncSendTest, refusesAReceiptForOtherContent) {
    office.tamperReceipts = [](std::vector<Receipt> &receipts) { receipts[0].leaf.h[5] ^= 1; };
    acknowledgesNothingUntilStraight();
}

TEST_F(SyncSendTest, refusesReceiptsThatDoNotCoverTheRun) {
    office.tamperReceipts = [](std::vector<Receipt> &receipts) { receipts.clear(); };
    acknowledgesNothingUntilStraight();
}

TEST_F(SyncSendTest, refusesACheckpointOfAnotherKey) {
    SeededRandom random(5);
    const SigningKey other = SigningKey::generate(random);
    bendOperations([&](HttpResponse &response) {
        cbor::Map map = *cbor::decode(response.body)->map();
        Checkpoint checkpoint = openCheckpoint(*map["checkpoint"].text(), office.logKey.publicKey()).value();
        map["checkpoint"] = signCheckpoint(checkpoint, other);
        response.body = cbor::encode(map);
    });
    acknowledgesNothingUntilStraight();
}

TEST_F(SyncSendTest, refusesALedgerThatWasRewritten) {
    office.tamper = [](const HttpRequest &request, HttpResponse &response) {
        if (!request.path.starts_with("/api/v1/checkpoints/proof"))
            return;
        cbor::Map map = *cbor::decode(response.body)->map();
        cbor::Array proof = *map["proof"].array();
        if (proof.empty())
            proof.emplace_back(Digest{});
        proof[0] = Digest{};
        map["proof"] = proof;
        response.body = cbor::encode(map);
    };
    acknowledgesNothingUntilStraight();
}

TEST_F(SyncSendTest, aCaptivePortalAcknowledgesNothing) {
    bendOperations([](HttpResponse &response) {
        response.headers = {{"Content-Type", "text/html; charset=utf-8"}};
        response.body = toBytes(viewOf("<html>请登录</html>"));
    });
    acknowledgesNothingUntilStraight();
}

TEST_F(SyncSendTest, anAnswerThatDoesNotDecodeAcknowledgesNothing) {
    for (const auto &bend : std::vector<std::function<void(HttpResponse &)>>{
             [](HttpResponse &r) { r.body.clear(); }, [](HttpResponse &r) { r.body.resize(r.body.size() / 2); },
             [](HttpResponse &r) { r.body = cbor::encode(cbor::Map{}); }, [](HttpResponse &r) { r.status = 500; },
             [](HttpResponse &r) { r.status = 302; }}) {
        bendOperations(bend);
        acknowledgesNothingUntilStraight();
    }
}

TEST_F(SyncSendTest, aRunIsNeverCutAnew) {
    const Uuid check = tablet.startCheck(site);
    tablet.addFinding(check);
    // The office stores the run, its answer is lost; then more is recorded.
    SyncMachine machine(*tablet.store, clock, tablet.random);
    while (const auto request = machine.next()) {
        const HttpResponse response = office.handle(*request);
        if (request->path == "/api/v1/operations")
            machine.onFailure(TransportFailure::NetworkDown);
        else
            machine.onResponse(response);
    }
    EXPECT_EQ(machine.state(), SyncMachine::State::Waiting);
    tablet.addFinding(check, "又一个");
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    const auto count = std::count_if(office.runsSeen.begin(), office.runsSeen.end(),
                                     [](const RunBounds &run) { return run.first == 1 && run.last == 2; });
    EXPECT_EQ(count, 2) << "the repeated run has the bounds of the first";
    EXPECT_EQ(office.runsSeen.back().first, 3);
    EXPECT_EQ(acknowledged(), 3);
}

TEST_F(SyncSendTest, aRefusedRunStaysAndIsShown) {
    const Uuid check = tablet.startCheck(site);
    office.refuse = "over_quota";
    EXPECT_EQ(tablet.sync(office), SyncMachine::State::Waiting);
    StatusView view(*tablet.store);
    EXPECT_EQ(view.operations()->at(0).refused, "over_quota");
    EXPECT_EQ(view.summary()->troubled, 1);
    const std::vector<OperationStatus> all = view.operations().value();
    const std::vector<Uuid> checks = tablet.store->operations().newestOwnChecks(10).value();
    EXPECT_EQ(checks, std::vector<Uuid>{check});
    const std::vector<OperationStatus> ofCheck = view.operationsOf(check).value();
    ASSERT_EQ(ofCheck.size(), 1u) << "its start, in which it is the entity";
    EXPECT_EQ(ofCheck[0].kind, all[static_cast<std::size_t>(ofCheck[0].seq - 1)].kind);
    EXPECT_EQ(ofCheck[0].refused, "over_quota");
    EXPECT_TRUE(tablet.store->operations().newestOwnChecks(0)->empty());
    const auto pulled = std::count(office.requests.begin(), office.requests.end(), "GET /api/v1/changes");
    EXPECT_GE(pulled, 2) << "the rest of the round goes on";
    office.refuse.clear();
    EXPECT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_TRUE(view.operations()->at(0).refused.empty());
    EXPECT_TRUE(tablet.store->entities().row(check).value());
}

TEST_F(SyncSendTest, anExpiredSessionIsRenewedWithinTheRound) {
    tablet.startCheck(site);
    int refusals = 1;
    office.tamper = [&](const HttpRequest &request, HttpResponse &response) {
        if (request.path == "/api/v1/operations" && refusals-- > 0) {
            response.status = 401;
            response.headers = {{"Content-Type", "application/problem+json"}};
            response.body = toBytes(viewOf(R"({"code": "session_expired"})"));
        }
    };
    EXPECT_EQ(tablet.sync(office), SyncMachine::State::Done);
    refusals = 1'000'000;
    tablet.startCheck(site);
    EXPECT_EQ(tablet.sync(office), SyncMachine::State::Waiting) << "a token that never works is no endless loop";
}

TEST_F(SyncSendTest, sendsNothingToAStranger) {
    TestTablet fresh(clock, 2);
    Digest wrong = office.fingerprint();
    wrong[0] ^= 1;
    ASSERT_TRUE(beginEnrolment(*fresh.store, {"http://127.0.0.1:1", "ABCD1234", wrong, "t"}, clock, fresh.random));
    office.requests.clear();
    EXPECT_EQ(fresh.sync(office), SyncMachine::State::Stopped);
    EXPECT_EQ(fresh.error->code, Code::WrongServer);
    EXPECT_EQ(office.requests, std::vector<std::string>{"GET /api/v1/keys"});
}

TEST_F(SyncSendTest, anUnlistedTlsKeyStopsSyncAndLosesNothing) {
    tablet.startCheck(site);
    office.tamper = [](const HttpRequest &, HttpResponse &response) { response.peerTlsKey = Digest{1}; };
    EXPECT_EQ(tablet.sync(office), SyncMachine::State::Stopped);
    EXPECT_EQ(tablet.error->code, Code::WrongServer);
    office.note.tlsKeys.push_back(Digest{1}); // a newer note, signed by the same root, lists it
    ++office.note.serial;
    EXPECT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_EQ(acknowledged(), 1);
}

TEST_F(SyncSendTest, aThousandRecordsBecomeRunsWithinTheLimits) {
    const Uuid check = tablet.startCheck(site);
    for (int i = 0; i < 30; ++i)
        ASSERT_TRUE(tablet.recorder->note(check, std::string(60'000, 'x')));
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_EQ(acknowledged(), 31);
    EXPECT_GE(office.runsSeen.size(), 4u);
}

TEST_F(SyncSendTest, moreRunsThanARequestCarriesGoInSeveral) {
    // 400 days without a network, with a try now and then: each cuts a run of its own.
    const Uuid check = tablet.startCheck(site);
    for (int day = 0; day < 400; ++day) {
        ASSERT_TRUE(tablet.recorder->note(check, "第" + std::to_string(day) + "天"));
        ASSERT_TRUE(RunCutter(*tablet.store).cutNew());
        clock.advanceMs(24 * 3600 * 1000);
    }
    std::size_t most = 0;
    office.tamper = [&](const HttpRequest &request, HttpResponse &) {
        if (request.path == "/api/v1/operations")
            most = std::max(most, cbor::decode(request.body)->array()->size());
    };
    ASSERT_EQ(tablet.sync(office), SyncMachine::State::Done);
    EXPECT_EQ(acknowledged(), 401);
    EXPECT_EQ(most, 64U);
}

TEST(Backoff, doublesFromTwoSecondsToAQuarterOfAnHour) {
    SeededRandom random(3);
    std::int64_t full = 2000;
    for (std::int64_t failures = 1; failures < 20; ++failures) {
        const std::int64_t delay = backoffMs(failures, 0, random);
        EXPECT_GE(delay, full / 2);
        EXPECT_LE(delay, full);
        full = std::min<std::int64_t>(full * 2, 900'000);
    }
    EXPECT_EQ(backoffMs(1, 60'000, random), 60'000) << "Retry-After is honoured";
}

TEST_F(SyncSendTest, waitsBeforeItTriesAgain) {
    tablet.startCheck(site);
    SyncMachine machine(*tablet.store, clock, tablet.random);
    ASSERT_TRUE(machine.next());
    machine.onFailure(TransportFailure::NetworkDown);
    EXPECT_EQ(machine.state(), SyncMachine::State::Waiting);
    EXPECT_FALSE(machine.next());
    clock.advanceMs(2000);
    EXPECT_TRUE(machine.next());
    machine.onFailure(TransportFailure::Timeout);
    machine.start(); // a network appeared
    EXPECT_TRUE(machine.next());
}

TEST_F(SyncSendTest, aFaultOfTheOfficesDiskOnlyDelays) {
    tablet.startCheck(site);
    for (const std::string code : {"disk_full", "disk_error", "store_damaged", "internal"}) {
        bendOperations([&](HttpResponse &response) {
            response.status = code == "disk_full" ? 507 : 500;
            response.headers = {{"Content-Type", "application/problem+json"}};
            response.body = toBytes(viewOf("{\"code\":\"" + code + "\"}"));
        });
        EXPECT_EQ(tablet.sync(office), SyncMachine::State::Waiting) << code;
    }
    office.tamper = nullptr;
    EXPECT_EQ(tablet.sync(office), SyncMachine::State::Done);
}

} // namespace zhicha::test
